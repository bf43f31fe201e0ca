"""The autumn of a whole year: the draft from last year's letter, input from the departments, the agency's hearing."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.cast import MARKER_AGENCY, MARKER_MINISTRY
from tests.e2e.journey import button, link, sees, sees_not
from tests.e2e.year_steps import (
    AGENCY,
    NEXT,
    OLD,
    TITLE,
    YEAR,
    add,
    chapter,
    field,
    looks_right,
    save,
    tab,
)  # fmt: skip

#: what becomes of each element that is not simply kept
FATES = {
    "3.3 Forsyningssikkerhet": "Avslutt",
    "Parameter for forsyningssikkerhet": "Avslutt",
    "Antall saker, forsyningssikkerhet": "Avslutt",
    "Parameter for sikkerhet og riktig bruk": "Endre",
    f"TB{YEAR}-3 Legemiddelgrunndata": "Endre",
    f"TB{YEAR}-5 NAT-testing i blodbankene": "Avslutt",
    f"{OLD} Kartlegge laboratoriene": "Utgår",
}
EXERCISE = "Øvelse i krisehåndtering"
PROPOSED = "Oversikt over kritiske legemidler"
SHARED_WORDS = "Øvelsen bør holdes etter sommeren."
ANSWER = "Vi flytter øvelsen til høsten."


def start_from_last_year(page: Page) -> None:
    """A draft to the agency from what is in force, with a choice for every element."""
    page.goto("/styringsdokumenter/")
    link(page, "Nytt brev").click()
    field(page, "Virksomhet").select_option(label=AGENCY)
    field(page, "Type brev").select_option(label="Tildelingsbrev")
    expect(field(page, "Budsjettår")).to_have_value(str(NEXT))
    page.get_by_label("Fra det som gjelder i fjor").check()
    button(page, "Lag utkast").click()
    expect(page.get_by_role("heading", level=1, name="Fra i fjor")).to_be_visible()
    sees(page.locator("main"), "Virksomhetsrapport, kopi til Riksrevisjonen")
    looks_right(page, "fra-i-fjor")
    for name, fate in FATES.items():
        page.get_by_label(f"Hva skal skje med {name}", exact=True).select_option(label=fate)
    kept = page.locator("tbody select").evaluate_all(
        "all => all.map(one => one.selectedOptions[0].label).filter(label => label !== 'Behold').length"
    )
    assert kept == len(FATES)
    button(page, "Ta inn i utkastet").click()
    sees(page.locator("main"), "rader er tatt inn fra i fjor", "Mål og parametere beholder sin tallserie.")


def write_the_draft(page: Page) -> None:
    """What the year asks for: a changed parameter, a goal with its parameter, an assignment, money, and prose."""
    chapter(page, "3 Mål, styringsparametere og oppdrag")
    main = page.locator("main")
    sees(main, "3.1 Rask tilgang", "3.2 Sikkerhet og riktig bruk", f"TB{YEAR}-3", f"TB{YEAR}-5", "Oppdraget trekkes")
    sees_not(main, "Forsyningssikkerhet", f"{OLD} Kart")
    order = main.locator(".draft-block__text").all_inner_texts()
    places = [next(n for n, text in enumerate(order) if words in text) for words in (
        "Rask tilgang", "Parameter for rask", "Antall saker, rask", "Sikkerhet og riktig", "Parameter for sikkerhet",
    )]  # fmt: skip
    assert places == sorted(places), order
    link(page, "Endre Parameter for sikkerhet og riktig bruk").click()
    field(page, "Verdi").fill("95")
    field(page, "Enhet").fill("prosent")
    save(page)
    add(page, "Legg til mål")
    field(page, "Nummer").fill("3.3")
    field(page, "Mål").fill("Trygg forsyning i kriser")
    expect(field(page, "Overordnet mål")).to_be_visible()
    save(page)
    add(page, "Legg til styringsparameter")
    field(page, "Mål").select_option(label="3.3 Trygg forsyning i kriser")
    field(page, "Styringsparameter").fill("Dager med beredskapslager")
    field(page, "Verdi").fill("90")
    field(page, "Enhet").fill("dager")
    save(page)
    add(page, "Legg til oppdrag")
    field(page, "Tittel").fill(EXERCISE)
    field(page, "Tekst").fill("Direktoratet skal holde en øvelse sammen med grossistene.")
    field(page, "Fristens form").select_option(label="dato")
    field(page, "Frist").fill(f"1. juni {NEXT}")
    save(page)
    sees(main, f"TB{NEXT}-1 {EXERCISE}", f"Frist: 1. juni {NEXT}", "Resultatkrav: 90 dager")
    looks_right(page, "skriv")
    write_money_and_prose(page)


def write_money_and_prose(page: Page) -> None:
    """A budget line of its own, and running text in the editor."""
    chapter(page, "4 Budsjettildeling")
    sees(page.locator("main"), "746.01 Driftsutgifter: 458", "3746.04")
    add(page, "Legg til budsjettlinje")
    for label, value in (
        ("Kapittel", "702"), ("Post", "21"), ("Benevnelse", "Spesielle driftsutgifter"),
        ("Beløp i 1 000 kroner", "12 000"),
    ):  # fmt: skip
        field(page, label).fill(value)
    field(page, "Til oppdrag").select_option(label=f"TB{NEXT}-1 {EXERCISE}")
    save(page)
    sees(page.locator("main"), "702.21 Spesielle driftsutgifter: 12")
    add(page, "Legg til budsjettlinje")
    field(page, "Slag").select_option(label="overført fra i fjor")
    for label, value in (
        ("Kapittel", "746"),
        ("Post", "01"),
        ("Benevnelse", "Driftsutgifter"),
        ("Beløp i 1 000 kroner", "3 000"),
    ):
        field(page, label).fill(value)
    save(page)
    sees(page.locator("main"), "(overført fra i fjor)")
    chapter(page, "1 Innledning")
    add(page, "Legg til tekst")
    page.locator("#skjema .ProseMirror").click()
    page.keyboard.type("Brevet gir rammene for året og bygger på Stortingets vedtak.")
    save(page)
    sees(page.locator("main"), "Brevet gir rammene for året")


# ---- input from the departments ----


def ask_departments(page: Page) -> None:
    """Two departments and the budget department are asked, with a deadline."""
    link(page, "Utkastet").click()
    tab(page, "Innspill")
    link(page, "Bestill innspill").click()
    for code in ("SHA", "FHA", "BØA"):
        page.get_by_role("group", name="Avdelinger").get_by_label(code, exact=False).check()
    field(page, "Frist").fill(date(YEAR, 10, 15).isoformat())
    field(page, "Følgetekst").fill("Se særlig på oppdragene.")
    button(page, "Bestill innspill").click()
    sees(page.locator("main"), "Innspill er bestilt.", "3 av 3 har ikke svart")


def propose_an_assignment(page: Page) -> None:
    """A department is led from its own day to the draft, and proposes an assignment."""
    page.goto("/")
    link(page, f"Gi innspill til {TITLE}").click()
    link(page, "Foreslå en rad").click()
    field(page, "Tittel").fill(PROPOSED)
    field(page, "Tekst").fill("Direktoratet skal holde oversikten oppdatert gjennom året.")
    field(page, "Frist").fill(date(NEXT, 9, 15).isoformat())
    button(page, "Send forslaget").click()
    sees(page.locator("main"), "Forslaget er sendt.", PROPOSED)


def has_no_input(page: Page) -> None:
    """A department says that it has nothing."""
    page.goto("/")
    link(page, f"Gi innspill til {TITLE}").click()
    link(page, "Gi innspill").click()
    page.get_by_label("Ingen innspill").check()
    button(page, "Send innspillet").click()
    sees(page.locator("main"), "Innspillet er sendt.", "Ingen innspill")
    sees_not(page.locator("main"), PROPOSED)


def take_in_the_proposal(page: Page) -> None:
    """The writer is told, sees who is missing, takes the proposal in and ends the round."""
    page.goto("/")
    link(page, f"Avgjør forslag til {TITLE}").click()
    main = page.locator("main")
    sees(main, "1 av 3 har ikke svart: BØA.", "Ingen innspill", PROPOSED)
    looks_right(page, "innspill")
    button(page, "Ta inn i brevet").click()
    sees(main, "Forslaget er tatt inn i utkastet.")
    button(page, "Avslutt runden").click()
    sees(main, "Innspillsrunden er avsluttet.")
    tab(page, "Utkast")
    sees(main, PROPOSED, f"TB{NEXT}-2")


# ---- the agency's hearing ----


def send_to_hearing(page: Page) -> None:
    """A word between ourselves first; then the draft as it stands goes to the agency."""
    tab(page, "Kommentarer")
    row = page.locator("main section.commented").filter(has_text=EXERCISE).first
    row.get_by_role("link", name="Kommenter").click()
    field(page, "Kommentar").fill(MARKER_MINISTRY)
    button(page, "Lagre kommentaren").click()
    sees(page.locator("main"), MARKER_MINISTRY)
    tab(page, "Uttalelse")
    link(page, "Send til uttalelse").click()
    field(page, "Frist").fill(date(YEAR, 11, 6).isoformat())
    field(page, "Følgetekst").fill("Vi ber om merknader til oppdragene.")
    button(page, "Send til uttalelse").click()
    sees(page.locator("main"), "Utkastet er sendt til uttalelse.")


def answer_the_hearing(page: Page) -> None:
    """The agency reads the draft, comments on a row to the ministry and on another between themselves, and answers."""
    page.goto("/")
    link(page, f"Uttal dere om {TITLE}").click()
    main = page.locator("main")
    sees(main, EXERCISE, PROPOSED, "746.01")
    sees_not(main, MARKER_MINISTRY)
    looks_right(page, "uttalelse")
    _comment(page, EXERCISE, "Delt med HOD", SHARED_WORDS)
    _comment(page, PROPOSED, "Internt, HOD ser den ikke", MARKER_AGENCY)
    sees(main, SHARED_WORDS, MARKER_AGENCY)
    link(page, "Send uttalelse").click()
    field(page, "Uttalelse").fill("Vi slutter oss til utkastet med én merknad.")
    button(page, "Send uttalelsen").click()
    sees(main, "Uttalelsen er sendt.")


def _comment(page: Page, row: str, audience: str, words: str) -> None:
    found = page.locator("main section.commented").filter(has_text=row).first
    found.get_by_role("link", name="Kommenter").click()
    page.get_by_label(audience).check()
    field(page, "Kommentar").fill(words)
    button(page, "Lagre kommentaren").click()
    sees(page.locator("main"), words)


def answer_the_comment(page: Page) -> None:
    """The ministry answers, moves the deadline and ends the round; what the agency said among its own never shows."""
    page.goto("/")
    link(page, "Svar på kommentar fra DMP").click()
    main = page.locator("main")
    sees(main, SHARED_WORDS, MARKER_MINISTRY)
    sees_not(main, MARKER_AGENCY)
    page.locator("main .box--shared").get_by_role("link", name="Svar").click()
    field(page, "Kommentar").fill(ANSWER)
    button(page, "Lagre kommentaren").click()
    sees(main, ANSWER, "Vi slutter oss til utkastet med én merknad.")
    sees_not(main, MARKER_AGENCY)
    button(page, "Avslutt uttalelsen").click()
    sees(main, "Uttalelsen er avsluttet.")
    tab(page, "Utkast")
    link(page, "Skriv kapittel for kapittel").click()
    chapter(page, "3 Mål, styringsparametere og oppdrag")
    page.locator("main").get_by_role("link", name=f"Endre TB{NEXT}-1", exact=False).click()
    field(page, "Frist").fill(f"1. oktober {NEXT}")
    save(page)
    sees(main, f"Frist: 1. oktober {NEXT}")


def read_the_answer(page: Page) -> None:
    """The agency reads the answer where it commented, and nothing of what the ministry said among its own."""
    page.goto("/uttalelser/")
    page.locator("main").get_by_role("link", name=TITLE, exact=False).click()
    sees(page.locator("main"), ANSWER, MARKER_AGENCY)
    sees_not(page.locator("main"), MARKER_MINISTRY)
