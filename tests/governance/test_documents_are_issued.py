"""Issuing and registering: frozen in the database, hashed, journalled, dispatched, two persons."""

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from governance import snapshot
from governance.actions.documents import Registration, edit_document, issue_document, register_issued_document
from governance.content import ContentWriter
from governance.models import Dispatch, Goal, JournalEntry, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import (
    REGISTERED_AT,
    make_draft,
    make_issued_supplement,
    make_registered_letter,
    write_letter,
)

DAY = REGISTERED_AT.date()


def test_a_registered_letter_is_frozen_hashed_and_in_both_journal_queues_without_mail(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    assert letter.is_issued
    assert snapshot.verify(letter)
    sides = JournalEntry.objects.filter(subject=letter.uuid).values_list("organisation__short_name", "direction")
    assert set(sides) == {("HOD", "U"), ("DMP", "I")}
    assert not Dispatch.objects.filter(subject=letter.uuid).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "update governance_goal set title = 'endret' where document_id = %s",
        "delete from governance_goal where document_id = %s",
        "update governance_steeringdocument set title = 'endret' where id = %s",
        "insert into governance_commondirective (uuid, ordinal, title, text, circular, document_id) "
        "values (gen_random_uuid(), 1, 'ny', '', '', %s)",
    ],
)
def test_nothing_slips_in_under_an_issued_letter_even_by_sql(cast: Cast, sql: str) -> None:
    letter = make_registered_letter(cast)
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [letter.pk])
    assert getattr(caught.value.__cause__, "sqlstate", "") == "23514"


def test_a_changed_byte_fails_verification(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    with pgtrigger.ignore("governance.Goal:frozen_child"), connection.cursor() as cursor:
        cursor.execute("update governance_goal set title = title || '.' where document_id = %s", [letter.pk])
    assert not snapshot.verify(letter)


def test_registering_twice_gives_one_letter(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    again = register_issued_document(
        document=letter, registration=Registration(), actor=cast.actor("officer"), at=REGISTERED_AT
    )
    assert again.pk == letter.pk
    assert JournalEntry.objects.filter(subject=letter.uuid).count() == 2


def test_the_last_editor_cannot_sign(cast: Cast) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende tildelingsbrev", document_date=None)
    with pytest.raises(NotAllowed) as caught:
        issue_document(document=draft, actor=cast.actor("officer"), at=REGISTERED_AT)
    assert caught.value.code == "two_person_rule"


def test_a_supplement_issued_here_gets_number_date_and_planned_dispatches(cast: Cast) -> None:
    first = make_issued_supplement(cast)
    second = make_issued_supplement(cast)
    assert (first.number, second.number) == (1, 2)
    assert first.document_date == DAY
    rows = Dispatch.objects.filter(subject=first.uuid).values_list("recipient__short_name", "role", "state")
    assert set(rows) == {("DMP", "to", "planned"), ("RR", "copy", "planned")}
    assert snapshot.verify(first)


def test_issuing_from_two_windows_gives_one_letter_and_a_sentence(cast: Cast) -> None:
    issued = make_issued_supplement(cast)
    with pytest.raises(NotInThisState) as caught:
        issue_document(document=issued, actor=cast.actor("signer"), at=REGISTERED_AT)
    assert "allerede utstedt" in str(caught.value)
    assert Dispatch.objects.filter(subject=issued.uuid).count() == 2


def test_a_stale_edit_is_refused_and_an_issued_letter_cannot_be_edited(cast: Cast) -> None:
    draft = make_draft(cast)
    actor = cast.actor("officer")
    edit_document(document=draft, values={"title": "Nytt navn"}, actor=actor, at=REGISTERED_AT, expected_version=1)
    with pytest.raises(StaleVersion):
        edit_document(document=draft, values={"title": "Annet"}, actor=actor, at=REGISTERED_AT, expected_version=1)
    letter = make_registered_letter(cast, number=9)
    with pytest.raises(NotInThisState):
        edit_document(document=letter, values={"title": "x"}, actor=actor, at=REGISTERED_AT, expected_version=None)


def test_a_letter_to_an_agency_one_does_not_steer_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as caught:
        make_draft(cast, recipient=cast.org("Helfo"))
    assert "Helfo" in str(caught.value)


def test_an_agency_that_steers_issues_in_the_same_way(cast: Cast) -> None:
    draft = make_draft(
        cast,
        by="sub_agency_officer",
        kind="sub_agency_letter",
        recipient=cast.org("Helfo"),
        title="Disponeringsbrev 2026",
    )
    assert draft.issuer.short == "Hdir"


def test_a_letter_without_date_or_with_a_future_date_is_not_registered(cast: Cast) -> None:
    for wrong in (None, DAY.replace(year=DAY.year + 1)):
        draft = make_draft(cast, document_date=wrong)
        with pytest.raises(RuleBroken) as caught:
            register_issued_document(
                document=draft, registration=Registration(), actor=cast.actor("officer"), at=REGISTERED_AT
            )
        assert caught.value.problems[0].field == "document_date"


@pytest.mark.parametrize(
    ("part", "sees_draft", "sees_letter"),
    [
        ("officer", True, True),
        ("department_officer", False, True),
        ("controller", False, True),
        ("owner", False, True),
        ("director", False, True),
        ("co_ministry", False, True),
        ("other_controller", False, False),
        ("sub_agency", False, False),
        ("auditor", False, False),
        ("admin", False, False),
        ("system_client", False, False),
    ],
)
def test_who_sees_a_draft_and_a_registered_letter(cast: Cast, part: str, sees_draft: bool, sees_letter: bool) -> None:
    draft = make_draft(cast, title="Utkast")
    letter = make_registered_letter(cast)
    seen = set(SteeringDocument.objects.visible_to(cast.actor(part), DAY).values_list("pk", flat=True))
    assert (draft.pk in seen, letter.pk in seen) == (sees_draft, sees_letter)


def test_the_auditor_sees_a_letter_only_when_the_copy_is_sent(cast: Cast) -> None:
    issued = make_issued_supplement(cast)
    actor = cast.actor("auditor")
    assert not SteeringDocument.objects.visible_to(actor, DAY).exists()
    Dispatch.objects.filter(subject=issued.uuid, role="copy").update(state="sent", sent_at=REGISTERED_AT)
    assert [row.pk for row in SteeringDocument.objects.visible_to(actor, DAY)] == [issued.pk]


def test_rows_of_a_draft_can_change_until_it_is_issued(cast: Cast) -> None:
    draft = make_draft(cast, fill=write_letter)
    ContentWriter(draft).add(Goal, title="Nytt mål", ordinal=99)
    assert Goal.objects.filter(document=draft).count() == 4
