"""The record of a registered letter put right in a real browser, wide and narrow, without findings."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.models import AssignmentItem
from tests.browser import Site, axe_findings, sideways_scroll
from tests.factories.imports import LETTER, fresh, register, settle
from tests.governance.test_corrected_registrations import BETTER, brought_in

SIZES = {"wide": {"width": 1360, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.mark.parametrize("size", sorted(SIZES))
def test_rows_are_ticked_and_the_record_is_put_right(site: Site, size: str) -> None:
    first = brought_in(site.cast, LETTER, "brev.txt")
    settle(site.cast, first)
    letter = register(site.cast, fresh(first))
    found = brought_in(site.cast, BETTER, "rettet.txt")
    page = site.page("officer")
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.goto(reverse("governance:import_compare", args=[found.uuid]))
    assert axe_findings(page) == []
    assert sideways_scroll(page) == 0
    page.get_by_label("Rett: TB2026-2").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Rett registreringen").click()
    expect(page.get_by_label("Rett: TB2026-2")).to_be_checked()
    page.get_by_label("Lest feil").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Rett registreringen").click()
    assert AssignmentItem.objects.get(document=letter, reference="TB2026-2").title == "Ny metode for screening"
    item = AssignmentItem.objects.get(document=letter, reference="TB2026-1")
    for name, address in {
        "history": reverse("governance:corrections", args=[letter.uuid]),
        "row": reverse("governance:correct_reading", args=[letter.uuid, item.uuid]),
        "document": reverse("governance:document", args=[letter.uuid]),
    }.items():
        page.goto(address)
        assert axe_findings(page) == [], name
        assert sideways_scroll(page) == 0, name
