"""The winter of a whole year: findings beside the draft, the approval route, issue, and what each side then sees."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from assignments.models import Assignment
from core.models import Event
from governance.actions.ledger import NewAppropriation, add_appropriation
from governance.models import Dispatch
from tests.cast import Cast
from tests.e2e.journey import button, deliver, link, sees, sees_not, work
from tests.e2e.year_autumn import EXERCISE
from tests.e2e.year_steps import (
    NEXT,
    REGISTERED_AT,
    TITLE,
    YEAR,
    field,
    looks_right,
    passport,
    save,
    tab,
    the_letter,
)
from tests.mailbox import running_mailbox

#: what the budget department has in its ledger for the next year, in 1 000 kroner
LEDGER = {(702, 21): 176_000, (746, 1): 453_000, (3746, 4): 86_145}
TOO_MUCH = "746.01 går 8\u00a0591 ut over bevilgningen"
REASON = "Årsrapporten følger av instruksen og gjentas ikke i brevet."


def keep_a_ledger(cast: Cast) -> None:
    """The budget department has written down what is proposed for next year."""
    for (chapter, post), thousands in LEDGER.items():
        new = NewAppropriation(NEXT, chapter, post, "Bevilgning", thousands * 1000)
        add_appropriation(new=new, actor=cast.actor("budget_officer"), at=REGISTERED_AT)


def open_the_draft(page: Page) -> None:
    """From the list of documents to the draft."""
    page.goto("/styringsdokumenter/")
    link(page, TITLE).click()
    expect(page.get_by_role("navigation", name="Arbeidet med utkastet")).to_be_visible()


def is_stopped(page: Page) -> None:
    """The signer tries to issue; every finding is told, and nothing is sent."""
    open_the_draft(page)
    link(page, "Les gjennom og utsted").click()
    button(page, "Utsted brevet").click()
    sees(page.locator("main"), TOO_MUCH, "bekreft funnet med en begrunnelse")
    assert not the_letter().is_issued


def mend_and_acknowledge(page: Page) -> None:
    """What stops is mended where the finding leads; a warning is acknowledged with a reason on record."""
    open_the_draft(page)
    link(page, "Skriv kapittel for kapittel").click()
    beside = page.get_by_role("complementary", name="Ved siden av utkastet")
    beside.get_by_role("link", name=TOO_MUCH, exact=False).click()
    field(page, "Beløp i 1 000 kroner").fill("449 000")
    save(page)
    sees_not(beside, "ut over bevilgningen")
    for _warning in range(8):
        waiting = beside.locator(".finding").filter(has_text="Advarsel.")
        if waiting.count() == 0:
            break
        waiting.first.get_by_role("link", name="Bekreft").click()
        field(page, "Begrunnelse").fill(REASON)
        button(page, "Bekreft funnet").click()
        sees(page.locator("main"), "Funnet er bekreftet.")
        link(page, "Skriv kapittel for kapittel").click()
    told = Event.objects.filter(type="finding.acknowledged", subject=the_letter().uuid, reason=REASON)
    assert told.exists()


def set_up_the_route(page: Page) -> None:
    """Two approvals side by side, then political clearance outside the system."""
    link(page, "Utkastet").click()
    tab(page, "Godkjenning")
    for kind, order, who in (
        ("faglig godkjenning", 1, "Kristian Aas"),
        ("budsjettmessig godkjenning", 1, "Turid Haug"),
        ("politisk klarering", 2, ""),
    ):
        link(page, "Legg til trinn").click()
        field(page, "Hva slags godkjenning").select_option(label=kind)
        field(page, "Rekkefølge").fill(str(order))
        if who:
            field(page, "Person").select_option(label=who)
        else:
            field(page, "Godkjenner utenfor systemet").fill("Statssekretæren")
        button(page, "Legg til trinn").click()
        sees(page.locator("main"), "Trinnet er lagt til.")
    button(page, "Send til godkjenning").click()
    sees(page.locator("main"), "Brevet er sendt til godkjenning.", "Mangler:")
    looks_right(page, "godkjenning")


def approve(page: Page) -> None:
    """An approver is led from the day's list to the step."""
    page.goto("/")
    link(page, f"Godkjenn {TITLE}").click()
    link(page, "Godkjenn eller send tilbake").click()
    page.get_by_label("Godkjenn", exact=True).check()
    button(page, "Lagre avgjørelsen").click()
    sees(page.locator("main"), "Avgjørelsen er lagret.")


def clear_politically(page: Page) -> None:
    """The clearance given in the archive system is registered with its reference; the writer cannot sign."""
    open_the_draft(page)
    tab(page, "Godkjenning")
    link(page, "Godkjent i sak/arkiv").click()
    field(page, "Godkjent i sak/arkiv").fill(f"{YEAR % 100}/4127-9")
    button(page, "Registrer godkjenningen").click()
    sees(page.locator("main"), "Brevet kan signeres.", f"godkjent i sak/arkiv: {YEAR % 100}/4127-9")
    tab(page, "Utkast")
    sees(page.locator("main"), "Du redigerte brevet sist. En annen må signere.", "Ragnhild Moen")
    expect(page.get_by_role("link", name="Les gjennom og utsted")).to_have_count(0)


def sign(page: Page, draft: str = TITLE) -> None:
    """Another reads through, sees who gets what, and issues."""
    page.goto("/styringsdokumenter/")
    link(page, draft).click()
    link(page, "Les gjennom og utsted").click()
    matrix = page.get_by_role("table", name="Kopimatrise")
    expect(matrix.get_by_role("columnheader", name="Riksrevisjonen")).to_be_visible()
    expect(matrix.get_by_role("row", name="dette dokumentet")).to_contain_text("samtidig")
    if draft == TITLE:
        looks_right(page, "utsted")
    field(page, "Tittel under navnet").fill("ekspedisjonssjef")
    button(page, "Utsted brevet").click()
    sees(page.locator("main"), "Brevet er utstedt.")
    page.wait_for_url("**/styringsdokumenter/*-*/")


def send_out(cast: Cast) -> None:
    """The worker sends the letter and its copies."""
    work()
    with running_mailbox() as mailbox:
        received = deliver(mailbox)
    assert {cast.org("DMP").mailbox, cast.org("RR").mailbox} <= set(received)


def is_in_the_archive(page: Page) -> None:
    """Number, checksum, receipts and the journal of both sides."""
    letter = the_letter()
    page.goto(reverse("governance:document", args=[letter.uuid]))
    sees(page.locator("main"), f"TB{NEXT}-1", f"TB{NEXT}-2", EXERCISE)
    page.get_by_role("navigation", name="Deler av dokumentet").get_by_role("link", name="Arkiv", exact=False).click()
    main = page.locator("main")
    sees(main, letter.sha256, "Direktoratet for medisinske produkter (til): levert", "Riksrevisjonen (kopi): levert")
    sees(main, "HOD")
    looks_right(page, "arkiv")
    opened = dict(Dispatch.objects.filter(subject=letter.uuid).values_list("role", "opened_at"))
    assert opened["copy"] is None


def agency_receives(page: Page) -> None:
    """The agency opens the letter and confirms an assignment."""
    page.goto(reverse("governance:document", args=[the_letter().uuid]))
    page.locator("main").get_by_role("link", name=f"TB{NEXT}-1", exact=True).click()
    sees(page.locator("main"), EXERCISE)
    button(page, "Bekreft mottatt").click()
    sees(page.locator("main"), "Oppdraget er bekreftet mottatt.")
    page.goto(passport(f"TB{YEAR}-5"))
    sees(page.locator("main"), "Trukket")


def auditor_reads(page: Page) -> None:
    """The auditor finds its copy, and reading it leaves no trace."""
    page.goto("/innsyn/")
    link(page, TITLE).click()
    sees(page.locator("main"), TITLE)
    page.goto(reverse("governance:document", args=[the_letter().uuid]))
    sees(page.locator("main"), EXERCISE)


def receipts_are_right(page: Page) -> None:
    """«Åpnet» stands at the addressee and never at the auditor; what ended in the letter has ended."""
    page.goto(reverse("governance:document_archive", args=[the_letter().uuid]))
    lines = page.get_by_role("region", name="Utsending og kopier").get_by_role("listitem")
    expect(lines.filter(has_text="Direktoratet for medisinske produkter (til)")).to_contain_text("åpnet")
    expect(lines.filter(has_text="Riksrevisjonen")).not_to_contain_text("åpnet")
    assert Assignment.objects.get(reference=f"TB{YEAR}-5").status == "withdrawn"
    assert Assignment.objects.get(reference=f"TB{YEAR}-3").status not in ("withdrawn", "closed")
