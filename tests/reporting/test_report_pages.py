"""The pages of reports: who sees what, what is saved, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.actions.report_after import send_feedback, write_feedback
from reporting.actions.report_write import save_section
from reporting.models import Feedback, Report, RequirementAnswer, Section, SectionDraft
from tests.cast import MARKER_AGENCY, MARKER_MINISTRY, Cast
from tests.factories.reports import (
    OPENED_AT,
    SUBMITTED_AT,
    fill_report,
    make_expected,
    make_letter,
    make_open_report,
    make_submitted_report,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LogIn = Callable[[str], Client]
OTHERS = ("officer", "signer", "department_officer", "budget_officer", "co_ministry", "auditor", "other_controller",
          "other_director", "sub_agency", "admin", "owner", "system_client")  # fmt: skip


@pytest.fixture
def on_the_day() -> Any:
    """The day the pictures are from."""
    with time_machine.travel(OPENED_AT, tick=False):
        yield


def section_data(report: Report, code: str, client: Client, **changes: str) -> dict[str, str]:
    """The form of a section as the browser would send it, with changes."""
    page = client.get(reverse("reporting:report_section", args=[report.uuid, code]))
    editor = page.context["editor"]
    data = {"version": str(editor.version), "gjor": "lagre"}
    form = page.context["view_form"]
    for field in form:
        value = field.value()
        if value not in (None, False, ""):
            data[field.html_name] = str(value)
    return {**data, **changes}


def test_the_controller_opens_a_report_and_sees_what_is_missing(cast: Cast, log_in: LogIn) -> None:
    make_letter(cast)
    expected = make_expected(cast)
    browser = log_in("controller")
    listed = browser.get(reverse("reporting:reports")).content.decode()
    assert "Begynn rapporten" in listed
    page = browser.post(reverse("reporting:report_open", args=[expected.uuid]), follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Virksomhetsrapport per 2. tertial 2026" in text
    assert "mangler før innsending" in text
    assert "9. oktober 2026 (fredag)" in text
    browser.post(reverse("reporting:report_open", args=[expected.uuid]))
    assert Report.objects.count() == 1


def test_every_section_opens_with_the_letters_own_words(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    texts = {}
    for section in Section.objects.filter(report=report):
        page = browser.get(reverse("reporting:report_section", args=[report.uuid, section.code]))
        assert page.status_code == 200, section.code
        texts[section.code] = page.content.decode()
    assert "Direktoratet skal rapportere: risiko- og vesentlighetsvurdering med tiltak." in texts["risiko"]
    assert "hentet fra delt status 14. september 2026, versjon 1" in texts["oppdragsstatus"]
    assert "TB2026-7" in texts["mal-3"]


@pytest.mark.parametrize("part", OTHERS)
def test_nobody_else_knows_of_a_report_that_is_being_written(cast: Cast, log_in: LogIn, part: str) -> None:
    report = make_open_report(cast)
    fill_report(cast, report, text=MARKER_AGENCY)
    browser = log_in(part)
    code = Section.objects.filter(report=report).first().code  # type: ignore[union-attr]
    addresses = [reverse(f"reporting:{name}", args=[report.uuid]) for name in (
        "report", "report_coverage", "report_sign", "report_correct", "report_feedback", "report_preview", "risk_new",
    )]  # fmt: skip
    addresses.append(reverse("reporting:report_section", args=[report.uuid, code]))
    for address in addresses:
        page = browser.get(address)
        assert page.status_code == 404, address
        assert MARKER_AGENCY not in page.content.decode()
    for name in ("report_refresh", "report_for_signature", "report_take_back", "report_receive", "report_preview"):
        assert browser.post(reverse(f"reporting:{name}", args=[report.uuid])).status_code == 404
    listed = browser.get(reverse("reporting:reports"))
    assert MARKER_AGENCY not in listed.content.decode()
    assert "Under arbeid" not in listed.content.decode()
    figures = browser.get(reverse("reporting:figures"))
    assert MARKER_AGENCY not in figures.content.decode()


def test_the_ministry_reads_it_when_it_is_submitted(cast: Cast, log_in: LogIn) -> None:
    report = make_submitted_report(cast)
    page = log_in("officer").get(reverse("reporting:report", args=[report.uuid]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Eirin Dahle" in text
    assert "Målet ventes nådd ved årsslutt" in text
    assert "textarea" not in text
    assert log_in("other_controller").get(reverse("reporting:report", args=[report.uuid])).status_code == 404
    assert log_in("co_ministry").get(reverse("reporting:report", args=[report.uuid])).status_code == 404


def test_the_auditor_reads_it_only_when_the_copy_is_sent(cast: Cast, log_in: LogIn) -> None:
    from governance.models import Dispatch

    report = make_submitted_report(cast)
    address = reverse("reporting:report", args=[report.uuid])
    assert log_in("auditor").get(address).status_code == 404
    Dispatch.objects.filter(subject=report.uuid, role="copy").update(state="sent", sent_at=SUBMITTED_AT)
    assert log_in("auditor").get(address).status_code == 200


def test_saving_a_section_and_going_on(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    address = reverse("reporting:report_section", args=[report.uuid, "samlet"])
    data = section_data(report, "samlet", browser, text="Samlet går det bra.", gjor="videre")
    answer = browser.post(address, data)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/del/mal-1/")
    assert Section.objects.get(report=report, code="samlet").text == "Samlet går det bra."


def test_two_people_in_one_section_lose_no_word(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    section = Section.objects.get(report=report, code="samlet")
    browser = log_in("controller")
    mine = section_data(report, "samlet", browser, text="Min setning om året.")
    save_section(
        section=section, text="Direktørens setning.", expected_version=1, actor=cast.actor("director"), at=OPENED_AT
    )
    page = browser.post(reverse("reporting:report_section", args=[report.uuid, "samlet"]), mine)
    text = page.content.decode()
    assert page.status_code == 412
    assert "Direktørens setning." in text
    assert "Min setning om året." in text
    assert "lagret mens du skrev" in text
    assert Section.objects.get(pk=section.pk).text == "Direktørens setning."
    assert SectionDraft.objects.get(section=section).text == "Min setning om året."
    again = {field.html_name: str(field.value() or "") for field in page.context["form"]}
    again |= {"version": str(page.context["editor"].version), "gjor": "lagre"}
    assert browser.post(reverse("reporting:report_section", args=[report.uuid, "samlet"]), again).status_code == 302
    saved = Section.objects.get(pk=section.pk).text
    assert "Direktørens setning." in saved
    assert "Min setning om året." in saved
    assert not SectionDraft.objects.exists()


def test_an_answer_nobody_touched_is_left_alone(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    data = section_data(report, "mal-1", browser, text="Bare teksten er ny.")
    answer = RequirementAnswer.objects.filter(section__code="mal-1", parameter__isnull=False).first()
    assert answer is not None
    RequirementAnswer.objects.filter(pk=answer.pk).update(outlook="at_risk", text="Kollegaens ord", version=2)
    page = browser.post(reverse("reporting:report_section", args=[report.uuid, "mal-1"]), data)
    assert page.status_code == 302
    answer.refresh_from_db()
    assert answer.text == "Kollegaens ord"


def test_the_same_answer_written_by_two_stands_with_both(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    answer = RequirementAnswer.objects.filter(section__code="mal-1", parameter__isnull=False).first()
    assert answer is not None
    key = answer.uuid.hex
    data = section_data(report, "mal-1", browser, **{f"o_{key}": "on_track", f"t_{key}": "Mine ord"})
    RequirementAnswer.objects.filter(pk=answer.pk).update(outlook="at_risk", text="Kollegaens ord", version=2)
    page = browser.post(reverse("reporting:report_section", args=[report.uuid, "mal-1"]), data)
    assert page.status_code == 412
    assert "Kollegaens ord" in page.content.decode()
    assert "Mine ord" in page.content.decode()


def test_autosave_gives_the_next_versions(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    address = reverse("reporting:report_section", args=[report.uuid, "mal-1"])
    answer = RequirementAnswer.objects.filter(section__code="mal-1", parameter__isnull=False).first()
    assert answer is not None
    data = section_data(report, "mal-1", browser, text="En", **{f"o_{answer.uuid.hex}": "on_track"})
    for word in ("To", "Tre"):
        saved = browser.post(address, {**data, "gjor": "auto"}, headers={"X-Autosave": "1"})
        assert saved.status_code == 200
        data |= {"version": str(saved.json()["version"]), "text": word, **saved.json()["fields"]}
        data[f"t_{answer.uuid.hex}"] = word
    assert Section.objects.get(report=report, code="mal-1").text == "To"


def test_a_wrong_number_is_said_at_its_field_and_the_rest_is_saved(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast, "annual_report")
    browser = log_in("controller")
    answer = RequirementAnswer.objects.filter(section__code="mal-1", key_figure__isnull=False).first()
    assert answer is not None
    data = section_data(report, "mal-1", browser, text="Teksten er god.", **{f"f_{answer.uuid.hex}_0": "tolv"})
    page = browser.post(reverse("reporting:report_section", args=[report.uuid, "mal-1"]), data)
    assert page.status_code == 422
    assert "Skriv et tall, for eksempel 12,5." in page.content.decode()
    assert Section.objects.get(report=report, code="mal-1").text == "Teksten er god."


def test_the_director_signs_on_the_page(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    address = reverse("reporting:report_sign", args=[report.uuid])
    browser = log_in("director")
    page = browser.get(address)
    assert "Åpnes når ingenting stopper." in page.content.decode()
    refused = browser.post(address, {"version": str(report.version)})
    assert refused.status_code == 422
    assert refused.content.decode().count("V-18") > 5
    fill_report(cast, report)
    report.refresh_from_db()
    sent = browser.post(address, {"version": str(report.version)}, follow=True)
    assert "Rapporten er sendt inn." in sent.content.decode()
    assert Report.objects.get(pk=report.pk).is_submitted


def test_the_controller_is_told_who_can_sign(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    fill_report(cast, report)
    browser = log_in("controller")
    page = browser.post(reverse("reporting:report_for_signature", args=[report.uuid]), follow=True)
    assert "Direktøren signerer og sender inn." in page.content.decode()
    refused = browser.post(reverse("reporting:report_sign", args=[report.uuid]), {"version": ""})
    assert refused.status_code == 403


@pytest.mark.parametrize("part", ["controller", "director", "auditor", "other_controller", "owner"])
def test_a_draft_of_feedback_is_seen_by_the_ministry_alone(cast: Cast, log_in: LogIn, part: str) -> None:
    report = make_submitted_report(cast)
    draft = write_feedback(report=report, text=MARKER_MINISTRY, actor=cast.actor("officer"), at=SUBMITTED_AT)
    for name in ("report", "report_feedback", "report_coverage"):
        page = log_in(part).get(reverse(f"reporting:{name}", args=[report.uuid]))
        assert MARKER_MINISTRY not in page.content.decode()
    assert MARKER_MINISTRY in log_in("officer").get(reverse("reporting:report", args=[report.uuid])).content.decode()
    send_feedback(feedback=draft, actor=cast.actor("officer"), at=SUBMITTED_AT)
    page = log_in(part).get(reverse("reporting:report", args=[report.uuid]))
    assert (MARKER_MINISTRY in page.content.decode()) is (part in ("controller", "director"))


def test_the_officer_writes_and_sends_feedback(cast: Cast, log_in: LogIn) -> None:
    report = make_submitted_report(cast)
    browser = log_in("officer")
    address = reverse("reporting:report_feedback", args=[report.uuid])
    browser.post(address, {"text": "Takk for rapporten.", "gjor": "lagre"})
    assert Feedback.objects.get().state == "draft"
    browser.post(address, {"text": "Takk for rapporten. Vi følger opp i møtet.", "gjor": "send"})
    assert Feedback.objects.get().state == "sent"
    assert log_in("controller").get(address).status_code == 403


def test_a_forged_id_is_404_for_everybody(cast: Cast, log_in: LogIn) -> None:
    for part in ("controller", "officer"):
        browser = log_in(part)
        for name in ("report", "report_coverage", "report_sign", "figure"):
            assert browser.get(reverse(f"reporting:{name}", args=[uuid4()])).status_code == 404
        assert browser.post(reverse("reporting:report_open", args=[uuid4()])).status_code == 404
    report = make_open_report(cast)
    browser = log_in("controller")
    assert browser.get(f"/rapporter/{report.uuid}/del/finnes-ikke/").status_code == 404
    assert browser.get(reverse("reporting:risk", args=[report.uuid, uuid4()])).status_code == 404


def test_the_editor_costs_the_same_whatever_is_in_it(cast: Cast, log_in: LogIn) -> None:
    report = make_open_report(cast)
    browser = log_in("controller")
    address = reverse("reporting:report_section", args=[report.uuid, "oppdragsstatus"])
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(address)
    fill_report(cast, report)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)
    assert len(few) < 45
