"""Beside the draft: what is typed and not saved, who else is here, and who answers for a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Department, User
from core import clock
from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions.draft_access import open_draft
from governance.drafting import chapters
from governance.models import Autosave, Presence, SectionOwner, SteeringDocument

#: how much one kept draft of a form may hold
MOST_TYPED = 400_000
#: never kept: what is no words of the writer
_NOT_KEPT = ("csrfmiddlewaretoken", "gjor")


@transaction.atomic
def keep_typed(
    *,
    document: SteeringDocument,
    form: str,
    data: Mapping[str, list[str]],
    actor: Actor,
    at: datetime,
    chapter: str = "",
) -> Autosave:
    """Keep what a person has typed in a form; only that person ever sees it. Changes nothing in the draft.

    Raises NotAllowed and NotInThisState as saving would, RuleBroken for more than can be kept.
    """
    open_draft(document=document, actor=actor, at=at, chapter=chapter)
    kept = {name: values for name, values in data.items() if name not in _NOT_KEPT}
    if sum(len(value) for values in kept.values() for value in values) > MOST_TYPED:
        sentence = _("Teksten er for lang til å tas vare på underveis. Lagre den i brevet.")
        raise RuleBroken(problems=[Problem("too_long", sentence)])
    number = kept.get("base_number", ["0"])[0]
    row, _made = Autosave.objects.update_or_create(
        document=document,
        user_id=actor.user_id,
        form=form[:120],
        defaults={"data": kept, "base_number": int(number) if number.isdecimal() else 0, "saved_at": at},
    )
    return row


def forget_typed(*, document: SteeringDocument, form: str, actor: Actor) -> None:
    """The words are in the letter, or the writer has put them away."""
    Autosave.objects.filter(document=document, user_id=actor.user_id, form=form[:120]).delete()


def be_here(*, document: SteeringDocument, place: str, actor: Actor, at: datetime) -> None:
    """Say where one is writing: a courtesy to the others, overwritten each time."""
    Presence.objects.update_or_create(
        document=document, user_id=actor.user_id, defaults={"place": place[:120], "seen_at": at}
    )


@transaction.atomic
def set_owner(
    *,
    document: SteeringDocument,
    chapter: str,
    department: Department | None,
    user: User | None = None,
    actor: Actor,
    at: datetime,
) -> SectionOwner | None:
    """Let a department (or one person in it) answer for a chapter and write in it; None ends it.

    Only those who draft the letter decide. Raises NotAllowed, NotInThisState, RuleBroken.
    """
    document = open_draft(document=document, actor=actor, at=at)
    day = clock.local_date(at)
    problems = []
    if chapters.chapter_of(document, chapter, day) is None:
        problems.append(Problem("chapter", _("Velg et av kapitlene i brevet."), "chapter"))
    if department is not None and department.organisation_id != document.issuer_id:
        problems.append(Problem("V-32", _("Avdelingen hører ikke til avsenderen."), "department"))
    if problems:
        raise RuleBroken(problems=problems)
    held = SectionOwner.objects.filter(document=document, chapter=chapter, ended_at__isnull=True)
    same = held.filter(department=department, user=user).first() if department else None
    held.exclude(pk=same.pk if same else 0).update(ended_at=at)
    if same is not None or department is None:
        return same
    return SectionOwner.objects.create(document=document, chapter=chapter, department=department, user=user)
