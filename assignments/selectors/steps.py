"""What the reader can do next, and why the rest is locked (K15): all from the state tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from assignments import rights, states
from assignments.models import Assignment, Delivery
from assignments.rights import Powers, Side
from assignments.selectors import words
from assignments.selectors.links import new_supplement_url
from core.actor import Actor
from core.visuals.parts import Action, Link, Locked


@dataclass
class NextSteps:
    """At most one primary act, other acts, locked ones with reasons, and small links."""

    primary: Action | None = None
    actions: list[Action] = field(default_factory=list)
    locked: list[Locked] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def offer(self, action: Action) -> None:
        """The first offer is the primary one."""
        if self.primary is None:
            self.primary = Action(**{**action.__dict__, "primary": True})
        else:
            self.actions.append(action)


def _url(name: str, assignment: Assignment, delivery: Delivery | None = None) -> str:
    args = [assignment.uuid] if delivery is None else [assignment.uuid, delivery.uuid]
    return reverse(f"assignments:{name}", args=args)


def next_steps(assignment: Assignment, deliveries: Sequence[Delivery], powers: Powers, actor: Actor) -> NextSteps:
    """The steps for one reader of one assignment. Deliveries are those already fetched."""
    found = NextSteps()
    for row in deliveries:
        row.assignment = assignment
    ended = states.ended_sentence(assignment)
    if ended:
        found.locked.append(Locked(assignment.get_status_display(), ended))
        return found
    if powers.side is Side.AGENCY:
        _agency(assignment, deliveries, powers, found)
    elif powers.side is Side.ISSUER:
        _ministry(assignment, deliveries, powers, actor, found)
    return found


def _agency(assignment: Assignment, deliveries: Sequence[Delivery], powers: Powers, found: NextSteps) -> None:
    if assignment.status == "given" and rights.may_receive(powers, assignment):
        version = (("version", str(assignment.version)),)
        found.offer(
            Action(_("Bekreft mottatt"), _url("receive", assignment), "person-checkmark", post=True, fields=version)
        )
    if assignment.owner_id is None and rights.may_assign_owner(powers, assignment):
        found.offer(Action(_("Velg ansvarlig"), _url("owner", assignment), "person"))
    outstanding = [row for row in deliveries if row.state in states.OUTSTANDING]
    for row in outstanding[:1]:
        label = _("Svar på leveranse %(n)s") % {"n": row.ordinal} if len(deliveries) > 1 else _("Svar på oppdraget")
        if rights.may_answer(powers, row):
            found.offer(Action(label, _url("answer", assignment, row), "inbox-up"))
        else:
            found.locked.append(Locked(label, states.WHO_ANSWERS))
    if rights.may_write_status(powers, assignment):
        found.offer(Action(_("Skriv status"), _url("status", assignment), "pencil-writing"))
    if rights.may_assign_owner(powers, assignment) and assignment.owner_id:
        found.links.append(Link(_("Bytt ansvarlig"), _url("owner", assignment)))
    if outstanding and rights.may_answer(powers, outstanding[0]):
        found.links.append(
            Link(_("Registrer svar sendt utenfor systemet"), _url("outside", assignment, outstanding[0]))
        )
        found.links.append(Link(_("Be om ny frist"), _url("wish", assignment, outstanding[0])))


def _ministry(
    assignment: Assignment, deliveries: Sequence[Delivery], powers: Powers, actor: Actor, found: NextSteps
) -> None:
    table = states.delivery_table(powers)
    for row in deliveries:
        if row.state not in ("delivered", "under_assessment"):
            continue
        if row.distributed_to_id is None and rights.may_distribute(powers, row):
            found.offer(_distribute(assignment, row, len(deliveries)))
        title = _("Vurder leveranse %(n)s") % {"n": row.ordinal} if len(deliveries) > 1 else _("Vurder svaret")
        reason = table.refusal(table.transitions["assess"], row, actor)
        if reason:
            found.locked.append(Locked(title, reason))
        else:
            found.offer(Action(title, _url("assess", assignment, row), "clipboard"))
    _closing(assignment, powers, actor, found)
    open_rows = [row for row in deliveries if row.state in states.OUTSTANDING]
    if open_rows and rights.may_decide_deadline(powers, open_rows[0]):
        unclear = next((row for row in open_rows if row.unclear), None)
        if unclear is not None:
            found.offer(Action(_("Avklar fristen"), _url("deadline", assignment, unclear), "calendar"))
        found.links.append(Link(_("Flytt frist"), _url("deadline", assignment, unclear or open_rows[0])))
    if open_rows and rights.may_register_answer(powers, open_rows[0]):
        found.links.append(Link(_("Registrer svar"), _url("outside", assignment, open_rows[0])))
    if rights.may_edit_parts(powers, assignment):
        if url := new_supplement_url():
            found.links.append(Link(_("Foreslå endring i supplerende brev"), url))
        found.links.append(Link(_("Deltakere"), _url("parts", assignment)))
    if rights.may_lapse(powers, assignment):
        found.links.append(Link(_("Trekk oppdraget"), _url("withdraw", assignment)))


def _distribute(assignment: Assignment, row: Delivery, count: int) -> Action:
    department = assignment.department.code if assignment.department else ""
    names = {"n": row.ordinal, "department": department}
    if department and count > 1:
        label = _("Fordel svar på leveranse %(n)s til %(department)s") % names
    else:
        label = _("Fordel svaret til %(department)s") % names if department else _("Fordel svaret")
    return Action(label, _url("distribute", assignment, row), "inbox-down")


def _closing(assignment: Assignment, powers: Powers, actor: Actor, found: NextSteps) -> None:
    table = states.assignment_table(powers)
    guard = states.all_assessed(assignment)
    title = _("Avslutt oppdrag")
    who = _closers(assignment)
    if not rights.may_close(powers, assignment):
        why = guard or _("Du har ikke rett til å avslutte oppdraget.")
        found.locked.append(Locked(title, why, who, _propose(assignment, powers)))
    elif reason := table.refusal(table.transitions["close"], assignment, actor):
        found.locked.append(Locked(title, reason, who, _propose(assignment, powers)))
    else:
        found.offer(Action(title, _url("close", assignment), "checkmark-circle"))


def _closers(assignment: Assignment) -> str:
    if assignment.department:
        return _("Avsluttes av avdelingsdirektør i %(code)s. Avslutning er ingen godkjenning av innholdet.") % {
            "code": assignment.department.code
        }
    return _("Avsluttes av etatsstyreren. Avslutning er ingen godkjenning av innholdet.")


def _propose(assignment: Assignment, powers: Powers) -> Action | None:
    if not rights.may_remark(powers, assignment):
        return None
    return Action(_("Foreslå avslutning"), _url("remark", assignment) + "?forslag=avslutning")


def delivery_links(assignment: Assignment, row: Delivery, powers: Powers) -> list[Link]:
    """Small links beside one delivery of the table."""
    row.assignment = assignment
    if states.ended_sentence(assignment):
        return []
    title = words.delivery_title(row)
    links = []
    if row.state in states.OUTSTANDING and rights.may_decide_deadline(powers, row):
        label = _("Avklar frist") if row.unclear else _("Sett frist") if row.deadline is None else ""
        if label:
            links.append(Link(label, _url("deadline", assignment, row)))
    if row.state in states.OUTSTANDING and rights.may_answer(powers, row) and title:
        links.append(Link(_("Svar"), _url("answer", assignment, row)))
    return links
