"""An issued letter gives assignments in the same transaction; later letters change them by reference."""

from datetime import date
from typing import Any

import pytest

from agencies.actions.appointments import sync_rights
from agencies.models import Appointment, Organisation, SteeringRelation
from assignments.models import (
    Assignment,
    DeadlineDecision,
    Delivery,
    JointAssignment,
    JointPart,
    ReaderGrant,
    StatusVersion,
)
from core.models import Event
from governance.content import ContentWriter
from governance.models import Change, ChangeKind, Finding, ItemChange, SteeringDocument
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.assignments import fresh, give
from tests.factories.documents import REGISTERED_AT, make_issued_supplement, make_registered_letter, write_assignment


def test_a_registered_letter_gives_its_assignments_with_deliveries(cast: Cast) -> None:
    document = make_registered_letter(cast)
    rows = list(Assignment.objects.filter(document=document).order_by("number"))
    assert [row.reference for row in rows] == ["TB2026-1", "TB2026-3", "TB2026-4", "TB2026-5", "TB2026-6"]
    first = rows[0]
    assert (first.status, first.letter_year, first.delivery_count) == ("given", 2026, 1)
    assert first.next_deadline == date(2026, 12, 31)
    assert first.department_id == cast.department("SHA").pk
    assert Event.objects.filter(subject=first.uuid, type="assignment.given").count() == 1


def test_a_deadline_in_dialogue_has_no_date(cast: Cast) -> None:
    make_registered_letter(cast)
    delivery = Delivery.objects.get(assignment__reference="TB2026-4")
    assert (delivery.letter_deadline_kind, delivery.deadline, delivery.unclear) == ("dialog", None, False)


def test_a_doubtful_deadline_is_kept_as_written_and_under_clarification(cast: Cast) -> None:
    make_registered_letter(cast)
    delivery = Delivery.objects.select_related("assignment").get(assignment__reference="TB2026-5")
    assert delivery.letter_deadline == date(2026, 1, 15)
    assert delivery.letter_deadline_text == "15.januar 2026"
    assert delivery.unclear
    assert delivery.deadline is None
    assert delivery.assignment.unclear
    assert delivery.assignment.next_deadline is None


def test_a_deadline_before_the_letter_is_doubtful_even_when_nobody_marked_it(cast: Cast) -> None:
    assignment = give(cast, deadlines=[("1. januar 2025", date(2025, 1, 1))])
    assert fresh(assignment).unclear


def test_a_standing_assignment_is_standing_from_the_start(cast: Cast) -> None:
    assert give(cast, standing=True).status == "standing"


def test_an_exempt_assignment_has_the_registrar_as_its_only_reader(cast: Cast) -> None:
    assignment = give(
        cast, title=MARKER_EXEMPT, body=MARKER_EXEMPT, restricted=True, restricted_basis="Offl. § 15 tredje ledd"
    )
    assert [grant.user_id for grant in ReaderGrant.objects.filter(assignment=assignment)] == [cast.user("officer").pk]


def test_a_number_used_twice_is_a_finding_and_loses_nothing(cast: Cast) -> None:
    give(cast)
    second = give(cast, title="Et annet oppdrag med samme nummer")
    assert second.number is None
    assert second.reference == "TB2026-1"
    assert Finding.objects.filter(document=second.document, check_id="V-07").count() == 1


def test_the_same_number_to_another_agency_is_no_duplicate(cast: Cast) -> None:
    give(cast)
    assert give(cast, to="Hdir").number == 1


def test_open_assignments_go_to_the_successor_of_a_merged_body(cast: Cast) -> None:
    ehelse = Organisation.objects.get(short_name="e-helse")
    SteeringRelation.objects.filter(agency=ehelse).update(valid_to=None)
    roles = Appointment.objects.select_related("role", "organisation", "department", "target", "group")
    sync_rights(roles.get(user=cast.user("officer")), date(2026, 1, 9))
    assignment = give(cast, to="e-helse")
    assert assignment.given_to == ehelse
    assert assignment.responsible == cast.org("Hdir")
    assert Event.objects.filter(subject=assignment.uuid, type="assignment.taken_over").exists()


@pytest.mark.parametrize("written", ["TB2026-1", "TB 2026 – 1", "TB2026-1, bokstav c"])
def test_a_supplement_moves_a_deadline_by_reference(cast: Cast, written: str) -> None:
    assignment = give(cast)

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer,
            cast,
            "TB2026-1",
            "Ny frist for veiledningen",
            deadlines=[("1. mars 2027", date(2027, 3, 1))],
            change=ItemChange.MOVED,
            changes_reference=written,
        )

    document = make_issued_supplement(cast, fill=fill)
    assert Assignment.objects.filter(document=document).count() == 0
    delivery = Delivery.objects.get(assignment=assignment)
    assert (delivery.deadline, delivery.letter_deadline) == (date(2027, 3, 1), date(2026, 12, 31))
    decision = DeadlineDecision.objects.get(delivery=delivery)
    assert decision.document_id == document.pk
    assert fresh(assignment).next_deadline == date(2027, 3, 1)


def test_a_supplement_withdraws_by_reference(cast: Cast) -> None:
    assignment = give(cast)

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-1", "Oppdraget trekkes", deadlines=[], change=ItemChange.WITHDRAWN,
            changes_reference="TB2026-1",
        )  # fmt: skip

    make_issued_supplement(cast, fill=fill)
    assert fresh(assignment).status == "withdrawn"


def test_a_supplement_that_clarifies_leaves_the_assignment_as_it_is(cast: Cast) -> None:
    assignment = give(cast)

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-1", "Presisering", deadlines=[], change=ItemChange.CLARIFIED,
            changes_reference="TB2026-1",
        )  # fmt: skip

    make_issued_supplement(cast, fill=fill)
    assert fresh(assignment).status == "given"
    assert Event.objects.filter(subject=assignment.uuid, type="assignment.changed_by_letter").exists()


def test_a_change_of_an_unknown_assignment_is_given_as_its_own_with_a_finding(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2025-9", "Ny frist", change=ItemChange.MOVED, changes_reference="TB2025-9")

    document = make_issued_supplement(cast, fill=fill)
    assert Assignment.objects.filter(document=document).count() == 1
    assert Finding.objects.filter(document=document, check_id="V-08").exists()


def test_a_drafted_supplement_moves_a_deadline_by_a_change_row(cast: Cast) -> None:
    assignment = give(cast)

    def fill(writer: ContentWriter, cast: Cast) -> None:
        target = assignment.item.uuid if assignment.item else None
        writer.add(Change, kind=ChangeKind.MOVE_DEADLINE, target=target, text="Mer tid", new_date=date(2027, 2, 1))

    assignment = Assignment.objects.select_related("item").get(pk=assignment.pk)
    make_issued_supplement(cast, fill=fill)
    assert fresh(assignment).next_deadline == date(2027, 2, 1)


def test_a_joint_assignment_has_a_part_for_each_body_named(cast: Cast) -> None:
    names = ["Helsedirektoratet", "DMP", "FHI", "Vegvesenet"]
    assignment = give(cast, "TTB2024-42", "Flytting av register", recipients=names, to="Hdir")
    parts = {
        part.name: part
        for part in JointPart.objects.select_related("organisation").filter(joint_id=assignment.joint_id)
    }
    assert set(parts) == set(names)
    assert parts["Helsedirektoratet"].assignment_id == assignment.pk
    assert parts["DMP"].organisation == cast.org("DMP")
    assert parts["DMP"].assignment_id is None
    assert parts["Vegvesenet"].organisation is None


def test_a_second_letter_with_the_same_text_joins_the_same_joint_assignment(cast: Cast) -> None:
    names = ["Hdir", "DMP"]
    first = give(cast, "TTB2024-42", "Flytting av register (Hdir, DMP)", recipients=names, to="Hdir", body="Tekst.")
    second = give(cast, "TTB2024-7", "Flytting av register", to="DMP", body="Tekst.")
    assert second.joint_id == first.joint_id
    assert JointAssignment.objects.count() == 1
    assert not Finding.objects.filter(check_id="V-25").exists()


def test_another_text_in_the_second_letter_is_a_finding(cast: Cast) -> None:
    first = give(cast, "TTB2024-42", "Flytting av register", recipients=["Hdir", "DMP"], to="Hdir", body="Tekst.")
    second = give(cast, "TTB2024-7", "Flytting av register", to="DMP", body="En annen tekst.")
    assert second.joint_id == first.joint_id
    assert Finding.objects.filter(document=second.document, check_id="V-25").exists()


def test_giving_twice_makes_nothing_twice(cast: Cast) -> None:
    from assignments.actions.giving import give_assignments
    from tests.factories.assignments import AT

    assignment = give(cast)
    give_assignments(document=assignment.document, actor=cast.actor("officer"), at=AT)
    assert Assignment.objects.filter(document=assignment.document).count() == 1


def late_letter(cast: Cast) -> SteeringDocument:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2025-9", "Plan for lager", deadlines=[("1. mai 2026", date(2026, 5, 1))])

    facts: dict[str, Any] = {"title": "Tildelingsbrev 2025", "year": 2025, "document_date": date(2024, 12, 20)}
    return make_registered_letter(cast, fill=fill, **facts)


def early_supplement(cast: Cast, change: ItemChange, **facts: Any) -> SteeringDocument:
    """A registered supplement that changes an assignment of a letter that is not here yet."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2025-9", "Ny frist for planen", deadlines=[("1. juni 2026", date(2026, 6, 1))],
            change=change, changes_reference="TB 2025-9",
        )  # fmt: skip

    values = {"kind": "supplement", "title": "Supplerende brev", "year": 2025, "document_date": date(2025, 5, 2)}
    return make_registered_letter(cast, fill=fill, **{**values, **facts})


def test_a_change_that_came_before_its_letter_is_tied_to_it_when_the_letter_comes(cast: Cast) -> None:
    supplement = early_supplement(cast, ItemChange.MOVED)
    alone = Assignment.objects.get(document=supplement)
    finding = Finding.objects.get(document=supplement, check_id="V-08")
    letter = late_letter(cast)
    assignment = Assignment.objects.get(document=letter)
    assert (assignment.reference, assignment.number) == ("TB2025-9", 9)
    delivery = Delivery.objects.get(assignment=assignment)
    assert (delivery.letter_deadline, delivery.deadline) == (date(2026, 5, 1), date(2026, 6, 1))
    assert DeadlineDecision.objects.get(delivery=delivery).document_id == supplement.pk
    assert fresh(alone).status == "replaced"
    finding.refresh_from_db()
    assert finding.state == "resolved"
    assert not Finding.objects.filter(document=letter, check_id="V-07").exists()


def test_a_withdrawal_that_came_before_its_letter_withdraws(cast: Cast) -> None:
    early_supplement(cast, ItemChange.WITHDRAWN)
    assert Assignment.objects.get(document=late_letter(cast)).status == "withdrawn"


def test_what_the_agency_has_worked_on_stands_beside_with_its_finding(cast: Cast) -> None:
    supplement = early_supplement(cast, ItemChange.MOVED)
    alone = Assignment.objects.get(document=supplement)
    values = {"shared_by": cast.users["controller"], "shared_at": REGISTERED_AT, "number": 1}
    StatusVersion.objects.create(assignment=alone, **values)
    letter = late_letter(cast)
    assert Delivery.objects.get(assignment__document=letter).deadline == date(2026, 6, 1)
    assert fresh(alone).status != "replaced"
    assert Finding.objects.get(document=supplement, check_id="V-08").state == "open"


def test_a_supplement_older_than_the_letter_changes_nothing_in_it(cast: Cast) -> None:
    early_supplement(cast, ItemChange.MOVED, document_date=date(2023, 5, 2), year=2023)
    assert Delivery.objects.get(assignment__document=late_letter(cast)).deadline == date(2026, 5, 1)
