"""The main job from end to end in a real browser: each part as the people who do it, on the real letter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from agencies.actions.people import make_token
from assignments.models import Assignment, Delivery
from core import clock, files
from core.actor import system_actor
from core.clock import OSLO
from governance import snapshot
from governance.models import Dispatch, DocumentImport, Finding, ImportRow, JournalEntry, SteeringDocument
from reporting.models import ExpectedDelivery, Report, ReportFile, Section
from tests.browser import Site, axe_findings, sideways_scroll
from tests.e2e.journey import (
    JANUARY,
    LETTER,
    bring_in,
    button,
    decide_unsure,
    deliver,
    fill_details,
    link,
    log_in,
    registered_letter,
    sees,
    sees_not,
    tab_to,
    work,
    write_section,
)
from tests.factories.reports import share_statuses
from tests.governance.test_import_pages import read
from tests.mailbox import running_mailbox

DMP = "974761122"


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    """The year has begun; the clock goes on from there, in the server too."""
    with time_machine.travel(JANUARY, tick=True):
        yield


def registered(page: Page) -> SteeringDocument:
    """The letter that the page ended on, checked against the database."""
    page.wait_for_url("**/styringsdokumenter/*-*/")
    letter = SteeringDocument.objects.get(state="issued")
    assert str(letter.uuid) in page.url
    assert snapshot.verify(letter)
    sides = JournalEntry.objects.filter(subject=letter.uuid).values_list("organisation__short_name", "direction")
    assert set(sides) == {("HOD", "U"), ("DMP", "I")}
    assert not Dispatch.objects.filter(subject=letter.uuid).exists()
    return letter


def passport(reference: str) -> str:
    """Address of an assignment."""
    return reverse("assignments:passport", args=[Assignment.objects.get(reference=reference).uuid])


def test_the_officer_brings_the_letter_in_goes_through_it_and_registers_it(site: Site, shared: Path) -> None:
    page = site.page("officer")
    found = bring_in(page, shared / "seeds" / LETTER)
    expect(page.locator("main progress")).to_have_count(1)
    assert work() == 1
    page.wait_for_url("**/gjennomgang/**")
    sees(page, "avsnitt gjort rede for", "TB2026-5")

    doubtful = ImportRow.objects.get(document_import=found, data__reference__number=5)
    page.locator(f"#rad-{doubtful.uuid} .review__words a").first.click()
    page.wait_for_url(f"**rad={doubtful.uuid}**")
    sees(page.locator("[data-pane=text] .passage--chosen").first, "2026-5")
    chosen = page.locator(f"#rad-{doubtful.uuid}")
    sees(chosen, "Fristen kan være skrevet feil", "regnes ikke som forsinket")
    held = chosen.locator(".review__form").evaluate("form => [...form.elements].map(field => field.value).join('|')")
    assert {"15.januar 2026", "15. januar 2026 (torsdag)", "doubtful"} <= set(held.split("|")), held

    row = ImportRow.objects.get(document_import=found, data__reference__number=1)
    page.goto(f"{reverse('governance:import_review', args=[found.uuid])}?rad={row.uuid}&felt=alle")
    form = page.locator(".review--chosen form")
    form.locator("[name=title]").fill("Rettet tittel på oppdraget")
    form.locator("button[value=lagre]").click()
    page.wait_for_load_state()
    sees(page, "Rettet tittel på oppdraget")

    decide_unsure(page, found)
    fill_details(page, found)
    sees(page, "Registrer brevet")
    button(page, "Registrer brevet").click()
    letter = registered(page)
    page.goto(reverse("governance:document_archive", args=[letter.uuid]))
    sees(page, letter.sha256)
    assert Finding.objects.filter(document=letter, state="open").exists()
    page.goto(reverse("governance:journal"))
    sees(page, "Tildelingsbrev 2026")
    page.goto(passport("TB2026-5"))
    sees(page, "avklaring")
    sees_not(page.locator("main"), "Forsinket")


def test_the_letter_comes_in_without_scripts_too(site: Site, shared: Path) -> None:
    page = site.page("officer", scripts=False)
    found = bring_in(page, shared / "seeds" / LETTER)
    assert work() == 1
    link(page, "Oppdater").click()
    page.wait_for_url("**/gjennomgang/**")
    decide_unsure(page, found)
    fill_details(page, found)
    button(page, "Registrer brevet").click()
    registered(page)


def test_a_supplement_made_here_is_issued_sent_and_read_by_the_auditor_and_nothing_else(
    site: Site, shared: Path
) -> None:
    letter = registered_letter(site.cast, shared)
    page = site.page("officer")
    page.goto("/styringsdokumenter/nytt-supplerende-brev/")
    page.get_by_label("Virksomhet", exact=True).select_option(label="Direktoratet for medisinske produkter")
    page.locator("[name=year]").fill("2026")
    page.locator("[name=title]").fill("Supplerende tildelingsbrev nr. 1")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/utkast/*/")
    link(page, "Nytt oppdrag").click()
    page.locator("[name=title]").fill("Beredskapslager for infusjonsvæsker")
    page.locator("[name=body]").fill("Direktoratet skal foreslå hvordan lageret kan organiseres.")
    page.locator("[name=deadline]").fill("2026-10-01")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/utkast/*/")
    sees(page, "Beredskapslager for infusjonsvæsker", "En annen må signere", "Ragnhild Moen")

    draft = SteeringDocument.objects.get(title="Supplerende tildelingsbrev nr. 1")
    signer = site.page("signer")
    signer.goto(reverse("governance:draft", args=[draft.uuid]))
    link(signer, "Les gjennom og utsted").click()
    sees(signer, "Riksrevisjonen")
    auditor = site.page("auditor")
    auditor.goto("/innsyn/")
    sees_not(auditor, draft.title)
    button(signer, "Utsted brevet").click()
    signer.wait_for_url("**/styringsdokumenter/*/")
    work()
    with running_mailbox() as mailbox:
        received = deliver(mailbox)
    assert set(received) == {site.cast.org("DMP").mailbox, site.cast.org("RR").mailbox}
    states = Dispatch.objects.filter(subject=draft.uuid).values_list("role", "state")
    assert set(states) == {("to", "sent"), ("copy", "sent")}
    assert JournalEntry.objects.filter(subject=draft.uuid).count() == 2

    auditor.reload()
    expect(auditor.locator("main tbody tr")).to_have_count(1)
    link(auditor, draft.title).click()
    sees(auditor, "Beredskapslager for infusjonsvæsker")
    answer = auditor.goto(reverse("governance:document", args=[letter.uuid]))
    assert answer is not None
    assert answer.status == 404
    auditor.goto("/oppdrag/")
    sees_not(auditor, "TB2026-1")


def test_the_letter_stands_on_its_page_and_in_the_calendar_and_reminders_leave(site: Site, shared: Path) -> None:
    letter = registered_letter(site.cast, shared)
    page = site.page("controller")
    page.goto(reverse("governance:document", args=[letter.uuid]))
    sees(page, "Oppdrag", "Styringsparametere", "Nøkkeltall", "458\u00a0591", "Sum utgifter", "Fullmakter")
    sees(page, "Rapporteringskrav", "Kalender", "TB2026-1", "TB2026-6")
    page.goto(reverse("governance:document_text", args=[letter.uuid]))
    assert page.locator(".passage").count() > 100

    page.goto("/kalender/")
    sees(page, "fredag", "siste virkedag før")
    sees(page, "Virksomhetsrapport per 2. tertial", "Etatsstyringsmøte")

    officer = site.page("officer")
    officer.goto("/varsler/paminnelser/")
    plan = officer.locator("main li", has_text="medisinske produkter")
    plan.get_by_role("link", name="Start påminnelser").click()
    sees(officer, "Mottakere", site.cast.org("DMP").mailbox)
    officer.locator("button[name=start]").click()
    sees(officer, "Påminnelser er startet for Direktoratet for medisinske produkter")

    said = StringIO()
    at = "2026-09-25T07:00"
    call_command("send_reminders", at=at, json=True, queue_only=True, stdout=said)
    told = json.loads(said.getvalue())
    assert told["counts"]["messages"] >= 1
    with time_machine.travel(datetime(2026, 9, 25, 7, 1, tzinfo=OSLO), tick=True), running_mailbox() as mailbox:
        assert site.cast.org("DMP").mailbox in deliver(mailbox)
        kinds = {part.get_content_type() for part in mailbox.received[0].walk()}
    assert {"text/plain", "text/html"} <= kinds
    again = StringIO()
    call_command("send_reminders", at=at, json=True, queue_only=True, stdout=again)
    assert json.loads(again.getvalue())["counts"]["messages"] == 0


def test_a_client_with_its_token_gets_the_assignments(site: Site, shared: Path) -> None:
    registered_letter(site.cast, shared)
    _token, secret = make_token(
        user=site.cast.user("system_client"),
        name="Fagsystem",
        days=30,
        scopes=["assignments:read"],
        actor=system_actor("tester"),
        at=clock.now(),
    )
    request = site.page().context.request
    headers = {"Authorization": f"Bearer {secret}"}
    answer = request.get(f"/api/v1/assignments/?agency={DMP}&letter_year=2026", headers=headers)
    assert answer.status == 200
    rows = {row["reference"]: row for row in answer.json()["results"]}
    assert {f"TB2026-{number}" for number in range(1, 7)} >= set(rows)
    assert len(rows) >= 5
    assert rows["TB2026-5"]["deliveries"][0]["under_clarification"] is True
    wrong = request.get("/api/v1/assignments/?year=2026", headers=headers)
    assert wrong.status == 422
    assert wrong.headers["content-type"] == "application/problem+json"
    assert "letter_year" in wrong.text()
    assert request.get("/api/v1/assignments/").status == 401


def test_an_assignment_is_owned_written_shared_answered_and_assessed(site: Site, shared: Path, tmp_path: Path) -> None:
    registered_letter(site.cast, shared)
    delivery = Delivery.objects.filter(assignment__delivery_count=1, deadline__isnull=False).select_related(
        "assignment"
    )[0]
    reference = delivery.assignment.reference
    controller = site.page("controller")
    controller.goto(passport(reference))
    button(controller, "Bekreft mottatt").click()
    link(controller, "Velg ansvarlig").click()
    controller.locator("[name=owner]").select_option(label=str(site.cast.user("owner")))
    button(controller, "Lagre ansvarlig").click()
    sees(controller, "Håkon Vestby er ansvarlig")

    words = "Arbeidsgruppen er i gang og holder planen."
    owner = site.page("owner")
    owner.goto(passport(reference))
    link(owner, "Skriv status").click()
    owner.locator("[name=progress][value=on_track]").check()
    owner.locator("[name=text]").fill(words)
    button(owner, "Lagre status").click()
    owner.wait_for_url("**/oppdrag/*-*/")
    ministry = site.page("officer")
    ministry.goto(passport(reference))
    sees_not(ministry, words, "Håkon Vestby")
    controller.goto(reverse("assignments:share", args=[delivery.assignment.uuid]))
    sees(controller, words)
    button(controller, "Del status").click()
    sees(controller, "Versjon 1")
    ministry.reload()
    sees(ministry, words)

    attachment = tmp_path / "plan.txt"
    attachment.write_text("Plan for arbeidet, med milepæler.", encoding="utf-8")
    controller.goto(passport(reference))
    link(controller, "Svar på oppdraget").click()
    controller.locator("[name=text]").fill("Svaret følger i vedlegget.")
    controller.locator("input[type=file]").set_input_files(attachment)
    button(controller, "Lever svar").click()
    sees(controller, "Svaret er levert til HOD")

    department = site.page("department_officer")
    department.goto(passport(reference))
    sees_not(department.locator("main"), "Lagre vurdering")
    ministry.reload()
    sees(ministry, "Svaret følger i vedlegget.", "plan.txt")
    ministry.goto(reverse("assignments:distribute", args=[delivery.assignment.uuid, delivery.uuid]))
    ministry.locator("[name=department]").select_option(str(site.cast.department("SHA").uuid))
    button(ministry, "Fordel svar").click()
    sees(ministry, "fordelt til SHA")
    department.goto(reverse("assignments:assess", args=[delivery.assignment.uuid, delivery.uuid]))
    department.locator("[name=result][value=assessed]").check()
    button(department, "Lagre vurdering").click()
    sees(department, "Vurderingen er lagret")
    delivery.refresh_from_db()
    assert delivery.state == "assessed"


def test_the_activity_report_is_written_signed_rendered_and_answered(site: Site, shared: Path) -> None:
    registered_letter(site.cast, shared)
    expected = ExpectedDelivery.objects.get(report_kind__code="activity_report", agency=site.cast.org("DMP"))
    with time_machine.travel(datetime(2026, 9, 14, 9, 0, tzinfo=OSLO), tick=True):
        share_statuses(site.cast, at=clock.now())
        controller = site.page("controller")
        controller.goto("/rapporter/")
        controller.locator("main tr", has_text=expected.title).get_by_role("button", name="Begynn rapporten").click()
        controller.wait_for_url("**/del/**")
        sees(controller, "mangler før innsending")
        report = Report.objects.select_related("kind").get()
        for section in Section.objects.filter(report=report).order_by("ordinal"):
            write_section(controller, report, section.code)
        controller.goto(reverse("reporting:report", args=[report.uuid]))
        sees_not(controller, "mangler før innsending")
        button(controller, "Send til signering").click()
        sees(controller, "Rapporten er sendt til signering")
        address = reverse("reporting:report", args=[report.uuid])
        ministry = site.page("officer")
        unseen = ministry.goto(address)
        assert unseen is not None
        assert unseen.status == 404

        director = site.page("director")
        director.goto(reverse("reporting:report_sign", args=[report.uuid]))
        for box in director.locator("main [name^=part_]").all():
            box.check()
        if director.locator("[name=warnings_reason]").count():
            director.locator("[name=warnings_reason]").fill("Vurdert av ledelsen.")
        button(director, "Signer og send inn").click()
        sees(director, "Rapporten er sendt inn")
        work()
        pdf = ReportFile.objects.select_related("file").filter(report=report, file__name__endswith=".pdf").first()
        assert pdf is not None
        assert files.read(pdf.file).startswith(b"%PDF")
        director.reload()
        with director.expect_download() as download:
            director.locator("main .link-list a", has_text=re.compile("pdf", re.IGNORECASE)).first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF")

        seen = ministry.goto(address)
        assert seen is not None
        assert seen.status == 200
        sees(ministry, "Eirin Dahle")
        link(ministry, "Gi tilbakemelding").click()
        ministry.locator("[name=text]").fill("Departementet merker seg at arbeidet følger planen.")
        button(ministry, "Send tilbakemeldingen").click()
        sees(ministry, "Tilbakemeldingen er sendt")
        controller.goto(address)
        sees(controller, "Departementet merker seg at arbeidet følger planen.")


def test_an_assignment_is_found_and_received_with_the_keyboard_alone(site: Site, shared: Path) -> None:
    registered_letter(site.cast, shared)
    page = site.page("controller")
    page.goto("/oppdrag/")
    tab_to(page, "TB2026-1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{passport('TB2026-1')}")
    tab_to(page, "Bekreft mottatt")
    page.keyboard.press("Enter")
    sees(page, "Oppdraget er bekreftet mottatt.")
    assert Assignment.objects.get(reference="TB2026-1").status != "given"


def test_every_main_page_is_free_of_findings_and_fits_320_pixels(site: Site, shared: Path) -> None:
    letter = registered_letter(site.cast, shared)
    name = sorted(path.name for path in (shared / "seeds").glob("hovedinstruks-*.txt"))[0]
    review: DocumentImport = read(log_in(site.cast, "officer"), name, (shared / "seeds" / name).read_bytes())
    expected = ExpectedDelivery.objects.get(report_kind__code="activity_report", agency=site.cast.org("DMP"))
    log_in(site.cast, "controller").post(reverse("reporting:report_open", args=[expected.uuid]))
    report = Report.objects.get()
    section = Section.objects.filter(report=report).order_by("ordinal")[1]
    addresses = {
        "officer": [
            "/", "/virksomheter/", reverse("reporting:agency_year", args=[DMP, 2026]), "/oppdrag/", "/oppdrag/tavle/",
            passport("TB2026-5"), "/styringsdokumenter/", reverse("governance:document", args=[letter.uuid]),
            reverse("governance:document_archive", args=[letter.uuid]), "/importer/", "/importer/nytt/",
            reverse("governance:import_review", args=[review.uuid]), "/rapporter/", "/nokkeltall/",
            "/varsler/paminnelser/", "/journalforing/", "/funn/", "/sok/?q=beredskap", "/organisasjoner/",
            "/min-profil/", "/hjelp/", "/kalender/",
        ],
        "controller": [
            "/", passport("TB2026-1"), "/rapporter/",
            reverse("reporting:report_section", args=[report.uuid, section.code]), "/nokkeltall/",
        ],
        "auditor": ["/innsyn/"],
    }  # fmt: skip
    found = []
    for part, places in addresses.items():
        page = site.page(part, size={"width": 320, "height": 800})
        for place in places:
            answer = page.goto(place)
            if answer is None or answer.status != 200:
                found.append(f"{part} {place}: {answer and answer.status}")
                continue
            found += axe_findings(page)
            if wider := sideways_scroll(page):
                found.append(f"{part} {place}: {wider} px too wide")
    assert found == []
