"""The door to a draft: locked, editable, and written in only by those who may."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotAllowed
from core.transitions import check_version
from governance import permissions
from governance.models import SteeringDocument
from governance.states import require_editable


def open_draft(
    *,
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
    chapter: str | None = None,
    expected_version: int | None = None,
) -> SteeringDocument:
    """Lock a draft for an edit, in one chapter (its owner may too) or anywhere (``chapter`` None).

    Raises NotAllowed, StaleVersion, NotInThisState.
    """
    found: SteeringDocument = (
        SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements")
        .locked()
        .get(pk=document.pk)
    )
    day = clock.local_date(at)
    allowed = (
        permissions.may_draft(actor, found, day)
        if chapter is None
        else permissions.may_write_chapter(actor, found, chapter, day)
    )
    if not allowed:
        raise NotAllowed(
            _("Her skriver den som har etatsstyringen av virksomheten, og avdelingen som har ansvaret for kapittelet.")
        )
    check_version(found, expected_version)
    require_editable(found)
    return found
