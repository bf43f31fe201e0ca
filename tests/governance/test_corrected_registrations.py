"""A letter signed elsewhere was read wrongly: the record is put right, and what hangs on the rows stays (A1 to A4)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from assignments.models import Answer, Assignment, Delivery
from core import files
from core.canonical import sha256
from core.errors import NotAllowed, NotFound, NotInThisState, RuleBroken
from core.models import Event, Message
from governance import snapshot
from governance.actions import import_rows
from governance.actions.imports import discard_import
from governance.actions.registration_corrections import Why, correct_reading, correct_registration
from governance.actions.removals import RemovalRequest, ask_for_removal, remove_content
from governance.consolidation import canonical, in_force
from governance.content import ContentWriter
from governance.intake import differing
from governance.models import (
    AssignmentItem,
    BudgetLine,
    Change,
    ChangeKind,
    Dispatch,
    DocumentFile,
    DocumentImport,
    Goal,
    ImportRow,
    ImportState,
    ItemPassage,
    KeyFigure,
    Passage,
    RegistrationCorrection,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import make_draft, make_issued_supplement, write_assignment
from tests.factories.imports import LETTER, READ_AT, fill_in, fresh, make_import, register, settle
from tests.factories.removals import second_person

CASE = "Vår ref.: 25/4127\n\n"
LATER = READ_AT + timedelta(days=30)
MISREAD = Why("misread", "Fristen sto på neste linje.")
BETTER = (
    LETTER.replace("Frist: 31. desember 2026", "Frist: 1. desember 2026")
    .replace("TB2026-2 Avd. HOD: FHA Ny metode", "TB2026-2 Avd. HOD: FHA Ny metode for screening")
    .replace("3.1.2. Nøkkeltall\n\n• Antall søknader som er behandlet\n\n", "")
    .replace("746 01 Driftsutgifter 458 591", "746 01 Driftsutgifter 460 000\n746 21 Spesielle driftsutgifter 12 000")
)


def brought_in(cast: Cast, text: str, name: str) -> DocumentImport:
    found = make_import(cast, data=(CASE + text.format(marker="")).encode(), name=name)
    fill_in(cast, found)
    return fresh(found)


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    found = brought_in(cast, LETTER, "brev.txt")
    settle(cast, found)
    return register(cast, fresh(found))


@pytest.fixture
def better(cast: Cast, letter: SteeringDocument) -> DocumentImport:
    return brought_in(cast, BETTER, "rettet.txt")


def differences(found: DocumentImport, document: SteeringDocument) -> dict[str, differing.Difference]:
    """By number, or kind."""
    base = differing.base_of(document)
    assert base is not None
    made = {}
    for one in differing.differences(differing.paired(found, base, differing.rows_of(found, base))):
        data = one.row.data
        number = (data.get("reference") or {}).get("written") if one.kind == "assignment" else ""
        made[number or (f"{data['chapter']}.{data['post']}" if one.kind == "budget_line" else one.kind)] = one
    return made


def correct(
    cast: Cast,
    found: DocumentImport,
    rows: list[UUID],
    why: Why = MISREAD,
    *,
    by: str = "officer",
    at: datetime = LATER,
) -> RegistrationCorrection:
    return correct_registration(document_import=fresh(found), rows=rows, why=why, actor=cast.actor(by), at=at)


def correct_all(cast: Cast, found: DocumentImport, document: SteeringDocument) -> RegistrationCorrection:
    return correct(cast, found, [one.uuid for one in differences(found, document).values()])


def now(document: SteeringDocument) -> SteeringDocument:
    return SteeringDocument.objects.for_detail().get(pk=document.pk)


def test_the_differences_are_new_changed_and_gone(letter: SteeringDocument, better: DocumentImport) -> None:
    found = differences(better, letter)
    assert {name: one.act for name, one in found.items()} == {
        "TB2026-1": "changed", "TB2026-2": "changed", "746.01": "changed", "746.21": "added", "key_figure": "removed",
    }  # fmt: skip
    assert found["TB2026-2"].fields == ("title",)


def test_chosen_rows_are_corrected_with_their_ids_and_the_others_stay(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    ids = dict(AssignmentItem.objects.filter(document=letter).values_list("reference", "uuid"))
    found = differences(better, letter)
    made = correct(cast, better, [found["TB2026-2"].uuid])
    item = AssignmentItem.objects.get(uuid=ids["TB2026-2"])
    assert item.title == "Ny metode for screening"
    assert dict(AssignmentItem.objects.filter(document=letter).values_list("reference", "uuid")) == ids
    assert BudgetLine.objects.get(document=letter, chapter=746).amount == 458_591_000
    row = next(row for row in made.rows if row["key"] == "assignment")
    assert (row["act"], row["item"], row["before"]["data"]["title"], row["after"]["data"]["title"]) == (
        "changed", str(item.uuid), "Ny metode", "Ny metode for screening",
    )  # fmt: skip
    assert (made.reason, made.note, made.corrected_by_id, made.corrected_at) == (
        "misread", MISREAD.note, cast.users["officer"].pk, LATER,
    )  # fmt: skip
    assert sorted(differences(fresh(better), letter)) == ["746.01", "746.21", "TB2026-1", "key_figure"]
    assert fresh(better).state == ImportState.DETAILS


def test_a_new_version_is_sealed_and_the_one_before_is_kept(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    original = letter.sha256
    first = correct(cast, better, [differences(better, letter)["TB2026-2"].uuid])
    second = correct_all(cast, better, letter)
    document = now(letter)
    assert snapshot.seal(document) == snapshot.Seal.CORRECTED
    assert (document.sha256, first.sha256, first.sha256_after) == (original, original, second.sha256)
    assert document.snapshot is not None
    assert sha256(files.read(document.snapshot)) == second.sha256_after
    assert b'"Ny metode"' in files.read(first.previous)
    assert b'"Ny metode for screening"' in files.read(document.snapshot)
    assert document.version > letter.version


def test_the_freezing_is_closed_again_and_corrections_are_never_changed(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    made = correct_all(cast, better, letter)
    with pytest.raises(DatabaseError), transaction.atomic():
        AssignmentItem.objects.filter(document=letter).update(title="Endret")
    with pytest.raises(DatabaseError), transaction.atomic():
        RegistrationCorrection.objects.filter(pk=made.pk).update(note="Endret")
    with pytest.raises(DatabaseError), transaction.atomic():
        SteeringDocument.objects.filter(pk=letter.pk).update(title="Endret")


def test_new_rows_come_and_rows_that_are_not_in_the_letter_go(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    correct_all(cast, better, letter)
    line = BudgetLine.objects.get(document=letter, chapter=746, post=21)
    assert (line.amount, line.name) == (12_000_000, "Spesielle driftsutgifter")
    assert ItemPassage.objects.filter(document=letter, item=line.uuid).exists()
    assert not KeyFigure.objects.filter(document=letter).exists()
    assert fresh(better).state == ImportState.REGISTERED
    assert fresh(better).document_id == letter.pk
    again = brought_in(cast, BETTER + " ", "en gang til.txt")
    assert differences(again, letter) == {}


def test_the_text_follows_the_rows_and_the_better_file_is_kept(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    correct_all(cast, better, letter)
    text = " ".join(
        " ".join(text.split()) for text in Passage.objects.filter(document=letter).values_list("text", flat=True)
    )
    assert "Ny metode for screening" in text
    assert "746 21 Spesielle driftsutgifter 12 000" in text
    names = DocumentFile.objects.filter(document=letter).order_by("ordinal").values_list("file__name", flat=True)
    assert list(names) == ["brev.txt", "rettet.txt"]


def test_what_was_known_before_is_byte_for_byte_the_same_and_valid_from_is_the_letters(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    agency, known = cast.org("DMP"), READ_AT + timedelta(days=1)

    def told(day: date, at: datetime | None) -> bytes:
        return canonical(in_force(agency=agency, valid_on=day, known_at=at))

    days = (date(2026, 1, 1), date(2026, 6, 1))
    before = [told(day, known) for day in days]
    assert b"Ny metode" in before[0]
    correct_all(cast, better, letter)
    assert [told(day, known) for day in days] == before
    after = told(days[0], LATER)
    assert b"Ny metode for screening" in after
    assert b"Spesielle driftsutgifter" in after


def test_the_assignments_follow_and_answers_stay_attached(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    first = Assignment.objects.get(reference="TB2026-1")
    delivery = Delivery.objects.get(assignment=first)
    answer = make_answer(cast, delivery)
    correct_all(cast, better, letter)
    again = Delivery.objects.get(pk=delivery.pk)
    assert (again.letter_deadline, again.deadline, again.deadline_version) == (
        date(2026, 12, 1), date(2026, 12, 1), delivery.deadline_version + 1,
    )  # fmt: skip
    assert answer.delivery_id == again.pk
    assert Assignment.objects.get(pk=first.pk).next_deadline == date(2026, 12, 1)
    second = Assignment.objects.get(reference="TB2026-2")
    assert second.title == "Ny metode for screening"
    assert Event.objects.filter(subject=second.uuid, type="assignment.registration_corrected").count() == 1


def make_answer(cast: Cast, delivery: Delivery) -> Answer:
    said = {"text": "Plan", "sent_on": date(2026, 2, 1), "sender": "DMP", "registered_by_name": "Kari", "at": READ_AT}
    user = cast.users["controller"]
    made: Answer = Answer.objects.create(delivery=delivery, organisation=cast.org("DMP"), registered_by=user, **said)
    return made


def test_a_row_with_answers_or_changes_is_not_taken_away_and_the_sentence_names_them(
    cast: Cast, letter: SteeringDocument
) -> None:
    without = LETTER.replace(LETTER[LETTER.index("TB2026-3") : LETTER.index("4. Budsjett")], "")
    found = brought_in(cast, without, "uten.txt")
    gone = differences(found, letter)["TB2026-3"]
    delivery = Delivery.objects.get(assignment__reference="TB2026-3")
    make_answer(cast, delivery)
    supplement = make_draft(cast, kind="supplement", title="Supplerende brev nr. 1", document_date=None)
    Change.objects.create(document=supplement, kind=ChangeKind.WITHDRAW, target=gone.item)
    with pytest.raises(RuleBroken) as refused:
        correct(cast, found, [gone.uuid])
    said = str(refused.value.problems[0].message)
    assert "TB2026-3" in said
    assert "1 svar" in said
    assert "endret i «Supplerende brev nr. 1»" in said
    assert AssignmentItem.objects.filter(uuid=gone.item).exists()
    assert not RegistrationCorrection.objects.exists()


def test_an_assignment_that_is_not_in_the_letter_ends_and_is_told_of(cast: Cast, letter: SteeringDocument) -> None:
    without = LETTER.replace(LETTER[LETTER.index("TB2026-3") : LETTER.index("4. Budsjett")], "")
    found = brought_in(cast, without, "uten.txt")
    assignment = Assignment.objects.get(reference="TB2026-3")
    correct_all(cast, found, letter)
    assert not AssignmentItem.objects.filter(document=letter, reference="TB2026-3").exists()
    assignment = Assignment.objects.get(pk=assignment.pk)
    assert (assignment.status, assignment.item_id, assignment.number) == ("withdrawn", None, None)
    told = Event.objects.get(subject=assignment.uuid, type="assignment.withdrawn")
    assert told.reason == "Registreringen er rettet: dette står ikke i brevet."


def test_an_assignment_the_first_reading_missed_is_given(cast: Cast) -> None:
    without = LETTER.replace(LETTER[LETTER.index("TB2026-3") : LETTER.index("4. Budsjett")], "")
    first = brought_in(cast, without, "uten.txt")
    settle(cast, first)
    letter = register(cast, fresh(first))
    found = brought_in(cast, LETTER, "hele.txt")
    correct_all(cast, found, letter)
    assignment = Assignment.objects.get(reference="TB2026-3")
    assert (assignment.document_id, assignment.delivery_count) == (letter.pk, 1)
    assert Delivery.objects.get(assignment=assignment).deadline == date(2027, 1, 15)


def test_nothing_is_sent(cast: Cast, letter: SteeringDocument, better: DocumentImport) -> None:
    correct_all(cast, better, letter)
    assert [Message.objects.count(), Dispatch.objects.count(), len(mail.outbox)] == [0, 0, 0]
    event = Event.objects.get(subject=letter.uuid, type="document.registration_corrected")
    assert (event.audience, event.reason) == ("shared", "Lest feil. Fristen sto på neste linje.")
    assert "screening" not in str(event.after)


@pytest.mark.parametrize("by", ["controller", "signer", "department_officer", "auditor"])
def test_others_may_not(cast: Cast, letter: SteeringDocument, better: DocumentImport, by: str) -> None:
    with pytest.raises(NotAllowed):
        correct(cast, better, [one.uuid for one in differences(better, letter).values()], by=by)


def test_what_is_wrong_is_said_at_once_and_nothing_is_changed(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    with pytest.raises(RuleBroken) as refused:
        correct(cast, better, [], Why("annet"))
    assert [problem.field for problem in refused.value.problems] == ["rows", "reason"]
    with pytest.raises(RuleBroken) as refused:
        correct(cast, better, [UUID(int=1)])
    assert refused.value.problems[0].code == "not_listed"
    bad = differences(better, letter)["746.21"]
    ImportRow.objects.filter(uuid=bad.uuid).update(data={**bad.data, "amount": None})
    with pytest.raises(RuleBroken) as refused:
        correct(cast, better, [bad.uuid])
    assert "Skriv beløpet" in str(refused.value.problems[0].message)
    assert snapshot.seal(now(letter)) == snapshot.Seal.INTACT


def test_a_letter_issued_here_is_never_corrected_so(cast: Cast) -> None:
    found = brought_in(cast, LETTER, "brev.txt")
    fill_in(cast, found, way="made_here")
    settle(cast, found)
    draft = register(cast, fresh(found))
    with pytest.raises(NotInThisState) as refused:
        hand(cast, draft, AssignmentItem.objects.filter(document=draft)[0].uuid, title="Ny")
    assert "utkast" in str(refused.value.message)

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2026-8", "Plan for lager")

    issued = make_issued_supplement(cast, fill=fill)
    with pytest.raises(NotInThisState) as refused:
        hand(cast, issued, AssignmentItem.objects.get(document=issued).uuid, title="Ny")
    assert refused.value.code == "issued_here"
    assert "supplerende brev" in str(refused.value.message)


def hand(cast: Cast, document: SteeringDocument, item: UUID, **values: Any) -> RegistrationCorrection:
    return correct_reading(document=document, item=item, values=values, note="", actor=cast.actor("officer"), at=LATER)


def test_one_row_is_put_right_by_hand(cast: Cast, letter: SteeringDocument) -> None:
    item = AssignmentItem.objects.get(document=letter, reference="TB2026-2")
    made = hand(cast, letter, item.uuid, title="En annen tittel")
    assert (made.reason, made.document_import_id) == ("misread", None)
    assert AssignmentItem.objects.get(pk=item.pk).title == "En annen tittel"
    assert Assignment.objects.get(item=item).title == "En annen tittel"
    assert snapshot.seal(now(letter)) == snapshot.Seal.CORRECTED
    with pytest.raises(RuleBroken):
        hand(cast, letter, item.uuid, title="En annen tittel")
    with pytest.raises(NotFound):
        hand(cast, letter, UUID(int=1), title="En annen tittel")


def test_words_a_supplement_has_given_since_stay(cast: Cast, letter: SteeringDocument) -> None:
    item = AssignmentItem.objects.get(document=letter, reference="TB2026-2")
    Assignment.objects.filter(item=item).update(title="Ordene i det supplerende brevet")
    hand(cast, letter, item.uuid, title="En annen tittel")
    assert Assignment.objects.get(item=item).title == "Ordene i det supplerende brevet"
    assert AssignmentItem.objects.get(pk=item.pk).title == "En annen tittel"


def test_goals_keep_their_line_and_what_stands_under_them(cast: Cast, letter: SteeringDocument) -> None:
    goal = Goal.objects.filter(document=letter).first()
    assert goal is not None
    under = set(AssignmentItem.objects.filter(document=letter, goal=goal).values_list("uuid", flat=True))
    hand(cast, letter, goal.uuid, title="Raskere tilgang til medisinske produkter")
    again = Goal.objects.get(pk=goal.pk)
    assert (again.title, again.line_id) == ("Raskere tilgang til medisinske produkter", goal.line_id)
    assert set(AssignmentItem.objects.filter(document=letter, goal=goal).values_list("uuid", flat=True)) == under


def test_a_discarded_reading_corrects_nothing(cast: Cast, letter: SteeringDocument, better: DocumentImport) -> None:
    rows = [one.uuid for one in differences(better, letter).values()]
    discard_import(document_import=better, reason="Feil fil", actor=cast.actor("officer"), at=READ_AT)
    with pytest.raises(NotInThisState):
        correct(cast, better, rows)


def test_what_a_person_corrects_in_the_new_reading_is_what_is_taken_in(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    row = differences(better, letter)["TB2026-2"].row
    import_rows.correct_row(
        document_import=better, row=row.uuid, values={"title": "Min tittel"}, actor=cast.actor("officer"), at=READ_AT
    )
    correct(cast, better, [row.uuid])
    assert AssignmentItem.objects.get(document=letter, reference="TB2026-2").title == "Min tittel"


def test_taking_words_out_reaches_the_corrections_and_the_seal_still_holds(
    cast: Cast, letter: SteeringDocument, better: DocumentImport
) -> None:
    first = correct_all(cast, better, letter)
    words = "Ny metode for screening"
    request = RemovalRequest(words=words, reason="Prøve", basis="personvernforordningen art. 17")
    asked = ask_for_removal(document=now(letter), request=request, actor=cast.actor("officer"), at=LATER)
    later = LATER + timedelta(days=1)
    remove_content(removal=asked, actor=second_person(cast), at=later)
    assert words not in str(RegistrationCorrection.objects.get(pk=first.pk).rows)
    assert snapshot.seal(now(letter)) == snapshot.Seal.REMOVED
