"""Steps of the main job shared by the journeys: the real letter brought in, work done, mail delivered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from core import clock, jobs, mail
from core.clock import OSLO
from core.models import Job, JobState
from governance.models import DocumentImport, ImportRow, RowState, SteeringDocument
from reporting.models import Report
from tests.cast import Cast
from tests.governance.test_import_pages import details, read, settle
from tests.mailbox import Mailbox

LETTER = "tildelingsbrev-dmp-2026.txt"
expect.set_options(timeout=20_000)
JANUARY = datetime(2026, 1, 12, 9, 0, tzinfo=OSLO)


def log_in(cast: Cast, part: str) -> Client:
    """A client without a browser, for steps that another test walks."""
    client = Client()
    client.force_login(cast.user(part), backend="django.contrib.auth.backends.ModelBackend")
    return client


def work() -> int:
    """Do the work that waits, as the worker would; says how many jobs."""
    done = 0
    while waiting := list(Job.objects.filter(state=JobState.QUEUED).order_by("pk")):
        for job in waiting:
            jobs.run(str(job.uuid))
            done += 1
            job.refresh_from_db()
            assert job.state == JobState.DONE, (job.name, job.state, job.problem)
    return done


def deliver(mailbox: Mailbox) -> list[str]:
    """Send the mail that is due; says who has received so far."""
    mail.deliver_due(clock.now(), relay=mailbox.relay())
    return [str(message["To"]) for message in mailbox.received]


def registered_letter(cast: Cast, shared: Path) -> SteeringDocument:
    """The real letter registered, without a browser (the browser's own walk is a test of its own)."""
    officer = log_in(cast, "officer")
    found = read(officer, LETTER, (shared / "seeds" / LETTER).read_bytes())
    settle(officer, found)
    about = reverse("governance:import_details", args=[found.uuid])
    assert officer.post(about, details(cast, found)).status_code == 302
    found.refresh_from_db()
    answer = officer.post(reverse("governance:import_register", args=[found.uuid]), {"version": found.version})
    assert answer.status_code == 302
    work()
    return SteeringDocument.objects.get(state="issued")


def button(page: Page, name: str) -> Locator:
    """The first button of that name in the page's own content."""
    return page.locator("main").get_by_role("button", name=name, exact=True).first


def link(page: Page, name: str) -> Locator:
    """The first link of that name in the page's own content."""
    return page.locator("main").get_by_role("link", name=name, exact=True).first


def _whole(place: Page | Locator) -> Locator:
    return place.locator("body") if isinstance(place, Page) else place


def sees(page: Page | Locator, *words: str) -> None:
    """The page shows each of these."""
    for word in words:
        expect(_whole(page)).to_contain_text(word)


def sees_not(page: Page | Locator, *words: str) -> None:
    """The page shows none of these."""
    for word in words:
        expect(_whole(page)).not_to_contain_text(word)


def bring_in(page: Page, letter: Path) -> DocumentImport:
    """Drop the letter on the page and see it being read; the worker has not begun."""
    page.goto("/importer/nytt/")
    page.locator("input[type=file]").set_input_files(letter)
    button(page, "Les inn").click()
    page.wait_for_url("**/importer/*-*/")
    return DocumentImport.objects.latest("id")


def decide_unsure(page: Page, found: DocumentImport) -> int:
    """Accept every unsure row, one at a time as a person does; says how many."""
    review = reverse("governance:import_review", args=[found.uuid])
    unsure = ImportRow.objects.filter(document_import=found, state=RowState.UNSURE)
    count = 0
    while row := unsure.order_by("ordinal").first():
        page.goto(f"{review}?rad={row.uuid}")
        page.locator(".review--chosen .review__form button[value=godta]").click()
        page.wait_for_load_state()
        count += 1
        assert count < 60
    return count


def fill_details(page: Page, found: DocumentImport) -> None:
    """What the body of the letter lacks."""
    page.goto(reverse("governance:import_details", args=[found.uuid]))
    page.get_by_label("Ja. Registrer det med opprinnelig dato", exact=False).check()
    page.locator("[name=kind]").select_option(label="Tildelingsbrev")
    page.locator("[name=agency]").select_option(label="Direktoratet for medisinske produkter")
    for name, value in (
        ("title", "Tildelingsbrev 2026"),
        ("year", "2026"),
        ("document_date", "22. desember 2025"),
        ("case_number", "25/4127"),
        ("signers", "Ragnhild Moen, ekspedisjonssjef (e.f.)"),
    ):
        page.locator(f"[name={name}]").fill(value)
    button(page, "Lagre og gå videre").click()
    page.wait_for_url("**/registrer/")


ANSWER = "Målet ventes nådd ved årsslutt. Arbeidet følger planen."


def write_section(page: Page, report: Report, code: str) -> None:
    """Answer everything a section of a report asks for, and save it."""
    page.goto(reverse("reporting:report_section", args=[report.uuid, code]))
    body = page.locator("form.report__body")
    for choice in body.locator("select[name^=o_]:visible").all():
        choice.select_option("on_track")
    for area in body.locator("textarea:visible").all():
        area.fill(ANSWER)
    for number in body.locator("input[name^=f_]:visible, input[name^=s_]:visible, input[name^=p_][type=text]").all():
        number.fill("100")
    body.get_by_role("button", name="Lagre", exact=True).click()
    sees(page, "Lagret")
    if page.get_by_role("link", name="Ny risiko").count():
        page.get_by_role("link", name="Ny risiko").click()
        page.locator("[name=title]").fill("Knapphet på legemidler")
        page.locator("[name=likelihood]").select_option("4")
        page.locator("[name=impact]").select_option("4")
        page.locator("[name=measure]").fill("Økt lager")
        page.locator("[name=owner_name]").fill("Avdeling for forsyning")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/del/**")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus begins with these words; the focus is to be seen."""
    said = "() => (document.activeElement.innerText || document.activeElement.value || '').trim()"
    for _press in range(250):
        page.keyboard.press("Tab")
        if str(page.evaluate(said)).startswith(words):
            expect(page.locator(":focus-visible")).to_have_count(1)
            return
    raise AssertionError(f"«{words}» is not reached by Tab on {page.url}")
