"""The pages of the design pictures in a real browser: axe, no sideways scroll from 320 px up, keyboard."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser import Site, axe_findings, sideways_scroll
from tests.ui.demo import PAGES
from tests.ui.test_design_pages import render

WIDTHS = (1360, 1000, 700, 390, 320)


def open_demo(site: Site, name: str, width: int) -> Page:
    """The demonstration page at the site's address, so that its files come from the running server."""
    page = site.page(size={"width": width, "height": 900})

    def answer(route: Route) -> None:
        route.fulfill(body=render(name), content_type="text/html; charset=utf-8")

    page.route("**/demo/*", answer)
    page.goto(f"/demo/{name}")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_has_no_findings_and_no_sideways_scroll(site: Site, name: str) -> None:
    page = open_demo(site, name, WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways_scroll(page) == 0, (name, width)
        if width in (1360, 390):
            assert axe_findings(page) == [], (name, width)


def test_components_page_has_no_findings(site: Site) -> None:
    for width in (1360, 320):
        page = site.page("officer", size={"width": width, "height": 900})
        page.goto("/komponenter/")
        assert axe_findings(page) == []
        assert sideways_scroll(page) == 0


def test_skip_link_is_first_and_the_menu_closes_with_escape(site: Site) -> None:
    page = site.page("officer", phone=True)
    page.goto("/komponenter/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#innhold"
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None


def test_arrow_keys_move_in_the_month(site: Site) -> None:
    page = open_demo(site, "calendar", 1360)
    page.locator("[data-date='2026-05-28']").focus()
    for key, day in (
        ("ArrowUp", "2026-05-21"),
        ("ArrowRight", "2026-05-22"),
        ("Home", "2026-05-18"),
        ("End", "2026-05-24"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.date") == day


def test_letter_t_moves_between_text_and_rows(site: Site) -> None:
    page = open_demo(site, "import_review", 1360)
    page.locator("[data-pane=rows]").focus()
    page.keyboard.press("t")
    assert page.evaluate("document.activeElement.dataset.pane") == "text"
