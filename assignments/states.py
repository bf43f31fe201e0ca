"""The frozen tables of assignments and deliveries: buttons, API, diagram and database trigger (architecture 7).

A delivery moves by acts. An assignment's status follows from its deliveries (decision A6) and is written by
``assignments.actions.refresh`` alone; only receiving, closing, lapsing, withdrawing and replacing are acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assignments import rights
from assignments.rights import Powers
from core.actor import Actor
from core.errors import Text
from core.transitions import Guard, StateTable, Transition

OPEN = ("given", "received", "in_progress", "delivered", "returned", "standing")
ENDED = ("closed", "lapsed", "withdrawn", "replaced")
OUTSTANDING = ("not_started", "in_progress", "returned")
ASSESSED = ("assessed", "followed_up", "cancelled")
DELIVERED = ("delivered", "under_assessment", "assessed", "followed_up")

Rule = Callable[[Powers, Any], bool]


@dataclass(frozen=True)
class Step:
    """One row of a table: a transition whose right is asked of the powers an actor has."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: Text
    rule: Rule
    event: str
    who: Text
    guard: Guard | None = None


def ended_sentence(assignment: Any) -> str:
    """Why nothing more can be done with an assignment that has ended; empty while it is open."""
    if assignment.status in OPEN:
        return ""
    if assignment.status == "lapsed":
        return _("Oppdraget er utgått. Skal det gjøres likevel, må departementet gi det på nytt i et brev.")
    if assignment.status == "closed":
        return _("Oppdraget er avsluttet. Skal det arbeides videre, må departementet gi et nytt oppdrag.")
    return _("Oppdraget er trukket eller erstattet og kan ikke endres.")


def _open(delivery: Any) -> str:
    return ended_sentence(delivery.assignment)


def _distributed(delivery: Any) -> str:
    if delivery.distributed_to_id is None:
        return _("Svaret er ikke fordelt ennå. Avdelingen som får det, vurderer.")
    return _open(delivery)


def all_assessed(assignment: Any) -> str:
    """Closing waits until every delivery has been assessed (domain 3.4)."""
    states = [delivery.state for delivery in assignment.deliveries.all()]
    missing = sum(state in OUTSTANDING for state in states)
    waiting = sum(state in ("delivered", "under_assessment") for state in states)
    if not missing and not waiting:
        return ""
    first = ngettext(
        "Kan avsluttes når leveransen er vurdert.",
        "Kan avsluttes når alle %(n)s leveransene er vurdert.",
        len(states),
    ) % {"n": number_word(len(states))}
    count = number_word(missing or waiting).capitalize()
    second = _("%(n)s er ikke levert.") if missing else _("%(n)s er ikke vurdert.")
    return f"{first} {second % {'n': count}}"


NUMBERS = (
    gettext_lazy("ingen"),
    gettext_lazy("én"),
    gettext_lazy("to"),
    gettext_lazy("tre"),
    gettext_lazy("fire"),
    gettext_lazy("fem"),
    gettext_lazy("seks"),
    gettext_lazy("sju"),
    gettext_lazy("åtte"),
    gettext_lazy("ni"),
    gettext_lazy("ti"),
    gettext_lazy("elleve"),
    gettext_lazy("tolv"),
)


def number_word(count: int) -> str:
    """A small number as it is written in a sentence: tre, tolv, 13."""
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)


WHO_ANSWERS = gettext_lazy("Bare virksomheten svarer: den oppdragsansvarlige, virksomhetsstyringen eller direktøren.")
WHO_ASSESSES = gettext_lazy("Svaret vurderes av avdelingen det er fordelt til, eller av etatsstyreren.")
WHO_DISTRIBUTES = gettext_lazy("Svar fordeles av etatsstyreren i departementet.")
WHO_CLOSES = gettext_lazy("Oppdrag avsluttes av avdelingsdirektøren i avdelingen som eier det, eller av etatsstyreren.")
WHO_RECEIVES = gettext_lazy("Bare virksomheten som har fått oppdraget, bekrefter at det er mottatt.")
WHO_LAPSES = gettext_lazy("Bare etatsstyreren i departementet registrerer at et oppdrag er utgått eller trukket.")

DELIVERY_STEPS = (
    Step(
        "start",
        ("not_started",),
        "in_progress",
        gettext_lazy("Begynn"),
        rights.may_share_status,
        "delivery.started",
        WHO_ANSWERS,
        _open,
    ),
    Step(
        "answer",
        OUTSTANDING,
        "delivered",
        gettext_lazy("Svar på leveransen"),
        rights.may_register_answer,
        "delivery.answered",
        WHO_ANSWERS,
        _open,
    ),
    Step(
        "take_up",
        ("delivered",),
        "under_assessment",
        gettext_lazy("Ta til vurdering"),
        rights.may_assess,
        "delivery.taken_up",
        WHO_ASSESSES,
        _distributed,
    ),
    Step(
        "return",
        ("delivered", "under_assessment"),
        "returned",
        gettext_lazy("Returner"),
        rights.may_assess,
        "delivery.returned",
        WHO_ASSESSES,
        _distributed,
    ),
    Step(
        "assess",
        ("delivered", "under_assessment"),
        "assessed",
        gettext_lazy("Vurdert uten oppfølging"),
        rights.may_assess,
        "delivery.assessed",
        WHO_ASSESSES,
        _distributed,
    ),
    Step(
        "follow_up",
        ("delivered", "under_assessment"),
        "followed_up",
        gettext_lazy("Følges opp"),
        rights.may_assess,
        "delivery.followed_up",
        WHO_ASSESSES,
        _distributed,
    ),
    Step(
        "cancel",
        OUTSTANDING,
        "cancelled",
        gettext_lazy("Bortfaller"),
        rights.by_document,
        "delivery.cancelled",
        gettext_lazy("En leveranse faller bare bort ved et supplerende brev."),
    ),
)

ASSIGNMENT_STEPS = (
    Step(
        "receive",
        ("given",),
        "received",
        gettext_lazy("Bekreft mottatt"),
        rights.may_receive,
        "assignment.received",
        WHO_RECEIVES,
    ),
    Step(
        "close",
        OPEN,
        "closed",
        gettext_lazy("Avslutt oppdrag"),
        rights.may_close,
        "assignment.closed",
        WHO_CLOSES,
        all_assessed,
    ),
    Step("lapse", OPEN, "lapsed", gettext_lazy("Utgår"), rights.may_lapse, "assignment.lapsed", WHO_LAPSES),
    Step("withdraw", OPEN, "withdrawn", gettext_lazy("Trukket"), rights.may_lapse, "assignment.withdrawn", WHO_LAPSES),
    Step("replace", OPEN, "replaced", gettext_lazy("Erstattet"), rights.may_lapse, "assignment.replaced", WHO_LAPSES),
)

#: What ``refresh`` may write when the deliveries have moved.
DERIVED = tuple(
    (source, target)
    for source in OPEN
    for target in ("received", "in_progress", "delivered", "returned", "standing")
    if source != target and (target != "standing" or source in ("given", "received"))
)


def _table(field: str, steps: Iterable[Step], powers: Powers) -> StateTable:
    def asks(rule: Rule) -> Callable[[Actor, Any], bool]:
        return lambda _actor, obj: rule(powers, obj)

    return StateTable(
        field,
        [
            Transition(
                name=step.name,
                sources=frozenset(step.sources),
                target=step.target,
                label=step.label,
                permission=asks(step.rule),
                event=step.event,
                who=step.who,
                guard=step.guard,
            )
            for step in steps
        ],
    )


def delivery_table(powers: Powers) -> StateTable:
    """The steps of a delivery as this actor may take them."""
    return _table("state", DELIVERY_STEPS, powers)


def assignment_table(powers: Powers) -> StateTable:
    """The steps of an assignment as this actor may take them."""
    return _table("status", ASSIGNMENT_STEPS, powers)


def delivery_pairs() -> list[tuple[str, str]]:
    """Every step the database allows a delivery to take."""
    return delivery_table(Powers()).pairs()


def assignment_pairs() -> list[tuple[str, str]]:
    """Every step the database allows an assignment to take: acts, and what follows from the deliveries."""
    return sorted({*assignment_table(Powers()).pairs(), *DERIVED})
