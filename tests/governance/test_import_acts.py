"""What people do with the rows of an import: each act, its refusals, and two people at once."""

from collections.abc import Callable
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from core.errors import DomainError, NotAllowed, NotFound, NotInThisState, RuleBroken, StaleVersion
from governance.actions import findings, import_rows, imports
from governance.actions.instructions import register_instruction_entry
from governance.intake import readiness
from governance.models import (
    AssignmentItem,
    DeliveryItem,
    DocumentImport,
    Finding,
    FindingState,
    ImportRow,
    ImportState,
    RowState,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.imports import READ_AT, fill_in, fresh, letter_bytes, make_import, register, settle


def row_of(found: DocumentImport, number: int) -> ImportRow:
    row: ImportRow = ImportRow.objects.get(document_import=found, kind="assignment", data__reference__number=number)
    return row


def common(cast: Cast, found: DocumentImport, row: ImportRow, by: str = "officer") -> dict[str, object]:
    return {"document_import": found, "row": row.uuid, "actor": cast.actor(by), "at": READ_AT}


def test_a_corrected_row_keeps_what_the_reader_said_and_can_be_taken_back(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    import_rows.correct_row(values={"title": "Rettet tittel"}, expected_version=row.version, **common(cast, found, row))
    row.refresh_from_db()
    assert (row.data["title"], row.state) == ("Rettet tittel", RowState.CORRECTED)
    assert row.original["data"]["title"] == "Bedre veiledning"
    import_rows.undo_last(document_import=found, actor=cast.actor("officer"), at=READ_AT)
    row.refresh_from_db()
    assert row.data["title"] == "Bedre veiledning"


def test_two_acts_on_one_row_are_taken_back_one_by_one(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    for title in ("Første", "Andre"):
        import_rows.correct_row(values={"title": title}, **common(cast, found, row))
    for expected in ("Første", "Bedre veiledning"):
        import_rows.undo_last(document_import=found, actor=cast.actor("officer"), at=READ_AT)
        row.refresh_from_db()
        assert row.data["title"] == expected
    with pytest.raises(NotInThisState):
        import_rows.undo_last(document_import=found, actor=cast.actor("officer"), at=READ_AT)


def test_a_row_without_a_title_is_not_accepted(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    with pytest.raises(RuleBroken) as caught:
        import_rows.correct_row(values={"title": " "}, **common(cast, found, row))
    assert caught.value.problems[0].field == "title"


def test_split_and_merge_lose_no_passage(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    before = list(row.passages)
    made = import_rows.split_row(passage=before[1], **common(cast, found, row))
    row.refresh_from_db()
    assert row.passages + made.passages == before
    assert made.state == RowState.UNSURE
    import_rows.merge_row(other=made.uuid, **common(cast, found, row))
    row.refresh_from_db()
    made.refresh_from_db()
    assert row.passages == before
    assert made.state == RowState.MERGED


def test_prose_becomes_a_row_and_a_row_becomes_prose(cast: Cast) -> None:
    found = make_import(cast)
    prose = next(p for p in found.passages if p["kind"] == "prose")
    made = import_rows.turn_into_row(
        document_import=found, passage=prose["ordinal"], kind="assignment", actor=cast.actor("officer"), at=READ_AT
    )
    assert made.state == RowState.UNSURE
    assert made.passages == [prose["ordinal"]]
    import_rows.turn_to_prose(**common(cast, found, made))
    made.refresh_from_db()
    assert made.state == RowState.PROSE


@pytest.mark.parametrize("by", ["controller", "auditor", "sub_agency_officer", "signer", "department_officer"])
def test_only_those_who_import_for_the_ministry_touch_the_rows(cast: Cast, by: str) -> None:
    found = make_import(cast)
    with pytest.raises(NotAllowed):
        import_rows.accept_row(**common(cast, found, row_of(found, 1), by))


def test_a_forged_row_is_not_found(cast: Cast) -> None:
    found, other = make_import(cast), make_import(cast, data=letter_bytes("Et annet brev."))
    stranger = row_of(other, 1)
    with pytest.raises(NotFound):
        import_rows.accept_row(**common(cast, found, stranger))
    stranger.uuid = uuid4()
    with pytest.raises(NotFound):
        import_rows.accept_row(**common(cast, found, stranger))


def test_an_old_version_is_refused(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    import_rows.accept_row(expected_version=row.version, **common(cast, found, row))
    with pytest.raises(StaleVersion):
        import_rows.turn_to_prose(expected_version=row.version, **common(cast, found, row))


@pytest.mark.django_db(transaction=True)
def test_two_people_on_one_row_at_the_same_time_lose_nothing(cast: Cast) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    outcomes: list[str] = []

    def correct(title: str) -> None:
        try:
            import_rows.correct_row(values={"title": title}, expected_version=row.version, **common(cast, found, row))
            outcomes.append("saved")
        except StaleVersion:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=correct, args=(title,)) for title in ("Fra den ene", "Fra den andre")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "stale"]


@pytest.mark.django_db(transaction=True)
def test_a_double_confirmation_makes_one_document(cast: Cast) -> None:
    found = make_import(cast)
    settle(cast, found)
    fill_in(cast, found)
    made: list[int] = []

    def confirm() -> None:
        try:
            made.append(register(cast, found).pk)
        finally:
            connection.close()

    threads = [Thread(target=confirm) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert len(set(made)) == 1
    assert SteeringDocument.objects.filter(title="Tildelingsbrev 2026").count() == 1


def test_the_doubtful_deadline_is_kept_as_written_and_under_clarification(cast: Cast) -> None:
    found = make_import(cast)
    settle(cast, found)
    fill_in(cast, found)
    document = register(cast, found)
    rows = {
        row.assignment_item.reference: row
        for row in DeliveryItem.objects.filter(document=document).select_related("assignment_item")
    }
    assert rows["TB2026-2"].doubtful
    assert rows["TB2026-2"].deadline_text == "15. januar 2026"
    assert not rows["TB2026-1"].doubtful
    assert AssignmentItem.objects.filter(document=document).count() == 3


def test_registering_waits_for_unsure_rows(cast: Cast) -> None:
    found = make_import(cast)
    prose = next(p for p in found.passages if p["kind"] == "prose")
    import_rows.turn_into_row(
        document_import=found, passage=prose["ordinal"], kind="reporting", actor=cast.actor("officer"), at=READ_AT
    )
    fill_in(cast, found)
    with pytest.raises(RuleBroken) as caught:
        register(cast, found)
    assert caught.value.problems[0].code == "unsure_rows"


Change = Callable[[Cast], dict[str, object]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda cast: {"agency": str(cast.org("Helfo").uuid)}, "not_steered"),
        (lambda _cast: {"agency": str(uuid4())}, "agency_missing"),
        (lambda _cast: {"kind": "finnes-ikke"}, "kind_missing"),
        (lambda _cast: {"title": ""}, "title_missing"),
        (lambda _cast: {"document_date": None}, "document_date_missing"),
        (lambda _cast: {"year": None}, "year_missing"),
    ],
)
def test_what_is_missing_or_wrong_about_the_letter_is_said(cast: Cast, change: Change, code: str) -> None:
    found = make_import(cast)
    with pytest.raises(RuleBroken) as caught:
        fill_in(cast, found, **change(cast))
    assert code in {problem.code for problem in caught.value.problems}


def test_a_missing_instruction_is_a_finding_until_its_entry_is_registered(cast: Cast) -> None:
    found = make_import(cast)
    finding = Finding.objects.get(document_import=found, check_id="V-02")
    assert "ikke er registrert" in finding.message
    settle(cast, found)
    fill_in(cast, found)
    document = register(cast, found)
    entry = register_instruction_entry(
        recipient=cast.org("DMP"),
        title="Hovedinstruks",
        document_date=READ_AT.date().replace(year=2024, month=6, day=26),
        effective_on=None,
        copy_rules=[{"correspondence": "letter", "recipient": str(cast.org("RR").uuid)}],
        actor=cast.actor("officer"),
        at=READ_AT,
    )
    assert not entry.has_text
    assert entry.copyrule_set.count() == 1
    finding.refresh_from_db()
    assert (finding.state, finding.document_id) == (FindingState.RESOLVED, document.pk)
    register_instruction_entry(
        recipient=cast.org("DMP"),
        title="Ny hovedinstruks",
        document_date=READ_AT.date(),
        effective_on=READ_AT.date(),
        copy_rules=[],
        actor=cast.actor("officer"),
        at=READ_AT,
    )
    replaced = Finding.objects.get(document=document, check_id="V-02", state=FindingState.OPEN)
    assert "erstattet" in replaced.message


def test_a_warning_is_acknowledged_with_a_reason_and_a_stopper_is_not(cast: Cast) -> None:
    found = make_import(cast)
    finding = Finding.objects.get(document_import=found, check_id="V-05")
    officer = cast.actor("officer")
    with pytest.raises(RuleBroken):
        findings.acknowledge_finding(finding=finding, reason=" ", actor=officer, at=READ_AT)
    with pytest.raises(NotAllowed):
        findings.acknowledge_finding(finding=finding, reason="Avklart", actor=cast.actor("controller"), at=READ_AT)
    done = findings.acknowledge_finding(finding=finding, reason="Avklart på telefon", actor=officer, at=READ_AT)
    assert (done.state, done.reason) == (FindingState.ACKNOWLEDGED, "Avklart på telefon")
    Finding.objects.filter(pk=finding.pk).update(state=FindingState.OPEN, severity="F")
    with pytest.raises(RuleBroken):
        findings.acknowledge_finding(finding=finding, reason="Avklart", actor=officer, at=READ_AT)


def test_the_same_file_is_not_read_twice(cast: Cast) -> None:
    found = make_import(cast)
    with pytest.raises(imports.AlreadyImported) as caught:
        make_import(cast)
    assert caught.value.existing == found
    imports.discard_import(document_import=found, reason="Feil brev", actor=cast.actor("officer"), at=READ_AT)
    assert make_import(cast).state == ImportState.REVIEW


def test_a_letter_to_be_sent_from_here_becomes_a_draft(cast: Cast) -> None:
    found = make_import(cast)
    settle(cast, found)
    fill_in(cast, found, way=readiness.SEND_FROM_HERE, document_date=None)
    document = register(cast, found)
    assert not document.is_issued
    assert fresh(found).state == ImportState.REGISTERED


def test_a_registered_import_is_closed(cast: Cast) -> None:
    found = make_import(cast)
    settle(cast, found)
    fill_in(cast, found)
    register(cast, found)
    with pytest.raises(DomainError):
        import_rows.accept_row(**common(cast, found, row_of(found, 1)))
