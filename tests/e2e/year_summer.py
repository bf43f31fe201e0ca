"""The summer of a whole year and the autumn after: a supplement, what is in force on two days, and the next draft."""

from __future__ import annotations

import re
from datetime import date

from django.urls import reverse
from playwright.sync_api import Page, expect

from governance.models import Goal, SteeringParameter
from tests.e2e.journey import button, link, sees, sees_not
from tests.e2e.year_autumn import EXERCISE, PROPOSED
from tests.e2e.year_steps import (
    AFTER,
    AGENCY,
    NEXT,
    TITLE,
    YEAR,
    field,
    looks_right,
    passport,
    the_letter,
)

SUPPLEMENT = f"Supplerende tildelingsbrev {NEXT}"
STORE = "Beredskapslager for infusjonsvæsker"
OLD_DAY, NEW_DAY = f"1. oktober {NEXT}", f"1. desember {NEXT}"
BEFORE, LATER = f"1.6.{NEXT}", f"30.6.{NEXT}"


def write_the_supplement(page: Page) -> None:
    """From the letter: a new assignment with its number, a deadline moved and an amount raised."""
    page.goto(reverse("governance:document", args=[the_letter().uuid]))
    link(page, "Endre med supplerende brev").click()
    expect(field(page, "Til brevet").locator("option:checked")).to_contain_text(TITLE)
    field(page, "Tittel").fill(SUPPLEMENT)
    button(page, "Lag utkast").click()
    link(page, "Nye oppdrag").click()
    first = page.get_by_role("group", name="Oppdrag 1")
    field(first, "Tittel").fill(STORE)
    field(first, "Hva virksomheten skal gjøre").fill("Direktoratet skal foreslå hvordan lageret kan organiseres.")
    field(first, "Frist").fill(date(NEXT, 11, 1).isoformat())
    button(page, "Legg til oppdragene").click()
    sees(page.locator("main"), f"Oppdragene er lagt til: TTB{NEXT}-1.")
    link(page, "Endre mer").click()
    page.get_by_label(f"Flytt dato: TB{NEXT}-1 {EXERCISE}").check()
    page.get_by_label("Endre beløp: 702.21 Spesielle driftsutgifter").check()
    looks_right(page, "hva-endres")
    button(page, "Skriv endringene").click()
    main = page.locator("main")
    sees(main, f"Nå: {OLD_DAY}")
    moved = page.get_by_role("region", name=f"TB{NEXT}-1 {EXERCISE}")
    moved.get_by_label("Ny frist", exact=False).fill(date(NEXT, 12, 1).isoformat())
    field(moved, "Begrunnelse").fill("Øvelsen samordnes med fylkene.")
    money = page.get_by_role("region", name="702.21 Spesielle driftsutgifter")
    field(money, "Endring, i 1 000 kroner").fill("2 000")
    field(money, "Følger av").select_option(label="revidert nasjonalbudsjett")
    field(money, "Til oppdrag").select_option(label=f"TTB{NEXT}-1 {STORE} (i dette utkastet)")
    button(page, "Lagre og se før og etter").click()
    sees(main, "Endringene er skrevet inn i brevet.", OLD_DAY, NEW_DAY, f"TTB{NEXT}-1", "12\u00a0000", "14\u00a0000")
    looks_right(page, "for-og-etter")
    link(page, "Til utkastet").click()
    sees(main, f"flyttes fra {OLD_DAY} til {NEW_DAY}", f"Beløpet gjelder TTB{NEXT}-1")


def read_both_days(page: Page) -> None:
    """The text in force before and after, only the change between them, and the year's money."""
    page.goto(reverse("governance:document", args=[the_letter().uuid]))
    link(page, "Gjeldende tekst").click()
    main = page.locator("main")
    exercise = main.get_by_role("row").filter(has_text=EXERCISE)
    _on_day(page, BEFORE)
    expect(exercise).to_contain_text(OLD_DAY)
    sees_not(main, STORE, NEW_DAY)
    _on_day(page, LATER)
    sees(main, STORE, f"TTB{NEXT}-1")
    expect(exercise).to_contain_text(NEW_DAY)
    looks_right(page, "gjeldende")
    page.goto(reverse("governance:in_force", args=[the_letter().recipient.uuid]))
    main.get_by_role("link", name="Bare endringer", exact=True).click()
    field(page, "Fra og med dagen etter").fill(BEFORE)
    field(page, "Til og med").fill(LATER)
    button(page, "Vis").click()
    sees(main, SUPPLEMENT, STORE, EXERCISE, "702.21")
    sees_not(main, PROPOSED, "Rask tilgang", "746.01")
    looks_right(page, "bare-endringer")


def _on_day(page: Page, day: str) -> None:
    field(page, "Gjelder på datoen").fill(day)
    button(page, "Vis").click()


def read_the_years_letters(page: Page) -> None:
    """Carried over + letter + supplement per post, counted once."""
    page.goto(reverse("governance:year_letters", args=[the_letter().recipient.uuid, NEXT]))
    main = page.locator("main")
    sees(main, TITLE, SUPPLEMENT)
    for code, carried, letter, supplement, total in (
        ("702.21", "", "12\u00a0000", "2\u00a0000", "14\u00a0000"),
        ("746.01", "3\u00a0000", "449\u00a0000", "", "452\u00a0000"),
    ):
        row = main.get_by_role("row").filter(has=page.get_by_role("rowheader", name=code, exact=True))
        cells = [text.strip() for text in row.get_by_role("cell").all_inner_texts()]
        assert cells[1:] == [carried, letter, supplement, total], cells
    looks_right(page, "arets-brev")


def assignment_has_moved(page: Page) -> None:
    """The agency meets the new deadline where it works."""
    page.goto(passport(f"TB{NEXT}-1"))
    sees(page.locator("main"), NEW_DAY)


def begin_the_year_after(page: Page) -> None:
    """The next draft takes everything in; goals and parameters keep their line, and the series runs on."""
    page.goto("/styringsdokumenter/nytt-brev/")
    field(page, "Virksomhet").select_option(label=AGENCY)
    expect(field(page, "Budsjettår")).to_have_value(str(AFTER))
    button(page, "Lag utkast").click()
    main = page.locator("main")
    sees(main, STORE, "3.3 Trygg forsyning i kriser", "tallserien løper videre")
    sees_not(main, "Forsyningssikkerhet")
    button(page, "Ta inn i utkastet").click()
    sees(main, "Mål og parametere beholder sin tallserie.")
    for model in (Goal, SteeringParameter):
        lines = {
            document: set(model.objects.filter(document__year=document).values_list("line", flat=True))
            for document in (YEAR, NEXT, AFTER)
        }
        assert lines[NEXT] == lines[AFTER]
        assert len(lines[YEAR] & lines[NEXT]) == 2


def read_the_series(page: Page) -> None:
    """The history of a parameter runs through the letters."""
    page.goto(reverse("governance:in_force_letter", args=[the_letter().uuid]))
    words = re.compile(r"gjennom årene ?: ?Parameter for sikkerhet og riktig bruk")
    page.get_by_role("link", name=words).first.click()
    years = page.get_by_role("region", name="År for år").get_by_role("listitem")
    expect(years.filter(has_text=f"Tildelingsbrev {YEAR}")).to_have_count(1)
    expect(years.filter(has_text=TITLE)).to_contain_text("95")
    looks_right(page, "historikk")
