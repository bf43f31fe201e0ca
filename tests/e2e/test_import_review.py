"""The review, its small pages and the batch in a real browser: keyboard alone, wide and narrow, no findings."""

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from core import jobs
from governance.actions import import_batches
from governance.actions.import_again import read_anew
from governance.actions.imports import Upload
from governance.models import DocumentImport, ImportRow, RowState
from tests.browser import Site, axe_findings, sideways_scroll
from tests.e2e.journey import LETTER, log_in
from tests.factories.imports import READ_AT, fill_in, make_import
from tests.governance.test_import_citations import text
from tests.governance.test_import_pages import read

SIZES = {"wide": {"width": 1360, "height": 900}, "narrow": {"width": 390, "height": 844}}


def letter(site: Site, shared: Path) -> DocumentImport:
    return read(log_in(site.cast, "officer"), LETTER, (shared / "seeds" / LETTER).read_bytes())


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_rows_are_gone_through_with_the_keyboard_alone(site: Site, shared: Path) -> None:
    found = letter(site, shared)
    page = site.page("officer")
    rows = list(ImportRow.objects.filter(document_import=found, kind="assignment").order_by("ordinal"))
    page.goto(f"{reverse('governance:import_review', args=[found.uuid])}?rad={rows[0].uuid}")
    expect(page.locator(f"#rad-{rows[0].uuid} a").first).to_be_focused()
    press(page, "g")
    rows[0].refresh_from_db()
    assert rows[0].state == RowState.ACCEPTED
    expect(page.locator(f"#rad-{rows[1].uuid} a").first).to_be_focused()
    press(page, "p")
    rows[1].refresh_from_db()
    assert rows[1].state == RowState.PROSE
    press(page, "Control+z")
    rows[1].refresh_from_db()
    assert rows[1].state != RowState.PROSE
    page.goto(f"{reverse('governance:import_review', args=[found.uuid])}?rad={rows[2].uuid}")
    expect(page.locator(f"#rad-{rows[2].uuid} a").first).to_be_focused()
    for key, name in (("v", "import_deliveries"), ("b", "import_border"), ("s", "import_merge"), ("d", "import_split")):
        press(page, key)
        assert page.url.endswith(reverse(f"governance:{name}", args=[found.uuid, rows[2].uuid])), page.url
        page.go_back()
        expect(page.locator(f"#rad-{rows[2].uuid} a").first).to_be_visible()
        page.locator(f"#rad-{rows[2].uuid} a").first.focus()
    page.keyboard.press("t")
    expect(page.locator("[data-pane=text]")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("[data-pane=text] .passage a").first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("[data-pane=rows]")).to_be_focused()
    press(page, "u")
    unsure = ImportRow.objects.filter(document_import=found, state=RowState.UNSURE).values_list("uuid", flat=True)
    assert any(str(uuid) in page.url for uuid in unsure)


def test_the_pages_of_an_import_are_free_of_findings_wide_and_narrow(site: Site, shared: Path) -> None:
    officer = site.cast.actor("officer")
    found = letter(site, shared)
    fill_in(site.cast, found)
    row = ImportRow.objects.filter(document_import=found, kind="assignment").order_by("ordinal")[2]
    goal = ImportRow.objects.filter(document_import=found, kind="goal").order_by("ordinal")[0]
    prose = next(p["ordinal"] for p in found.passages if p["kind"] == "prose")
    again = read_anew(document_import=found, actor=officer, at=READ_AT)
    assert again.job is not None
    jobs.run(str(again.job.uuid))
    citing = make_import(
        site.cast, data=text(2026, "TB2026-1", "Veiledning", "Arbeidet bygger på oppdrag TTB 2024-41 om lager.")
    )
    uploads = [Upload(f"{year}.txt", text(year, f"TB{year}-1", "Plan")) for year in (2021, 2022)]
    batch = import_batches.start_batch(uploads=[*uploads, Upload("tom.txt", b" ")], actor=officer, at=READ_AT)
    assert batch.job is not None
    jobs.run(str(batch.job.uuid))
    review = reverse("governance:import_review", args=[found.uuid])
    places = [
        review,
        f"{review}?rad={row.uuid}",
        f"{review}?rad={row.uuid}&felt=alle",
        f"{review}?vis=tekst",
        *(
            reverse(f"governance:{name}", args=[found.uuid, row.uuid])
            for name in ("import_deliveries", "import_border", "import_merge", "import_split")
        ),
        reverse("governance:import_line", args=[found.uuid, goal.uuid]),
        reverse("governance:import_passage", args=[found.uuid, prose]),
        reverse("governance:import_compare", args=[again.uuid]),
        reverse("governance:import_citations", args=[citing.uuid]),
        reverse("governance:import_batch", args=[batch.uuid]),
    ]
    problems = []
    for name, size in SIZES.items():
        page = site.page("officer", size=size)
        for place in places:
            answer = page.goto(place)
            if answer is None or answer.status != 200:
                problems.append(f"{name} {place}: {answer and answer.status}")
                continue
            problems += [f"{name} {place}: {one}" for one in axe_findings(page)]
            if wider := sideways_scroll(page):
                problems.append(f"{name} {place}: {wider} px too wide")
    assert problems == []
