"""Citations of earlier assignments: found however the number is written, in whatever order letters come (R-14)."""

from collections.abc import Callable
from itertools import permutations
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core import jobs
from core.errors import NotAllowed, NotFound, RuleBroken, StaleVersion
from governance import citing
from governance.actions import citations as acts
from governance.actions import import_batches, import_rows
from governance.actions.import_batch_register import register_ready
from governance.actions.imports import Upload
from governance.models import AssignmentItem, Citation, DocumentImport, ImportBatch, ImportRow, ResolvedCitation
from tests.cast import Cast
from tests.factories.imports import READ_AT, fill_in, fresh, make_import, register, settle

Browser = Callable[[str], Client]
LETTER = """Helse- og omsorgsdepartementet

Direktoratet for medisinske produkter

Dato: {day}. desember {before}

{heading} {year} til Direktoratet for medisinske produkter

3. Oppdrag

{reference} {title}

Direktoratet skal lage en plan. {more}

Frist: 1. oktober {year}
"""


def text(year: int, reference: str, title: str, more: str = "", day: int = 20) -> bytes:
    return LETTER.format(
        day=day, year=year, before=year - 1, heading="Tildelingsbrev", reference=reference, title=title, more=more
    ).encode()


def bring(cast: Cast, year: int, reference: str, title: str, more: str = "", number: int = 1) -> DocumentImport:
    found = make_import(cast, data=text(year, reference, title, more), name=f"{year}-{number}.txt")
    settle(cast, found)
    fill_in(cast, found, year=year, number=number, title=f"Tildelingsbrev {year}")
    return fresh(found)


def meaning(text_: str) -> str:
    """The number of the assignment a registered citation means; empty when nothing was found."""
    citation = Citation.objects.get(kind="assignment", text__contains=text_)
    held = citing.latest([citation.pk]).get(citation.pk)
    return AssignmentItem.objects.get(uuid=held.item).reference if held and held.item else ""


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("TTB2024 – 42", "TTB2024-42"),
        ("TTB 2024-41", "TTB2024-41"),
        ("oppdrag TB 2025-22a", "TB2025-22a"),
        ("TB2026-20, bokstav c", "TB2026-20"),
        ("Oppdraget TB2026–20 punkt 2", "TB2026-20"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(written: str, key: str) -> None:
    assert citing.key_of(written) == key


@pytest.mark.parametrize(
    ("given", "cited"),
    [("TTB2024-41", "TTB 2024-41"), ("TB2025-22a", "TB 2025-22a"), ("TB2024-20", "TB2024-20, bokstav c")],
)
def test_a_cited_assignment_is_found_among_the_registered_ones(cast: Cast, given: str, cited: str) -> None:
    register(cast, bring(cast, 2024, given, "Ordning for lager"))
    later = bring(cast, 2026, "TB2026-1", "Bedre veiledning", f"Arbeidet bygger på oppdrag {cited} om lager.", 2)
    rows = citing.of_import(later)
    assert [(row.cited.reference if row.cited else "") for row in rows] == [given]
    register(cast, later)
    assert meaning(cited[-6:]) == given


def test_an_unknown_one_is_said_and_found_when_its_letter_comes_in(cast: Cast, log_in: Browser) -> None:
    later = bring(cast, 2026, "TB2026-1", "Bedre veiledning", "Arbeidet bygger på oppdrag TTB 2024-41 om lager.", 2)
    browser = log_in("officer")
    review = browser.get(reverse("governance:import_review", args=[later.uuid])).content.decode()
    assert "1 henvisning til tidligere oppdrag, 1 ikke funnet" in review
    document = register(cast, later)
    address = reverse("governance:document", args=[document.uuid])
    page = browser.get(address).content.decode()
    citation = Citation.objects.get(document=document, kind="assignment")
    assert "Ikke funnet blant registrerte oppdrag" in page
    assert reverse("governance:citation", args=[citation.uuid]) in page
    controller = log_in("controller").get(address).content.decode()
    assert reverse("governance:citation", args=[citation.uuid]) not in controller
    register(cast, bring(cast, 2024, "TTB2024-41", "Ordning for lager"))
    assert meaning("2024-41") == "TTB2024-41"
    page = browser.get(address).content.decode()
    assert "Gjelder TTB2024-41, Tildelingsbrev 2024" in page
    assert "Ikke funnet blant registrerte oppdrag" not in page


@pytest.mark.parametrize("order", list(permutations(range(3)))[:4])
def test_a_folder_of_years_is_tied_together_whatever_order_it_is_read_in(cast: Cast, order: tuple[int, ...]) -> None:
    letters = [
        Upload("a.txt", text(2022, "TB2022-7", "Første plan")),
        Upload("b.txt", text(2023, "TB2023-3", "Neste plan", "Det vises til oppdrag TB 2022-7 om planen.")),
        Upload("c.txt", text(2024, "TB2024-1", "Siste plan", "Det vises til oppdrag TB 2023-3 og TB2022 – 7.")),
    ]
    batch = import_batches.start_batch(
        uploads=[letters[place] for place in order], actor=cast.actor("officer"), at=READ_AT
    )
    assert batch.job is not None
    jobs.run(str(batch.job.uuid))
    batch = ImportBatch.objects.select_related("organisation").get(pk=batch.pk)
    last = DocumentImport.objects.select_related("organisation", "agency").get(rows__data__reference__number=1)
    assert {row.coming != "" for row in citing.of_import(last)} == {True}
    for found in DocumentImport.objects.all():
        settle(cast, found)
    done = register_ready(batch=batch, actor=cast.actor("officer"), at=READ_AT)
    assert (len(done.documents), done.problems) == (3, [])
    pairs = {
        (row.citation.document.year, AssignmentItem.objects.get(uuid=row.item).reference)
        for row in ResolvedCitation.objects.select_related("citation__document")
    }
    assert pairs == {(2023, "TB2022-7"), (2024, "TB2023-3"), (2024, "TB2022-7")}


def test_an_assignment_the_letter_moves_or_withdraws_is_found_too(cast: Cast, log_in: Browser) -> None:
    register(cast, bring(cast, 2024, "TB2024-9", "Ordning for lager"))
    sentence = "Fristen for oppdrag {} utsettes til 1. mai 2026."
    moved = " ".join(sentence.format(number) for number in ("TB2024-9", "TB2024-8"))
    later = bring(cast, 2026, "TB2026-1", "Bedre veiledning", moved, 2)
    found = {row.written.split()[-1]: row.cited.reference if row.cited else "" for row in citing.of_import(later)}
    assert found == {"TB2024-9": "TB2024-9", "TB2024-8": ""}
    page = log_in("officer").get(reverse("governance:import_citations", args=[later.uuid])).content.decode()
    assert "TB2024-9 Ordning for lager, Tildelingsbrev 2024" in page
    assert "Ikke funnet blant registrerte oppdrag" in page


def test_a_row_that_changes_an_assignment_stands_among_the_citations(cast: Cast, log_in: Browser) -> None:
    register(cast, bring(cast, 2024, "TB2024-9", "Ordning for lager"))
    later = bring(cast, 2026, "TB2026-1", "Bedre veiledning", "", 2)
    row = ImportRow.objects.get(document_import=later, kind="assignment")
    reference = {**row.data["reference"], "written": "TB 2024-9", "year": 2024, "number": 9}
    values = {"change": "moved", "reference": reference}
    import_rows.correct_row(document_import=later, row=row.uuid, values=values, actor=cast.actor("officer"), at=READ_AT)
    cited = [(one.place, one.cited.reference if one.cited else "") for one in citing.of_import(later)]
    assert cited == [(-1, "TB2024-9")]
    page = log_in("officer").get(reverse("governance:import_citations", args=[later.uuid])).content.decode()
    assert "rett det i raden" in page
    with pytest.raises(NotFound):
        acts.choose_import_citation(
            document_import=later, place=-1, item="none", actor=cast.actor("officer"), at=READ_AT
        )


def test_a_person_chooses_while_the_letter_is_gone_through_and_the_choice_follows_it(
    cast: Cast, log_in: Browser
) -> None:
    register(cast, bring(cast, 2024, "TB2024-9", "Ordning for lager"))
    chosen = AssignmentItem.objects.get(reference="TB2024-9")
    later = bring(cast, 2026, "TB2026-1", "Bedre veiledning", "Arbeidet bygger på oppdrag TB 2024-8 om lager.", 2)
    browser, address = log_in("officer"), reverse("governance:import_citations", args=[later.uuid])
    place = citing.of_import(later)[0].place
    page = browser.get(address).content.decode()
    assert "Ikke funnet blant registrerte oppdrag" in page
    forged = browser.post(address, {"version": later.version, "plass": place, "item": str(uuid4())})
    assert forged.status_code == 422
    stale = browser.post(address, {"version": later.version - 1, "plass": place, "item": str(chosen.uuid)})
    assert stale.status_code == 412
    assert browser.post(address, {"version": later.version, "plass": 99, "item": ""}).status_code == 404
    done = browser.post(address, {"version": later.version, "plass": place, "item": str(chosen.uuid)})
    assert done.status_code == 302
    assert "TB2024-9 Ordning for lager" in browser.get(address).content.decode()
    register(cast, fresh(later))
    row = ResolvedCitation.objects.get(item=chosen.uuid)
    assert (row.by_hand, row.decided_by_id) == (True, cast.users["officer"].pk)
    register(cast, bring(cast, 2024, "TB2024-8", "Noe annet", number=3))
    assert meaning("2024-8") == "TB2024-9"


def test_a_person_chooses_in_a_registered_letter_and_can_say_none(cast: Cast, log_in: Browser) -> None:
    register(cast, bring(cast, 2024, "TB2024-9", "Ordning for lager"))
    register(cast, bring(cast, 2026, "TB2026-1", "Veiledning", "Arbeidet bygger på oppdrag TB 2024-8 om lager.", 2))
    citation = Citation.objects.get(kind="assignment")
    chosen = AssignmentItem.objects.get(reference="TB2024-9")
    browser, address = log_in("officer"), reverse("governance:citation", args=[citation.uuid])
    assert "TB2024-9 Ordning for lager" in browser.get(address).content.decode()
    assert browser.post(address, {"item": str(chosen.uuid)}).status_code == 302
    assert meaning("2024-8") == "TB2024-9"
    assert browser.post(address, {"item": "none"}).status_code == 302
    assert meaning("2024-8") == ""
    assert ResolvedCitation.objects.filter(citation=citation).count() == 2
    common = {"citation": citation, "at": READ_AT}
    with pytest.raises(NotAllowed):
        acts.choose_citation(item=None, actor=cast.actor("controller"), **common)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken):
        acts.choose_citation(item=uuid4(), actor=cast.actor("officer"), **common)  # type: ignore[arg-type]


def test_strangers_and_old_versions_are_refused(cast: Cast) -> None:
    later = bring(cast, 2026, "TB2026-1", "Veiledning", "Arbeidet bygger på oppdrag TB 2024-8 om lager.", 2)
    place = citing.of_import(later)[0].place
    common = {"document_import": later, "item": "none", "at": READ_AT}
    with pytest.raises(NotAllowed):
        acts.choose_import_citation(place=place, actor=cast.actor("controller"), **common)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        acts.choose_import_citation(place=50, actor=cast.actor("officer"), **common)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        acts.choose_import_citation(
            place=place,
            actor=cast.actor("officer"),
            expected_version=later.version + 1,
            **common,  # type: ignore[arg-type]
        )
