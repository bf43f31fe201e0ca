"""Visual lines of text files and PDF pages: spacing, page furniture, columns (I-01, I-02)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from governance.importing.reading.sender_foot import stacked_sender_foot
from governance.importing.reading.units import Line
from governance.importing.records import Block, CanonicalText, Cell

_PAGE_NUMBER = re.compile(
    r"(?:Side|Page|S\.)?\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?|[-–]\s*\d{1,3}\s*[-–]", re.IGNORECASE
)
_PAGE_WORD = re.compile(r"Side\s*\d{1,3}(?:\s*(?:av|/)\s*\d{1,3})?", re.IGNORECASE)
_CONTENTS = re.compile(r".{3,200}?(?:\s?[.…·_]){3,}\s*\d{1,3}|.{3,200}?\s*\.{2,}\s*\d{1,3}")
_CHAPTER_OR_POST = re.compile(r"(?:kap(?:ittel|\.)?|post)\s*\d", re.IGNORECASE)
"""«Kap. 3646, post 85 Gebyrer ........ 640» is a line of the budget, not of the contents."""
_SENDER_FOOT = re.compile(
    r"\b(?:Postadresse|Kontoradresse|Besøksadresse|Telefon|Telefaks|Sentralbord|Saksbehandler|Saksbehandlar|"
    r"Org\.?\s?n(?:r|o)\b|Avdeling)"
)
"""The heads of the sender's address at the foot of a first page."""
_URL = re.compile(r"https?://\S+")
_OMITTED = re.compile(r"\[(?:\.\.\.|…)[^\]]*\]?|-{5,}|_{3,}")
_FOOTNOTE = re.compile(r"\d{1,2}\s+(?:[A-ZÆØÅ]|https?:)")
_LEADING_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4})\.?|[a-zæøå][.)]|\d{1,2}\)")
_MARK = re.compile(r"[•▪●○◦‣∙·■□\uf0b7\uf0a7\uf02d\uf0d8*–—−-]|o")
_GAP = re.compile(r"\t+|[ \u00a0]{3,}|\s+\|\s+")
_NARROW_GAP = re.compile(r"\t+|[ \u00a0]{2,}|\s+\|\s+")
_WIDE_GAP = re.compile(r"[ \u00a0]{6,}")
"""A line with a wide gap is set out in columns: there two spaces part columns too."""


def _base_gap(gaps: list[tuple[int, str, str]]) -> int:
    """1 in double-spaced text (each line followed by an empty one), else 0."""
    single = [(left, right) for gap, left, right in gaps if gap == 1]
    dense = sum(1 for gap, _, _ in gaps if gap == 0)
    if len(single) * 10 < len(gaps) * 6 and dense * 10 > len(gaps):
        return 0
    running = sum(1 for left, right in single if left[-1:] not in ".:;!?" and right[:1].islower())
    return 1 if running * 8 >= len(single) else 0


def columns_of(raw: str, start: int) -> tuple[Cell, ...]:
    """The columns of a line parted by tabs, bars or three spaces; empty when it has one only."""
    if "\t" not in raw and "   " not in raw and " | " not in raw and "\u00a0\u00a0" not in raw:
        return ()
    cells: list[Cell] = []
    empty = raw[: len(raw) - len(raw.lstrip("\t"))].count("\t")
    at = len(raw) - len(raw.lstrip())
    body_end = len(raw.rstrip())
    for match in (_NARROW_GAP if _WIDE_GAP.search(raw, at, body_end) else _GAP).finditer(raw, at, body_end):
        if match.start() > at:
            cells.append(Cell(raw[at : match.start()].strip(), start + at, start + match.start(), len(cells) + empty))
        at = match.end()
    if at < body_end:
        cells.append(Cell(raw[at:body_end].strip(), start + at, start + body_end, len(cells) + empty))
    cells = _with_marker(_with_crowns(cells, raw, start), raw, start)
    if len(cells) == 2 and _LEADING_NUMBER.fullmatch(cells[0].text) and cells[1].text[0].isupper():
        return ()
    return tuple(cells) if len(cells) > 1 else ()


def _with_marker(cells: list[Cell], raw: str, start: int) -> list[Cell]:
    """«-    Andelen saker»: a bullet far from its words is no cell of its own."""
    if len(cells) < 2 or not _MARK.fullmatch(cells[0].text):
        return cells
    first = replace(cells[0], text=raw[cells[0].start - start : cells[1].end - start], end=cells[1].end)
    return [first, *(replace(cell, column=cell.column - 1) for cell in cells[2:])]


def _with_crowns(cells: list[Cell], raw: str, start: int) -> list[Cell]:
    """«kr   33 870 000»: the word and its amount are one cell."""
    kept: list[Cell] = []
    for cell in cells:
        last = kept[-1] if kept else None
        if last is not None and last.text.lower() in ("kr", "kr.", "nok") and cell.text[:1].isdigit():
            kept[-1] = replace(last, text=raw[last.start - start : cell.end - start], end=cell.end)
            continue
        kept.append(cell if not kept else replace(cell, column=kept[-1].column + 1))
    return kept


def read_lines(canonical: CanonicalText, blocks: list[Block]) -> list[Line]:
    """Lines of consecutive ``line`` blocks, with paragraph gaps and page furniture told."""
    text = canonical.text
    between: list[str] = []
    for left, right in pairwise(blocks):
        between.append(text[left.end : right.start])
    gaps = [
        (part.count("\n") - 1, text[left.start : left.end], text[right.start : right.end])
        for part, left, right in zip(between, blocks, blocks[1:], strict=False)
    ]
    base = _base_gap(gaps)
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        body = text[block.start : block.end]
        line_start = text.rfind("\n", 0, block.start) + 1
        line_start = max(line_start, text.rfind("\f", line_start, block.start) + 1)
        indent = block.start - line_start
        gap = True
        if number:
            middle = between[number - 1].split("\n")[1:-1]
            spaced = any(part.strip("\f") and not part.strip() for part in middle)
            gap = len(middle) > base or (spaced and base == 0) or (spaced and len(middle) >= 1 and base == 1)
        lines.append(
            Line(
                block.start,
                block.end,
                body,
                block.page,
                indent,
                gap,
                block.furniture,
                bold=block.bold,
                columns=columns_of(text[line_start : block.end], line_start),
            )
        )
    _mark_furniture(lines)
    return lines


def _mark_furniture(lines: list[Line]) -> None:
    """Page numbers, running heads and feet, contents lists, link targets, rules (I-01)."""
    repeated = Counter(line.text.strip() for line in lines if len(line.text) > 6)
    for number, line in enumerate(lines):
        text = line.text.strip()
        before = lines[number - 1] if number else None
        after = lines[number + 1] if number + 1 < len(lines) else None
        turns = (before is not None and before.page != line.page) or (after is not None and after.page != line.page)
        if _PAGE_WORD.fullmatch(text) or _OMITTED.fullmatch(text) or _is_contents(text):
            line.furniture = True
        elif _opens_sender_foot(line):
            _mark_sender_foot(lines, number)
        elif length := stacked_sender_foot(lines, number):
            for inside in lines[number : number + length]:
                inside.furniture = True
        elif _PAGE_NUMBER.fullmatch(text):
            line.furniture = turns or after is None or (line.gap and after.gap and len(text) <= 3)
        elif _URL.fullmatch(text):
            line.furniture = repeated[text] > 1 or turns
        elif after is not None and after.page != line.page and _FOOTNOTE.match(text):
            line.aside = True
        elif turns and repeated[text] >= 3 and len(text) < 120:
            line.furniture = True


def _is_contents(text: str) -> bool:
    return bool(_CONTENTS.fullmatch(text)) and not _CHAPTER_OR_POST.match(text)


def _opens_sender_foot(line: Line) -> bool:
    """True for «Postadresse  Kontoradresse  Telefon  Saksbehandler» in columns."""
    return len(set(_SENDER_FOOT.findall(line.text))) > 2


def _mark_sender_foot(lines: list[Line], at: int) -> None:
    """The heads of the sender's address and the few lines of columns below them."""
    lines[at].furniture = True
    for line in lines[at + 1 : at + 5]:
        if line.gap or not line.columns:
            break
        line.furniture = True
