"""The text the rows point into, as the extractors make it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as the user gave it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is kept about a source: enough to recognise it and to point into it."""

    name: str
    sha256: str
    size: int
    media_type: str
    extractor: str
    extractor_version: str
    start: int
    end: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: cleaned text and where it stands. ``column`` is its first column."""

    text: str
    start: int
    end: int
    column: int = 0
    width: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of canonical text with what the format itself says about it.

    ``form`` is ``line`` (a visual line of unknown role: text files, PDF), ``heading``,
    ``paragraph``, ``item`` (list item) or ``row`` (table row, with ``cells``).
    """

    form: str
    start: int
    end: int
    page: int = 1
    level: int = 0
    marker: str = ""
    table: int = -1
    cells: tuple[Cell, ...] = ()
    bold: bool = False
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """The text the rows point into. Frozen and stored with the import."""

    text: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceInfo, ...]
    laid_out: bool = False
    """True when the sources' own format says what is a paragraph (Word, HTML, Markdown)."""

    @property
    def sha256(self) -> tuple[str, ...]:
        """SHA-256 of each source, in the order given."""
        return tuple(source.sha256 for source in self.sources)
