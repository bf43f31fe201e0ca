"""The agency is heard on frozen words; comments stand on rows, internal or shared, and change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import files, jobs
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event, Job, Message
from governance.actions import comments, hearings
from governance.actions.comments import NewComment
from governance.actions.documents import discard_document, edit_document
from governance.actions.supplements import add_paragraph
from governance.models import (
    AssignmentItem,
    Dispatch,
    HearingRound,
    JournalEntry,
    Proposal,
    RowComment,
    SteeringDocument,
)
from tests.cast import MARKER_AGENCY, MARKER_EXEMPT, MARKER_MINISTRY, Cast
from tests.factories.documents import REGISTERED_AT as AT
from tests.factories.documents import make_draft, make_registered_letter, write_assignment

LogIn = Callable[[str], Client]
DEADLINE = date(2026, 1, 23)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def fill(writer: Any, cast: Cast) -> None:
    write_assignment(writer, cast, "TTB2026-1", "Beredskapslager")
    write_assignment(
        writer, cast, "TTB2026-2", f"Skjermet {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15",
        body=f"Innhold {MARKER_EXEMPT}", deadlines=[(f"straks {MARKER_EXEMPT}", None)],
    )  # fmt: skip


@pytest.fixture
def document(cast: Cast) -> SteeringDocument:
    return make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None, fill=fill)


def opened(cast: Cast, document: SteeringDocument) -> HearingRound:
    made = hearings.open_hearing(
        document=document, message="Si fra om fristene.", deadline=DEADLINE, actor=cast.actor("officer"), at=AT
    )
    return HearingRound.objects.for_detail().get(pk=made.pk)


def say(cast: Cast, document: SteeringDocument, part: str, text: str, **values: Any) -> RowComment:
    return comments.write_comment(document=document, new=NewComment(text, **values), actor=cast.actor(part), at=AT)


def item_of(document: SteeringDocument) -> Any:
    return AssignmentItem.objects.get(document=document, reference="TTB2026-1").uuid


def test_the_agency_reads_what_was_sent_and_never_the_living_draft(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    hearing = opened(cast, document)
    document.refresh_from_db()
    officer = {"actor": cast.actor("officer"), "at": AT}
    edit_document(
        document=document, values={"title": f"Ny {MARKER_MINISTRY}"}, expected_version=document.version, **officer
    )
    add_paragraph(document=document, text=f"Sent {MARKER_MINISTRY}", heading="", expected_version=None, **officer)
    say(cast, document, "officer", f"Notat {MARKER_MINISTRY}", item=item_of(document), audience="internal")
    for part in ("director", "controller"):
        client = log_in(part)
        page = client.get(reverse("governance:hearing", args=[hearing.uuid])).content.decode()
        assert "Beredskapslager" in page
        assert "unntatt offentlighet" in page
        assert MARKER_MINISTRY not in page + client.get(reverse("governance:my_hearings")).content.decode()
        assert MARKER_EXEMPT not in page
        assert client.get(reverse("governance:draft", args=[document.uuid])).status_code == 404
    frozen = files.read(hearing.shown)
    assert MARKER_EXEMPT not in frozen.decode()
    assert json.loads(frozen)["document"]["title"] == "Supplerende brev"


@pytest.mark.parametrize("part", ["owner", "other_controller", "auditor", "co_ministry", "admin", "department_officer"])
def test_no_one_else_finds_the_hearing(cast: Cast, log_in: LogIn, document: SteeringDocument, part: str) -> None:
    hearing = opened(cast, document)
    for name in ("hearing", "hearing_comment", "hearing_answer"):
        assert log_in(part).get(reverse(f"governance:{name}", args=[hearing.uuid])).status_code == 404


def test_a_notice_without_content_goes_to_the_agency_and_both_archives_get_it(
    cast: Cast, document: SteeringDocument
) -> None:
    hearing = opened(cast, document)
    notice = Message.objects.get(about=hearing.uuid)
    assert notice.to_address == cast.org("DMP").mailbox
    assert "Beredskapslager" not in notice.text
    assert set(JournalEntry.objects.filter(subject=hearing.uuid).values_list("direction", flat=True)) == {"U", "I"}
    assert not Dispatch.objects.filter(subject__in=[hearing.uuid, document.uuid]).exists()


def test_the_ministry_reads_the_agencys_comments_when_the_statement_is_sent(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    hearing = opened(cast, document)
    item = item_of(document)
    say(cast, document, "controller", "Fristen er for kort.", item=item, audience="shared", hearing=hearing)
    say(cast, document, "controller", f"Internt {MARKER_AGENCY}", item=item, audience="internal", hearing=hearing)
    officer, url = log_in("officer"), reverse("governance:comments", args=[document.uuid])
    assert "Fristen er for kort." not in officer.get(url).content.decode()
    hearings.answer_hearing(hearing=hearing, text="", no_remarks=False, actor=cast.actor("director"), at=AT)
    page = (
        officer.get(url).content.decode()
        + officer.get(reverse("governance:hearing", args=[hearing.uuid])).content.decode()
    )
    assert "Fristen er for kort." in page
    assert MARKER_AGENCY not in page
    assert JournalEntry.objects.filter(subject=hearing.uuid).count() == 4
    thread = RowComment.objects.select_related("document").get(text="Fristen er for kort.")
    say(cast, document, "officer", "Vi ser på det.", thread=thread)
    comments.close_thread(thread=thread, actor=cast.actor("officer"), at=AT)
    agency = log_in("controller").get(reverse("governance:hearing", args=[hearing.uuid])).content.decode()
    assert "Vi ser på det." in agency
    assert not Dispatch.objects.filter(subject=thread.uuid).exists()


def test_the_statement_is_sent_once_by_those_who_may_and_says_something(cast: Cast, document: SteeringDocument) -> None:
    hearing = opened(cast, document)
    answer = {"hearing": hearing, "at": AT}
    for part in ("owner", "officer", "other_director"):
        with pytest.raises(NotAllowed):
            hearings.answer_hearing(text="Ja", no_remarks=False, actor=cast.actor(part), **answer)
    director = cast.actor("director")
    for text, none in (("", False), ("Noe", True)):
        with pytest.raises(RuleBroken):
            hearings.answer_hearing(text=text, no_remarks=none, actor=director, **answer)
    with pytest.raises(StaleVersion):
        hearings.answer_hearing(text="", no_remarks=True, actor=director, expected_version=9, **answer)
    hearings.answer_hearing(text="", no_remarks=True, actor=director, **answer)
    with pytest.raises(NotInThisState):
        hearings.answer_hearing(text="Likevel", no_remarks=False, actor=director, **answer)
    assert Event.objects.get(type="hearing.answered").audience == "shared"


def test_rounds_close_and_a_new_one_shows_the_new_text(cast: Cast, log_in: LogIn, document: SteeringDocument) -> None:
    first = opened(cast, document)
    with pytest.raises(NotInThisState):
        opened(cast, document)
    with pytest.raises(NotAllowed):
        hearings.close_hearing(hearing=first, actor=cast.actor("signer"), at=AT)
    hearings.close_hearing(hearing=first, actor=cast.actor("officer"), at=AT)
    document.refresh_from_db()
    assert document.state == "draft"
    with pytest.raises(NotInThisState):
        hearings.answer_hearing(hearing=first, text="Sent", no_remarks=False, actor=cast.actor("director"), at=AT)
    edit_document(
        document=document, values={"title": "Bedre tittel"}, actor=cast.actor("officer"), at=AT,
        expected_version=document.version,
    )  # fmt: skip
    second = opened(cast, document)
    assert second.number == 2
    assert "Bedre tittel" in log_in("director").get(reverse("governance:hearing", args=[second.uuid])).content.decode()
    discard_document(document=document, reason="Falt bort", actor=cast.actor("officer"), at=AT)
    second.refresh_from_db()
    assert second.closed_at is not None


def test_a_deadline_that_has_passed_is_refused(cast: Cast, document: SteeringDocument) -> None:
    with pytest.raises(RuleBroken):
        hearings.open_hearing(document=document, message="", deadline=AT.date(), actor=cast.actor("officer"), at=AT)
    document.refresh_from_db()
    assert document.state == "draft"


def test_the_agency_comments_and_answers_on_the_pages_without_script(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    hearing, client = opened(cast, document), log_in("controller")
    write = f"{reverse('governance:hearing_comment', args=[hearing.uuid])}?rad={item_of(document)}"
    form = client.get(write).content.decode()
    assert "En kommentar er ikke et styringssignal" in form
    assert client.post(write, {"audience": "shared", "text": " "}).status_code == 422
    assert client.post(write, {"audience": "shared", "text": "Kort frist"}).status_code == 302
    assert RowComment.objects.get().place == "TTB2026-1 Beredskapslager"
    answer = reverse("governance:hearing_answer", args=[hearing.uuid])
    refused = client.post(answer, {"version": hearing.version, "text": "Tekst", "no_remarks": "on"})
    assert refused.status_code == 422
    assert "Tekst" in refused.content.decode()
    assert client.post(answer, {"version": hearing.version, "text": "Uttalelse"}).status_code == 302
    officer = log_in("officer").get(reverse("governance:hearings", args=[document.uuid])).content.decode()
    assert "Uttalelse sendt" in officer


def test_on_a_draft_comments_are_internal_only(cast: Cast, document: SteeringDocument) -> None:
    say(cast, document, "department_head", "Bra", audience="internal")
    with pytest.raises(NotInThisState):
        say(cast, document, "officer", "Delt", audience="shared")
    for part in ("controller", "auditor", "other_department_officer"):
        with pytest.raises(NotAllowed):
            say(cast, document, part, "Hei", audience="internal")


def test_internal_words_on_an_issued_letter_never_cross_the_line(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    item = AssignmentItem.objects.get(document=letter, number=1).uuid
    ours = say(cast, letter, "officer", f"Notat {MARKER_MINISTRY}", item=item, audience="internal")
    theirs = say(cast, letter, "controller", f"Notat {MARKER_AGENCY}", item=item, audience="internal")
    url = reverse("governance:comments", args=[letter.uuid])
    assert MARKER_AGENCY not in log_in("officer").get(url).content.decode()
    assert MARKER_MINISTRY not in log_in("controller").get(url).content.decode()
    for part, thread in (("controller", ours), ("officer", theirs)):
        assert (
            log_in(part)
            .get(f"{reverse('governance:comment_write', args=[letter.uuid])}?trad={thread.uuid}")
            .status_code
            == 404
        )
        assert log_in(part).post(reverse("governance:comment_close", args=[thread.uuid])).status_code == 404
        with pytest.raises(NotAllowed):
            say(cast, letter, part, "Svar", thread=thread)
    assert log_in("co_ministry").get(url).status_code == 403
    assert not Event.objects.filter(after__icontains=MARKER_MINISTRY).exists()


def test_a_closed_shared_thread_is_one_document_for_journal_and_copies(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    item = AssignmentItem.objects.get(document=letter, number=1).uuid
    thread = say(cast, letter, "officer", "Hvordan forstår dere dette?", item=item, place="TB2026-1", audience="shared")
    say(cast, letter, "director", "Som et forprosjekt.", thread=thread)
    with pytest.raises(NotAllowed):
        comments.close_thread(thread=thread, actor=cast.actor("controller"), at=AT)
    before = AssignmentItem.objects.filter(document=letter).values_list("title", "body")
    before = list(before)
    thread = RowComment.objects.select_related("document").get(pk=thread.pk)
    comments.close_thread(thread=thread, actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotInThisState):
        comments.close_thread(thread=thread, actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotInThisState):
        say(cast, letter, "director", "Enda mer", thread=thread)
    assert list(AssignmentItem.objects.filter(document=letter).values_list("title", "body")) == before
    assert JournalEntry.objects.filter(subject=thread.uuid).count() == 2
    assert "to" in set(Dispatch.objects.filter(subject=thread.uuid).values_list("role", flat=True))
    for job in Job.objects.filter(state="queued", arguments__subject=str(thread.uuid)):
        jobs.run(str(job.uuid))
    sent = Message.objects.filter(purpose="dispatch").prefetch_related("files__file")
    assert all(message.files.count() == 1 for message in sent)
    assert sent


def test_a_shared_comment_becomes_a_proposal_for_a_supplement_and_nothing_else(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    thread = say(cast, letter, "officer", "Fristen bør flyttes.", place="TB2026-1", audience="shared")
    thread = RowComment.objects.select_related("document").get(pk=thread.pk)
    with pytest.raises(NotAllowed):
        comments.turn_into_proposal(thread=thread, actor=cast.actor("controller"), at=AT)
    comments.turn_into_proposal(thread=thread, actor=cast.actor("officer"), at=AT)
    proposal = Proposal.objects.select_related("document").get()
    assert (proposal.document.supplements_id, proposal.document.state) == (letter.pk, "draft")
    assert "Fristen bør flyttes." in proposal.data["body"]


def test_the_pages_cost_the_same_with_two_and_twenty_threads(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hearing = opened(cast, document)
    urls = [
        ("controller", reverse("governance:hearing", args=[hearing.uuid])),
        ("officer", reverse("governance:comments", args=[document.uuid])),
    ]
    counts: dict[str, list[int]] = {part: [] for part, _url in urls}
    for more in (2, 18):
        for _n in range(more):
            say(cast, document, "controller", "Delt", item=item_of(document), audience="shared", hearing=hearing)
            say(cast, document, "officer", "Internt", item=item_of(document), audience="internal")
        for part, url in urls:
            client = log_in(part)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts[part].append(len(queries))
    assert all(first == second for first, second in counts.values()), counts
