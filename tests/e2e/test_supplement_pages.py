"""The pages of a supplement and the ledger in a real browser: they fit, axe is content, and the work is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page

from governance.actions.change_base import Wish
from governance.actions.ledger import NewAppropriation, NewChange, add_appropriation, add_change
from governance.actions.supplements import NewAssignment, add_assignment
from governance.drafting.acts import AMOUNT, MOVE, REPLACE, WITHDRAW
from governance.models import AssignmentItem, Authorisation, BudgetLine, CalendarItem, SteeringDocument
from tests.browser import Site, axe_findings, sideways_scroll
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT
from tests.factories.supplements import change, changeable_letter, deliveries, supplement


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=True):
        yield


def fill_ledger(cast: Cast) -> str:
    """Posts of the year, one changed; the address of that one."""
    actor = cast.actor("budget_officer")
    for chapter, post, name, thousands in (
        (702, 21, "Spesielle driftsutgifter", 176_000),
        (746, 1, "Driftsutgifter", 470_000),
        (3746, 4, "Registreringsgebyr", 86_145),
    ):
        row = add_appropriation(
            new=NewAppropriation(2026, chapter, post, name, thousands * 1000), actor=actor, at=REGISTERED_AT
        )
        if chapter == 746:
            first = row
    add_change(
        appropriation=first,
        change=NewChange("storting", -15_000_000, "Prop. 35 S", REGISTERED_AT.date()),
        actor=actor, at=REGISTERED_AT, expected_version=1,
    )  # fmt: skip
    return reverse("governance:appropriation", args=[first.uuid])


def fill_draft(cast: Cast, letter: SteeringDocument) -> SteeringDocument:
    """A supplement with one change of each kind."""
    draft = supplement(cast, letter)
    new = NewAssignment("Beredskapslager for infusjonsvæsker", "Foreslå hvordan.", None, None, "avtales i dialog")
    item = add_assignment(document=draft, new=new, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None)
    moved = AssignmentItem.objects.get(document=letter, number=7)
    reworded = AssignmentItem.objects.get(document=letter, number=3)
    line = BudgetLine.objects.get(document=letter, chapter=746)
    report = CalendarItem.objects.get(document=letter, title="Årsrapport 2025")
    power = Authorisation.objects.get(document=letter)
    first = deliveries("TB2026-7")[0]
    new_day = REGISTERED_AT.date().replace(month=9)
    change(
        cast, draft,
        Wish(MOVE, moved.uuid, reason="Høringen tar lengre tid.", dates={first: new_day}),
        Wish(REPLACE, reworded.uuid, values={"title": "Grunndata om legemidler og vaksiner"}),
        Wish(AMOUNT, line.uuid, amount=-3_400_000, basis="revised", assignment=item.uuid),
        Wish(WITHDRAW, report.uuid, reason="Rapporten er levert."),
        Wish(REPLACE, power.uuid, values={"limit": 50_000}),
    )  # fmt: skip
    return draft


def looks_right(page: Page, address: str, name: str) -> None:
    """The page opens, fits the window, and axe finds nothing serious."""
    page.goto(address)
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert sideways_scroll(page) == 0, name
    assert axe_findings(page) == [], name


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_each_page_fits_and_is_accessible(site: Site, width: int) -> None:
    letter = changeable_letter(site.cast)
    post, draft = fill_ledger(site.cast), fill_draft(site.cast, letter)
    reworded = AssignmentItem.objects.get(document=letter, number=1)
    line = BudgetLine.objects.get(document=letter, chapter=3746)
    page = site.page("officer", size={"width": width, "height": 900})
    of = {name: reverse(f"governance:{name}", args=[draft.uuid]) for name in (
        "draft_changes", "draft_changes_write", "draft_effect", "draft_assignments", "draft_numbers",
    )}  # fmt: skip
    query = f"?endre={reworded.uuid}:replace&endre={line.uuid}:amount&endre={deliveries('TB2026-1')[0]}:move"
    places = {
        "ledger": reverse("governance:ledger") + "?ar=2026",
        "post": post,
        "table": reverse("governance:ledger_table"),
        "letter": reverse("governance:document", args=[letter.uuid]),
        "new": reverse("governance:new_supplement") + f"?brev={letter.uuid}&rad={reworded.uuid}",
        "choose": of["draft_changes"] + f"?rad={reworded.uuid}",
        "write": of["draft_changes_write"] + query,
        "effect": of["draft_effect"],
        "assignments": of["draft_assignments"],
        "numbers": of["draft_numbers"],
    }
    for name, address in places.items():
        looks_right(page, address, f"{name}-{width}")


def test_a_supplement_is_written_in_the_browser_without_scripts_too(site: Site) -> None:
    letter = changeable_letter(site.cast)
    draft = supplement(site.cast, letter)
    page = site.page("officer", scripts=False)
    page.goto(reverse("governance:draft_changes", args=[draft.uuid]))
    page.get_by_label("Trekk: TB2026-1 Forsterke veiledning for kliniske studier").check()
    page.get_by_role("button", name="Skriv endringene").click()
    page.get_by_label("Begrunnelse").fill("Arbeidet er ferdig.")
    page.get_by_role("button", name="Lagre og se før og etter").click()
    assert page.get_by_text("Gjelder ikke lenger når brevet er utstedt.").is_visible()
    page.get_by_role("button", name="Fjern endringen").click()
    assert page.get_by_text("Brevet endrer ingenting ennå").is_visible()
