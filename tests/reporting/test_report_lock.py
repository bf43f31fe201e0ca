"""A sent report is opened again only on the terms of the lock rule in force, which stands in its own words (R-33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed, NotInThisState
from core.models import Event
from governance.content import ContentWriter
from governance.models import LockRule
from reporting.actions.report_after import correct_report
from reporting.models import Report
from tests.cast import Cast
from tests.factories.instructions import make_instruction
from tests.factories.reports import SUBMITTED_AT, make_submitted_report

LogIn = Callable[[str], Client]
WORDS = "Rapporten skal stå slik den er sendt."
REASON = "En sum i regnskapet var feil."


def lock(cast: Cast, exception: str, report: Report, decider: str = "") -> None:
    """An instruction with a lock rule on the report's kind of correspondence."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        passage = writer.passage(WORDS, section_number="3.2")
        writer.add(
            LockRule, passages=[passage], correspondence=report.kind.correspondence, exception=exception,
            decider=decider, section="3.2",
        )  # fmt: skip

    make_instruction(cast, dated=date(2026, 1, 5), fill=fill)


def page_of(log_in: LogIn, report: Report, part: str = "director") -> str:
    with time_machine.travel(SUBMITTED_AT, tick=False):
        answer = log_in(part).get(reverse("reporting:report_correct", args=[report.uuid]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_rule_stands_where_the_report_is_opened_with_its_passage_and_who_decides(log_in: LogIn, cast: Cast) -> None:
    report = make_submitted_report(cast)
    lock(cast, "særskilte forhold", report)
    page = page_of(log_in, report)
    for words in (WORDS, "Unntak: særskilte forhold", "Hovedinstruks 2026 av 5. januar 2026, punkt 3.2", "Eirin Dahle"):
        assert words in page, words
    assert "Åpne ny utgave" in page
    copy = correct_report(report=report, reason=REASON, actor=cast.actor("director"), at=SUBMITTED_AT)
    assert copy.corrects == report


def test_a_rule_without_exceptions_keeps_the_report_as_it_was_sent(log_in: LogIn, cast: Cast) -> None:
    report = make_submitted_report(cast)
    lock(cast, "", report)
    page = page_of(log_in, report)
    assert "Regelen har ingen unntak" in page
    assert "Åpne ny utgave" not in page
    with pytest.raises(NotInThisState) as refused:
        correct_report(report=report, reason=REASON, actor=cast.actor("director"), at=SUBMITTED_AT)
    assert "punkt 3.2" in str(refused.value.message)
    assert not Report.objects.filter(corrects=report).exists()


def test_without_a_rule_the_systems_own_holds_and_says_so(log_in: LogIn, cast: Cast) -> None:
    report = make_submitted_report(cast)
    assert "Verken instruksen eller årets brev" in page_of(log_in, report)
    assert correct_report(report=report, reason=REASON, actor=cast.actor("director"), at=SUBMITTED_AT).revision == 2


def test_who_is_named_opens_the_report_and_nobody_else(log_in: LogIn, cast: Cast) -> None:
    report = make_submitted_report(cast)
    lock(cast, "særskilte forhold", report, decider="signer")
    page = page_of(log_in, report)
    assert "Åpnes bare av ekspedisjonssjefen i departementet: Ragnhild Moen." in page
    assert "Be om det der" in page
    assert "Åpne ny utgave" not in page
    for part in ("director", "officer", "department_head"):
        with pytest.raises(NotAllowed) as refused:
            correct_report(report=report, reason=REASON, actor=cast.actor(part), at=SUBMITTED_AT)
        sentence = str(refused.value.message).replace("\u00a0", " ")
        assert "Hovedinstruks 2026 av 5. januar 2026, punkt 3.2" in sentence
        assert "bare kan åpnes av ekspedisjonssjefen i departementet" in sentence
    assert "Åpne ny utgave" in page_of(log_in, report, "signer")
    with time_machine.travel(SUBMITTED_AT, tick=False):
        browser = log_in("signer")
        assert "Rett rapporten" in browser.get(reverse("reporting:report", args=[report.uuid])).content.decode()
        done = browser.post(reverse("reporting:report_correct", args=[report.uuid]), {"reason": REASON})
    assert done.status_code == 302
    assert done["Location"] == reverse("reporting:report", args=[report.uuid])
    copy = Report.objects.get(corrects=report)
    assert (copy.revision, copy.correction_reason) == (2, REASON)
    told = Event.objects.get(subject=copy.uuid, type="report.correction_opened")
    assert (told.audience, told.counterpart) == ("shared", report.receiver.uuid)


def test_a_rule_that_names_the_ministry_is_followed_without_any_other_exception(cast: Cast) -> None:
    report = make_submitted_report(cast)
    lock(cast, "", report, decider="ministry")
    with pytest.raises(NotAllowed):
        correct_report(report=report, reason=REASON, actor=cast.actor("director"), at=SUBMITTED_AT)
    with pytest.raises(NotAllowed):
        correct_report(report=report, reason=REASON, actor=cast.actor("budget_officer"), at=SUBMITTED_AT)
    copy = correct_report(report=report, reason=REASON, actor=cast.actor("officer"), at=SUBMITTED_AT)
    assert copy.corrects == report


def test_a_rule_that_names_the_head_of_the_agency_leaves_it_there(cast: Cast) -> None:
    report = make_submitted_report(cast)
    lock(cast, "", report, decider="director")
    with pytest.raises(NotAllowed) as refused:
        correct_report(report=report, reason=REASON, actor=cast.actor("signer"), at=SUBMITTED_AT)
    assert "virksomhetens leder" in str(refused.value.message)
    assert correct_report(report=report, reason=REASON, actor=cast.actor("director"), at=SUBMITTED_AT).revision == 2
