"""How the record of a registered letter has been put right: what it said before, and who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Department, Organisation
from core import clock, formatting
from core.actor import Actor
from core.visuals.parts import Action, Link, PageHead
from governance.differences import FieldChange, field_changes
from governance.intake import differing
from governance.intake.kinds import KINDS
from governance.intake.row_words import number_of, title_of
from governance.items import ITEM_TYPES, Item
from governance.models import Goal, ImportRow, Origin, RegistrationCorrection, SteeringDocument
from governance.restricted import withheld_from


@dataclass(frozen=True)
class CorrectedRow:
    """One row that came out different. ``fields`` are empty for a row that is new, gone or exempt."""

    act: str
    words: str
    kind: str
    title: str
    fields: Sequence[FieldChange] = ()


@dataclass(frozen=True)
class CorrectionLine:
    """One correction: when, who, why, and the rows. ``before`` leads to the letter as it was known the day before."""

    when: str
    who: str
    why: str
    note: str
    sha256: str
    sha256_after: str
    rows: Sequence[CorrectedRow]
    text: str
    before: Link | None


@dataclass(frozen=True)
class RowGroup:
    """The rows of one kind that can be put right by hand."""

    title: str
    rows: Sequence[Link]


@dataclass(frozen=True)
class CorrectionsPage:
    """The page. ``actions`` and ``groups`` are for those who may put the record right."""

    head: PageHead
    corrections: Sequence[CorrectionLine]
    explanation: str
    actions: Sequence[Action] = ()
    groups: Sequence[RowGroup] = ()


def corrections_page(document: SteeringDocument, actor: Actor, day: date, locked: str) -> CorrectionsPage:
    """Everything about the record of a document. ``locked`` is why the actor cannot put it right."""
    rows = RegistrationCorrection.objects.visible_to(actor, day).filter(document=document).for_list()
    hidden = {str(uuid) for uuid in withheld_from(document, actor, day)}
    corrections = list(rows.order_by("-corrected_at", "-id"))
    names = _names(document, corrections)
    base = differing.base_of(document) if document.origin == Origin.REGISTERED and not locked else None
    actions: list[Action] = []
    groups: list[RowGroup] = []
    if base is not None:
        again = reverse("governance:import_read_anew", args=[base.uuid])
        actions = [
            Action(_("Les filene på nytt"), again, post=True),
            Action(_("Les inn en bedre fil"), reverse("governance:import_new")),
        ]
        groups = _groups(document, base)
    return CorrectionsPage(
        head=PageHead(
            title=_("Rettelser av registreringen"),
            overline=document.title,
            crumbs=[
                Link(_("Styringsdokumenter"), reverse("governance:documents")),
                Link(document.title, reverse("governance:document", args=[document.uuid])),
            ],
        ),
        corrections=[_line(row, document, hidden, names) for row in corrections],
        explanation=_explanation(document, locked),
        actions=actions,
        groups=groups,
    )


def corrections_link(document: SteeringDocument, *, offered: bool) -> Link | None:
    """The way to the page from a registered letter: when it has been put right, or it is offered. One query."""
    if document.origin != Origin.REGISTERED or not document.is_issued:
        return None
    count = RegistrationCorrection.objects.filter(document=document).count()
    if not count and not offered:
        return None
    words = ngettext("Rettet %(n)s gang", "Rettet %(n)s ganger", count) % {"n": count}
    return Link(words if count else _("Rett registreringen"), reverse("governance:corrections", args=[document.uuid]))


def reading_head(document: SteeringDocument, row: ImportRow) -> PageHead:
    """The head of the page where one row is put right."""
    back = reverse("governance:corrections", args=[document.uuid])
    return PageHead(
        title=_("Rett lesing"),
        overline=document.title,
        lead=f"{number_of(row)} {title_of(row)}".strip(),
        crumbs=[Link(document.title, reverse("governance:document", args=[document.uuid])), Link(_("Rettelser"), back)],
    )


def _explanation(document: SteeringDocument, locked: str) -> str:
    if document.origin != Origin.REGISTERED:
        return _("Brevet er utstedt herfra og rettes ikke. Skriv et supplerende brev.")
    if locked:
        return _("Det registrerte er rettet etter brevet. Brevet er det samme hele tiden.")
    return _(
        "Er brevet lest feil, rettes registreringen. Det som gjaldt fra brevets dag, gjelder fra samme dag; det som var"
        " kjent før rettelsen, kan fortsatt leses. Er brevet endret, skrives et supplerende brev."
    )


def _names(document: SteeringDocument, corrections: Iterable[RegistrationCorrection]) -> dict[str, str]:
    """Words for permanent ids in the rows. The same queries however many corrections."""
    if not corrections:
        return {}
    departments = Department.objects.filter(organisation=document.issuer_id).values_list("uuid", "name")
    goals = Goal.objects.filter(document=document).values_list("uuid", "title")
    bodies = Organisation.objects.values_list("uuid", "name")
    return {str(uuid): str(name) for rows in (departments, goals, bodies) for uuid, name in rows}


def _line(
    row: RegistrationCorrection, document: SteeringDocument, hidden: set[str], names: Mapping[str, str]
) -> CorrectionLine:
    passages = sum(1 for part in row.rows if part["key"] not in ITEM_TYPES)
    text = ngettext("Teksten er rettet i %(n)s avsnitt.", "Teksten er rettet i %(n)s avsnitt.", passages)
    return CorrectionLine(
        when=formatting.moment(row.corrected_at),
        who=str(row.corrected_by),
        why=str(row.get_reason_display()),
        note=row.note,
        sha256=row.sha256,
        sha256_after=row.sha256_after,
        rows=[_row(part, document, hidden, names) for part in row.rows if part["key"] in ITEM_TYPES],
        text=text % {"n": passages} if passages else "",
        before=_before(row, document),
    )


def _before(row: RegistrationCorrection, document: SteeringDocument) -> Link | None:
    """The text as it was known at the end of the day before."""
    day = clock.local_date(row.corrected_at) - timedelta(days=1)
    if document.issued_at is None or clock.local_date(document.issued_at) > day:
        return None
    letter = document.supplements or document
    url = reverse("governance:in_force_letter", args=[letter.uuid])
    return Link(_("Slik det var registrert %(day)s") % {"day": formatting.full_date(day)}, f"{url}?kjent={day}")


def _row(
    part: Mapping[str, Any], document: SteeringDocument, hidden: set[str], names: Mapping[str, str]
) -> CorrectedRow:
    acts = {"added": _("Lagt til"), "removed": _("Tatt bort"), "changed": _("Rettet")}
    kind = ITEM_TYPES[part["key"]]
    old, new = _item(part, part["before"], document), _item(part, part["after"], document)
    said = CorrectedRow(part["act"], acts[part["act"]], str(kind.one), str(part["name"]))
    exempt = any(one is not None and one.data.get("restricted") for one in (old, new))
    if part["item"] in hidden or (exempt and part["act"] == "removed"):
        return CorrectedRow(said.act, said.words, said.kind, _("Unntatt offentlighet"))
    if old is None or new is None:
        return said
    return CorrectedRow(said.act, said.words, said.kind, said.title, field_changes(old, new, names))


def _item(part: Mapping[str, Any], values: Mapping[str, Any] | None, document: SteeringDocument) -> Item | None:
    if values is None:
        return None
    return Item(part["key"], UUID(part["item"]), document.pk, values["ordinal"], values["data"])


def _groups(document: SteeringDocument, base: Any) -> list[RowGroup]:
    """The registered rows, by kind, each with the way to put it right."""
    made: dict[str, list[Link]] = {}
    for row in differing.rows_of(base):
        if row.state not in differing.GONE:
            url = reverse("governance:correct_reading", args=[document.uuid, row.uuid])
            made.setdefault(row.kind, []).append(Link(f"{number_of(row)} {title_of(row)[:120]}".strip(), url))
    return [RowGroup(str(KINDS[kind].plural), made[kind]) for kind in KINDS if made.get(kind)]
