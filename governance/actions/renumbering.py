"""A chapter and post that goes on under another number: the series of amounts runs through (A9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken
from core.models import Audience
from governance.models import BudgetRenumbering, BudgetSeries


@dataclass(frozen=True)
class Renumber:
    """From one chapter and post to another, from a budget year, for the agency that is given the money."""

    agency: Organisation
    chapter: int
    post: int
    new_chapter: int
    new_post: int
    from_year: int


@transaction.atomic
def renumber_post(*, renumber: Renumber, actor: Actor, at: datetime) -> BudgetRenumbering:
    """Tie two numbers together. Doing it twice gives the same link. Raises NotAllowed, RuleBroken."""
    if not access.may(actor, Right.MANAGE_LEDGER, renumber.agency, clock.local_date(at)):
        raise NotAllowed(_("Omnummerering føres av budsjettmedarbeider eller etatsstyrer for virksomheten."))
    problems = _problems(renumber)
    if problems:
        raise RuleBroken(problems=problems)
    earlier, _made = BudgetSeries.objects.get_or_create(
        owner=renumber.agency, chapter=renumber.chapter, post=renumber.post
    )
    later, _new = BudgetSeries.objects.get_or_create(
        owner=renumber.agency, chapter=renumber.new_chapter, post=renumber.new_post
    )
    link, made = BudgetRenumbering.objects.get_or_create(earlier=earlier, later=later, from_year=renumber.from_year)
    if made:
        after = {"earlier": str(earlier), "later": str(later), "from_year": renumber.from_year}
        events.record(
            event="budget.renumbered",
            subject=later,
            actor=actor,
            at=at,
            organisation=actor.organisation,
            after=after,
            audience=Audience.INTERNAL,
        )
    return link


def _problems(row: Renumber) -> list[Problem]:
    problems = []
    for field, value in (("chapter", row.chapter), ("new_chapter", row.new_chapter)):
        if not 1 <= value <= 9999:
            problems.append(Problem("chapter", _("Kapittel er et tall fra 1 til 9999."), field))
    for field, value in (("post", row.post), ("new_post", row.new_post)):
        if not 0 <= value <= 99:
            problems.append(Problem("post", _("Post er to sifre, for eksempel 01."), field))
    if (row.chapter, row.post) == (row.new_chapter, row.new_post):
        problems.append(Problem("same_post", _("Den nye posten er den samme som den gamle."), "new_post"))
    back = BudgetRenumbering.objects.filter(
        earlier__owner=row.agency,
        earlier__chapter=row.new_chapter,
        earlier__post=row.new_post,
        later__chapter=row.chapter,
        later__post=row.post,
    )
    if back.exists():
        problems.append(Problem("runs_back", _("Postene er koblet den andre veien fra før."), "new_post"))
    return problems
