"""What can stand inside a paragraph, a heading or a cell.

Plain ``str`` is enough nearly everywhere; the typography filter of :mod:`core.text` is applied when
the document is written, so callers pass ordinary spaces and hyphens.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["nb", "nn", "en", "se", "sv", "da", "de", "fr"]
"""Languages a passage may be in. A document's own language is ``nb`` or ``nn``."""

Mark = Literal["done", "half", "late", "open", "lapsed", "none"]
"""Shapes beside a status word: filled circle, half circle, triangle, ring, square, nothing."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words with something particular about them.

    ``lang``: the words are in another language than the document. ``verbatim``: quoted exactly, so
    only marks without width are added. ``code``: an identifier that is searched for (TB2026-5);
    never filtered, never broken."""

    text: str
    lang: Language | None = None
    strong: bool = False
    emphasis: bool = False
    verbatim: bool = False
    code: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link with plain words. ``target`` is ``#key`` of a block, or an address with scheme."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference by number to a table, figure, part or section: "tabell 5", "punkt 3.2".

    ``key`` is the block's key; a key that is not in the document is refused."""

    key: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the call stands here, the words at the foot of the same page."""

    text: "Text"


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph or cell."""


Inline = str | Span | Link | Ref | Note | Break
Text = str | tuple[Inline, ...]


def words_of(text: Text) -> str:
    """The plain words, without notes and marks: for bookmarks, names and alternative text."""
    if isinstance(text, str):
        return text
    parts: list[str] = []
    for item in text:
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Span | Link):
            parts.append(item.text)
        elif isinstance(item, Break):
            parts.append(" ")
    return "".join(parts)
