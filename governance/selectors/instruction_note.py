"""The instruction a letter was written under, and the one in force now (R-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Link
from governance.checks.gather import instructions_of
from governance.models import DocumentFamily, SteeringDocument


@dataclass(frozen=True)
class InstructionNote:
    """Two questions: the instruction on the letter's date, and the one in force now (R-03)."""

    on_date: Link | None
    on_date_words: str
    now: Link | None
    now_words: str
    differ: bool


def instruction_note(document: SteeringDocument, actor: Actor, day: date) -> InstructionNote | None:
    """The instruction on the letter's date and the one in force now; None for an instruction itself (R-03)."""
    if document.kind.family == DocumentFamily.INSTRUCTION or not document.document_date:
        return None
    known = instructions_of(document.recipient)
    rows = SteeringDocument.objects.visible_to(actor, day).filter(uuid__in=[row.uuid for row in known])
    visible = {str(uuid) for uuid in rows.values_list("uuid", flat=True)}

    def valid(on: date) -> Any:
        held = [row for row in known if row.effective_on <= on and not (row.replaced_on and row.replaced_on <= on)]
        return held[-1] if held else None

    def shown(row: Any) -> tuple[Link | None, str]:
        if row is None:
            return None, _("ingen instruks er registrert")
        words = _("%(title)s av %(date)s") % {"title": row.title, "date": formatting.full_date(row.dated)}
        return (Link(words, reverse("governance:document", args=[row.uuid])) if row.uuid in visible else None), words

    then, now = valid(document.document_date), valid(day)
    return InstructionNote(*shown(then), *shown(now), differ=then != now)
