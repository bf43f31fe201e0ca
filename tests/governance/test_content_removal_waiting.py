"""A removal that waits: the second person is told, the first may withdraw, and both learn what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Appointment, StandIn
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event, Message
from governance.actions.removals import decline_removal, remove_content, withdraw_removal
from governance.content import ContentWriter
from governance.models import Removal, SteeringDocument
from governance.selectors.removals import waiting_for
from reporting.selectors.todo import todo_rows
from tests.cast import Cast
from tests.factories.documents import make_registered_letter, write_assignment
from tests.factories.removals import AT, MARKER, SECRET, asked, letter_with_secret, second_person, write_secret

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
DAY = AT.date()
REASON = "Opplysningen er offentlig."


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def second(cast: Cast) -> Actor:
    return second_person(cast)


@pytest.fixture
def letter(cast: Cast, second: Actor) -> SteeringDocument:
    return letter_with_secret(cast, title=f"Brev om {SECRET}")


def mails(subject: str) -> list[Message]:
    return list(Message.objects.filter(purpose="removal", subject=subject).order_by("to_address"))


def addresses(subject: str) -> list[str]:
    return [mail.to_address.partition("@")[0] for mail in mails(subject)]


def titles(actor: Actor) -> list[str]:
    return [str(row.title) for row in todo_rows(actor, DAY) if str(row.title).startswith("Avgjør fjerning")]


def test_the_second_person_gets_a_mail_and_a_task_and_the_first_does_not(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    asked(cast, letter)
    assert addresses("Fjerning av innhold venter på deg") == ["second_officer"]
    mail = mails("Fjerning av innhold venter på deg")[0]
    assert "Marte Lindqvist foreslår å fjerne innhold i supplerende tildelingsbrev til" in mail.text
    for part in SECRET.split():
        assert part not in f"{mail.subject}{mail.text}{mail.html}"
    assert titles(second) == [f"Avgjør fjerning av innhold i {letter.title}"]
    for part in ("officer", "signer", "controller", "director", "sub_agency_officer"):
        assert titles(cast.actor(part)) == []


def test_one_who_may_not_decide_it_is_not_told(cast: Cast, second: Actor) -> None:
    StandIn.objects.create(
        user=second.user, represented=Appointment.objects.get(user=cast.user("officer")), valid_from=DAY,
        valid_to=DAY, scope="alt", basis="Ferie",
    )  # fmt: skip
    asked(cast, letter_with_secret(cast))
    assert mails("Fjerning av innhold venter på deg") == []
    assert titles(second) == []


def test_one_who_may_not_read_all_of_it_is_not_told(cast: Cast, second: Actor) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_secret(writer, cast)
        write_assignment(writer, cast, "TB2026-9", "Skjermet", restricted=True, restricted_basis="offl. § 15")

    asked(cast, make_registered_letter(cast, fill=fill))
    assert mails("Fjerning av innhold venter på deg") == []
    assert titles(second) == []


@pytest.mark.parametrize("outcome", ["done", "declined"])
def test_both_are_told_what_became_of_it(cast: Cast, letter: SteeringDocument, second: Actor, outcome: str) -> None:
    row = asked(cast, letter)
    if outcome == "done":
        remove_content(removal=row, actor=second, at=AT)
        subject, words = "Innhold er fjernet", MARKER
    else:
        decline_removal(removal=row, reason=REASON, actor=second, at=AT)
        subject, words = "Fjerning av innhold er avslått", REASON
    assert addresses(subject) == ["officer", "second_officer"]
    for mail in mails(subject):
        assert words in mail.text
        assert SECRET.split()[0] not in mail.text
    assert titles(second) == []


def test_the_first_person_withdraws_with_a_reason_that_stays(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    row, officer = asked(cast, letter), cast.actor("officer")
    for reason in ("", f"Fordi {SECRET}"):
        with pytest.raises(RuleBroken):
            withdraw_removal(removal=row, reason=reason, actor=officer, at=AT)
    with pytest.raises(StaleVersion):
        withdraw_removal(removal=row, reason=REASON, actor=officer, at=AT, expected_version=9)
    with pytest.raises(NotAllowed):
        withdraw_removal(removal=row, reason=REASON, actor=second, at=AT)
    withdraw_removal(removal=row, reason=REASON, actor=officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.words, row.decision_reason, row.decided_by_id) == (
        "withdrawn", "", REASON, cast.user("officer").pk,
    )  # fmt: skip
    event = Event.objects.get(subject=letter.uuid, type="document.removal_withdrawn")
    assert (event.reason, event.audience) == (REASON, "internal")
    assert addresses("Forslag om fjerning er trukket") == ["officer", "second_officer"]
    assert titles(second) == []
    with pytest.raises(NotInThisState):
        remove_content(removal=row, actor=second, at=AT)
    with pytest.raises(NotInThisState):
        decline_removal(removal=row, reason=REASON, actor=second, at=AT)
    with pytest.raises(NotInThisState):
        withdraw_removal(removal=row, reason=REASON, actor=officer, at=AT)


def test_the_database_lets_nobody_decide_their_own_in_any_other_way(cast: Cast, letter: SteeringDocument) -> None:
    row = asked(cast, letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.filter(pk=row.pk).update(
            state="declined", decided_by=cast.user("officer"), decided_at=AT, words=""
        )


def test_the_pages_say_who_it_waits_for_and_lead_to_withdrawing(
    log_in: LogIn, cast: Cast, letter: SteeringDocument
) -> None:
    row = asked(cast, letter)
    first, other = log_in("officer"), log_in("second_officer")
    listed, page = reverse("governance:removals"), reverse("governance:removal", args=[row.uuid])
    withdraw = reverse("governance:withdraw_removal", args=[row.uuid])
    assert "venter på en annen" in first.get(listed).content.decode()
    assert "venter på deg" in other.get(listed).content.decode()
    assert withdraw in first.get(page).content.decode()
    assert withdraw not in other.get(page).content.decode()
    assert other.get(withdraw).status_code == 403
    refused = first.post(withdraw, {"version": row.version, "reason": " "})
    assert refused.status_code == 422
    assert first.post(withdraw, {"version": row.version, "reason": REASON}).status_code == 302
    after = other.get(page).content.decode()
    assert "Hvorfor trukket" in after
    assert REASON in after
    assert SECRET.split()[0] not in after.replace(letter.title, "")
    assert page in other.get(listed, {"vis": "avgjort"}).content.decode()


def test_the_list_and_the_tasks_ask_as_many_questions_whatever_waits(
    cast: Cast, log_in: LogIn, letter: SteeringDocument, second: Actor
) -> None:
    browser, counts = log_in("second_officer"), []
    for number in (2, 20):
        while Removal.objects.count() < number:
            asked(cast, letter, reason=f"Grunn {Removal.objects.count()}")
        browser.get(reverse("governance:removals"))
        with CaptureQueriesContext(
            connection,
        ) as page:
            browser.get(reverse("governance:removals"))
        with CaptureQueriesContext(connection) as tasks:
            assert len(waiting_for(second, DAY)) == number
        counts.append((len(page), len(tasks)))
    assert counts[0] == counts[1]
