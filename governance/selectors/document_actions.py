"""The ways on from a document's page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.visuals.parts import Action
from governance.models import DocumentFamily, DocumentState, SteeringDocument


def _comparison(document: SteeringDocument, actor: Actor, day: date) -> str:
    """Beside the one before of its kind to the same agency, when the reader sees one; else the choice is open."""
    seen = SteeringDocument.objects.visible_to(actor, day).filter(
        kind=document.kind_id, recipient=document.recipient_id, state=DocumentState.ISSUED
    )
    earlier = seen.exclude(pk=document.pk)
    if document.document_date is not None:
        earlier = earlier.filter(document_date__lt=document.document_date)
    before = earlier.order_by("-document_date", "-id").values_list("uuid", flat=True).first()
    address = f"{reverse('governance:compare')}?hva=dokumenter"
    return f"{address}&foer={before}&etter={document.uuid}" if before and document.is_issued else address


def reading_actions(document: SteeringDocument, actor: Actor, day: date) -> list[Action]:
    """The ways on from a document: the text in force, this beside another, and who reads it."""
    letter = document.kind.family == DocumentFamily.LETTER
    text = ("in_force_letter", document.uuid) if letter else ("in_force", document.recipient.uuid)
    return [
        Action(_("Gjeldende tekst"), reverse(f"governance:{text[0]}", args=[text[1]]), icon="file-text"),
        Action(_("Sammenlign"), _comparison(document, actor, day), icon="tasklist"),
        Action(_("Last ned"), reverse("governance:document_download", args=[document.uuid]), icon="download"),
        Action(_("Hvem kan se dette?"), reverse("governance:document_access", args=[document.uuid]), icon="eye"),
    ]
