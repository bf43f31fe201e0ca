"""The files of answers: read by the two parties and nobody else (decision A16)."""

from __future__ import annotations

from datetime import date

from assignments.models import Answer
from assignments.permissions import powers_on
from assignments.rights import Side
from assignments.selectors.passport import find
from core.actor import Actor
from core.models import StoredFile
from governance.files import register_file_access


def _of_answer(actor: Actor, stored: StoredFile, day: date) -> bool:
    """Those who read the assignment from the ministry's or the agency's side."""
    answers = Answer.objects.filter(uuid=stored.owner).values("delivery__assignment_id")
    assignment = find(actor, day).filter(pk__in=answers, may_read=True).first()
    return assignment is not None and powers_on(actor, assignment, day).side is not Side.OTHER


def connect() -> None:
    """Called once when the app starts."""
    register_file_access("assignments.answer", _of_answer)
