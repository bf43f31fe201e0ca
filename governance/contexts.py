"""What the templates of this app get: frozen words, made by selectors (docs/guides/pages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.visuals.parts import Action, Finding, Link, PageHead, Step, Text


# ---- Importer, gå gjennom: templates/governance/import_review.html, context name "review" ----
@dataclass(frozen=True)
class Span:
    """A piece of a passage.

    ``label`` names the field it became ("frist, slik den står"); ``tone`` colours it.
    """

    text: str
    label: Text = ""
    tone: str = ""


@dataclass(frozen=True)
class PassageLine:
    """A passage in the margin-numbered text. ``kind``: structured, prose, furniture or unsure."""

    number: int
    spans: Sequence[Span]
    kind: str
    heading: bool = False
    chosen: bool = False
    url: str = ""
    key: str = ""


@dataclass(frozen=True)
class AccountPart:
    """A part of the bar that accounts for all passages: place and width in px, how it is filled, and its
    words.
    """

    kind: str
    x: str
    width: str
    words: Text


@dataclass(frozen=True)
class Choice:
    """Two readings of a text laid over each other: field and text above, field and text below."""

    upper_label: Text
    upper: str
    lower_label: Text
    lower: str


@dataclass(frozen=True)
class ReviewRow:
    """A row.

    ``state``: ready, unsure, question (purple) or waiting. The chosen one carries its form and
    buttons.
    """

    key: str
    number: str
    title: str
    meta: Text
    passages: str
    url: str
    state: str = "ready"
    chosen: bool = False
    question: Text = ""
    choice: Choice | None = None
    choice_actions: Sequence[Action] = ()
    remark_title: Text = ""
    remark: Text = ""
    form: object | None = None
    form_url: str = ""
    version: int = 0
    buttons: Sequence[tuple[str, Text, str]] = ()
    lang: str = ""
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class ReviewGroup:
    """Rows of one kind."""

    title: Text
    note: Text
    rows: Sequence[ReviewRow]


@dataclass(frozen=True)
class ImportReview:
    """The page. ``pane`` is "text" or "rows": below 900 px one of them is shown at a time."""

    head: PageHead
    steps: Sequence[Step]
    accounted: Text
    parts: Sequence[AccountPart]
    ready: Text
    unsure: Text
    findings: Link | None
    passages: Sequence[PassageLine]
    kinds: Sequence[Link]
    groups: Sequence[ReviewGroup]
    locked: Text
    next_unsure: Link | None
    onward: Action
    pane: str = "rows"
    text_url: str = "?vis=tekst"
    rows_url: str = "?vis=rader"
    lang: str = ""
    undo: Action | None = None
    citations: Link | None = None
    compare: Link | None = None
