"""The ministry's handling of answers, and closing. Closing is no endorsement of the content (decision A8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import states
from assignments.actions.base import lock_assignment, lock_delivery, powers_at, refresh, require_version, tell
from assignments.models import Assessment, AssessmentResult, Assignment, Delivery
from core.actor import Actor
from core.errors import Problem, RuleBroken

STEPS = {
    AssessmentResult.UNDER_ASSESSMENT: "take_up",
    AssessmentResult.RETURNED: "return",
    AssessmentResult.ASSESSED: "assess",
    AssessmentResult.FOLLOWED_UP: "follow_up",
}


@transaction.atomic
def assess_answer(
    *,
    delivery: Delivery,
    result: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    follow_up: str = "",
    expected_version: int | None = None,
) -> Assessment:
    """Take an answer up, return it with a reason, or record it as assessed or followed up somewhere.

    ``expected_version`` is the assignment's. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    require_version(assignment, expected_version)
    step = STEPS.get(AssessmentResult(result)) if result in AssessmentResult.values else None
    if step is None:
        raise RuleBroken(problems=[Problem("result", _("Velg hva vurderingen er."), "result")])
    table = states.delivery_table(powers_at(actor, assignment, at))
    taken = table.apply(step, obj=delivery, actor=actor, at=at)
    problems = _problems(result, reason, follow_up)
    if problems:
        raise RuleBroken(problems=problems)
    answer = delivery.answers.order_by("-id").first()
    assessment = Assessment.objects.create(
        delivery=delivery,
        answer=answer,
        result=result,
        reason=reason.strip(),
        follow_up=follow_up.strip(),
        assessed_by_id=actor.user_id,
        assessed_by_name=actor.name,
        at=at,
    )
    refresh(assignment)
    after = {
        "delivery": delivery.ordinal,
        "assessment": assessment.uuid,
        "follow_up": "" if assignment.restricted else assessment.follow_up,
    }
    tell(taken.event, assignment, actor=actor, at=at, reason=assessment.reason, after=after)
    return assessment


def _problems(result: str, reason: str, follow_up: str) -> list[Problem]:
    problems = []
    if result == AssessmentResult.RETURNED and not reason.strip():
        sentence = _("Skriv hva som mangler, så virksomheten vet hva den skal gjøre.")
        problems.append(Problem("reason_missing", sentence, "reason"))
    if result == AssessmentResult.FOLLOWED_UP and not follow_up.strip():
        sentence = _("Skriv hvor svaret følges opp, for eksempel i et supplerende brev eller et møte.")
        problems.append(Problem("follow_up_missing", sentence, "follow_up"))
    return problems


@transaction.atomic
def close_assignment(
    *, assignment: Assignment, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Assignment:
    """Close when every delivery has been assessed. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken."""
    assignment = lock_assignment(assignment)
    table = states.assignment_table(powers_at(actor, assignment, at))
    values = {"closed_at": at, "closing_reason": reason.strip()}
    step = table.apply("close", obj=assignment, actor=actor, at=at, expected_version=expected_version, values=values)
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason", _("Skriv hvorfor oppdraget avsluttes."), "reason")])
    refresh(assignment)
    tell(step.event, assignment, actor=actor, at=at, reason=reason.strip())
    return assignment
