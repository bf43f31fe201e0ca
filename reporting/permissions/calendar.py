"""Who may do what with calendar, expected deliveries and reminders."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core.actor import Actor
from core.errors import NotAllowed
from reporting.models import ExpectedState

#: What each side may say of an expected delivery. One of the rights is enough.
EXPECTED_RIGHTS: dict[str, tuple[Right, ...]] = {
    ExpectedState.RECEIVED: (Right.REGISTER_SUBMISSIONS,),
    ExpectedState.NO_INPUT: (Right.REGISTER_SUBMISSIONS, Right.WRITE_REPORTS),
    ExpectedState.EXCUSED: (Right.MANAGE_CALENDAR,),
    ExpectedState.NOT_ASKED: (Right.MANAGE_CALENDAR,),
    ExpectedState.COMING: (Right.MANAGE_CALENDAR,),
}


def expected_states_open_to(rights: frozenset[str]) -> frozenset[str]:
    """The states these rights let a person set, for the buttons of the page."""
    return frozenset(state for state, wanted in EXPECTED_RIGHTS.items() if rights & {right.value for right in wanted})


def require_expected(actor: Actor, state: str, agency: Organisation, day: date) -> None:
    """Raise NotAllowed unless the actor may set this state for this agency."""
    if state not in expected_states_open_to(access.rights_on(actor, agency, day)):
        raise NotAllowed(
            _("Rollen din kan ikke endre dette. Etatsstyreren i departementet eller virksomhetsstyringen kan.")
        )


def require_calendar(actor: Actor, agency: Organisation, day: date) -> None:
    """Raise NotAllowed unless the actor keeps the agency's calendar."""
    access.require(actor, Right.MANAGE_CALENDAR, agency, day, _("Bare etatsstyreren kan endre styringskalenderen."))


def require_reminders(actor: Actor, agency: Organisation, day: date) -> None:
    """Raise NotAllowed unless the actor may start reminders for the agency."""
    sentence = _("Påminnelser startes av etatsstyreren eller av virksomhetsstyringen i virksomheten.")
    access.require(actor, Right.START_REMINDERS, agency, day, sentence)
