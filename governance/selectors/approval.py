"""What the page «Godkjenning» shows: who has approved which version, who has not, and what one can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Appointment, Department, User
from agencies.rights import RoleCode
from core import formatting
from core.actor import Actor
from core.visuals.badges import ACCENT, SUCCESS, WARNING, Badge
from core.visuals.parts import Action, Empty, Link, Locked, PageHead
from governance import permissions
from governance.models import ApprovalStep, DocumentState, SteeringDocument, StepState
from governance.selectors.draft_tabs import draft_head, draft_tabs
from governance.states import said_of

BADGES = {
    StepState.WAITING: Badge("given", gettext_lazy("Venter")),
    StepState.APPROVED: Badge("closed", gettext_lazy("Godkjent"), SUCCESS),
    StepState.RETURNED: Badge("returned", gettext_lazy("Sendt tilbake"), WARNING),
    StepState.VOID: Badge("withdrawn", gettext_lazy("Falt bort")),
}


@dataclass(frozen=True)
class StepLine:
    """One step: what, who, where it stands, and the words of the decision."""

    order: int
    kind: str
    who: str
    badge: Badge
    details: Sequence[str] = ()
    reason: str = ""
    actions: Sequence[Action] = ()
    locked: str = ""


@dataclass(frozen=True)
class ApprovalPage:
    """The page."""

    head: PageHead
    tabs: Sequence[Link]
    document: SteeringDocument
    steps: Sequence[StepLine]
    earlier: Sequence[StepLine]
    missing: str
    actions: Sequence[Action]
    setup: Sequence[Action]
    empty: Empty | None
    locked: Locked | None


def people_of(document: SteeringDocument, day: date) -> QuerySet[User]:
    """Those who hold an office in the issuer's organisation today, for the choice of approver."""
    machines = (RoleCode.SYSTEM_CLIENT, RoleCode.ORGANISATION_ADMIN)
    sitting = Appointment.objects.valid_on(day).filter(organisation_id=document.issuer_id)
    users: QuerySet[User] = User.objects.filter(
        pk__in=sitting.exclude(role__code__in=machines).values("user_id"), is_active=True
    )
    return users.order_by("full_name", "id")


def departments_of(document: SteeringDocument, day: date) -> QuerySet[Department]:
    """The issuer's departments today."""
    found: QuerySet[Department] = Department.objects.valid_on(day).filter(organisation_id=document.issuer_id)
    return found


def approval_page(*, document: SteeringDocument, actor: Actor, day: date) -> ApprovalPage:
    """Everything on the page, in a fixed number of queries; two more for each step one may decide now."""
    rows = list(ApprovalStep.objects.for_list().filter(document=document).order_by("route", "order", "id"))
    for row in rows:
        row.document = document
    route = max((row.route for row in rows), default=1)
    current = [row for row in rows if row.route == route and row.state != StepState.VOID]
    earlier = [row for row in rows if row.route != route or row.state == StepState.VOID]
    drafting = permissions.may_draft(actor, document, day)
    waiting = [row for row in current if row.state == StepState.WAITING]
    first = min((row.order for row in waiting), default=0)
    mine = permissions.decidable_steps(actor, document, day)
    lines = [_line(row, actor, day, drafting=drafting, first=first, mine=row.pk in mine) for row in current]
    return ApprovalPage(
        head=draft_head(document, _("Godkjenning"), _lead(document, current, waiting)),
        tabs=draft_tabs(document, "approval"),
        document=document,
        steps=lines,
        earlier=[_line(row, actor, day, drafting=False, first=0, mine=False) for row in reversed(earlier)],
        missing=", ".join(row.words for row in waiting),
        actions=_actions(document, waiting) if drafting else [],
        setup=_setup(document, current, day) if drafting and document.is_editable else [],
        empty=None if current else _empty(document),
        locked=None if drafting or document.is_issued else _locked(),
    )


def _lead(document: SteeringDocument, current: list[ApprovalStep], waiting: list[ApprovalStep]) -> str:
    if not current:
        return said_of(
            document,
            _("Ingen godkjenning er satt opp. Brevet kan utstedes fra utkastet av en som ikke endret det sist."),
            _("Ingen godkjenning er satt opp. Instruksen kan fastsettes fra utkastet av en som ikke endret den sist."),
        )
    if document.is_issued:
        return said_of(document, _("Brevet er utstedt."), _("Instruksen er fastsatt."))
    if not waiting:
        ready = said_of(
            document,
            _("Alle %(n)s trinn er godkjent. Brevet kan signeres."),
            _("Alle %(n)s trinn er godkjent. Instruksen kan signeres."),
        )
        return ready % {"n": len(current)}
    done = len(current) - len(waiting)
    words = ngettext("%(done)s av %(n)s trinn er godkjent.", "%(done)s av %(n)s trinn er godkjent.", len(current))
    state = "" if document.state == DocumentState.APPROVAL else _("Godkjenningen har ikke begynt.")
    return f"{words % {'done': done, 'n': len(current)}} {state}".strip()


def _line(row: ApprovalStep, actor: Actor, day: date, *, drafting: bool, first: int, mine: bool) -> StepLine:
    document = row.document
    in_turn = document.state == DocumentState.APPROVAL and row.state == StepState.WAITING and row.order == first
    actions, locked = _step_actions(row, actor, day, drafting=drafting, in_turn=in_turn, mine=mine)
    badge = Badge("in-progress", _("Til godkjenning nå"), ACCENT) if in_turn else BADGES[StepState(row.state)]
    return StepLine(
        order=row.order,
        kind=row.get_kind_display(),
        who=row.who,
        badge=badge,
        details=_details(row),
        reason=row.reason,
        actions=actions,
        locked=locked,
    )


def _details(row: ApprovalStep) -> list[str]:
    """Who decided, for whom, when, which version, and where it stands when it was outside."""
    parts = []
    if row.decided_by_name:
        name = f"{row.decided_by_name} (e.f.)" if row.by_authority else row.decided_by_name
        parts.append(name)
    if row.represented_name:
        parts.append(_("på vegne av %(name)s") % {"name": row.represented_name})
    if row.decided_at:
        moment = (
            formatting.full_date(row.decided_at.date()) if row.external_reference else formatting.moment(row.decided_at)
        )
        parts.append(moment)
    if row.document_version:
        parts.append(_("versjon %(n)s") % {"n": row.document_version})
    if row.external_reference:
        parts.append(_("godkjent i sak/arkiv: %(ref)s") % {"ref": row.external_reference})
    return parts


def _step_actions(
    row: ApprovalStep, actor: Actor, day: date, *, drafting: bool, in_turn: bool, mine: bool
) -> tuple[list[Action], str]:
    document = row.document
    if row.state != StepState.WAITING:
        return [], ""
    args = [document.uuid, row.uuid]
    version = (("version", str(row.version)),)
    actions, locked = [], ""
    if drafting and document.is_editable:
        actions.append(Action(_("Fjern"), reverse("governance:approval_remove", args=args), post=True, fields=version))
    if in_turn and mine:
        locked = permissions.own_writing(actor, row, day)
        label = _("Send tilbake") if locked else _("Godkjenn eller send tilbake")
        actions.append(Action(label, reverse("governance:approval_decide", args=args), primary=not locked))
    if in_turn and drafting:
        actions.append(Action(_("Godkjent i sak/arkiv"), reverse("governance:approval_outside", args=args)))
    return actions, locked


def _actions(document: SteeringDocument, waiting: list[ApprovalStep]) -> list[Action]:
    version = (("version", str(document.version)),)
    if document.state == DocumentState.DRAFT and waiting:
        url = reverse("governance:approval_send", args=[document.uuid])
        return [Action(_("Send til godkjenning"), url, post=True, primary=True, fields=version)]
    if document.state in (DocumentState.APPROVAL, DocumentState.APPROVED):
        return [Action(_("Ta tilbake til utkast"), reverse("governance:approval_take_back", args=[document.uuid]))]
    return []


def _setup(document: SteeringDocument, current: list[ApprovalStep], day: date) -> list[Action]:
    actions = [Action(_("Legg til trinn"), reverse("governance:approval_add", args=[document.uuid]))]
    if not current and permissions.template_steps(document, day).exists():
        url = reverse("governance:approval_template", args=[document.uuid])
        actions.append(Action(_("Bruk den vanlige ruten"), url, post=True))
    if current:
        url = reverse("governance:approval_keep_template", args=[document.uuid])
        actions.append(Action(_("Lagre som vanlig rute"), url, post=True))
    return actions


def _empty(document: SteeringDocument) -> Empty:
    text = _("Sett opp hvem som skal godkjenne, og i hvilken rekkefølge. Trinn med samme nummer går samtidig.")
    if not document.is_editable:
        without = said_of(
            document,
            _("Brevet ble utstedt uten godkjenning i systemet."),
            _("Instruksen ble fastsatt uten godkjenning i systemet."),
        )
        text = without if document.is_issued else ""
    return Empty(_("Ingen trinn"), text)


def _locked() -> Locked:
    return Locked(
        _("Sett opp og send til godkjenning"),
        _("Det gjør den som skriver utkastet."),
        _("Du kan lese hvem som har godkjent, og hva som mangler."),
    )
