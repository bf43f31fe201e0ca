"""The agency receives, names an owner, writes and shares status, answers, asks for time."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assignments.actions.answers import OutsideAnswer, Upload, answer_delivery, register_outside_answer
from assignments.actions.ending import withdraw_assignment
from assignments.actions.follow_up import assign_owner, receive_assignment
from assignments.actions.status import StaleStatus, StatusText, save_status_draft, share_status
from assignments.actions.wishes import ask_for_deadline, decline_deadline
from assignments.models import Answer, Assignment, DeliveryState, StatusDraft, StatusVersion
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event
from governance.models import JournalEntry
from tests.cast import Cast
from tests.factories.assignments import AT, PDF, answer, delivery_of, fresh, give, share


def url(name: str, assignment: Assignment, *more: object) -> str:
    return reverse(f"assignments:{name}", args=[assignment.uuid, *more])


def test_the_controller_receives_and_names_an_owner_for_many_at_once(cast: Cast) -> None:
    rows = [give(cast), give(cast, "TB2026-2", "Et annet oppdrag")]
    assign_owner(assignments=rows, owner=cast.user("owner"), actor=cast.actor("controller"), at=AT)
    for row in rows:
        now = fresh(row)
        assert (now.owner, now.status) == (cast.user("owner"), "received")
    assert Event.objects.filter(type="assignment.owner_set", audience="internal").count() == 2


def test_an_owner_from_another_organisation_is_refused_and_nothing_is_changed(cast: Cast) -> None:
    rows = [give(cast), give(cast, "TB2026-2", "Et annet oppdrag")]
    with pytest.raises(RuleBroken) as caught:
        assign_owner(assignments=rows, owner=cast.user("other_controller"), actor=cast.actor("controller"), at=AT)
    assert "ingen rolle" in str(caught.value)
    assert all(fresh(row).owner is None for row in rows)


@pytest.mark.parametrize("part", ["officer", "owner", "director", "other_controller"])
def test_only_the_controller_names_owners(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        assign_owner(assignments=[give(cast)], owner=None, actor=cast.actor(part), at=AT)
    assert "virksomhetsstyringen" in str(caught.value)


def test_status_is_internal_until_it_is_shared(cast: Cast) -> None:
    assignment = give(cast)
    status = StatusText(progress="on_track", text="Vi er i gang.")
    save_status_draft(assignment=assignment, status=status, actor=cast.actor("controller"), at=AT)
    assert fresh(assignment).status == "given"
    assert not StatusVersion.objects.exists()
    share_status(assignment=assignment, actor=cast.actor("controller"), at=AT)
    now = fresh(assignment)
    assert (now.status, now.shared_version) == ("in_progress", 1)
    assert delivery_of(assignment).state == DeliveryState.IN_PROGRESS


def test_the_owner_writes_and_shares_only_after_being_named(cast: Cast) -> None:
    assignment = give(cast)
    status = StatusText(progress="on_track", text="Vi er i gang.")
    with pytest.raises(NotAllowed):
        save_status_draft(assignment=assignment, status=status, actor=cast.actor("owner"), at=AT)
    assign_owner(assignments=[assignment], owner=cast.user("owner"), actor=cast.actor("controller"), at=AT)
    save_status_draft(assignment=assignment, status=status, actor=cast.actor("owner"), at=AT)
    share_status(assignment=assignment, actor=cast.actor("owner"), at=AT)


def test_two_people_writing_at_once_never_lose_a_word(cast: Cast) -> None:
    assignment = give(cast)
    controller, director = cast.actor("controller"), cast.actor("director")
    first = StatusText(progress="on_track", text="Den enes ord.")
    save_status_draft(assignment=assignment, status=first, actor=controller, at=AT, expected_version=0)
    with pytest.raises(StaleStatus) as caught:
        save_status_draft(
            assignment=assignment,
            status=StatusText(progress="late", text="Den andres ord."),
            actor=director,
            at=AT,
            expected_version=0,
        )
    assert caught.value.theirs.text == "Den enes ord."
    assert caught.value.mine.text == "Den andres ord."
    assert "Synne Aamodt" in str(caught.value)


@time_machine.travel(AT, tick=False)
def test_the_page_shows_both_texts_when_somebody_saved_in_between(cast: Cast, log_in: Callable[[str], Client]) -> None:
    assignment = give(cast)
    first = StatusText(progress="on_track", text="Den enes ord.")
    save_status_draft(assignment=assignment, status=first, actor=cast.actor("director"), at=AT)
    sent = {"progress": "late", "text": "Den andres ord.", "version": "0"}
    response = log_in("controller").post(url("status", assignment), sent)
    page = response.content.decode()
    assert response.status_code == 412
    assert "Den enes ord." in page
    assert "Den andres ord." in page
    again = {"progress": "late", "text": "Begges ord.", "version": "1"}
    assert log_in("controller").post(url("status", assignment), again).status_code == 302
    assert StatusDraft.objects.get(assignment=assignment).text == "Begges ord."


def test_sharing_without_a_text_says_what_to_do(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as caught:
        share_status(assignment=give(cast), actor=cast.actor("controller"), at=AT)
    assert "Skriv en status" in str(caught.value)


@time_machine.travel(AT, tick=False)
def test_status_on_a_lapsed_assignment_is_409_with_a_sentence(cast: Cast, log_in: Callable[[str], Client]) -> None:
    assignment = give(cast)
    withdraw_assignment(assignment=assignment, reason="Brev 26/1", actor=cast.actor("officer"), at=AT)
    sent = {"progress": "late", "text": "Vi fortsetter.", "version": "0"}
    response = log_in("controller").post(url("status", assignment), sent)
    assert response.status_code == 409
    assert "trukket" in response.content.decode()
    assert not StatusDraft.objects.exists()


@time_machine.travel(AT, tick=False)
def test_an_answer_with_a_file_is_delivered_journalled_and_readable(
    cast: Cast, log_in: Callable[[str], Client]
) -> None:
    assignment = give(cast)
    upload = SimpleUploadedFile("svar.pdf", PDF, content_type="application/pdf")
    sent = {"text": "Her er svaret.", "attachments": upload, "version": str(assignment.version)}
    response = log_in("controller").post(url("answer", assignment, delivery_of(assignment).uuid), sent)
    assert response.status_code == 302
    assert fresh(assignment).status == "delivered"
    row = Answer.objects.get()
    assert sorted(JournalEntry.objects.filter(subject=row.uuid).values_list("direction", flat=True)) == ["I", "U"]
    page = log_in("officer").get(url("passport", assignment)).content.decode()
    assert "Her er svaret." in page
    link = row.files.get().uuid
    assert log_in("officer").get(url("answer_file", assignment, link)).content == PDF
    assert log_in("other_controller").get(url("answer_file", assignment, link)).status_code == 404


def test_a_double_submit_makes_one_answer(cast: Cast) -> None:
    assignment = give(cast)
    answer(cast, assignment)
    with pytest.raises(NotInThisState) as caught:
        answer(cast, assignment)
    assert "allerede besvart" in str(caught.value)
    assert Answer.objects.count() == 1


@time_machine.travel(AT, tick=False)
@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ([], 422, "Skriv svaret, eller legg ved en fil"),
        ([SimpleUploadedFile("tom.pdf", b"")], 422, "tom"),
    ],
)
def test_an_empty_answer_is_refused_with_a_sentence(
    cast: Cast, log_in: Callable[[str], Client], files: list[SimpleUploadedFile], status: int, words: str
) -> None:
    assignment = give(cast)
    sent = {"text": "", "attachments": files, "version": str(assignment.version)}
    response = log_in("controller").post(url("answer", assignment, delivery_of(assignment).uuid), sent)
    assert response.status_code == status
    assert words in response.content.decode()
    assert not Answer.objects.exists()


def test_an_answer_sent_outside_is_registered_by_the_ministry_on_behalf_of_the_agency(cast: Cast) -> None:
    assignment = give(cast)
    row = register_outside_answer(
        delivery=delivery_of(assignment),
        answer=OutsideAnswer(sent_on=date(2026, 5, 20), sender="Direktøren", archive_reference="26/0312-9"),
        uploads=[Upload("brev.pdf", PDF)],
        actor=cast.actor("officer"),
        at=AT,
    )
    assert row.registered_for_id == cast.org("DMP").pk
    assert delivery_of(assignment).delivered_on == date(2026, 5, 20)


def test_everything_wrong_with_an_outside_answer_is_told_at_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as caught:
        register_outside_answer(
            delivery=delivery_of(give(cast)),
            answer=OutsideAnswer(sent_on=date(2026, 6, 1), sender=" "),
            uploads=[Upload("brev.docx", b"PK")],
            actor=cast.actor("controller"),
            at=AT,
        )
    assert [problem.code for problem in caught.value.problems] == ["date_ahead", "sender_missing", "not_pdf"]


def test_a_stale_form_is_refused(cast: Cast) -> None:
    assignment = give(cast)
    share(cast, assignment)
    with pytest.raises(StaleVersion):
        answer_delivery(
            delivery=delivery_of(assignment),
            text="Svar",
            uploads=[],
            actor=cast.actor("controller"),
            at=AT,
            expected_version=assignment.version,
        )


def test_a_wish_for_time_changes_nothing_and_is_answered_once(cast: Cast) -> None:
    assignment = give(cast)
    wish = ask_for_deadline(
        delivery=delivery_of(assignment),
        wanted=date(2027, 2, 1),
        reason="Høringen tar tid.",
        actor=cast.actor("controller"),
        at=AT,
    )
    assert fresh(assignment).next_deadline == date(2026, 12, 31)
    with pytest.raises(NotAllowed):
        decline_deadline(request=wish, reason="Nei", actor=cast.actor("controller"), at=AT)
    decline_deadline(request=wish, reason="Haster.", actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotInThisState):
        decline_deadline(request=wish, reason="Haster.", actor=cast.actor("officer"), at=AT)


def test_receiving_twice_says_so(cast: Cast) -> None:
    assignment = give(cast)
    receive_assignment(assignment=assignment, actor=cast.actor("controller"), at=AT)
    with pytest.raises(NotInThisState) as caught:
        receive_assignment(assignment=assignment, actor=cast.actor("controller"), at=AT)
    assert "Mottatt" in str(caught.value)
