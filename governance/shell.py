"""What the menu says of governance: who sees a line, and the pill beside it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from agencies.pages import held_rights
from agencies.rights import Right
from core import clock
from core.pages import PageRequest
from governance.models import JournalEntry, JournalState


def journals(request: HttpRequest) -> bool:
    """The person journals for somebody."""
    return Right.JOURNAL.value in held_rights(cast(PageRequest, request))


def waiting(request: HttpRequest) -> int:
    """How much waits in the journal queue: the same query as the page."""
    seen = JournalEntry.objects.visible_to(cast(PageRequest, request).actor, clock.today())
    return seen.exclude(state=JournalState.JOURNALLED).count()
