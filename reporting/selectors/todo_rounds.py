"""What waits for a person in the work around drafts: to approve, to answer, to decide (picture 01, «Må gjøres»)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies.querysets import departments_with, organisations_with
from agencies.rights import DepartmentRight, Right
from core import formatting as fmt
from core.actor import Actor
from core.visuals.deadlines import time_left
from core.visuals.parts import Action
from governance.models import (
    ApprovalStep,
    AssignmentItem,
    DocumentState,
    HearingRound,
    InputRequest,
    InputState,
    Proposal,
    ProposalState,
    RowComment,
    StepState,
)
from governance.querysets import is_mine
from governance.selectors.hearings import frozen_title
from reporting.addresses import address
from reporting.contexts import TodoRow

MOST_OF_A_KIND = 20


def round_rows(actor: Actor, today: date) -> list[TodoRow]:
    """Everything around drafts, the most pressing kind first. A fixed number of queries."""
    return [
        *_to_approve(actor, today),
        *_returned(actor, today),
        *_hearings(actor, today),
        *_inputs(actor, today),
        *_proposals(actor, today),
        *_unanswered(actor, today),
    ]


def _to_approve(actor: Actor, today: date) -> list[TodoRow]:
    """Steps whose turn it is, named to me or to the department I head."""
    heads = departments_with(actor, DepartmentRight.CLOSE_DEPARTMENT_ASSIGNMENTS, today)
    earlier = ApprovalStep.objects.filter(
        document=OuterRef("document"), state=StepState.WAITING, order__lt=OuterRef("order")
    )
    rows = (
        ApprovalStep.objects.filter(is_mine(actor, today) | Q(approver__isnull=True, department__in=heads))
        .filter(state=StepState.WAITING, document__state=DocumentState.APPROVAL)
        .filter(document__issuer__uuid=actor.organisation)
        .exclude(Exists(earlier))
        .select_related("document__recipient")
        .order_by("id")
    )
    return [
        TodoRow(
            title=_("Godkjenn %(title)s") % {"title": row.document.title},
            url=address("governance:approval", row.document.uuid),
            meta=f"{row.document.recipient.short} · {row.get_kind_display()}",
            action=Action(_("Les og godkjenn"), address("governance:approval", row.document.uuid)),
            icon="checkmark-circle",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _returned(actor: Actor, today: date) -> list[TodoRow]:
    """Drafts that came back from approval and have not been sent again."""
    drafting = organisations_with(actor, Right.DRAFT_DOCUMENTS, today)
    rows = (
        ApprovalStep.objects.filter(state=StepState.RETURNED, document__state=DocumentState.DRAFT)
        .filter(document__issuer__uuid=actor.organisation, document__recipient__in=drafting)
        .select_related("document__recipient")
        .order_by("document_id", "-route", "-id")
        .distinct("document_id")
    )
    return [
        TodoRow(
            title=_("Rett %(title)s") % {"title": row.document.title},
            url=address("governance:approval", row.document.uuid),
            meta=_("Sendt tilbake av %(name)s") % {"name": row.decided_by_name},
            action=Action(_("Se hvorfor"), address("governance:approval", row.document.uuid)),
            icon="arrow-undo",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _hearings(actor: Actor, today: date) -> list[TodoRow]:
    """Drafts the agency is to say its opinion of."""
    answering = organisations_with(actor, Right.ANSWER_HEARING, today)
    rows = (
        HearingRound.objects.visible_to(actor, today)
        .filter(document__recipient__in=answering, document__recipient__uuid=actor.organisation)
        .filter(closed_at__isnull=True, answered_at__isnull=True)
        .for_detail()
        .order_by("deadline", "id")
    )
    return [
        TodoRow(
            title=_("Uttal dere om %(title)s") % {"title": frozen_title(row)},
            url=address("governance:hearing", row.uuid),
            meta=_("Fra %(issuer)s, frist %(date)s")
            % {"issuer": row.document.issuer.short, "date": fmt.date_with_weekday(row.deadline)},
            action=Action(_("Les og svar"), address("governance:hearing", row.uuid)),
            icon="chat",
            left=time_left(row.deadline, today=today),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _inputs(actor: Actor, today: date) -> list[TodoRow]:
    """Input my department is asked for."""
    mine = departments_with(actor, DepartmentRight.GIVE_INPUT, today)
    rows = (
        InputRequest.objects.for_list()
        .filter(department__in=mine, state=InputState.ASKED, round__closed_at__isnull=True)
        .filter(round__document__issuer__uuid=actor.organisation)
        .order_by("round__deadline", "id")
    )
    return [
        TodoRow(
            title=_("Gi innspill til %(title)s") % {"title": row.round.document.title},
            url=address("governance:inputs", row.round.document.uuid),
            meta=_("%(department)s · frist %(date)s")
            % {"department": row.department.code, "date": fmt.date_with_weekday(row.round.deadline)},
            action=Action(_("Svar"), address("governance:input_answer", row.uuid)),
            icon="pencil",
            left=time_left(row.round.deadline, today=today),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _proposals(actor: Actor, today: date) -> list[TodoRow]:
    """Proposals the one who writes the letter is to decide."""
    drafting = organisations_with(actor, Right.DRAFT_DOCUMENTS, today)
    rows = (
        Proposal.objects.filter(state=ProposalState.PROPOSED, document__recipient__in=drafting)
        .filter(document__issuer__uuid=actor.organisation)
        .exclude(document__state__in=(DocumentState.ISSUED, DocumentState.DISCARDED))
        .select_related("document", "department")
        .order_by("id")
    )
    return [
        TodoRow(
            title=_("Avgjør forslag til %(title)s") % {"title": row.document.title},
            url=address("governance:inputs", row.document.uuid),
            meta=f"{row.department.code if row.department else ''} {row.data.get('title', '')}".strip(),
            action=Action(_("Avgjør"), address("governance:inputs", row.document.uuid)),
            icon="file-plus",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _unanswered(actor: Actor, today: date) -> list[TodoRow]:
    """Shared threads where the other side has the last word, for those who speak across the line."""
    drafting = organisations_with(actor, Right.DRAFT_DOCUMENTS, today)
    answering = organisations_with(actor, Right.ANSWER_HEARING, today)
    last = RowComment.objects.filter(thread=OuterRef("pk"), audience="shared").order_by("-id")
    mine = Q(document__issuer__uuid=actor.organisation, document__recipient__in=drafting) | Q(
        document__recipient__uuid=actor.organisation, document__recipient__in=answering
    )
    exempt = AssignmentItem.objects.filter(restricted=True, document=OuterRef("document"), uuid=OuterRef("item"))
    rows = (
        RowComment.objects.visible_to(actor, today)
        .filter(mine, audience="shared", thread__isnull=True, closed_at__isnull=True)
        .annotate(last=Coalesce(Subquery(last.values("organisation__uuid")[:1]), F("organisation__uuid")))
        .exclude(last=actor.organisation)
        .exclude(Exists(exempt))
        .select_related("document__issuer", "organisation", "hearing")
        .order_by("id")
    )
    return [_comment(row, actor) for row in rows[:MOST_OF_A_KIND]]


def _comment(row: RowComment, actor: Actor) -> TodoRow:
    """Never the title of a draft to the agency: the hearing's own page has the title it was shown."""
    own = row.document.issuer.uuid == actor.organisation
    url = address("governance:comments", row.document.uuid)
    if row.hearing is not None and not own:
        url = address("governance:hearing", row.hearing.uuid)
    return TodoRow(
        title=_("Svar på kommentar fra %(name)s") % {"name": row.organisation.short},
        url=url,
        meta=row.place or _("Om hele dokumentet"),
        action=Action(_("Les og svar"), url),
        icon="chat",
    )
