"""A sent report is opened again only on the terms of the lock rule in force, which stands in its own words (R-33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.errors import NotInThisState
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


def lock(cast: Cast, exception: str, report: Report) -> None:
    """An instruction with a lock rule on the report's kind of correspondence."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        passage = writer.passage(WORDS, section_number="3.2")
        writer.add(
            LockRule, passages=[passage], correspondence=report.kind.correspondence, exception=exception, section="3.2"
        )

    make_instruction(cast, dated=date(2026, 1, 5), fill=fill)


def page_of(log_in: LogIn, report: Report) -> str:
    with time_machine.travel(SUBMITTED_AT, tick=False):
        answer = log_in("director").get(reverse("reporting:report_correct", args=[report.uuid]))
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
