"""Copies follow the effective rule for every kind and are put right by new dispatches; the addressee opens."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import files
from core.errors import NotAllowed, NotInThisState, RuleBroken
from core.models import Message
from governance import copying
from governance.actions import copy_correction, sending
from governance.actions.documents import issue_document
from governance.actions.journal import enqueue_pair
from governance.checks import gather, run
from governance.content import ContentWriter
from governance.models import Change, CopyRule, Dispatch, DispatchState, StatutoryCopy, SteeringDocument
from tests.cast import MARKER_EXEMPT, Cast
from tests.core.pdf_reading import Read
from tests.factories.assignments import AT
from tests.factories.documents import (
    REGISTERED_AT,
    make_draft,
    make_issued_supplement,
    make_registered_letter,
    write_assignment,
    write_letter,
)

DAY = REGISTERED_AT.date()
LogIn = Callable[[str], Client]


def rules(*rows: tuple[str, str, bool]) -> Callable[[ContentWriter, Cast], None]:
    """Copy rules for a document: kind, recipient, at the same time."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        for kind, body, simultaneous in rows:
            writer.add(CopyRule, correspondence=kind, recipient=cast.org(body), simultaneous=simultaneous, section="5")

    return fill


def make_instruction(cast: Cast, *rows: tuple[str, str, bool], **facts: Any) -> SteeringDocument:
    """An instruction to DMP in force from January."""
    values = {"title": "Hovedinstruks", "effective_on": date(2025, 1, 1), "document_date": date(2025, 1, 1), **facts}
    return make_registered_letter(cast, kind="instruction", year=None, fill=rules(*rows), **values)


def count_nothing(done: int, of: int) -> None:
    """Progress that nobody watches."""


def names(found: list[copying.CopyTo]) -> set[tuple[str, bool]]:
    return {(row.organisation.short, row.simultaneous) for row in found}


def test_the_rule_is_the_sum_of_statute_instruction_and_letter_for_every_kind(cast: Cast) -> None:
    make_instruction(cast, ("document", "FHI", False))
    make_registered_letter(cast, fill=write_letter)
    matrix = copying.copy_matrix(agency=cast.org("DMP"), day=DAY)
    assert names(matrix["letter"]) == {("RR", True), ("FHI", False)}
    assert names(matrix["activity_report"]) == {("RR", True)}
    assert names(matrix["answer"]) == set()
    assert not {"document", "all"} & set(matrix)
    for kind, found in matrix.items():
        assert found == copying.effective_copies(agency=cast.org("DMP"), correspondence=kind, day=DAY)


def test_all_correspondence_covers_neither_budget_inputs_nor_what_is_written_to_the_auditor(cast: Cast) -> None:
    make_instruction(cast, ("all", "RR", False), ("audit", "HOD", False))
    matrix = copying.copy_matrix(agency=cast.org("DMP"), day=DAY)
    assert names(matrix["answer"]) == names(matrix["minutes"]) == names(matrix["thread"]) == {("RR", False)}
    assert names(matrix["budget_input"]) == set()
    assert names(matrix["audit"]) == {("HOD", False)}


def test_a_budget_report_goes_in_copy_to_the_other_ministry_by_rule(cast: Cast) -> None:
    make_instruction(cast, ("budget_report", "NFD", False))
    found = copying.effective_copies(agency=cast.org("DMP"), correspondence="budget_report", day=DAY)
    assert names(found) == {("NFD", False)}
    assert found[0].basis == "Hovedinstruks, punkt 5"


def test_a_rule_a_supplement_takes_back_is_no_longer_followed(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    rule = CopyRule.objects.get(document=letter)

    def withdraw(writer: ContentWriter, cast: Cast) -> None:
        writer.add(Change, kind="withdraw", target=rule.uuid, item_type="copy_rule", text="Regelen utgår.")

    make_registered_letter(cast, kind="supplement", fill=withdraw, title="Tillegg", supplements=letter)
    found = copying.effective_copies(agency=cast.org("DMP"), correspondence="activity_report", day=DAY)
    assert names(found) == set()


def test_the_matrix_asks_the_same_few_queries_however_many_rules(cast: Cast) -> None:
    make_instruction(cast, ("document", "FHI", False))
    with CaptureQueriesContext(
        connection,
    ) as few:
        copying.copy_matrix(agency=cast.org("DMP"), day=DAY)
    make_registered_letter(
        cast, fill=rules(*[("answer", "FHI", False)] * 20, *[("feedback", "NFD", True)] * 20), title="Brev"
    )
    with CaptureQueriesContext(connection) as many:
        copying.copy_matrix(agency=cast.org("DMP"), day=DAY)
    assert len(few) == len(many)


def test_an_issue_is_stopped_when_the_auditor_is_missing_or_has_no_mailbox(cast: Cast) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)
    auditor = cast.org("RR")
    for wrong in ({"mailbox": ""}, {"active_to": date(2025, 1, 1), "mailbox": "rr@test.invalid"}):
        for name, value in wrong.items():
            setattr(auditor, name, value)
        auditor.save()
        with pytest.raises(RuleBroken) as caught:
            issue_document(document=draft, actor=cast.actor("signer"), at=REGISTERED_AT)
        assert "V-13" in {problem.code for problem in caught.value.problems}, wrong
    StatutoryCopy.objects.all().delete()
    content = gather.from_document(SteeringDocument.objects.for_detail().get(pk=draft.pk), day=DAY)
    assert [row.check_id for row in run(content) if row.check_id == "V-13"] == ["V-13"]


@time_machine.travel(REGISTERED_AT, tick=False)
def test_the_page_shows_rule_document_and_section_on_the_day_asked_for(cast: Cast, log_in: LogIn) -> None:
    make_instruction(cast, ("document", "FHI", False))
    client = log_in("controller")
    page = client.get(reverse("governance:copy_matrix"), {"virksomhet": cast.org("DMP").uuid}).content.decode()
    assert "Hovedinstruks, punkt 5" in page
    assert "Bestemmelser om økonomistyring i staten punkt 1.5" in page
    earlier = client.get(
        reverse("governance:copy_matrix"), {"virksomhet": cast.org("DMP").uuid, "dato": "2024-12-31"}
    ).content.decode()
    assert "Hovedinstruks, punkt 5" not in earlier
    assert client.get(reverse("governance:copy_matrix"), {"virksomhet": cast.org("Helfo").uuid}).status_code == 404
    wrong = client.get(reverse("governance:copy_matrix"), {"virksomhet": cast.org("DMP").uuid, "dato": "31.2.2026"})
    assert wrong.status_code == 422
    assert "31.2.2026" in wrong.content.decode()


# ---- a wrong copy list ----
def correct(cast: Cast, letter: SteeringDocument, part: str = "officer", **values: Any) -> list[Dispatch]:
    given = {"add": [], "recall": [], "reason": "Listen var feil.", **values}
    return copy_correction.correct_copies(document=letter, actor=cast.actor(part), at=REGISTERED_AT, **given)


def test_a_forgotten_copy_is_a_new_dispatch_with_a_reason_and_nothing_sent_is_edited(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    before = list(Dispatch.objects.filter(subject=letter.uuid).order_by("pk").values())
    (made,) = correct(cast, letter, add=[cast.org("FHI")])
    assert (made.role, made.state, made.reason) == ("copy", "planned", "Listen var feil.")
    assert list(Dispatch.objects.filter(subject=letter.uuid).exclude(pk=made.pk).order_by("pk").values()) == before


def test_one_who_got_the_copy_by_mistake_is_told_so_and_no_longer_reads_it(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    correct(cast, letter, add=[cast.org("Hdir")])
    Dispatch.objects.filter(subject=letter.uuid).update(state="sent", sent_at=REGISTERED_AT)
    reader = cast.actor("other_director")
    assert SteeringDocument.objects.visible_to(reader, DAY).filter(pk=letter.pk).exists()
    (word,) = correct(cast, letter, recall=[cast.org("Hdir")])
    assert word.role == "recall"
    assert not SteeringDocument.objects.visible_to(reader, DAY).filter(pk=letter.pk).exists()
    assert SteeringDocument.objects.visible_to(cast.actor("auditor"), DAY).filter(pk=letter.pk).exists()
    assert correct(cast, letter, add=[cast.org("Hdir")])


def test_all_that_is_wrong_with_a_correction_is_said_at_once(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    cast.org("FHI").mailbox = ""
    with pytest.raises(RuleBroken) as caught:
        correct(
            cast, letter, reason=" ", add=[cast.org("RR"), cast.org("DMP"), cast.org("FHI")], recall=[cast.org("NFD")]
        )
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["reason_missing", "has_copy", "is_party", "no_mailbox", "no_copy"]
    with pytest.raises(RuleBroken):
        correct(cast, letter)


def test_only_the_senders_side_corrects_and_only_what_is_issued(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    for part in ("controller", "director", "other_controller", "auditor", "budget_officer"):
        with pytest.raises(NotAllowed):
            correct(cast, letter, part, add=[cast.org("FHI")])
    draft = make_draft(cast, kind="supplement", title="Utkast", document_date=None)
    with pytest.raises(NotInThisState):
        correct(cast, draft, add=[cast.org("FHI")])


@time_machine.travel(REGISTERED_AT, tick=False)
def test_the_page_corrects_and_a_refusal_keeps_what_was_typed(cast: Cast, log_in: LogIn) -> None:
    letter = make_issued_supplement(cast)
    url = reverse("governance:correct_copies", args=[letter.uuid])
    client = log_in("officer")
    refused = client.post(url, {"add": [str(cast.org("FHI").uuid)], "reason": ""})
    assert refused.status_code == 422
    assert f'value="{cast.org("FHI").uuid}" ' in refused.content.decode().replace(">", " ")
    assert client.post(url, {"add": [str(cast.org("FHI").uuid)], "reason": "Glemt."}).status_code == 302
    page = client.get(reverse("governance:document_archive", args=[letter.uuid])).content.decode()
    assert "Folkehelseinstituttet" in page
    assert "Glemt." in page


# ---- what leaves by mail ----
def work_through(letter: SteeringDocument) -> list[Message]:
    """Queue the mails of a letter as the worker does."""
    sending.send_dispatches(
        subject_type="governance.steeringdocument",
        subject=letter.uuid,
        at=REGISTERED_AT,
        progress=count_nothing,
    )
    return list(Message.objects.filter(purpose="dispatch").order_by("pk"))


def test_the_mail_says_the_checksum_and_carries_no_exempt_word(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TTB2026-9", f"Tittel {MARKER_EXEMPT}", body=f"Tekst {MARKER_EXEMPT}", restricted=True,
            restricted_basis="offl. § 15 tredje ledd", restricted_title="Arbeid med saker i et annet departement",
            restricted_by="Marte Lindqvist",
        )  # fmt: skip

    letter = make_issued_supplement(cast, fill=fill)
    messages = work_through(letter)
    assert len(messages) == 2
    for message in messages:
        assert letter.sha256 in message.text
        assert letter.sha256 in message.html
        assert MARKER_EXEMPT not in message.subject + message.text + message.html
        for row in message.files.select_related("file"):
            words = Read(files.read(row.file)).text
            assert MARKER_EXEMPT not in words
            assert "TTB2026-9" in words
            assert "Arbeid med saker i et annet departement" in words


def test_a_word_about_a_mistaken_copy_carries_no_file(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    correct(cast, letter, add=[cast.org("Hdir")])
    work_through(letter)
    Dispatch.objects.filter(subject=letter.uuid).update(state="sent", sent_at=REGISTERED_AT)
    correct(cast, letter, recall=[cast.org("Hdir")])
    message = work_through(letter)[-1]
    assert "ved en feil" in message.text
    assert not message.files.exists()


# ---- opened ----
@time_machine.travel(AT, tick=False)
def test_opened_is_the_addressees_first_view_and_never_the_auditors(cast: Cast, log_in: LogIn) -> None:
    letter = make_issued_supplement(cast)
    Dispatch.objects.filter(subject=letter.uuid).update(state="sent", sent_at=REGISTERED_AT)
    url = reverse("governance:document", args=[letter.uuid])
    for part in ("auditor", "officer", "co_ministry"):
        assert log_in(part).get(url).status_code == 200
    assert not Dispatch.objects.filter(opened_at__isnull=False).exists()
    log_in("owner").get(url)
    opened = Dispatch.objects.select_related("recipient").get(opened_at__isnull=False)
    assert (opened.role, opened.recipient.short, opened.opened_at) == ("to", "DMP", AT)
    later = AT + timedelta(days=1)
    assert not copy_correction.note_opened(subject=letter.uuid, actor=cast.actor("director"), at=later)
    archive = log_in("officer").get(reverse("governance:document_archive", args=[letter.uuid])).content.decode()
    assert "åpnet" in archive


def test_what_is_not_delivered_yet_is_not_opened(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    assert not copy_correction.note_opened(subject=letter.uuid, actor=cast.actor("director"), at=AT)


# ---- a failed one ----
@time_machine.travel(REGISTERED_AT, tick=False)
def test_a_failed_dispatch_is_sent_again_to_a_corrected_mailbox(cast: Cast, log_in: LogIn) -> None:
    letter = make_issued_supplement(cast)
    row = Dispatch.objects.get(subject=letter.uuid, role="copy")
    Dispatch.objects.filter(pk=row.pk).update(state=DispatchState.FAILED, receipt="Ukjent adresse.")
    client = log_in("officer")
    archive = client.get(reverse("governance:document_archive", args=[letter.uuid])).content.decode()
    url = reverse("governance:resend", args=[row.uuid])
    assert url in archive
    assert client.post(url, {"address": "ikke en adresse"}).status_code == 422
    assert client.post(url, {"address": "nytt@test.invalid"}).status_code == 302
    assert Dispatch.objects.get(pk=row.pk).address != "nytt@test.invalid"
    assert Dispatch.objects.get(subject=letter.uuid, role="copy", state="planned").address == "nytt@test.invalid"


def test_both_sides_have_it_in_their_journal_once(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    again = enqueue_pair(subject=letter, title="x", sender=letter.issuer, recipient=letter.recipient, document_date=DAY)
    assert {row.title for row in again} == {letter.title}
