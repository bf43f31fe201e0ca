"""A letter is written in a real browser: the editor, what is kept while one types, and the page at every width."""

import os
from datetime import datetime

import pytest

from core.clock import OSLO
from governance.actions import draft_passages, draft_rows, new_letter
from governance.actions.documents import DocumentFacts
from governance.models import Autosave, Passage, SteeringDocument
from tests.browser import Site, axe_findings, sideways_scroll
from tests.factories.documents import make_registered_letter

AT = datetime(2026, 10, 5, 10, 42, tzinfo=OSLO)
WIDTHS = (1360, 1000, 700, 390, 320)


@pytest.fixture
def draft(site: Site) -> SteeringDocument:
    """A letter begun from the template, with a goal and an assignment."""
    actor = site.cast.actor("officer")
    facts = DocumentFacts(
        kind="allocation_letter", recipient=site.cast.org("DMP"), title="Tildelingsbrev 2027", year=2027
    )
    made = new_letter.start_letter(facts=facts, start="template", actor=actor, at=AT)
    document = SteeringDocument.objects.for_detail().get(pk=made.pk)
    rows = {
        "goal": {"reference": "3.1", "title": "Rask tilgang", "level": "main", "contributes_to": ["1", "2"]},
        "parameter": {"title": "Saker behandlet innen frist", "unit": "dager", "targets": [{"value": "180"}]},
        "assignment": {
            "title": "Kartlegge beredskapslagre", "body": "Direktoratet skal kartlegge lagrene.",
            "deliveries": [{"part": "bokstav a", "deadline_kind": "date", "deadline": "2027-06-01"},
                           {"part": "bokstav b", "deadline_kind": "dialog"}],
        },
    }  # fmt: skip
    for key, data in rows.items():
        draft_rows.save_row(document=document, item_type=key, data=data, actor=actor, at=AT)
    draft_passages.add_passage(
        document=document, text="<p>Virksomheten <strong>prioriterer</strong> tilgang.</p>", chapter="mal",
        actor=actor, at=AT,
    )  # fmt: skip
    return document


def _look(page: object, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)  # type: ignore[attr-defined]


def test_the_pages_of_a_draft_fit_every_width_and_have_no_findings(site: Site, draft: SteeringDocument) -> None:
    make_registered_letter(site.cast, year=2026)
    page = site.page("officer", size={"width": WIDTHS[0], "height": 900})
    item = draft.assignmentitem_set.get()
    room = f"/utkast/{draft.uuid}/skriv/mal/"
    addresses = {
        "rom": room,
        "rad": f"{room}?rad=assignment:{item.uuid}",
        "tekst": f"{room}?ny=passage",
        "budsjett": f"/utkast/{draft.uuid}/skriv/budsjett/?ny=budget_line",
        "nytt": "/styringsdokumenter/nytt-brev/",
        "ansvar": f"/utkast/{draft.uuid}/kapittelansvar/",
        "fjor": f"/utkast/{draft.uuid}/fra-i-fjor/",
    }
    for name, address in addresses.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if width in (1360, 390):
                _look(page, f"{name}-{width}")
            assert sideways_scroll(page) == 0, (name, width)
            if width in (1360, 390):
                assert axe_findings(page) == [], (name, width)


def test_what_is_typed_in_the_editor_is_kept_and_comes_back(site: Site, draft: SteeringDocument) -> None:
    page = site.page("officer")
    address = f"/utkast/{draft.uuid}/skriv/innledning/?ny=passage"
    page.goto(address)
    editor = page.locator("#skjema .ProseMirror")
    editor.click()
    page.keyboard.type("Helt nytt avsnitt om beredskap")
    page.get_by_text("Lagret kl.").first.wait_for()
    assert Autosave.objects.filter(document=draft).count() == 1
    page.goto(address)
    page.get_by_role("link", name="Hent fram det du skrev").click()
    page.get_by_role("button", name="Lagre i utkastet").click()
    page.get_by_text("Helt nytt avsnitt om beredskap").first.wait_for()
    assert Passage.objects.get(document=draft, text__contains="Helt nytt").rich.startswith("<p>")
    assert not Autosave.objects.filter(document=draft).exists()


def test_who_else_is_here_is_said(site: Site, draft: SteeringDocument) -> None:
    site.page("officer").goto(f"/utkast/{draft.uuid}/skriv/mal/?ny=goal")
    other = site.page("signer")
    other.goto(f"/utkast/{draft.uuid}/skriv/mal/")
    assert "Marte Lindqvist skriver i kapittel 3" in other.content()
