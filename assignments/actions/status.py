"""Status: internal to the agency until it is shared (decision C2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assignments import rights, states
from assignments.actions.base import (
    lock_assignment,
    powers_at,
    refresh,
    require_open,
    require_words,
    tell,
)
from assignments.models import Assignment, Delivery, DeliveryState, ProgressCode, StatusDraft, StatusVersion
from assignments.permissions import require
from core.actor import Actor
from core.errors import Problem, RuleBroken, StaleVersion
from core.models import Audience
from core.transitions import bump


@dataclass(frozen=True)
class StatusText:
    """What a person wrote."""

    progress: str
    text: str
    expected_on: date | None = None


class StaleStatus(StaleVersion):
    """Somebody saved in between. ``theirs`` is what stands now, ``mine`` what was typed: both are shown."""

    def __init__(self, message: str, *, theirs: StatusDraft, mine: StatusText) -> None:
        super().__init__(message)
        self.theirs, self.mine = theirs, mine


@transaction.atomic
def save_status_draft(
    *,
    assignment: Assignment,
    status: StatusText,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> StatusDraft:
    """Save the internal status. ``expected_version`` is the draft's own version, 0 before the first is saved.

    Raises NotAllowed, NotInThisState, RuleBroken, StaleStatus with both texts.
    """
    assignment = lock_assignment(assignment)
    _require_writer(assignment, actor, at)
    require_open(assignment)
    _check(status)
    rows = StatusDraft.objects.select_related("edited_by").locked()
    draft = rows.filter(assignment=assignment).first() or StatusDraft(assignment=assignment, version=0)
    if expected_version is not None and expected_version != draft.version:
        raise StaleStatus(
            _("%(name)s lagret mens du skrev. Begge tekstene står nedenfor. Lagre den som skal gjelde.")
            % {"name": _name(draft)},
            theirs=draft,
            mine=status,
        )
    draft.progress, draft.text, draft.expected_on = status.progress, status.text.strip(), status.expected_on
    draft.edited_by_id, draft.edited_at = actor.user_id, at
    if draft.pk is None:
        draft.version = 1
        draft.save()
    else:
        bump(draft, fields=("progress", "text", "expected_on", "edited_by", "edited_at"))
    tell(
        "status.saved",
        assignment,
        actor=actor,
        at=at,
        after={"version": draft.version},
        audience=Audience.INTERNAL,
    )
    return draft


def _name(draft: StatusDraft) -> str:
    if draft.edited_by_id is None:
        return _("En kollega")
    return str(StatusDraft.objects.select_related("edited_by").get(pk=draft.pk).edited_by)


def _require_writer(assignment: Assignment, actor: Actor, at: datetime) -> None:
    sentence = _("Status skrives av den oppdragsansvarlige eller virksomhetsstyringen i %(agency)s.") % {
        "agency": assignment.responsible.name
    }
    require(rights.may_write_status(powers_at(actor, assignment, at), assignment), sentence)


def _check(status: StatusText) -> None:
    if status.progress not in ProgressCode.values:
        raise RuleBroken(problems=[Problem("progress", _("Velg hvordan det går."), "progress")])


@transaction.atomic
def share_status(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    started: Sequence[Delivery] = (),
    expected_version: int | None = None,
) -> StatusVersion:
    """Share the saved status as a dated version that never changes; the other side sees it from now on.

    ``started`` are deliveries the agency says it has begun; without any, the first outstanding one is begun.
    ``expected_version`` is the draft's. Raises NotAllowed, NotInThisState, RuleBroken, StaleVersion.
    """
    assignment = lock_assignment(assignment)
    powers = powers_at(actor, assignment, at)
    sentence = _("Status deles av den oppdragsansvarlige, virksomhetsstyringen eller direktøren i %(agency)s.") % {
        "agency": assignment.responsible.name
    }
    require(rights.may_share_status(powers, assignment), sentence)
    require_open(assignment)
    draft = StatusDraft.objects.locked().filter(assignment=assignment).first()
    text = require_words(draft.text if draft else "", "text", _("Skriv en status før du deler den."))
    assert draft is not None
    if expected_version is not None and expected_version != draft.version:
        raise StaleVersion(_("Teksten er endret siden du åpnet siden. Les den på nytt før du deler."))
    number = (StatusVersion.objects.filter(assignment=assignment).aggregate(n=Max("number"))["n"] or 0) + 1
    version = StatusVersion.objects.create(
        assignment=assignment,
        number=number,
        progress=draft.progress,
        text=text,
        expected_on=draft.expected_on,
        shared_by_id=actor.user_id,
        shared_by_name=actor.name,
        shared_at=at,
    )
    _start(assignment, powers, started, actor, at)
    assignment.shared_version = number
    assignment.received_at = assignment.received_at or at
    refresh(assignment, fields=("shared_version", "received_at"))
    tell("status.shared", assignment, actor=actor, at=at, after={"version": number, "progress": draft.progress})
    return version


def _start(
    assignment: Assignment, powers: rights.Powers, started: Sequence[Delivery], actor: Actor, at: datetime
) -> None:
    """Mark deliveries as begun: those named, else the first one nobody has begun while none is under way."""
    rows = list(Delivery.objects.locked().filter(assignment=assignment).order_by("ordinal", "id"))
    waiting = [row for row in rows if row.state == DeliveryState.NOT_STARTED]
    named = {delivery.pk for delivery in started}
    chosen = [row for row in waiting if row.pk in named]
    if not named and not any(row.state in (DeliveryState.IN_PROGRESS, DeliveryState.RETURNED) for row in rows):
        chosen = waiting[:1]
    table = states.delivery_table(powers)
    for row in chosen:
        row.assignment = assignment
        table.apply("start", obj=row, actor=actor, at=at)
