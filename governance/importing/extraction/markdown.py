"""Markdown: headings, lists, tables and paragraphs; signs for emphasis and links are taken away."""

from __future__ import annotations

import html
import re

from governance.importing.extraction.builder import Builder

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)([-*+•]|\d{1,3}[.)]|[a-zæøå][.)])\s+(\S.*)$")
_RULE = re.compile(r"^\s*(?:-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*(?:_\s*){3,}$")
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^>]*?-->")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_IMAGE = re.compile(r"!\[([^\]\[]{0,300})\]\([^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\]\[]{1,500})\]\([^()\s]{0,1000}(?:\s\"[^\"]{0,200}\")?\)")
_STRONG = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_BOLD_LEAD = re.compile(r"^(\*\*[^*\n]{3,200}\*\*)\s*(?=[^\s<])")
"""«**Tittel** Teksten»: bold words that open a cell are a line of their own."""
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def inline(text: str, line_break: str = " ") -> str:
    """A line without Markdown's signs; ``line_break`` is what ``<br>`` becomes."""
    text = _COMMENT.sub("", text)
    text = re.sub(r"(?<=\d)\s*<br\s*/?>\s*(?=\d{3}\b)", " ", text, flags=re.IGNORECASE)
    text = _BREAK.sub(line_break, text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _STRONG.sub("", text)
    return html.unescape(_ESCAPE.sub(r"\1", text)).strip()


def looks_like_markdown(text: str) -> bool:
    """True for a text file with several Markdown headings or a Markdown table."""
    head = text[:200_000]
    headings = len(re.findall(r"^#{1,6} \S", head, re.MULTILINE))
    tables = len(re.findall(r"^\|[ :|-]*-{3}[ :|-]*\|?\s*$", head, re.MULTILINE))
    return headings >= 2 or tables >= 1


def cells_of(line: str) -> list[str]:
    """The cells of a Markdown table row."""
    body = line.strip().removeprefix("|")
    body = body.removesuffix("|") if not body.endswith("\\|") else body
    return [
        inline(_BOLD_LEAD.sub(r"\1<br>", cell.strip().replace("\\|", "|")), "\n")
        for cell in re.split(r"(?<!\\)\|", body)
    ]


class _Reader:
    def __init__(self, text: str, build: Builder) -> None:
        self.lines = _FRONT_MATTER.sub("", text).split("\n")
        self.build = build
        self.paragraph: list[str] = []
        self.item: tuple[int, str] | None = None
        self.in_table = False

    def flush(self) -> None:
        if self.paragraph:
            text = "\n".join(self.paragraph)
            if self.item:
                self.build.add("item", f"{self.item[1]} {text}", level=self.item[0], marker=self.item[1])
            else:
                self.build.add("paragraph", text, bold=self.bold)
        self.paragraph = []
        self.item = None
        self.bold = False

    bold = False

    def table_row(self, line: str) -> None:
        if not self.in_table:
            self.build.start_table()
        self.in_table = True
        if not _SEPARATOR.match(line):
            self.build.add_row([(cell, column, 1) for column, cell in enumerate(cells_of(line))])

    def take(self, line: str) -> None:
        if line.lstrip().startswith("|") or (self.in_table and "|" in line):
            self.flush()
            self.table_row(line)
            return
        self.in_table = False
        heading = _HEADING.match(line)
        if not line.strip() or _RULE.match(line):
            self.flush()
            self.build.newline()
        elif heading:
            self.flush()
            self.build.add("heading", inline(heading[2]), level=len(heading[1]))
        elif item := _ITEM.match(line):
            self.flush()
            marker = "•" if item[2] in "-*+" else item[2]
            self.item = (1 + len(item[1].expandtabs(4)) // 2, marker)
            self.paragraph = [inline(item[3])]
        else:
            clean = inline(re.sub(r"^\s*>\s?", "", line))
            if clean:
                self.bold = not self.paragraph and line.strip().startswith("**") and line.strip().endswith("**")
                self.paragraph.append(clean)
                if line.endswith("  ") and not self.item:
                    self.flush()


def read_markdown(text: str, build: Builder) -> None:
    """Append the blocks of a Markdown text."""
    reader = _Reader(text, build)
    for line in reader.lines:
        reader.take(line)
    reader.flush()
