"""What the templates of this app get: frozen words, made by selectors (docs/guides/pages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.visuals.deadlines import DeadlineFace
from core.visuals.meter import Meter
from core.visuals.parts import Action, Badge, Column, Event, Link, Locked, Note, PageHead, Tag, Text, TwoDeadlines
from governance.selectors.money_links import MoneyLink


# ---- Oppdrag: templates/assignments/list.html, context name "listing" ----
@dataclass(frozen=True)
class AssignmentRow:
    """One assignment. An exempt one has ``exempt`` (the legal basis) and neither title nor status."""

    key: str
    number: str
    url: str
    title: str = ""
    agency: str = ""
    department: str = ""
    status: Badge | str = ""
    meter: Meter | None = None
    deadline: DeadlineFace | None = None
    tags: Sequence[Tag] = ()
    selected: bool = False
    exempt: Text = ""
    ask: Link | None = None
    lang: str = ""
    group: str = ""


@dataclass(frozen=True)
class AssignmentGroup:
    """Rows under a bold heading; ``more`` leads to those not shown."""

    label: Text
    count: int
    rows: Sequence[AssignmentRow]
    late: bool = False
    more: Link | None = None
    key: str = ""


@dataclass(frozen=True)
class AssignmentList:
    """The page. ``result`` is the sentence that says what is shown; ``bulk`` acts on ticked rows (POST)."""

    head: PageHead
    views: Sequence[Link]
    result: Text
    columns: Sequence[Column]
    groups: Sequence[AssignmentGroup]
    save_view: Link | None = None
    filter_now: Text = ""
    selected_count: int = 0
    bulk_url: str = ""
    bulk: Sequence[tuple[str, Text]] = ()

    @property
    def span(self) -> int:
        """Columns of the table, with the one for ticking."""
        return len(self.columns) + bool(self.bulk)


# ---- Oppdragspass: templates/assignments/passport.html, context name "passport" ----
@dataclass(frozen=True)
class DeliveryRow:
    """A delivery: what, the letter's deadline, the current one, and its status as the reader may know it."""

    number: int
    title: str
    in_letter: str
    deadline: DeadlineFace
    badge: Badge
    link: Link | None = None
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class AnswerLine:
    """An answer, under the table of deliveries; ``files`` are links to the stored files."""

    anchor: str
    label: str
    details: str
    text: str
    files: Sequence[Link] = ()
    assessment: str = ""


@dataclass(frozen=True)
class WishLine:
    """A wish for another deadline, and what the reader can do with it."""

    title: str
    reason: str
    actions: Sequence[Action] = ()
    money: Sequence[MoneyLink] = ()


@dataclass(frozen=True)
class Words:
    """A paragraph, verbatim, with its language where it is not bokmål."""

    text: str
    lang: str = ""


@dataclass(frozen=True)
class LaterWords:
    """What a later letter says of the same assignment."""

    title: str
    paragraphs: Sequence[Words]
    url: str = ""


@dataclass(frozen=True)
class Passport:
    """One assignment and everything that happened to it, as the reader may see it.

    ``exempt`` is the shell: only head, basis, facts and actions are filled.
    """

    head: PageHead
    badge: Badge | None = None
    tags: Sequence[Tag] = ()
    meter: Meter | None = None
    letter: Sequence[str] = ()
    source: Text = ""
    open_letter: Link | None = None
    deadlines: TwoDeadlines | None = None
    deliveries: Sequence[DeliveryRow] = ()
    deliveries_note: Text = ""
    notes: Sequence[Note] = ()
    events: Sequence[Event] = ()
    events_note: Text = ""
    event_links: Sequence[Link] = ()
    hidden_note: Text = ""
    next_step: Action | None = None
    locked: Sequence[Locked] = ()
    links: Sequence[Link] = ()
    facts: Sequence[tuple[Text, Text, Link | None]] = ()
    letter_lang: str = ""
    clarify: bool = False
    late: bool = False
    print_note: Text = ""
    events_print_note: Text = ""  # without internal events, which are not printed
    exempt: bool = False
    basis: str = ""
    later: Sequence[LaterWords] = ()
    answers: Sequence[AnswerLine] = ()
    wishes: Sequence[WishLine] = ()
    actions: Sequence[Action] = ()
    money: Sequence[MoneyLink] = ()
