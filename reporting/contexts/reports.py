"""What the templates of reports get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.visuals.meter import Meter
from core.visuals.parts import Action, Badge, Finding, Link, Locked, PageHead, Tag, Text


# ---- Rapport: templates/reporting/report_editor.html, context name "editor" ----
@dataclass(frozen=True)
class OutlineLine:
    """A section of the report: how much is answered, and whether something is missing."""

    title: Text
    url: str
    count: str
    complete: bool
    current: bool = False


@dataclass(frozen=True)
class Missing:
    """Something missing: the section as a link, then what."""

    link: Link
    what: Text


@dataclass(frozen=True)
class ChangeSpan:
    """A piece of text with what happened to it since last time: "", "added" or "removed"."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class ParameterRow:
    """A steering parameter: last time, now (or a field to choose in), and the change."""

    number: str
    title: Text
    before: Badge | None
    now: Badge | None
    field: object | None = None
    changed: Tag | None = None
    missing: bool = False
    text_field: object | None = None
    text: str = ""
    anchor: str = ""
    conflict: Text = ""


@dataclass(frozen=True)
class AnswerRow:
    """A requirement with the letter's own words and its answer; ``before`` is what was answered last time."""

    title: Text
    place: Text
    words: Sequence[str]
    field: object | None = None
    text: str = ""
    before: str = ""
    missing: bool = False
    anchor: str = ""
    changed: Tag | None = None
    conflict: Text = ""
    lang: str = ""


@dataclass(frozen=True)
class SeriesRow:
    """One series of a key figure in a report: last value, the fields or the value now, the change."""

    title: Text
    before: str
    before_label: str
    now: str = ""
    fields: Sequence[object] = ()
    change: str = ""
    unit: str = ""
    missing: bool = False
    flags: Text = ""


@dataclass(frozen=True)
class FigureGroup:
    """A key figure with its series and a comment."""

    title: Text
    rows: Sequence[SeriesRow]
    comment: object | None = None
    text: str = ""
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True)
class PostRow:
    """A post: allocated, accounts, forecast (whole kroner or a field), and what is left."""

    code: str
    name: Text
    allocated: int
    spent: int | None = None
    forecast: int | None = None
    rest: int | None = None
    comment: str = ""
    fields: Sequence[object] = ()
    sum: bool = False
    doubt: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class RiskRow:
    """A risk: where it stands now and after measures, in words and numbers."""

    number: int
    title: str
    level: Text
    numbers: str
    goal: str
    measure: str
    owner: str
    residual: Text = ""
    edit: Link | None = None
    missing: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class ReportAssignment:
    """An assignment under a goal, prefilled from the shared status."""

    link: Link
    title: str
    text: str
    meter: Meter
    source: Text
    edit: Link
    changed: Tag | None = None
    anchor: str = ""
    unchanged: bool = True


@dataclass(frozen=True)
class Block:
    """The letter's words left, the answer right. ``kind``: text, parameters, assignments or own.

    A block of kind own is laid out by ``template`` with ``rows``. ``html`` is a finished text for reading.
    """

    place: Text
    letter: Sequence[str]
    title: Text
    kind: str
    note: Text = ""
    changed: Tag | None = None
    field: object | None = None
    spans: Sequence[ChangeSpan] = ()
    words: Text = ""
    nothing_field: object | None = None
    parameters: Sequence[ParameterRow] = ()
    before_label: Text = ""
    assignments: Sequence[ReportAssignment] = ()
    lang: str = ""
    id: str = ""
    template: str = ""
    rows: Sequence[object] = ()
    html: str = ""
    action: Action | None = None
    chart: str = ""


@dataclass(frozen=True)
class ReportEditor:
    """One section of a report at a time, with outline, what is missing and the letter's words."""

    head: PageHead
    saved: Text
    missing_count: int
    missing_words: Text
    preview: Action | None
    send: Action | None
    outline: Sequence[OutlineLine]
    missing: Sequence[Missing]
    locked: Locked | None
    section_title: Text
    section_note: Text
    blocks: Sequence[Block]
    changes_label: Text = ""
    changes_on: bool = False
    changes_url: str = ""
    save_url: str = ""
    version: int = 0
    next_url: str = ""
    hidden: Sequence[object] = ()
    conflict: Text = ""
    conflict_spans: Sequence[ChangeSpan] = ()
    warnings: Sequence[Finding] = ()
    acts: Sequence[Action] = ()
