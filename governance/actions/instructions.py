"""An instruction that a letter refers to but whose text nobody has: a register entry (decision C6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock
from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions import documents
from governance.actions.import_details import write_copy_rules
from governance.content import ContentWriter
from governance.models import DocumentState, SteeringDocument


@transaction.atomic
def register_instruction_entry(
    *,
    recipient: Organisation,
    title: str,
    document_date: date,
    effective_on: date | None,
    copy_rules: Sequence[Mapping[str, Any]],
    actor: Actor,
    at: datetime,
    kind: str = "instruction",
    case_number: str = "",
) -> SteeringDocument:
    """Register an instruction without its text, with the copy rules typed in by hand.

    The letters that refer to it are looked over again. Doing it twice gives the same entry. Raises NotAllowed,
    RuleBroken.
    """
    day = clock.local_date(at)
    if document_date > day:
        sentence = _("Instruksen kan ikke være datert fram i tid.")
        raise RuleBroken(problems=[Problem("date_in_future", sentence, "document_date")])
    known: SteeringDocument | None = SteeringDocument.objects.filter(
        recipient=recipient,
        issuer__uuid=actor.organisation,
        kind__code=kind,
        document_date=document_date,
        state=DocumentState.ISSUED,
    ).first()
    if known is not None:
        return known
    facts = documents.DocumentFacts(
        kind=kind,
        recipient=recipient,
        title=title,
        document_date=document_date,
        effective_on=effective_on or document_date,
        case_number=case_number,
        has_text=False,
    )
    document = documents.create_document(facts=facts, actor=actor, at=at)
    write_copy_rules(ContentWriter(document), copy_rules)
    return documents.register_issued_document(
        document=document, registration=documents.Registration(), actor=actor, at=at
    )
