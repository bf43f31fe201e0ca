"""The instruction a letter was written under, and the one in force now (R-03)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Link
from governance.checks.content import Instruction
from governance.checks.gather import instructions_of
from governance.models import Citation, CitationKind, DocumentFamily, SteeringDocument


@dataclass(frozen=True)
class InstructionNote:
    """Two questions: the instruction on the letter's date, and the one in force now (R-03).

    ``cited`` is the one the letter itself names, when that is another than the one of its date.
    """

    on_date: Link | None
    on_date_words: str
    now: Link | None
    now_words: str
    differ: bool
    cited: Link | None = None
    cited_words: str = ""


def instruction_note(document: SteeringDocument, actor: Actor, day: date) -> InstructionNote | None:
    """The instruction on the letter's date and the one in force now; None for an instruction itself (R-03)."""
    known = instructions_for(document)
    rows = SteeringDocument.objects.visible_to(actor, day).filter(uuid__in=[row.uuid for row in known])
    visible = {str(uuid) for uuid in rows.values_list("uuid", flat=True)} if known else set()
    return note_from(document, known, visible, day)


def instructions_for(document: SteeringDocument) -> list[Instruction]:
    """The instructions a note on a letter may name; none for an instruction itself."""
    if document.kind.family == DocumentFamily.INSTRUCTION or not document.document_date:
        return []
    return instructions_of(document.recipient)


def note_from(
    document: SteeringDocument, known: Sequence[Instruction], visible: Collection[str], day: date
) -> InstructionNote | None:
    """The note, when the instructions and those of them one sees are at hand."""
    if document.kind.family == DocumentFamily.INSTRUCTION or not document.document_date:
        return None

    def valid(on: date) -> Any:
        held = [row for row in known if row.effective_on <= on and not (row.replaced_on and row.replaced_on <= on)]
        return held[-1] if held else None

    def shown(row: Any) -> tuple[Link | None, str]:
        if row is None:
            return None, _("ingen instruks er registrert")
        words = _("%(title)s av %(date)s") % {"title": row.title, "date": formatting.full_date(row.dated)}
        return (Link(words, reverse("governance:document", args=[row.uuid])) if row.uuid in visible else None), words

    then, now = valid(document.document_date), valid(day)
    cited = _cited(document)
    if cited is None or (then is not None and cited == then.dated):
        return InstructionNote(*shown(then), *shown(now), differ=then != now)
    named = next((row for row in known if row.dated == cited), None)
    missing = _("instruksen av %(date)s, som ikke er registrert") % {"date": formatting.full_date(cited)}
    link, words = shown(named) if named else (None, missing)
    return InstructionNote(*shown(then), *shown(now), differ=then != now, cited=link, cited_words=words)


def _cited(document: SteeringDocument) -> date | None:
    """The date of the instruction the letter names."""
    rows = Citation.objects.filter(document=document, kind=CitationKind.INSTRUCTION).order_by("ordinal", "id")
    found = rows.values_list("cited_date", "cited_document__document_date").first()
    return (found[0] or found[1]) if found else None
