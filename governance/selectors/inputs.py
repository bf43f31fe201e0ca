"""What the page «Innspill» shows: who is asked, who has not answered, what was said, and proposals to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Department
from agencies.querysets import departments_with
from agencies.rights import DepartmentRight
from core import formatting
from core.actor import Actor
from core.visuals.badges import ACCENT, SUCCESS, WARNING, Badge
from core.visuals.parts import Action, Empty, Link, PageHead
from governance import permissions
from governance.items import ITEM_TYPES
from governance.models import InputRequest, InputRound, InputState, Proposal, ProposalState, SteeringDocument
from governance.selectors.draft_tabs import draft_head, draft_tabs

_PROPOSAL_TONES = {
    ProposalState.PROPOSED: ("in-progress", ACCENT),
    ProposalState.ACCEPTED: ("closed", SUCCESS),
    ProposalState.DECLINED: ("withdrawn", "neutral"),
    ProposalState.WITHDRAWN: ("withdrawn", "neutral"),
}


@dataclass(frozen=True)
class RequestLine:
    """One department in a round."""

    department: str
    badge: Badge
    details: Sequence[str]
    text: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class RoundView:
    """One round, with a sentence that tells at once who has not answered."""

    title: str
    words: str
    message: str
    lines: Sequence[RequestLine]
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class ProposalLine:
    """One proposal."""

    title: str
    kind: str
    text: str
    badge: Badge
    details: Sequence[str]
    reason: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class InputsPage:
    """The page."""

    head: PageHead
    tabs: Sequence[Link]
    rounds: Sequence[RoundView]
    proposals: Sequence[ProposalLine]
    actions: Sequence[Action]
    empty: Empty | None


def departments_to_ask(document: SteeringDocument, day: date) -> QuerySet[Department]:
    """The issuer's departments today."""
    found: QuerySet[Department] = Department.objects.valid_on(day).filter(organisation_id=document.issuer_id)
    return found.order_by("code")


def inputs_page(*, document: SteeringDocument, actor: Actor, day: date) -> InputsPage:
    """Rounds newest first and proposals; a department sees its own answers and proposals only."""
    drafting = permissions.may_draft(actor, document, day)
    own = set(departments_with(actor, DepartmentRight.GIVE_INPUT, day).values_list("content_object_id", flat=True))
    requests = list(InputRequest.objects.visible_to(actor, day).for_list().filter(round__document=document))
    rounds = {row.round.pk: row.round for row in requests}
    whole = permissions.sees_all_input(actor, document, day)
    views = [
        _round(found, [row for row in requests if row.round_id == pk], own, day, drafting=drafting, whole=whole)
        for pk, found in sorted(rounds.items(), reverse=True)
    ]
    actions = []
    if drafting and document.is_editable and all(found.closed_at for found in rounds.values()):
        url = reverse("governance:input_open", args=[document.uuid])
        actions.append(Action(_("Bestill innspill"), url, primary=True))
    text = _("Avdelingene og budsjettavdelingen kan bes om innspill med en frist. De svarer med forslag eller tekst.")
    return InputsPage(
        head=draft_head(document, _("Innspill")),
        tabs=draft_tabs(document, "inputs"),
        rounds=views,
        proposals=_proposals(document, actor, day, own, drafting=drafting),
        actions=actions,
        empty=None if views else Empty(_("Ingen innspill er bestilt"), text),
    )


def _round(
    found: InputRound, requests: list[InputRequest], own: set[int], day: date, *, drafting: bool, whole: bool
) -> RoundView:
    """``whole``: every request of the round is there. A department sees its own only, and is told nothing of others."""
    missing = [row.department.code for row in requests if row.state == InputState.ASKED]
    words = _("Alle har svart.") if whole else ""
    if missing and whole:
        words = _("%(n)s av %(all)s har ikke svart: %(codes)s.") % {
            "n": len(missing), "all": len(requests), "codes": ", ".join(missing)
        }  # fmt: skip
    actions = []
    if drafting and found.closed_at is None:
        if missing:
            url = reverse("governance:input_remind", args=[found.uuid])
            actions.append(Action(_("Purr nå"), url, icon="bell", post=True))
        fields = (("version", str(found.version)),)
        url = reverse("governance:input_close", args=[found.uuid])
        actions.append(Action(_("Avslutt runden"), url, post=True, fields=fields))
    values = {"n": found.number, "date": formatting.date_with_weekday(found.deadline)}
    title = _("Runde %(n)s, frist %(date)s") if found.closed_at is None else _("Runde %(n)s, avsluttet")
    return RoundView(
        title=title % values,
        words=words,
        message=found.message,
        lines=[_request(row, own, day) for row in requests],
        actions=actions,
    )


def _request(row: InputRequest, own: set[int], day: date) -> RequestLine:
    details = []
    if row.answered_at is not None:
        details.append(f"{row.answered_by_name} {formatting.moment(row.answered_at)}")
    if row.reminders and row.reminded_at is not None:
        words = _("påminnet %(n)s ganger, sist %(at)s") if row.reminders > 1 else _("påminnet %(at)s")
        details.append(words % {"n": row.reminders, "at": formatting.moment(row.reminded_at)})
    badge = Badge("closed", row.get_state_display().capitalize(), SUCCESS)
    if row.state == InputState.ASKED:
        late = row.round.deadline < day
        badge = Badge("late" if late else "given", _("Ikke svart"), WARNING if late else "neutral", strong=late)
    actions = []
    if row.department_id in own and row.round.closed_at is None:
        label = _("Gi innspill") if row.state == InputState.ASKED else _("Endre innspillet")
        actions.append(Action(label, reverse("governance:input_answer", args=[row.uuid])))
        actions.append(Action(_("Foreslå en rad"), reverse("governance:proposal_make", args=[row.uuid])))
    return RequestLine(f"{row.department.code} {row.department.name}", badge, details, row.text, actions)


def _proposals(
    document: SteeringDocument, actor: Actor, day: date, own: set[int], *, drafting: bool
) -> list[ProposalLine]:
    rows = proposals_seen(document, actor, day).select_related("department", "proposed_by", "decided_by")
    return [_proposal(row, own, drafting=drafting) for row in rows.order_by("id")]


def proposals_seen(document: SteeringDocument, actor: Actor, day: date) -> QuerySet[Proposal]:
    """All proposals for those who see drafts by right; a department's own for the department."""
    rows = Proposal.objects.filter(document=document)
    if permissions.sees_all_input(actor, document, day):
        return rows
    return rows.filter(department_id__in=departments_with(actor, DepartmentRight.GIVE_INPUT, day))


def _proposal(row: Proposal, own: set[int], *, drafting: bool) -> ProposalLine:
    kind = ITEM_TYPES[row.item_type]
    title = str(row.data.get(kind.names) or kind.one)
    text = str(row.data.get(kind.text) or "") if kind.text else ""
    details = [f"{row.department.code if row.department else ''} {row.proposed_by}".strip()]
    details.append(formatting.moment(row.proposed_at))
    if row.decided_at is not None:
        words = _("avgjort av %(name)s %(at)s")
        details.append(words % {"name": row.decided_by, "at": formatting.moment(row.decided_at)})
    actions = []
    fields = (("version", str(row.version)),)
    if row.state == ProposalState.PROPOSED and drafting:
        url = reverse("governance:proposal_accept", args=[row.uuid])
        actions.append(Action(_("Ta inn i brevet"), url, post=True, fields=fields))
        actions.append(Action(_("Ikke ta inn"), reverse("governance:proposal_decline", args=[row.uuid])))
    if row.state == ProposalState.PROPOSED and row.department_id in own:
        url = reverse("governance:proposal_withdraw", args=[row.uuid])
        actions.append(Action(_("Trekk forslaget"), url, post=True, fields=fields))
    glyph, tone = _PROPOSAL_TONES[ProposalState(row.state)]
    badge = Badge(glyph, row.get_state_display().capitalize(), tone)
    return ProposalLine(title, str(kind.one), text, badge, details, row.reason, actions)
