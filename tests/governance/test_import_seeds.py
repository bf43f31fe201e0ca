"""The real letters come in the whole way: dropped, read by the job, gone through, registered."""

from datetime import date, datetime
from pathlib import Path

import pytest

from core import jobs
from core.clock import OSLO
from governance.actions import import_details, import_rows, imports
from governance.models import (
    AssignmentItem,
    BudgetLine,
    DeliveryItem,
    DocumentImport,
    Finding,
    ImportRow,
    ImportState,
    ItemPassage,
    JournalEntry,
    Passage,
    RowState,
    SteeringDocument,
)
from tests.cast import Cast

AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)
LATER = datetime(2026, 3, 2, 10, 0, tzinfo=OSLO)


def bring_in(cast: Cast, path: Path, at: datetime = AT) -> DocumentImport:
    """Drop one file and let the job read it."""
    upload = imports.Upload(path.name, path.read_bytes())
    found = imports.start_import(uploads=[upload], actor=cast.actor("officer"), at=at)
    assert found.job is not None
    jobs.run(str(found.job.uuid))
    return DocumentImport.objects.select_related("organisation", "agency", "job", "document").get(pk=found.pk)


def settle(cast: Cast, found: DocumentImport, at: datetime = AT) -> None:
    """Accept what is unsure as it stands."""
    for row in ImportRow.objects.filter(document_import=found, state=RowState.UNSURE):
        import_rows.accept_row(document_import=found, row=row.uuid, actor=cast.actor("officer"), at=at)


def register(cast: Cast, found: DocumentImport, at: datetime = AT, **details: object) -> SteeringDocument:
    """Fill in what the body lacks and confirm."""
    officer = cast.actor("officer")
    import_details.set_details(document_import=found, details=details, actor=officer, at=at)
    return import_details.register_import(document_import=found, actor=officer, at=at)


def test_the_allocation_letter_comes_in_whole(cast: Cast, shared: Path) -> None:
    found = bring_in(cast, shared / "seeds" / "tildelingsbrev-dmp-2026.txt")
    assert found.state == ImportState.REVIEW
    assert found.agency == cast.org("DMP")
    settle(cast, found)
    document = register(
        cast,
        found,
        kind="allocation_letter",
        agency=str(cast.org("DMP").uuid),
        title="Tildelingsbrev for 2026",
        year=2026,
        document_date=date(2025, 12, 22),
        case_number="25/4127",
        signatories=[{"name": "Ragnhild Moen", "title": "ekspedisjonssjef", "by_authority": True}],
    )
    assert document.is_issued
    assert document.sha256
    assert AssignmentItem.objects.filter(document=document).count() == 6
    doubtful = DeliveryItem.objects.get(document=document, assignment_item__reference="TB2026-5")
    assert (doubtful.deadline, doubtful.doubtful, doubtful.deadline_text) == (date(2026, 1, 15), True, "15.januar 2026")
    unclear = BudgetLine.objects.get(document=document, unclear=True)
    assert (unclear.chapter, unclear.post, unclear.amount) == (746, 21, 1_000_000)
    assert JournalEntry.objects.filter(subject=document.uuid).count() == 2
    texts = Passage.objects.filter(document=document).values_list("text", "start", "end")
    assert all(document.canonical_text[start:end] == text for text, start, end in texts)
    assert ItemPassage.objects.filter(document=document).exists()
    missing = Finding.objects.get(document=document, check_id="V-02")
    assert "26. juni 2024" in missing.message


@pytest.mark.parametrize(
    ("name", "agency", "dated"),
    [
        ("hovedinstruks-dmp-2026.txt", "DMP", date(2026, 1, 26)),
        ("hovedinstruks-helsedirektoratet-2026.txt", "Hdir", date(2026, 1, 27)),
        ("instruks-difi-2018.txt", "FHI", date(2018, 1, 18)),
    ],
)
def test_each_instruction_comes_in_by_section(cast: Cast, shared: Path, name: str, agency: str, dated: date) -> None:
    found = bring_in(cast, shared / "seeds" / name, LATER)
    settle(cast, found, LATER)
    document = register(
        cast,
        found,
        LATER,
        kind="instruction",
        agency=str(cast.org(agency).uuid),
        title="Hovedinstruks",
        document_date=dated,
        effective_on=dated,
        copy_rules=[{"correspondence": "letter", "recipient": str(cast.org("RR").uuid), "section": "5"}],
    )
    assert document.is_issued
    assert Passage.objects.filter(document=document, heading_level__gt=0).exists()
    typed = document.copyrule_set.filter(correspondence="letter", recipient=cast.org("RR"))
    assert typed.count() == 1
    assert document.copyrule_set.filter(correspondence="audit", recipient=cast.org("HOD")).exists()


def test_the_supplement_gives_three_assignments_with_deadlines_and_a_joint_one(cast: Cast, shared: Path) -> None:
    found = bring_in(cast, shared / "seeds" / "ttb-helsedirektoratet-2024-40-42.txt")
    settle(cast, found)
    document = register(
        cast,
        found,
        kind="supplement",
        agency=str(cast.org("Hdir").uuid),
        title="Supplerende tildelingsbrev 2024",
        year=2024,
        document_date=date(2024, 11, 1),
    )
    items = list(AssignmentItem.objects.filter(document=document))
    assert [(row.series, row.year, row.number) for row in items] == [("TTB", 2024, n) for n in (40, 41, 42)]
    assert all(DeliveryItem.objects.filter(assignment_item=row, deadline__isnull=False).exists() for row in items)
    assert any(row.recipients for row in items)
