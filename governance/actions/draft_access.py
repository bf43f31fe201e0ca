"""The door to a draft: locked, editable, and written in only by those who may."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotFound
from core.transitions import check_version
from governance import permissions
from governance.models import Change, Passage, SteeringDocument
from governance.restricted import hidden_in_draft, passages_of
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


def require_seen(document: SteeringDocument, target: UUID, actor: Actor, day: date) -> None:
    """A row, text or change about an exempt assignment is not there for those who may not read it (B2).

    Raises NotFound.
    """
    hidden = hidden_in_draft(document, actor, day)
    if not hidden:
        return
    passages = Passage.objects.filter(pk__in=passages_of(hidden)).values_list("uuid", flat=True)
    changes = Change.objects.filter(document=document, new_item__in=hidden).values_list("uuid", flat=True)
    if target in hidden or target in {*passages, *changes}:
        raise NotFound(_("Raden finnes ikke i utkastet."))
