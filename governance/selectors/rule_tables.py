"""What a document says of the dialogue as rules a machine follows, in tables with the passage each rests on.

Copy rules, minimum meetings, report obligations, notice duties, authorisations and the lock rule (R-20 to R-64).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formatting
from governance.models import (
    Authorisation,
    CopyRule,
    ItemPassage,
    LockRule,
    MeetingRule,
    NoticeDuty,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
)
from governance.models.document import DocumentPart

#: so much of a passage is shown beside the rule; the whole stands one link away
LONGEST = 600


@dataclass(frozen=True)
class Source:
    """The passage a rule rests on: where it stands, the way there, and its words."""

    place: str
    url: str
    words: str


@dataclass(frozen=True)
class RuleRow:
    """One rule: its cells in the order of the columns, its own wording, and the passages it rests on."""

    uuid: UUID
    cells: Sequence[str]
    text: str = ""
    sources: Sequence[Source] = ()
    place: str = ""


@dataclass(frozen=True)
class RuleTable:
    """The rules of one kind."""

    key: str
    title: str | Promise
    columns: Sequence[str | Promise]
    rows: Sequence[RuleRow]


@dataclass(frozen=True)
class _Kind:
    model: type[DocumentPart]
    title: str | Promise
    columns: tuple[str | Promise, ...]
    cells: Callable[[Any], Sequence[str]]
    text: str = "text"
    related: tuple[str, ...] = ()


def _first_up(words: object) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def _copy(row: CopyRule) -> Sequence[str]:
    together = _("samtidig") if row.simultaneous else _("uten krav om samtidighet")
    return _first_up(row.get_correspondence_display()), row.recipient.name, together


def _meeting(row: MeetingRule) -> Sequence[str]:
    return _first_up(row.get_kind_display()), _("minst %(n)s i året") % {"n": row.minimum}


def due_words(row: ReportingRequirement) -> str:
    """When a report is due: the date, the event in the document's own words, or how often."""
    if row.due:
        return formatting.date_with_weekday(row.due)
    if row.due_text:
        return row.due_text
    if row.when == RequirementWhen.RECURRING and row.per_year:
        return _("én gang i året") if row.per_year == 1 else _("%(n)s ganger i året") % {"n": row.per_year}
    return _("ingen dato i teksten")


def _reporting(row: ReportingRequirement) -> Sequence[str]:
    copied = _("kopi til Riksrevisjonen samtidig") if row.copy_to_auditor else ""
    title = f"{row.reference} {row.title}".strip()
    return title, _first_up(row.get_when_display()), " · ".join(part for part in (due_words(row), copied) if part)


def _notice(row: NoticeDuty) -> Sequence[str]:
    return row.title, _first_up(row.get_timing_display())


def validity_words(row: Authorisation) -> str:
    """How long a power lasts."""
    days = {"first": row.valid_from, "last": row.valid_to}
    words = {name: formatting.full_date(day) for name, day in days.items() if day}
    if len(words) == 2:
        return _("%(first)s til %(last)s") % words
    if row.valid_from:
        return _("fra %(first)s") % words
    return _("til og med %(last)s") % words if row.valid_to else _("til den trekkes tilbake eller erstattes")


def _authorisation(row: Authorisation) -> Sequence[str]:
    limit = _("inntil %(amount)s") % {"amount": formatting.kroner(row.limit)} if row.limit is not None else ""
    about = formatting.listing(list(row.bodies)) or " · ".join([*row.expense_posts, *row.income_posts])
    return row.title, limit or _("ingen beløpsgrense"), validity_words(row), about


def _lock(row: LockRule) -> Sequence[str]:
    who = row.get_decider_display() or _("ikke sagt")
    return _first_up(row.get_correspondence_display()), row.exception or _("ingen unntak"), who


_SHOWN: dict[str, _Kind] = {
    "copy_rule": _Kind(
        CopyRule, gettext_lazy("Kopiregler"), (gettext_lazy("Hva"), gettext_lazy("Kopi til"), gettext_lazy("Når")),
        _copy, text="", related=("recipient",),
    ),
    "meeting_rule": _Kind(
        MeetingRule, gettext_lazy("Møter"), (gettext_lazy("Møte"), gettext_lazy("Hvor ofte")), _meeting
    ),
    "reporting": _Kind(
        ReportingRequirement, gettext_lazy("Rapportering"),
        (gettext_lazy("Krav"), gettext_lazy("Når"), gettext_lazy("Frist")), _reporting,
    ),
    "notice_duty": _Kind(
        NoticeDuty, gettext_lazy("Varslingsplikter"), (gettext_lazy("Varsles om"), gettext_lazy("Når")), _notice
    ),
    "authorisation": _Kind(
        Authorisation, gettext_lazy("Fullmakter"),
        (gettext_lazy("Fullmakt"), gettext_lazy("Beløpsgrense"), gettext_lazy("Gjelder"), gettext_lazy("Hvem og hva")),
        _authorisation,
    ),
    "lock_rule": _Kind(
        LockRule, gettext_lazy("Låseregel"),
        (gettext_lazy("Gjelder"), gettext_lazy("Unntak"), gettext_lazy("Åpnes av")), _lock,
    ),
}  # fmt: skip
#: A letter's requirements and powers have sections of their own, with the way to change them.
ALL, OF_LETTER = tuple(_SHOWN), ("copy_rule", "meeting_rule", "notice_duty", "lock_rule")


def rule_tables(document: SteeringDocument, keys: Sequence[str] = ALL) -> list[RuleTable]:
    """The tables that have rows. One query for each kind and one for the passages, however many rules."""
    found: dict[str, list[DocumentPart]] = {}
    for key in keys:
        kind = _SHOWN[key]
        rows = kind.model._default_manager.filter(document=document).order_by("ordinal", "id")
        found[key] = list(rows.select_related(*kind.related) if kind.related else rows)
    sources = _sources(document, [row.uuid for rows in found.values() for row in rows])
    return [
        RuleTable(key, _SHOWN[key].title, _SHOWN[key].columns, [_row(_SHOWN[key], row, sources) for row in rows])
        for key, rows in found.items()
        if rows
    ]


def _row(kind: _Kind, row: Any, sources: dict[UUID, list[Source]]) -> RuleRow:
    section = str(getattr(row, "section", "") or "")
    return RuleRow(
        uuid=row.uuid,
        cells=kind.cells(row),
        text=str(getattr(row, kind.text)) if kind.text else "",
        sources=sources.get(row.uuid, ()),
        place=_("punkt %(number)s") % {"number": section.rstrip(".")} if section else "",
    )


def _sources(document: SteeringDocument, items: Sequence[UUID]) -> dict[UUID, list[Source]]:
    page = reverse("governance:document_text", args=[document.uuid])
    links = ItemPassage.objects.filter(document=document, item__in=items, field="").select_related("passage")
    found: dict[UUID, list[Source]] = {}
    for link in links.order_by("passage__ordinal", "id"):
        passage = link.passage
        number = passage.section_number.rstrip(".")
        place = _("avsnitt %(n)s") % {"n": passage.ordinal + 1}
        if number:
            place = _("punkt %(number)s, %(place)s") % {"number": number, "place": place}
        words = " ".join(passage.text.split())
        words = f"{words[:LONGEST]} …" if len(words) > LONGEST else words
        url = f"{page}?rad={link.item}#avsnitt-{passage.ordinal + 1}"
        found.setdefault(link.item, []).append(Source(place, url, words))
    return found
