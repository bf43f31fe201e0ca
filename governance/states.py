"""The life of a governing document before it is sent: written, heard, approved, issued or put away.

In force and replaced are no states: they follow from dates. The table feeds the acts, the guide in
docs/guides/states.md and the database trigger that refuses every other jump.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from core.errors import NotInThisState, Text
from core.transitions import StateTable, Transition

if TYPE_CHECKING:
    from governance.models import SteeringDocument

#: The values of governance.models.DocumentState; models stand above states.
DRAFT, HEARING, APPROVAL, APPROVED, ISSUED, DISCARDED = (
    "draft", "hearing", "approval", "approved", "issued", "discarded",
)  # fmt: skip
OPEN = (DRAFT, HEARING, APPROVAL, APPROVED)
#: The value of governance.models.DocumentFamily for what is fixed and not issued.
INSTRUCTION = "instruction"


def said_of[Said: Text](document: SteeringDocument, letter: Said, instruction: Said) -> Said:
    """The sentence that fits what the document is: «Brevet … det», «Instruksen … den»."""
    return instruction if _is_instruction(document) else letter


def _is_instruction(document: SteeringDocument) -> bool:
    """Asks the database when the document was fetched without its kind, as one locked for a step is."""
    kind = document._meta.get_field("kind")
    if kind.is_cached(document):
        return document.kind.family == INSTRUCTION
    return type(document).objects.filter(pk=document.pk, kind__family=INSTRUCTION).exists()


def checked_before(_actor: Actor, _document: SteeringDocument) -> bool:
    """Permission is the action's first statement (governance.permissions), since it needs the act's day."""
    return True


def missing_steps(document: SteeringDocument) -> list[str]:
    """The approvals that are set up and not given yet, as words, in their order."""
    steps = document.approval_steps.filter(state="waiting").select_related("approver", "department")
    return [step.words for step in steps.order_by("order", "id")]


def _has_steps(document: SteeringDocument) -> Text:
    if missing_steps(document):
        return ""
    return said_of(
        document,
        _("Sett opp hvem som skal godkjenne, før brevet sendes til godkjenning."),
        _("Sett opp hvem som skal godkjenne, før instruksen sendes til godkjenning."),
    )


def _all_approved(document: SteeringDocument) -> Text:
    missing = missing_steps(document)
    if not missing:
        return ""
    return _("Godkjenningen er ikke ferdig. Mangler: %(steps)s.") % {"steps": ", ".join(missing)}


def _may_be_issued(document: SteeringDocument) -> Text:
    """A letter without a route is issued from the draft; one with a route only when every step is approved."""
    return _all_approved(document) if document.state == DRAFT else ""


def _step(name: str, sources: tuple[str, ...], target: str, label: Text, guard: object = None) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        label=label,
        permission=checked_before,
        event=f"document.{name}",
        guard=guard,  # type: ignore[arg-type]
    )


DOCUMENT_STATES = StateTable(
    "state",
    [
        _step("hearing_opened", (DRAFT,), HEARING, gettext_lazy("Send til uttalelse")),
        _step("hearing_closed", (HEARING,), DRAFT, gettext_lazy("Avslutt uttalelsen")),
        _step("sent_for_approval", (DRAFT,), APPROVAL, gettext_lazy("Send til godkjenning"), _has_steps),
        _step("approved", (APPROVAL,), APPROVED, gettext_lazy("Godkjenn siste trinn"), _all_approved),
        _step("returned", (APPROVAL,), DRAFT, gettext_lazy("Send tilbake")),
        _step("taken_back", (APPROVAL, APPROVED), DRAFT, gettext_lazy("Ta tilbake til utkast")),
        _step("issued", (DRAFT, APPROVED), ISSUED, gettext_lazy("Utsted"), _may_be_issued),
        _step("registered", (DRAFT, APPROVED), ISSUED, gettext_lazy("Registrer som utstedt")),
        _step("discarded", OPEN, DISCARDED, gettext_lazy("Forkast")),
    ],
)


def require_step(name: str, document: SteeringDocument) -> Transition:
    """The step, when the document may take it now. Raises NotInThisState with the reason and what to do."""
    step = DOCUMENT_STATES.transitions[name]
    if document.state not in step.sources:
        raise why_not(document)
    if step.guard is not None and (reason := step.guard(document)):
        raise NotInThisState(reason, code="not_approved")
    return step


def require_editable(document: SteeringDocument) -> None:
    """Refuse an edit of what is sent, put away or being approved. Raises NotInThisState."""
    if not document.is_editable:
        raise why_not(document)


def why_not(document: SteeringDocument) -> NotInThisState:
    """Why nothing can be done with the document from where it stands, and the way on."""
    sentence = _of_an_instruction(document.state) if _is_instruction(document) else _of_a_letter(document.state)
    return NotInThisState(sentence, code="already_issued" if document.state == ISSUED else "")


def _of_a_letter(state: str) -> Text:
    sentences = {
        HEARING: _("Utkastet er til uttalelse hos virksomheten. Avslutt uttalelsen først."),
        APPROVAL: _(
            "Brevet er til godkjenning. Ta det tilbake til utkast for å endre det; da faller godkjenningene bort."
        ),
        APPROVED: _("Brevet er godkjent. Ta det tilbake til utkast for å endre det; da faller godkjenningene bort."),
        ISSUED: _("Brevet er allerede utstedt og kan ikke endres. Rett det med et supplerende brev."),
        DISCARDED: _("Utkastet er forkastet."),
    }
    return sentences.get(state, _("Brevet er et utkast. Gjør det ferdig først."))


def _of_an_instruction(state: str) -> Text:
    sentences = {
        HEARING: _("Utkastet er til uttalelse hos virksomheten. Avslutt uttalelsen først."),
        APPROVAL: _(
            "Instruksen er til godkjenning. Ta den tilbake til utkast for å endre den; da faller godkjenningene bort."
        ),
        APPROVED: _(
            "Instruksen er godkjent. Ta den tilbake til utkast for å endre den; da faller godkjenningene bort."
        ),
        ISSUED: _("Instruksen er allerede fastsatt og kan ikke endres. Erstatt den med en ny instruks."),
        DISCARDED: _("Utkastet er forkastet."),
    }
    return sentences.get(state, _("Instruksen er et utkast. Gjør den ferdig først."))
