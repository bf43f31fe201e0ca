"""The document model: what a selector builds and :func:`core.pdf.render_document` sets.

Blocks say what something *is* (a quotation, an assignment, a signature), never how it looks. The
same blocks give the reading file, the archive file and the page on screen, in the same order and
with the same words. Everything is frozen, so a document can be kept as data beside its hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.charts.base import Chart
from core.pdf.inline import Break, Inline, Language, Link, Mark, Note, Ref, Span, Text
from core.pdf.tables import Cell, Column, Figures, Quoted, Row, Status, Table

__all__ = [
    "AnnexList", "AnswerPair", "AnswerPairs", "AssignmentBlock", "Block", "BoxedFacts", "Break",
    "Cell", "Chips", "Column", "Contents", "Document", "Event", "EventList", "Fact", "FactList", "Figure",
    "Figures", "FrontPage", "Inline", "Language", "Letterhead", "Link", "LinkList", "ListBlock", "ListItem",
    "Mark", "Meta", "NamedList", "Note", "Notice", "Paragraph", "Part", "Quote", "Quoted", "Ref",
    "RichText", "Row", "Section", "Signature", "Signer", "Span", "Status", "StoredImage", "Summary",
    "Table", "Text", "TitleBlock", "Wide",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself, and what the foot of each page says.

    ``created`` comes from the act (issued, submitted, taken out), never from the clock, and must be
    aware. ``name`` is the short name of the document, ``organisation`` who stands behind it;
    together with ``case`` and ``version`` they make the foot. ``head`` is the running head of a
    short document (up to 7 words); long documents take it from the part's title. ``colour`` is the
    organisation's own dark colour as ``#rrggbb`` (at least 7:1 on white), else the house blue."""

    title: str
    author: str
    lang: Literal["nb", "nn"]
    created: datetime
    name: str
    organisation: str = ""
    case: str = ""
    version: str = ""
    colour: str = ""
    classification: str = ""
    head: str = ""

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("Meta.created must be aware: a naive time gives other bytes elsewhere")
        if not self.title.strip():
            raise ValueError("Meta.title is what a screen reader says first; it cannot be empty")


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image given in memory (an organisation's wordmark): bytes, type and words for it."""

    content: bytes
    media_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    description: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says: "Saksnummer", "27/00412, versjon 1"."""

    label: str
    value: Text


@dataclass(frozen=True, slots=True)
class FrontPage:
    """A whole page with a coloured field; no page number. For long documents.

    ``title`` may hold a :class:`Break`."""

    organisation: str
    title: Text
    addressee: str
    facts: tuple[Fact, ...] = ()
    notice: Text = ""
    wordmark: str = ""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The head of a short document: who, a title, facts. ``over`` is the line above the title."""

    over: Text
    title: Text
    facts: tuple[Fact, ...] = ()
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Sender, addressee and references as body text (margin boxes are never read aloud)."""

    sender: str
    addressee: tuple[str, ...]
    references: tuple[Fact, ...]
    title: Text


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of contents, made from parts and sections down to ``depth`` (1 = parts only)."""

    depth: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Top level. ``own_page`` starts a new page with a heavy rule (long documents); without it the
    rule stands where the text has come. ``numeral`` is "IV", "2" or empty. ``head`` replaces the
    title in the running head when that is longer than seven words."""

    title: Text
    numeral: str = ""
    key: str = ""
    own_page: bool = True
    lang: Language | None = None
    head: str = ""
    on_axis: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered (or not) heading under a part. Levels go down one at a time: 2, then 3, then 4."""

    title: Text
    number: str = ""
    level: Literal[2, 3, 4] = 2
    key: str = ""
    lang: Language | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``opening`` is the larger first paragraph, ``note`` small grey sans text."""

    text: Text
    style: Literal["body", "opening", "note"] = "body"
    lang: Language | None = None
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """Sanitised HTML from the editor: p, h2-h4, ul, ol, li, strong, em, a, br, blockquote, sub, sup
    and ``lang``. Anything else is dropped with its tag, its words kept. ``shift`` moves headings
    down so that they continue the document's levels."""

    html: str
    lang: Language | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list with dashes or numbers. An item may hold a list of its own (one level)."""

    items: tuple["Text | ListItem", ...]
    ordered: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item with items under it."""

    text: Text
    items: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's exact words, one text for each paragraph, and where they stand. Set in serif with
    a bar to the left."""

    paragraphs: tuple[Text, ...]
    source: Text = ""
    lang: Language | None = None
    on_axis: bool = True


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A requirement word for word beside its answer, and what the reader should know about it."""

    number: str
    requirement: Quoted
    answer: Quoted | Text
    finding: tuple[Status | Text, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPairs:
    """Pairs as a table: number, requirement, answer, and a third column when any pair has one."""

    pairs: tuple[AnswerPair, ...]
    title: str
    finding_title: str = ""
    key: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class FactList:
    """Labels left of the axis, values on it. ``lines`` draws hairlines between them."""

    facts: tuple[Fact, ...]
    lines: bool = True


@dataclass(frozen=True, slots=True)
class BoxedFacts:
    """Two or three facts side by side in a box (deadline in the letter, deadline now): label, the
    fact in bold, a line about it. Written as a table, so that it is read in pairs."""

    facts: tuple[tuple[str, Text, Text], ...]
    title: str


@dataclass(frozen=True, slots=True)
class Chips:
    """Short labels side by side under a title: a status with its mark, who takes part, a goal."""

    items: tuple[Status | str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its number, title and note.

    ``description`` is the alternative text: one or two sentences in words saying what the chart
    shows; empty means the chart's own sentence. ``table`` is the key of the table with the same
    figures; without it the figures are set as a table right under the chart."""

    chart: Chart
    title: str
    unit: str = ""
    description: str = ""
    note: Text = ""
    key: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A tinted box with a heading: the main points."""

    title: str
    items: tuple[Text, ...]
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """A box with a bar, for something somebody has shared or decided, with who and when."""

    title: str
    byline: Text
    paragraphs: tuple[Text, ...]
    foot: Text = ""
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class AssignmentBlock:
    """Number left of the axis, title, department and deadline *as written*, the words. Unbroken."""

    number: str
    title: str
    department: str
    deadline: str
    body: tuple[Text, ...]
    key: str = ""
    lang: Language | None = None
    department_label: str = ""
    level: Literal[3, 4] = 4


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history: the day as text, what happened, who and where it stands."""

    day: str
    title: Text
    detail: Text = ""


@dataclass(frozen=True, slots=True)
class EventList:
    """A history, newest or oldest first as given."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who approved. ``on_behalf`` writes "(e.f.)" (etter fullmakt)."""

    name: str
    title: str
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Electronic approval: place and date or a greeting, names side by side (higher rank first),
    and the approval text. No line to sign on. Kept together with the lines before it."""

    signers: tuple[Signer, ...]
    opening: str
    approval: str


@dataclass(frozen=True, slots=True)
class AnnexList:
    """Numbered annexes; say in the words what is a separate file, and what went only to whom."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A small heading and its list (Kopi, Vedlegg) after a letter's signature."""

    title: str
    items: tuple[Text, ...]
    level: Literal[2, 3, 4] = 3


@dataclass(frozen=True, slots=True)
class LinkList:
    """Links on their own lines."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Wide:
    """Blocks on wide (landscape) pages: tables that need 253 mm. Never smaller type instead."""

    blocks: tuple["Block", ...]


Block = (
    AnnexList | AnswerPairs | AssignmentBlock | BoxedFacts | Chips | Contents | EventList | FactList | Figure
    | FrontPage | Letterhead | LinkList | ListBlock | NamedList | Notice | Paragraph | Part | Quote
    | RichText | Section | Signature | Summary | Table | TitleBlock | Wide
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: what it says about itself, its blocks in reading order, and images given
    in memory by key (``FrontPage.wordmark`` names one)."""

    meta: Meta
    blocks: tuple[Block, ...]
    images: Mapping[str, StoredImage] = field(default_factory=dict)
