"""Taking content out, seen in a browser: asked for, read by the second person, refused, withdrawn and done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page

from assignments.actions.remarks import add_remark
from assignments.models import Assignment
from governance.models import SteeringDocument
from tests.browser import Site, axe_findings, sideways_scroll
from tests.factories.removals import AT, BASIS, SECRET, asked, letter_with_secret, second_person

WIDTHS = ({"width": 1360, "height": 900}, {"width": 390, "height": 844})


def looked_at(page: Page, name: str) -> None:
    """The page fits the window, and axe finds nothing serious."""
    if folder := os.environ.get("SCREENSHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert sideways_scroll(page) == 0, name
    assert axe_findings(page) == [], name


@pytest.fixture(autouse=True)
def february() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def letter(site: Site) -> SteeringDocument:
    second_person(site.cast)
    letter = letter_with_secret(site.cast, case_number="26/1")
    row = Assignment.objects.get(reference="TB2026-7")
    add_remark(assignment=row, text=f"Om {SECRET}", audience="shared", actor=site.cast.actor("controller"), at=AT)
    return letter


@pytest.mark.parametrize("size", WIDTHS, ids=("wide", "phone"))
def test_the_pages_of_removal(site: Site, letter: SteeringDocument, size: dict[str, int]) -> None:
    first, second = site.page("officer", size=size), site.page("second_officer", size=size)
    first.goto(reverse("governance:ask_removal", args=[letter.uuid]))
    looked_at(first, "1-ask")
    lines = f"{SECRET}\nEt avsnitt som\nStår ikke i brevet"
    first.get_by_label("Ordene som skal fjernes").fill(lines)
    first.get_by_role("button", name="Foreslå fjerning").click()
    looked_at(first, "2-ask-refused")
    assert first.get_by_label("Ordene som skal fjernes").input_value().replace("\r", "") == lines
    first.get_by_label("Ordene som skal fjernes").fill(f"{SECRET}\nEt avsnitt som")
    first.get_by_label("Hjemmel").fill(BASIS)
    first.get_by_label("Begrunnelse").fill("Personopplysninger ble med ved en feil.")
    first.get_by_role("button", name="Foreslå fjerning").click()
    first.get_by_text("Forslaget er lagret").wait_for()
    looked_at(first, "3-own-waiting")
    second.goto("/")
    looked_at(second, "4-my-day")
    second.get_by_role("link", name="Se hva som fjernes").first.click()
    looked_at(second, "5-confirm")
    second.get_by_role("link", name="Avslå forslaget").click()
    second.get_by_role("button", name="Avslå").click()
    looked_at(second, "6-decline-refused")
    second.get_by_label("Begrunnelse").fill("Opplysningen er offentlig.")
    second.get_by_role("button", name="Avslå").click()
    second.get_by_text("Forslaget er avslått").wait_for()
    looked_at(second, "7-declined")
    row = asked(site.cast, letter)
    first.goto(reverse("governance:removal", args=[row.uuid]))
    first.get_by_role("link", name="Trekk forslaget").click()
    looked_at(first, "8-withdraw")
    first.get_by_label("Begrunnelse").fill("Ordene gjelder en annen sak.")
    first.get_by_role("button", name="Trekk").click()
    first.get_by_text("Forslaget er trukket").wait_for()
    looked_at(first, "9-withdrawn")
    row = asked(site.cast, letter)
    second.goto(reverse("governance:removals"))
    looked_at(second, "10-list-waiting")
    first.goto(reverse("governance:removals"))
    looked_at(first, "10b-list-own")
    second.goto(reverse("governance:removal", args=[row.uuid]))
    second.get_by_role("button", name="Fjern innholdet").click()
    second.get_by_text("Innholdet er fjernet").wait_for()
    looked_at(second, "11-done")
    second.goto(reverse("governance:removals") + "?vis=avgjort")
    looked_at(second, "12-list-decided")
    agency = site.page("controller", size=size)
    agency.goto(reverse("governance:document_archive", args=[letter.uuid]))
    looked_at(agency, "13-archive-agency")
