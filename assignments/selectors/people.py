"""People, departments and documents that forms offer to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Appointment, Department, Organisation, User
from assignments import rights
from assignments.models import Assignment, DeadlineRequest, Delivery, ReaderGrant
from assignments.permissions import powers_on, require
from assignments.rights import Side
from assignments.selectors import history, words
from assignments.selectors.passport import find
from core.actor import Actor
from core.errors import NotFound
from governance.models import SteeringDocument

MOST_CHOSEN = 200


def staff(organisation: Organisation, day: date) -> list[User]:
    """People with a role in the organisation today, by name."""
    roles = Appointment.objects.valid_on(day).filter(organisation=organisation).values("user_id")
    people = User.objects.filter(pk__in=roles, is_active=True, is_system=False)
    return list(people.order_by("full_name", "pk"))


def staff_of_actor(actor: Actor, day: date) -> list[User]:
    """The actor's own colleagues."""
    own = Organisation.objects.filter(uuid=actor.organisation).first()
    return staff(own, day) if own else []


def choices(people: Iterable[User]) -> list[tuple[str, str]]:
    """Value and name for a select."""
    return [(str(row.uuid), str(row)) for row in people]


def by_uuid(people: Iterable[User], value: str) -> User | None:
    """The chosen one."""
    return next((row for row in people if str(row.uuid) == value), None)


def chosen_assignments(actor: Actor, uuids: Sequence[str], day: date) -> list[Assignment]:
    """The assignments ticked in the list, among those the actor sees."""
    wanted = [value for text in uuids[:MOST_CHOSEN] if (value := _uuid(text))]
    rows: list[Assignment] = list(find(actor, day).filter(uuid__in=wanted))
    for row in rows:
        row.shown_title = words.shown_title(row, row.may_read)  # type: ignore[attr-defined]
    return rows


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def departments(organisation: Organisation, day: date) -> list[Department]:
    """Departments that exist today."""
    return list(Department.objects.valid_on(day).filter(organisation=organisation).order_by("code"))


def department_choices(rows: Iterable[Department]) -> list[tuple[str, str]]:
    """Value and name for a select."""
    return [(str(row.uuid), row.code if row.code == row.name else f"{row.code} {row.name}") for row in rows]


def documents(assignment: Assignment, actor: Actor, day: date) -> list[SteeringDocument]:
    """Issued documents between the same two bodies, that a deadline may have been decided in."""
    rows = SteeringDocument.objects.visible_to(actor, day).filter(
        issuer=assignment.issuer, recipient=assignment.responsible, state="issued"
    )
    return list(rows.for_list().order_by("-document_date", "-id")[:50])


def document_choices(rows: Iterable[SteeringDocument]) -> list[tuple[str, str]]:
    """Value and name for a select."""
    return [(str(row.uuid), history.document_words(row)) for row in rows]


def deadline_page(assignment: Assignment, row: Delivery, page: Callable[..., Any], act: Callable[..., Any]) -> Any:
    """The words of the deadline page: to clarify a doubtful one, or to move one."""
    who = _("Frister besluttes av etatsstyreren eller lederen i departementet. Be om ny frist på oppdraget.")
    if row.unclear:
        lead = _("Brevet sier %(words)s. %(why)s Fristen i brevet står som den er; her settes hva som gjelder.") % {
            "words": row.letter_deadline_text or words.letter_words(row),
            "why": row.unclear_reason,
        }
        return page(
            _("Avklar fristen"), _("Sett gjeldende frist"), act, lead, row, rule=rights.may_decide_deadline, who=who
        )
    lead = _("Fristen i brevet endres aldri. Her settes hva som gjelder nå.")
    return page(_("Flytt frist"), _("Sett gjeldende frist"), act, lead, row, rule=rights.may_decide_deadline, who=who)


def one(rows: Iterable[DeadlineRequest], uuid: UUID) -> DeadlineRequest:
    """The row with this id, else NotFound."""
    for row in rows:
        if row.uuid == uuid:
            return row
    raise NotFound(_("Ønsket finnes ikke, eller det er allerede behandlet."))


def require_admitter(assignment: Assignment, actor: Actor, day: date) -> None:
    """Only those who admit readers see who reads. Raises NotAllowed."""
    sentence = _("Innsyn gis av etatsstyreren i %(issuer)s, eller av en leser i virksomhetsstyringen i %(agency)s.")
    names = {"issuer": assignment.issuer.name, "agency": assignment.responsible.name}
    require(rights.may_admit_readers(powers_on(actor, assignment, day), assignment), sentence % names)


def possible_readers(assignment: Assignment, actor: Actor, day: date) -> list[User]:
    """Whom the actor may admit: people on both sides, or only one's own in the agency."""
    side = powers_on(actor, assignment, day).side
    bodies = Q(organisation=assignment.responsible)
    if side is Side.ISSUER:
        bodies |= Q(organisation=assignment.issuer)
    roles = Appointment.objects.valid_on(day).filter(bodies).values("user_id")
    known = grants(assignment).filter(revoked_at__isnull=True).values("user_id")
    people = User.objects.filter(pk__in=roles, is_active=True, is_system=False).exclude(pk__in=known)
    return list(people.order_by("full_name", "pk"))


def grants(assignment: Assignment) -> Any:
    """Readers of an assignment, present and former."""
    return ReaderGrant.objects.filter(assignment=assignment).select_related("user", "granted_by").order_by("id")


def readers_context(assignment: Assignment) -> dict[str, Any]:
    """Readers now, and who has asked."""
    from core.models import Event

    asked = Event.objects.filter(subject=assignment.uuid, type="reader.asked").order_by("-id")[:10]
    active = [row for row in grants(assignment) if row.revoked_at is None]
    readers = {row.user_id for row in active}
    waiting = [row for row in asked if row.after.get("user") not in readers]
    return {"grants": active, "asked": waiting, "assignment_uuid": assignment.uuid}
