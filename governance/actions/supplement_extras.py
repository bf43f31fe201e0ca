"""What a supplement brings besides changed rows: numbers reserved ahead."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions import draft_numbers
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft
from governance.models import NumberReservation, SteeringDocument

MOST_NUMBERS = 20


@transaction.atomic
def reserve_ahead(
    *, document: SteeringDocument, count: int, actor: Actor, at: datetime, expected_version: int | None
) -> list[NumberReservation]:
    """Take numbers before the assignments are written, so that the money text can cite them.

    New assignments take them in order; one that is never used keeps its explanation. Raises NotAllowed,
    NotInThisState, StaleVersion, RuleBroken.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = []
    if not document.kind.series:
        problems.append(Problem("no_series", _("Oppdrag i denne typen brev har ingen nummerserie."), "count"))
    if not 1 <= count <= MOST_NUMBERS:
        sentence = _("Reserver fra 1 til %(most)s nummer om gangen.") % {"most": MOST_NUMBERS}
        problems.append(Problem("count", sentence, "count"))
    if problems:
        raise RuleBroken(problems=problems)
    made = draft_numbers.reserve_numbers(document, count=count, at=at)
    touch(document, actor=actor)
    return made
