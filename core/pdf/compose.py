"""Before writing: blocks that stand for others are unfolded, numbers and keys are given out.

Tables and figures are numbered through the document, in the order they stand; parts and sections
keep the numbers their author gave. Every heading gets a key, so that the contents can link to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from core.pdf.blocks import (
    AnswerPair,
    AnswerPairs,
    AssignmentBlock,
    Block,
    Contents,
    Document,
    Figure,
    FrontPage,
    Part,
    Section,
    Wide,
)
from core.pdf.inline import Text, words_of
from core.pdf.tables import BLOCK, Cell, CellContent, Column, Row, Table
from core.pdf.words import Words, words_for


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    level: int
    number: str
    title: Text
    key: str


@dataclass(slots=True)
class Composed:
    """A document ready to be written."""

    document: Document
    words: Words
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    """Key of a block → what a reference to it says ("tabell 5")."""
    numbers: dict[int, int] = field(default_factory=dict)
    """Identity of a numbered block → its number."""
    keys: dict[int, str] = field(default_factory=dict)
    """Identity of a heading, table or figure → its key."""

    @property
    def is_long(self) -> bool:
        """A document with a front page or contents has larger part titles and running heads that
        are blank where a part starts."""
        return any(isinstance(block, Contents | FrontPage) for block in self.blocks)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in reading order, those on wide pages included."""
    for block in blocks:
        yield block
        if isinstance(block, Wide):
            yield from flat(block.blocks)


def compose(document: Document) -> Composed:
    """Unfold, number and name. Raises ValueError with every problem in one message."""
    words = words_for(document.meta.lang)
    blocks = _unfold(document.blocks, words, BLOCK)
    composed = Composed(document=document, words=words, blocks=blocks)
    entries = []
    tables = figures = headings = 0
    problems: list[str] = []
    for block in flat(blocks):
        if isinstance(block, Table) and block.numbered and words_of(block.title):
            tables += 1
            _name(composed, block, block.key or f"tabell-{tables}", problems)
            composed.numbers[id(block)] = tables
            composed.labels[composed.keys[id(block)]] = f"{words.table.lower()} {tables}"
        elif isinstance(block, Figure):
            figures += 1
            _name(composed, block, block.key or f"figur-{figures}", problems)
            composed.numbers[id(block)] = figures
            composed.labels[composed.keys[id(block)]] = f"{words.figure.lower()} {figures}"
        elif isinstance(block, Part | Section):
            headings += 1
            _name(composed, block, block.key or f"k-{headings}", problems)
            entries.append(_entry(composed, block))
        elif isinstance(block, AssignmentBlock) and block.key:
            _name(composed, block, block.key, problems)
            composed.labels[block.key] = block.number
    composed.entries = tuple(entries)
    problems.extend(_level_problems(entries))
    if problems:
        raise ValueError(f"{document.meta.name}: " + "; ".join(problems))
    return composed


def _name(composed: Composed, block: Block, key: str, problems: list[str]) -> None:
    if key in composed.keys.values():
        problems.append(f"two blocks have the key {key!r}")
    composed.keys[id(block)] = key


def _entry(composed: Composed, block: Part | Section) -> Entry:
    key = composed.keys[id(block)]
    if isinstance(block, Part):
        label, number, level = composed.words.part, block.numeral, 1
    else:
        label, number, level = composed.words.section, block.number, block.level
    composed.labels[key] = f"{label} {number}" if number else words_of(block.title)
    return Entry(level=level, number=number, title=block.title, key=key)


def _level_problems(entries: list[Entry]) -> list[str]:
    """Levels may rise freely but only go down one at a time."""
    problems, previous = [], 1
    for entry in entries:
        if entry.level > previous + 1:
            problems.append(f"heading {words_of(entry.title)!r} goes from level {previous} to {entry.level}")
        previous = entry.level
    return problems


def _unfold(blocks: tuple[Block, ...], words: Words, width: float) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, AnswerPairs):
            found.append(_pairs_table(block, words, width))
        elif isinstance(block, Figure) and not block.table:
            found.extend((block, _figures_table(block)))
        elif isinstance(block, Wide):
            found.append(replace(block, blocks=_unfold(block.blocks, words, 253)))
        else:
            found.append(block)
    return tuple(found)


def _figures_table(figure: Figure) -> Table:
    """The figures behind a chart, as a table right under it."""
    data = figure.chart.table()
    count = len(data.heads)
    widths = data.widths or (58.0, *([108.0 / (count - 1)] * (count - 1)))
    columns = tuple(
        Column(head, width, "number" if index and not data.widths else "text")
        for index, (head, width) in enumerate(zip(data.heads, widths, strict=True))
    )
    return Table(
        columns=columns,
        rows=tuple(Row(tuple(row)) for row in data.rows),
        title=figure.title,
        unit=figure.unit,
    )


def _pairs_table(block: AnswerPairs, words: Words, width: float) -> Table:
    """Number, requirement and answer word for word, and the finding when there is one."""
    with_finding = bool(block.finding_title) or any(pair.finding for pair in block.pairs)
    scale = width / BLOCK
    widths = (9, 54, 53, 50) if with_finding else (12, 77, 77)
    heads = (
        words.number,
        f"{words.requirement}, {words.verbatim}",
        f"{words.answer}, {words.verbatim}",
        block.finding_title or words.finding,
    )
    kinds = ("code", "quote", "quote", "text")
    columns = tuple(
        Column(head, size * scale, kind)  # type: ignore[arg-type]
        for head, size, kind in zip(heads, widths, kinds, strict=False)
    )
    rows = tuple(_pair_row(pair, with_finding=with_finding) for pair in block.pairs)
    return Table(columns, rows, title=block.title, key=block.key, note=block.note, keep=False)


def _pair_row(pair: AnswerPair, *, with_finding: bool) -> Row:
    cells: list[CellContent | Cell] = [pair.number, pair.requirement, pair.answer]
    if with_finding:
        cells.append(Cell(pair.finding) if pair.finding else None)
    return Row(tuple(cells))
