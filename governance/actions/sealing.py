"""The moment a document is sealed: number, ranges, snapshot and hash, journal and news. Called by documents.py."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from agencies.models import Organisation
from core import canonical, clock, events, files
from core.actor import Actor
from governance import snapshot
from governance.actions import citations, journal, periods
from governance.models import DocumentState, NumberReservation, Passage, SteeringDocument
from governance.signals import document_issued


def reserve_letter_number(document: SteeringDocument, *, at: datetime) -> int:
    """The next number of this kind of letter to this agency in its year; never used again (decision A10)."""
    key = {
        "issuer": document.issuer,
        "given_to": document.recipient,
        "series": f"brev:{document.kind.code}",
        "year": document.year or at.year,
    }
    held = NumberReservation.objects.filter(document=document, **key).first()
    if held is not None:
        return held.number
    Organisation.objects.select_for_update(no_key=True).get(pk=document.recipient_id)
    used = SteeringDocument.objects.filter(
        issuer=document.issuer, recipient=document.recipient, kind=document.kind, year=document.year
    ).aggregate(top=Max("number"))["top"]
    reserved = NumberReservation.objects.filter(**key).aggregate(top=Max("number"))["top"]
    number = max(used or 0, reserved or 0) + 1
    NumberReservation.objects.create(document=document, number=number, reserved_at=at, **key)
    return number


def set_ranges(document: SteeringDocument) -> None:
    """Compute canonical text and ranges of a drafted document (decision A3)."""
    passages = list(Passage.objects.filter(document=document).order_by("ordinal", "id"))
    position, texts = 0, []
    for passage in passages:
        passage.start, passage.end = position, position + len(passage.text)
        texts.append(passage.text)
        position = passage.end + 2
    Passage.objects.bulk_update(passages, ["start", "end"])
    document.canonical_text = "\n\n".join(texts)


def freeze(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    document.issued_at = at
    document.version += 1
    document.save()
    data = snapshot.canonical_bytes(document)
    stored = files.store(
        name=f"{document.uuid}.json", data=data, actor=actor, owner=document, organisation=document.issuer.uuid
    )
    document.snapshot, document.sha256, document.frozen_at = stored, canonical.sha256(data), at
    document.state = DocumentState.ISSUED
    document.save(update_fields=["state", "snapshot", "sha256", "frozen_at", "updated_at"])


def announce(document: SteeringDocument, *, actor: Actor, at: datetime, event: str) -> None:
    journal.enqueue_pair(
        subject=document,
        title=document.title,
        sender=document.issuer,
        recipient=document.recipient,
        document_date=document.document_date or clock.local_date(at),
        sha256=document.sha256,
        case_number=document.case_number,
        document_number=document.document_number,
        public_title=document.public_title,
    )
    events.record(
        event=event,
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        after={"title": document.title, "date": document.document_date, "sha256": document.sha256},
    )
    citations.resolve(document, at=at)
    periods.begin(document, actor=actor, at=at)
    document_issued.send(sender=SteeringDocument, document=document, actor=actor, at=at)
