"""Rich text of drafts: one list of what is allowed, the plain words beside it, and the rubbish of Word taken out."""

from __future__ import annotations

import html
import re

import nh3

#: what the editor offers; ``sanitise`` lets through the tags these make and nothing else
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "Subscript": True,
    "Superscript": True,
}
TAGS = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "sub", "sup"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_CONDITIONAL = re.compile(r"<!--\[if.*?<!\[endif\]-->|<!\[(?:if|endif)[^>]*>", re.DOTALL | re.IGNORECASE)
_OFFICE = re.compile(
    r"<(style|xml|script|title)\b.*?</\1\s*>|<(?:meta|link)\b[^>]*>|</?o:p>", re.DOTALL | re.IGNORECASE
)
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_LIST_MARK = re.compile(r"<span[^>]*mso-list:\s*Ignore[^>]*>.*?</span>\s*(?:</span>)?", re.DOTALL | re.IGNORECASE)
_LIST_ITEM = re.compile(r"<p[^>]*class=[\"']?MsoListParagraph[^>]*>(.*?)</p>", re.DOTALL | re.IGNORECASE)
_RENAMED = (
    (re.compile(r"<(/?)b(\s[^>]*)?>", re.I), r"<\1strong>"),
    (re.compile(r"<(/?)i(\s[^>]*)?>", re.I), r"<\1em>"),
)
_HEADING = re.compile(r"<(/?)(?:h[1-6]|div|blockquote)\b[^>]*>", re.IGNORECASE)
_ENDS = re.compile(r"</(?:p|li|ul|ol)\s*>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_EMPTY = re.compile(r"<(p|strong|em|li|ul|ol|a)(?:\s[^>]*)?>(?:\s|&nbsp;|\u00a0|<br>)*</\1>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\ufeff\x0b\x0c\x00-\x08]")


def sanitise(markup: str) -> str:
    """Allowed tags only, Word's comments, styles and list marks gone, empty elements dropped. Never raises."""
    text = _INVISIBLE.sub("", markup.replace("\r\n", "\n"))
    text = _LIST_MARK.sub("", _CONDITIONAL.sub("", text))
    text = (
        _LIST_ITEM.sub(r"<ul><li>\1</li></ul>", _OFFICE.sub("", text))
        .replace("</ul>\n<ul>", "")
        .replace("</ul><ul>", "")
    )
    for pattern, instead in _RENAMED:
        text = pattern.sub(instead, text)
    text = _HEADING.sub(r"<\1p>", text)
    clean = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    clean = _DEAD_LINK.sub(r"\1", clean)
    before = ""
    while before != clean:
        before, clean = clean, _EMPTY.sub("", clean)
    return clean.strip()


def plain_text(rich: str) -> str:
    """The words of sanitised markup: a line for each paragraph and list item, a dash before list items."""
    text = re.sub(r"\s*\n\s*", " ", rich)
    text = re.sub(r"<li[^>]*>\s*(?:<p[^>]*>)?", "– ", text, flags=re.IGNORECASE)
    text = re.sub(r"</p>\s*</li>", "</li>", text, flags=re.IGNORECASE)
    lines = html.unescape(_TAG.sub("", _ENDS.sub("\n", text))).replace("\u00a0", " ").split("\n")
    return "\n".join(words for line in lines if (words := re.sub(r"[ \t]+", " ", line).strip()))


def from_plain(text: str) -> str:
    """Plain words typed without the editor, as paragraphs."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts)


def looks_rich(text: str) -> bool:
    """Whether what was typed is markup from the editor rather than plain words."""
    return bool(re.search(r"<(?:p|ul|ol|div|span|br|strong|em|b|i|h[1-6])\b[^>]*>", text, re.IGNORECASE))


def read(text: str) -> tuple[str, str]:
    """(rich, plain) of what came from the editor, from a textarea or from the clipboard."""
    rich = sanitise(text if looks_rich(text) else from_plain(text))
    return rich, plain_text(rich)
