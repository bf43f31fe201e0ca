"""A letter made here: paragraphs, assignments, amounts and moved deadlines added to a draft (decision A2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.models import Department
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken
from core.formatting import full_date
from core.transitions import check_version
from governance import permissions
from governance.actions import change_amounts, change_base, change_in_force, draft_rows
from governance.actions.documents import touch
from governance.content import ContentWriter
from governance.drafting.acts import MOVE
from governance.items import Item
from governance.models import (
    AssignmentItem,
    DeadlineKind,
    DeliveryItem,
    ItemChange,
    Passage,
    PassageKind,
    ProductKind,
    SteeringDocument,
)
from governance.states import require_editable


@dataclass(frozen=True)
class NewAssignment:
    """What the form asks for. A deadline is a date, or words («avtales i dialog»), or nothing."""

    title: str
    body: str
    department: Department | None = None
    deadline: date | None = None
    deadline_text: str = ""


@transaction.atomic
def draft_for_editing(
    *, document: SteeringDocument, actor: Actor, at: datetime, expected_version: int | None
) -> SteeringDocument:
    """Lock a draft for an edit. Raises NotAllowed, StaleVersion, NotInThisState."""
    found: SteeringDocument = (
        SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements")
        .locked()
        .get(pk=document.pk)
    )
    if not permissions.may_draft(actor, found, clock.local_date(at)):
        raise NotAllowed(_("Utkastet endres av den som har etatsstyringen av virksomheten."))
    check_version(found, expected_version)
    require_editable(found)
    return found


def _writer(document: SteeringDocument) -> ContentWriter:
    return ContentWriter(document)


def _next_ordinal(model: type[Passage], document: SteeringDocument) -> int:
    top = model._default_manager.filter(document=document).aggregate(top=Max("ordinal"))["top"]
    return int(top or 0) + 1


@transaction.atomic
def add_paragraph(
    *, document: SteeringDocument, text: str, heading: str, actor: Actor, at: datetime, expected_version: int | None
) -> Passage:
    """Add running text, with a heading or without. Raises RuleBroken for an empty text."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    if not text.strip():
        raise RuleBroken(problems=[Problem("text_missing", _("Skriv teksten som skal stå i brevet."), "text")])
    writer, ordinal = _writer(document), _next_ordinal(Passage, document)
    if heading.strip():
        writer.passage(heading.strip(), kind=PassageKind.PROSE, heading_level=2, ordinal=ordinal)
        ordinal += 1
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    rows = [writer.passage(part, kind=PassageKind.PROSE, ordinal=ordinal + n) for n, part in enumerate(paragraphs)]
    touch(document, actor=actor)
    return rows[0]


@transaction.atomic
def add_assignment(
    *, document: SteeringDocument, new: NewAssignment, actor: Actor, at: datetime, expected_version: int | None
) -> Item:
    """Add an assignment with its number reserved now and never used again. Raises RuleBroken with all problems."""
    return add_assignments(document=document, new=[new], actor=actor, at=at, expected_version=expected_version)[0]


@transaction.atomic
def add_assignments(
    *,
    document: SteeringDocument,
    new: Sequence[NewAssignment],
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> list[Item]:
    """Add several assignments, or none of them; they take the numbers that are reserved in the order they stand.

    Of several, a problem's field begins with the place in the list ("1-title"). Raises RuleBroken with all problems.
    """
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = []
    for number, row in enumerate(new):
        found = _assignment_problems(document, row, clock.local_date(at))
        problems += [replace(p, field=f"{number}-{p.field}") for p in found] if len(new) > 1 else found
    if not new:
        problems.append(Problem("title_missing", _("Skriv minst ett oppdrag."), "0-title"))
    if problems:
        raise RuleBroken(problems=problems)
    return [
        draft_rows.save_row(document=document, item_type="assignment", data=_row(row), actor=actor, at=at)
        for row in new
    ]


def _row(new: NewAssignment) -> dict[str, Any]:
    """The form as a row of the registry, with one final delivery."""
    written = new.deadline_text.strip() or (full_date(new.deadline) if new.deadline else "")
    delivery = {
        "title": new.title.strip()[:300],
        "product": ProductKind.FINAL.value,
        "deadline_kind": _deadline_kind(new).value,
        "deadline_text": written,
        "deadline": new.deadline,
    }
    return {
        "title": new.title.strip(),
        "body": new.body.strip(),
        "department": str(new.department.uuid) if new.department else None,
        "department_text": new.department.code if new.department else "",
        "change": ItemChange.NEW.value,
        "no_deadline_text": not written,
        "deliveries": [delivery],
    }


def _deadline_kind(new: NewAssignment) -> DeadlineKind:
    if new.deadline is not None:
        return DeadlineKind.DATE
    if "dialog" in new.deadline_text.lower():
        return DeadlineKind.DIALOG
    return DeadlineKind.ONGOING if new.deadline_text.strip() else DeadlineKind.NONE


def _assignment_problems(document: SteeringDocument, new: NewAssignment, day: date) -> list[Problem]:
    problems = []
    if not new.title.strip():
        problems.append(Problem("title_missing", _("Skriv tittelen på oppdraget."), "title"))
    if not new.body.strip():
        problems.append(Problem("body_missing", _("Skriv hva virksomheten skal gjøre."), "body"))
    if new.deadline is not None and new.deadline <= day:
        sentence = _("Fristen må være en dag som ikke er passert. Skriv en senere dato.")
        problems.append(Problem("V-03", sentence, "deadline"))
    if new.department is not None and new.department.organisation_id != document.issuer_id:
        problems.append(Problem("V-32", _("Avdelingen hører ikke til avsenderen."), "department"))
    return problems


@dataclass(frozen=True)
class AmountChange:
    """A changed amount on a chapter and post; ``amount`` is whole kroner with sign.

    ``basis`` is a word of change_words.REASONS; ``assignment`` the row it pays for, also one of this draft whose
    number is only reserved.
    """

    chapter: int
    post: int
    amount: int
    name: str = ""
    comment: str = ""
    basis: str = ""
    assignment: UUID | None = None
    anchor: str = ""


@transaction.atomic
def add_amount(
    *, document: SteeringDocument, change: AmountChange, actor: Actor, at: datetime, expected_version: int | None
) -> None:
    """Add a changed amount on any post, with the new total where the post is in force. Raises RuleBroken."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = []
    if not 1 <= change.chapter <= 9999:
        problems.append(Problem("chapter", _("Kapittel er et tall fra 1 til 9999."), "chapter"))
    if not 0 <= change.post <= 99:
        problems.append(Problem("post", _("Post er to sifre, for eksempel 01."), "post"))
    if change.amount == 0:
        problems.append(Problem("amount", _("Skriv hvor mye bevilgningen økes eller reduseres med."), "amount"))
    if problems:
        raise RuleBroken(problems=problems)
    change_amounts.change_post(document=document, change=change, actor=actor, at=at)
    touch(document, actor=actor)


@transaction.atomic
def move_deadline(
    *,
    document: SteeringDocument,
    earlier: AssignmentItem,
    deadline: date,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> None:
    """Move the deadline of an assignment an earlier letter gave: of its last delivery.

    At issue the delivery gets its new current date. Raises as ``change_in_force``, with the fields of the form.
    """
    rows = list(DeliveryItem.objects.filter(assignment_item=earlier).order_by("ordinal", "id"))
    target = rows[-1].uuid if rows else earlier.uuid
    wish = change_base.Wish(MOVE, earlier.uuid, reason=reason, dates={target: deadline})
    try:
        change_in_force.change_in_force(
            document=document, wishes=[wish], actor=actor, at=at, expected_version=expected_version
        )
    except RuleBroken as broken:
        names = {"reason": "reason", "date": "deadline"}
        fields = {p: p.field.removeprefix(f"{earlier.uuid}-").partition("-")[0] for p in broken.problems}
        raise RuleBroken(problems=[replace(p, field=names.get(f, "earlier")) for p, f in fields.items()]) from broken
