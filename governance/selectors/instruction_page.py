"""What stands on an instruction's own page besides its text: its life, its neighbours, and the letters that cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Link, Step
from governance.checks.content import Instruction
from governance.checks.gather import instructions_of
from governance.instructions import Standing, citing, is_followed_up, period_words, replaced_by_this, standing
from governance.models import Origin, SteeringDocument
from governance.selectors.rule_tables import RuleTable, rule_tables

#: where an instruction is in its life → how many steps are behind it
_REACHED = {"draft": 0, "hearing": 1, "approval": 1, "approved": 1, "fixed": 2, "in_force": 3, "replaced": 4}


@dataclass(frozen=True)
class CitingLine:
    """A letter that cites the instruction. ``pointer`` says what an open letter's reader must know (R-03)."""

    link: Link
    kind: str
    dated: str
    on_date: str
    now: str
    pointer: str = ""


@dataclass(frozen=True)
class InstructionBlock:
    """The life of an instruction, and its rules."""

    steps: Sequence[Step]
    sentences: Sequence[str]
    replaces: Sequence[Link]
    replaced_by: Link | None
    letters: Sequence[CitingLine]
    tables: Sequence[RuleTable]
    replaced: bool


def instruction_block(document: SteeringDocument, actor: Actor, day: date) -> InstructionBlock:
    """Everything about an instruction, draft or issued. The number of queries does not grow with rules or letters."""
    now = standing(document, day)
    earlier = replaced_by_this(document)
    letters = citing(document)
    near = [row.pk for row in (*earlier, *letters, *([now.replaced_by] if now.replaced_by else []))]
    visible = SteeringDocument.objects.visible_to(actor, day).filter(pk__in=near)
    seen = set(visible.values_list("pk", flat=True)) if near else set()
    known = instructions_of(document.recipient)
    return InstructionBlock(
        steps=instruction_steps(document, now),
        sentences=[now.words, period_words(document, earlier)],
        replaces=[_link(row, seen) for row in earlier],
        replaced_by=_link(now.replaced_by, seen) if now.replaced_by else None,
        letters=[_letter(row, known, now, day) for row in letters if row.pk in seen],
        tables=rule_tables(document),
        replaced=now.code == "replaced",
    )


def instruction_steps(document: SteeringDocument, now: Standing) -> list[Step]:
    """Utkast, til uttalelse, fastsatt, i kraft, erstattet. One fixed elsewhere begins where we know it from."""
    names = [_("Utkast"), _("Til uttalelse"), _("Fastsatt"), _("I kraft"), _("Erstattet")]
    reached = _REACHED.get(now.code, 0)
    first = 2 if document.is_issued and document.origin == Origin.REGISTERED else 0
    states = ["done" if n < reached else "current" if n == reached else "coming" for n in range(len(names))]
    return [Step(n + 1 - first, names[n], states[n]) for n in range(first, len(names))]


def _words(row: SteeringDocument) -> str:
    if row.document_date is None:
        return row.title
    return _("%(title)s av %(date)s") % {"title": row.title, "date": formatting.full_date(row.document_date)}


def _link(row: SteeringDocument, seen: set[int]) -> Link:
    url = reverse("governance:document", args=[row.uuid]) if row.pk in seen else ""
    return Link(_words(row), url, lang="nn" if row.language == "nn" else "")


def _held_on(known: Sequence[Instruction], day: date) -> Instruction | None:
    held = [row for row in known if row.effective_on <= day and not (row.replaced_on and row.replaced_on <= day)]
    return held[-1] if held else None


def _instruction_words(row: Instruction | None) -> str:
    if row is None:
        return _("ingen instruks er registrert")
    return _("%(title)s av %(date)s") % {"title": row.title, "date": formatting.full_date(row.dated)}


def _letter(row: SteeringDocument, known: Sequence[Instruction], now: Standing, day: date) -> CitingLine:
    then, current = _held_on(known, row.document_date or day), _held_on(known, day)
    page = "governance:document" if row.is_issued else "governance:draft"
    return CitingLine(
        link=Link(row.title, reverse(page, args=[row.uuid]), lang="nn" if row.language == "nn" else ""),
        kind=str(row.kind),
        dated=formatting.full_date(row.document_date) if row.document_date else str(row.get_state_display()),
        on_date=_instruction_words(then),
        now=_instruction_words(current),
        pointer=_pointer(row, day) if now.code == "replaced" else "",
    )


def _pointer(row: SteeringDocument, day: date) -> str:
    """What to know of an open letter that cites an instruction that no longer holds."""
    if not row.is_issued:
        return _("Utkastet viser til denne, som er erstattet. Rett henvisningen før det utstedes.")
    return _("Brevet følges fortsatt opp, men instruksen er en annen nå.") if is_followed_up(row, day) else ""
