"""A person's own views of the list."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assignments.models import SavedView
from assignments.permissions import require
from core.actor import Actor
from core.errors import Problem, RuleBroken

MOST_VIEWS = 8


@transaction.atomic
def save_view(*, name: str, query: str, actor: Actor, at: datetime) -> SavedView:
    """Keep a filter under a name. Raises NotAllowed, RuleBroken."""
    require(actor.is_person, _("Logg inn for å lagre en visning."))
    words = name.strip()
    own = SavedView.objects.filter(user_id=actor.user_id, removed_at__isnull=True)
    if not words:
        raise RuleBroken(problems=[Problem("name", _("Skriv et navn på visningen."), "name")])
    if own.count() >= MOST_VIEWS:
        raise RuleBroken(problems=[Problem("too_many", _("Fjern en visning før du lagrer en ny."), "name")])
    try:
        with transaction.atomic():
            return SavedView.objects.create(user_id=actor.user_id, name=words[:40], query=query[:500])
    except IntegrityError as error:
        sentence = _("Du har allerede en visning som heter «%(name)s». Velg et annet navn.") % {"name": words}
        raise RuleBroken(problems=[Problem("name_taken", sentence, "name")]) from error


def remove_view(*, view: SavedView, actor: Actor, at: datetime) -> None:
    """Take a view away; one's own only. Raises NotAllowed."""
    require(view.user_id == actor.user_id, _("Du kan bare fjerne dine egne visninger."))
    SavedView.objects.filter(pk=view.pk, removed_at__isnull=True).update(removed_at=at)
