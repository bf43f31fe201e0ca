"""Acknowledging what stands beside a draft: it is put on record first, then acknowledged (issue 3.5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotFound
from governance import permissions
from governance.actions.findings import acknowledge_finding, refresh_document_findings
from governance.checks.content import Stage
from governance.checks.holding import key_of
from governance.models import Finding, FindingState, SteeringDocument
from governance.selectors.live_findings import token_of


@transaction.atomic
def acknowledge_live(
    *, document: SteeringDocument, token: UUID, reason: str, actor: Actor, at: datetime, seen: str = ""
) -> Finding:
    """Say why a finding beside a draft may stand. It is looked for anew, so that the record is of this moment.

    Raises NotAllowed, NotFound (it is mended), StaleVersion (its content changed), RuleBroken (no reason, or it stops).
    """
    day = clock.local_date(at)
    own = actor.organisation == document.issuer.uuid
    if not own or not permissions.may_acknowledge(actor, document.recipient_id, day):
        raise NotAllowed(_("Funnet bekreftes av den som har etatsstyringen av virksomheten."))
    refresh_document_findings(document, day=day, stage=Stage.ISSUE)
    rows = Finding.objects.filter(document=document).exclude(state=FindingState.RESOLVED)
    found = next((row for row in rows if token_of(key_of(row)) == token), None)
    if found is None:
        raise NotFound(_("Funnet er rettet og finnes ikke lenger."))
    return acknowledge_finding(finding=found, reason=reason, actor=actor, at=at, seen=seen)
