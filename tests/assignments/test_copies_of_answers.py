"""Answers and deadline decisions go in copy by rule; of an exempt one only the number leaves."""

from collections.abc import Callable
from datetime import date

import time_machine
from django.test import Client
from django.urls import reverse

from assignments.actions import deadlines
from assignments.models import Answer, Assignment, DeadlineDecision
from core.models import Message
from governance.actions import sending
from governance.content import ContentWriter
from governance.models import CopyRule, Dispatch, JournalEntry
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.assignments import AT, answer, delivery_of, give
from tests.factories.documents import make_registered_letter

LogIn = Callable[[str], Client]


def all_to_auditor(cast: Cast) -> None:
    """An instruction by which the auditor gets all correspondence (R-20)."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(CopyRule, correspondence="all", recipient=cast.org("RR"), simultaneous=False, section="5")

    make_registered_letter(
        cast, kind="instruction", year=None, fill=fill, title="Hovedinstruks", effective_on=date(2025, 12, 22)
    )


def decide(cast: Cast, assignment: Assignment) -> DeadlineDecision:
    decision = deadlines.NewDeadline(
        deadline=date(2026, 11, 15), reason="Avtalt i dialogen.", basis="Brev 25/4127-9", decided_on=AT.date()
    )
    return deadlines.decide_deadline(
        delivery=delivery_of(assignment), decision=decision, actor=cast.actor("officer"), at=AT
    )


def count_nothing(done: int, of: int) -> None:
    """Progress that nobody watches."""


def queue(subject_type: str, thing: Answer | DeadlineDecision) -> Message:
    sending.send_dispatches(subject_type=subject_type, subject=thing.uuid, at=AT, progress=count_nothing)
    return Message.objects.filter(purpose="dispatch").latest("pk")


def test_an_answer_goes_in_copy_only_where_the_rule_says_so(cast: Cast) -> None:
    plain = give(cast, "TB2026-70", "Oppdrag")
    answer(cast, plain)
    assert not Dispatch.objects.filter(correspondence="answer").exists()
    all_to_auditor(cast)
    other = give(cast, "TB2026-71", "Annet oppdrag")
    given = answer(cast, other)
    row = Dispatch.objects.select_related("recipient", "sender").get(correspondence="answer")
    assert (row.recipient.short, row.sender.short, row.role) == ("RR", "DMP", "copy")
    assert row.basis == "Hovedinstruks, punkt 5"
    made = Answer.objects.get(delivery=given)
    message = queue("assignments.answer", made)
    assert message.files.count() == 1 + made.files.count()


def test_a_deadline_decision_is_journalled_on_both_sides_and_copied(cast: Cast) -> None:
    all_to_auditor(cast)
    decision = decide(cast, give(cast, "TB2026-70", "Oppdrag"))
    sides = JournalEntry.objects.filter(subject=decision.uuid).values_list("organisation__short_name", "direction")
    assert set(sides) == {("HOD", "U"), ("DMP", "I")}
    row = Dispatch.objects.select_related("recipient", "sender").get(correspondence="deadline_decision")
    assert (row.recipient.short, row.sender.short) == ("RR", "HOD")
    message = queue("assignments.deadlinedecision", decision)
    assert message.files.count() == 1


def test_of_an_exempt_assignment_only_the_number_leaves(cast: Cast) -> None:
    all_to_auditor(cast)
    exempt = give(cast, "TB2026-72", f"Tittel {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15")
    from assignments.actions.remarks import grant_reader

    grant_reader(assignment=exempt, user=cast.user("controller"), actor=cast.actor("officer"), at=AT)
    made = Answer.objects.get(delivery=answer(cast, exempt, text=f"Svar {MARKER_EXEMPT}"))
    for kind, thing in (("assignments.answer", made),):
        message = queue(kind, thing)
        assert "TB2026-72" in message.subject
        assert MARKER_EXEMPT not in message.subject + message.text + message.html
        assert not message.files.exists()


@time_machine.travel(AT, tick=False)
def test_the_auditor_reads_the_copy_and_its_files_and_others_do_not(cast: Cast, log_in: LogIn) -> None:
    all_to_auditor(cast)
    made = Answer.objects.get(delivery=answer(cast, give(cast, "TB2026-70", "Oppdrag")))
    message = queue("assignments.answer", made)
    row = Dispatch.objects.select_related("recipient", "sender").get(correspondence="answer")
    files = [reverse("governance:file", args=[held.file.uuid]) for held in message.files.select_related("file")]
    auditor = log_in("auditor")
    assert all(auditor.get(url).status_code == 404 for url in files)
    Dispatch.objects.filter(pk=row.pk).update(state="sent", sent_at=AT)
    listed = auditor.get(reverse("governance:copies")).content.decode()
    url = reverse("governance:copy", args=[row.uuid])
    assert url in listed
    page = auditor.get(url).content.decode()
    assert all(address in page and auditor.get(address).status_code == 200 for address in files)
    for part in ("other_controller", "co_ministry"):
        assert log_in(part).get(url).status_code == 404
        assert all(log_in(part).get(address).status_code == 404 for address in files)
