"""Ten years of letters and supplements in one folder, in any order: tied together, nothing sent (issue 4, point 6)."""

import random
from datetime import date

import pytest
from django.core import mail

from assignments.models import Assignment, Delivery
from core import jobs
from core.models import Message
from governance.actions import import_batches
from governance.actions.import_batch_register import register_ready
from governance.actions.imports import Upload
from governance.models import (
    AssignmentItem,
    Citation,
    Dispatch,
    DocumentImport,
    Finding,
    ImportBatch,
    ResolvedCitation,
    SteeringDocument,
)
from reporting.models import Reminder
from tests.cast import Cast
from tests.factories.imports import READ_AT, settle

YEARS = range(2017, 2027)
HEAD = """Helse- og omsorgsdepartementet

Direktoratet for medisinske produkter

Dato: {day}
Vår ref.: {case}

{heading} til Direktoratet for medisinske produkter

3. Oppdrag

"""
ASSIGNMENT = """{reference} {title}

{body}

Frist: {deadline}

"""
PARTS = "Direktoratet skal:\n\na) kartlegge lagrene,\n\nb) foreslå tiltak og\n\nc) lage en plan for innføring."


def letter(year: int) -> Upload:
    """The letter of a year; each cites the year before, the last three give what the supplements name."""
    head = HEAD.format(day=f"20. desember {year - 1}", case=f"{year - 2001}/100", heading=f"Tildelingsbrev {year}")
    cites = f" Arbeidet bygger på oppdrag TB {year - 1}-1." if year > YEARS[0] else ""
    body = f"Direktoratet skal lage en plan for veiledning i {year}.{cites}"
    rows = [(f"TB{year}-1", "Bedre veiledning", body, f"1. oktober {year}")]
    extra = {
        2024: ("TTB2024-41", "Ordning for lager", "Direktoratet skal lage en ordning.", "1. november 2024"),
        2025: ("TB2025-22a", "Felles register", "Direktoratet skal bygge et register.", "1. november 2025"),
        2026: ("TB2026-20", "Innføring av plan", PARTS, "1. november 2026"),
    }
    rows += [extra[year]] if year in extra else []
    written = "".join(
        ASSIGNMENT.format(reference=reference, title=title, body=text, deadline=deadline)
        for reference, title, text, deadline in rows
    )
    return Upload(f"{year}/brev.txt", (head + written).encode())


def supplement(year: int, day: str, number: int, reference: str, body: str) -> Upload:
    """A supplement with one assignment of its own that cites earlier ones."""
    heading = f"Supplerende tildelingsbrev nr. {number} {year}"
    head = HEAD.format(day=day, case=f"{year - 2001}/{100 + number}", heading=heading)
    written = ASSIGNMENT.format(reference=reference, title="Videre arbeid", body=body, deadline=f"1. desember {year}")
    return Upload(f"{year}/supplement-{number}.txt", (head + written).encode())


def folder() -> list[Upload]:
    return [
        *(letter(year) for year in YEARS),
        supplement(2024, "2. mai 2024", 1, "TB2024-50", "Arbeidet bygger på oppdrag TTB 2024-41 om lager."),
        supplement(2025, "5. mai 2025", 1, "TB2025-50", "Det vises til oppdrag TB 2025-22a og TTB 2024-41."),
        supplement(2026, "8. januar 2026", 1, "TB2026-50", "Arbeidet bygger på TB2026-20, bokstav c om planen."),
    ]


def bring_in(cast: Cast, uploads: list[Upload]) -> list[SteeringDocument]:
    actor = cast.actor("officer")
    batch = import_batches.start_batch(uploads=uploads, actor=actor, at=READ_AT)
    assert batch.job is not None
    jobs.run(str(batch.job.uuid))
    batch = ImportBatch.objects.select_related("organisation").get(pk=batch.pk)
    for found in DocumentImport.objects.filter(batch_entries__batch=batch):
        settle(cast, found)
    done = register_ready(batch=batch, actor=actor, at=READ_AT)
    assert done.problems == []
    return done.documents


def tied() -> set[tuple[str, str]]:
    """What each citation means: its words and the number of the assignment."""
    numbers = dict(AssignmentItem.objects.values_list("uuid", "reference"))
    rows = ResolvedCitation.objects.filter(item__isnull=False).select_related("citation")
    return {(row.citation.text.removeprefix("oppdrag "), numbers[row.item]) for row in rows if row.item}


EXPECTED = {(f"TB {year}-1", f"TB{year}-1") for year in YEARS[:-1]} | {
    ("TTB 2024-41", "TTB2024-41"),
    ("TB 2025-22a", "TB2025-22a"),
    ("TB2026-20, bokstav c", "TB2026-20"),
}


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_years_in_any_order_are_tied_together_and_nothing_is_sent(cast: Cast, seed: int) -> None:
    uploads = folder()
    random.Random(seed).shuffle(uploads)  # noqa: S311  # an order, no secret
    documents = bring_in(cast, uploads)
    assert len(documents) == len(uploads)
    assert {document.origin for document in documents} == {"registered"}
    assert tied() == EXPECTED
    assert Citation.objects.filter(kind="assignment", resolutions__isnull=True).count() == 0
    assert SteeringDocument.objects.filter(kind__family="supplement", supplements__isnull=True).count() == 0
    assert [Message.objects.count(), Dispatch.objects.count(), Reminder.objects.count(), len(mail.outbox)] == [0] * 4


def test_supplements_that_are_registered_before_their_letters_are_tied_when_these_come(cast: Cast) -> None:
    late = supplement(2024, "2. september 2024", 2, "TB2024-51", "Direktoratet skal følge opp arbeidet.")
    moved = b"2. Endringer\n\nFristen for oppdrag TB 2024-1 utsettes til 1. mai 2026.\n\n3. Oppdrag"
    bring_in(cast, [*folder()[10:], Upload(late.name, late.data.replace(b"3. Oppdrag", moved))])
    assert tied() == set()
    assert Finding.objects.filter(check_id="V-08", state="open").count() == 1
    bring_in(cast, folder()[9::-1])
    assert tied() >= EXPECTED
    given = Assignment.objects.get(reference="TB2024-1", number=1)
    assert Delivery.objects.get(assignment=given).deadline == date(2026, 5, 1)
    assert not Finding.objects.filter(check_id__in=("V-07", "V-08"), state="open", document__year=2024).exists()
    assert [Message.objects.count(), Dispatch.objects.count(), Reminder.objects.count(), len(mail.outbox)] == [0] * 4
