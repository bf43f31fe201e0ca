"""Steps of a whole year with a governing document: what several of them need."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import time_machine
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from assignments.models import Assignment
from core.clock import OSLO
from governance.content import ContentWriter
from governance.models import SteeringDocument
from tests.browser import axe_findings, sideways_scroll
from tests.cast import Cast
from tests.e2e.journey import button, sees
from tests.factories.documents import REGISTERED_AT, make_registered_letter, write_assignment
from tests.factories.supplements import changeable_letter

#: the year of the letter that is in force when the story begins, the year of the letter written here, and the next
YEAR = REGISTERED_AT.year
NEXT = YEAR + 1
AFTER = YEAR + 2
AGENCY = "Direktoratet for medisinske produkter"
TITLE = f"Tildelingsbrev {NEXT}"
OLD = f"TB{YEAR - 1}-2"


@contextmanager
def on(year: int, month: int, day: int, hour: int = 9) -> Iterator[None]:
    """The clock of the site stands on this day and goes on from there."""
    with time_machine.travel(datetime(year, month, day, hour, 0, tzinfo=OSLO), tick=True):
        yield


def day_text(day: date) -> str:
    """A day as a case officer types it."""
    return f"{day.day}.{day.month}.{day.year}"


def looks_right(page: Page, name: str) -> None:
    """The page fits its window and axe finds nothing serious. ``SCREENSHOTS`` names a folder for pictures."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert sideways_scroll(page) == 0, name
    assert axe_findings(page) == [], name


def letters_before(cast: Cast) -> SteeringDocument:
    """The letter in force, and the one before it with an assignment that is still open."""

    def older(writer: ContentWriter, cast: Cast) -> None:
        deadline = [("1. juni", date(YEAR, 6, 1))]
        write_assignment(writer, cast, OLD, "Kartlegge laboratoriene", deadlines=deadline)

    make_registered_letter(
        cast, fill=older, year=YEAR - 1, title=f"Tildelingsbrev {YEAR - 1}", document_date=date(YEAR - 2, 12, 20)
    )
    return changeable_letter(cast)


def the_letter() -> SteeringDocument:
    """The letter this story writes."""
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(title=TITLE)
    return found


def field(page: Page | Locator, label: str, number: int = 0) -> Locator:
    """A field by its label, optional or not; the first of that name unless another is asked for."""
    words = re.compile(rf"^{re.escape(label)}( \(valgfritt\))?$")
    return page.get_by_label(words).filter(visible=True).nth(number)


def tab(page: Page, name: str) -> None:
    """To another part of the work with the letter."""
    tabs = page.get_by_role("navigation", name="Arbeidet med utkastet")
    tabs.get_by_role("link", name=name, exact=True).click()
    expect(tabs.locator("[aria-current=page]")).to_have_text(name)


def chapter(page: Page, title: str) -> None:
    """To a chapter of the draft."""
    page.get_by_role("navigation", name="Kapitler").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()


def add(page: Page, what: str) -> None:
    """Open the form for a new row or text in the chapter."""
    page.get_by_role("navigation", name="Legg til i kapittelet").get_by_role("link", name=what, exact=True).click()
    expect(page.get_by_role("button", name="Lagre i utkastet")).to_be_visible()


def save(page: Page) -> None:
    """Save the open form."""
    button(page, "Lagre i utkastet").click()
    sees(page.locator("main"), "Lagret ")
    expect(page.get_by_role("button", name="Lagre i utkastet")).to_have_count(0)


def passport(reference: str) -> str:
    """Address of an assignment."""
    return reverse("assignments:passport", args=[Assignment.objects.get(reference=reference).uuid])
