"""The ways on from a document's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.visuals.parts import Action
from governance.models import DocumentFamily, DocumentState, SteeringDocument


def earlier_of_its_kind(document: SteeringDocument) -> Q:
    """Issued documents of the same kind to the same agency, from before this one: what it is laid beside."""
    same = Q(kind=document.kind_id, recipient=document.recipient_id, state=DocumentState.ISSUED)
    return same & Q(document_date__lt=document.document_date) if document.document_date else same


def _comparison(document: SteeringDocument, earlier: Sequence[SteeringDocument]) -> str:
    """Beside the one before of its kind, when the reader sees one; else the choice is open."""
    address = f"{reverse('governance:compare')}?hva=dokumenter"
    if not earlier or not document.is_issued:
        return address
    before = max(earlier, key=lambda row: (row.document_date or date.min, row.pk))
    return f"{address}&foer={before.uuid}&etter={document.uuid}"


def reading_actions(document: SteeringDocument, earlier: Sequence[SteeringDocument]) -> list[Action]:
    """The ways on from a document: the text in force, this beside one of the earlier, and who reads it."""
    letter = document.kind.family == DocumentFamily.LETTER
    text = ("in_force_letter", document.uuid) if letter else ("in_force", document.recipient.uuid)
    return [
        Action(_("Gjeldende tekst"), reverse(f"governance:{text[0]}", args=[text[1]]), icon="file-text"),
        Action(_("Sammenlign"), _comparison(document, earlier), icon="tasklist"),
        Action(_("Last ned"), reverse("governance:document_download", args=[document.uuid]), icon="download"),
        Action(_("Hvem kan se dette?"), reverse("governance:document_access", args=[document.uuid]), icon="eye"),
    ]
