"""The templates of the design pictures render with their demonstration contexts."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from core import navigation
from tests.ui.demo import PAGES

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """Checks nesting and gathers ids and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def render(name: str) -> SafeString:
    template, context = PAGES[name]()
    request = RequestFactory().get("/oppdrag/")
    request._shell = navigation.Shell(  # type: ignore[attr-defined]
        groups=(navigation.Group("", (navigation.Line("Oppdrag", "/oppdrag/", "tasklist", 3, True),)),),
        person=navigation.Person("Marte Lindqvist", "ML", "Etatsstyrer, HOD"),
        search_url="/sok/",
        logout_url="/ut/",
    )
    return render_to_string(template, context, request=request)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_well_formed_with_one_h1_and_no_id_twice(name: str) -> None:
    outline = Outline()
    outline.feed(render(name))
    assert not outline.wrong
    assert not outline.open
    assert outline.headings.count("h1") == 1
    assert len(outline.ids) == len(set(outline.ids)), [i for i in outline.ids if outline.ids.count(i) > 1]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_has_at_most_one_primary_button_outside_its_forms(name: str) -> None:
    assert render(name).count('data-variant="primary"') <= 1


def test_counts_of_my_day_lead_to_their_rows() -> None:
    page = render("my_day")
    for target in re.findall(r'<li(?: class="tally__late")?><a href="#([a-z]+)"', page):
        assert f'id="{target}"' in page


def test_exempt_row_says_why_and_shows_no_title() -> None:
    page = render("assignments")
    assert "Offl. § 15 tredje ledd" in page
    assert page.count("vises ikke") >= 2
