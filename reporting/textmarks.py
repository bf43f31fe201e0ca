"""Texts of a report are plain text with few marks, so that two people's words can be compared and merged.

An empty line makes a paragraph, "- " a list item, **fet** strong, *kursiv* emphasis, [ord](https://…) a link. The
same HTML goes to the page and to the PDF; nothing but these marks becomes a tag.
"""

from __future__ import annotations

import re
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])")
_LINK = re.compile(r"\[([^\]\[]+)\]\((https?://[^\s()<>&quot;]+|mailto:[^\s()<>]+)\)")
_ITEM = re.compile(r"^\s*[-•]\s+")


def inline(text: str) -> str:
    """One line's marks as HTML, everything else escaped."""
    html = str(escape(text))
    html = _LINK.sub(r'<a href="\2">\1</a>', html)
    html = _STRONG.sub(r"<strong>\1</strong>", html)
    return _EMPHASIS.sub(r"<em>\1</em>", html)


def to_html(text: str) -> SafeString:
    """Paragraphs and lists. Everything was escaped before a tag was written."""
    parts: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for is_list, group in groupby(paragraph.split("\n"), key=lambda line: bool(_ITEM.match(line))):
            lines = [inline(_ITEM.sub("", line).strip()) for line in group if line.strip()]
            if not lines:
                continue
            if is_list:
                parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
            else:
                parts.append("<p>" + "<br>".join(lines) + "</p>")
    return mark_safe("".join(parts))  # noqa: S308  every line went through escape


def plain(text: str) -> str:
    """The words without the marks."""
    text = _LINK.sub(r"\1", text)
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(plain(text).split())
