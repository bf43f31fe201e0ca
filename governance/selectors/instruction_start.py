"""What the page that begins an instruction offers, and a draft beside the instruction it is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.lineage import predecessors
from agencies.models import Organisation
from core.actor import Actor
from core.visuals.parts import Action, Link, PageHead, Step
from governance.drafting.from_instruction import plain_words
from governance.instructions import latest_instruction, standing, titled
from governance.models import DocumentFamily, DocumentKind, DocumentState, Origin, SteeringDocument
from governance.selectors.instruction_page import InstructionBlock, instruction_block
from governance.selectors.reading.compare import Comparison, Side, comparison, document_side, draft_side
from governance.selectors.reading.scope import Reader


def instruction_kinds() -> QuerySet[DocumentKind]:
    """The kinds that are instructions."""
    found: QuerySet[DocumentKind] = DocumentKind.objects.filter(family=DocumentFamily.INSTRUCTION).order_by("id")
    return found


def replaceable(agencies: QuerySet[Organisation], chosen: Organisation | None) -> QuerySet[SteeringDocument]:
    """Instructions that still hold, to the chosen agency and the bodies it follows, or to any one may write to."""
    bodies = predecessors(chosen) if chosen else agencies.values("pk")
    rows: QuerySet[SteeringDocument] = SteeringDocument.objects.filter(
        Q(in_force_period__valid_to__isnull=True), in_force_period__isnull=False, recipient_id__in=bodies,
        state=DocumentState.ISSUED,
    )  # fmt: skip
    return rows.select_related("recipient").defer("canonical_text", "search").order_by("recipient__name", "-id")


def first_values(chosen: Organisation | None) -> dict[str, Any]:
    """What the form starts from: the instruction in force gives its title, basis and norm, and is replaced."""
    held = latest_instruction(chosen) if chosen else None
    if chosen is None or held is None:
        return {"start": "template", "language": "nb", "recipient": chosen.uuid if chosen else None}
    return {
        "recipient": chosen.uuid, "title": held.title, "legal_basis": held.legal_basis, "language": held.language,
        "start": "in_force", "replaces": [held.uuid], "kind": held.kind.code,
    }  # fmt: skip


def start_steps(current: int = 1) -> list[Step]:
    """The way of an instruction through the pages."""
    names = [_("Om instruksen"), _("Tekst og regler"), _("Uttalelse fra virksomheten"), _("Godkjenn og fastsett")]
    states = ["done" if n < current else "current" if n == current else "coming" for n in range(1, len(names) + 1)]
    return [Step(n, name, state) for n, (name, state) in enumerate(zip(names, states, strict=True), start=1)]


# ---- the draft ----
@dataclass(frozen=True)
class DraftInstruction:
    """What the draft page of an instruction shows besides its text."""

    block: InstructionBlock
    actions: Sequence[Action]


def draft_instruction(document: SteeringDocument, actor: Actor, day: date) -> DraftInstruction | None:
    """None for a letter."""
    if document.kind.family != DocumentFamily.INSTRUCTION:
        return None
    actions = [Action(_("Forhåndsvis som PDF"), reverse("governance:document_pdf", args=[document.uuid]), post=True)]
    if compared_with(document) is not None:
        url = reverse("governance:instruction_changes", args=[document.uuid])
        actions.insert(0, Action(_("Se forskjellene fra den som gjelder"), url, icon="tasklist"))
    return DraftInstruction(instruction_block(document, actor, day), actions)


def compared_with(document: SteeringDocument) -> SteeringDocument | None:
    """The instruction a draft is read against: the one it was written from, else the latest one."""
    if document.based_on_id:
        found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.based_on_id)
        return found
    return latest_instruction(document.recipient)


def _as_taken_over(side: Side, document: SteeringDocument) -> Side:
    """The old text as a draft takes it over, so that line breaks of a file and numbers of headings are no change."""
    read_in = document.origin != Origin.MADE_HERE
    passages = [
        replace(entry, item=replace(entry.item, data={**entry.item.data, "text": words}))
        for entry in side.passages
        if (words := plain_words(entry.item.data, read_in=read_in))
    ]
    return replace(side, passages=passages)


@dataclass(frozen=True)
class ChangesPage:
    """A draft beside the one in force."""

    head: PageHead
    found: Comparison


def changes_page(document: SteeringDocument, reader: Reader) -> ChangesPage | None:
    """What the draft changes, the copy rules first; None when there is no earlier instruction."""
    before = compared_with(document)
    if before is None:
        return None
    old = _as_taken_over(document_side(reader, before), before)
    now = standing(before, reader.today)
    head = PageHead(
        title=_("Forskjeller fra den som gjelder"),
        overline=document.title,
        lead=f"{titled(before)}. {now.words}",
        crumbs=[
            Link(_("Styringsdokumenter"), reverse("governance:documents")),
            Link(document.title, reverse("governance:draft", args=[document.uuid])),
        ],
    )
    return ChangesPage(head, comparison(old, draft_side(reader, document)))
