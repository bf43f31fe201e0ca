"""Rights come from dated appointments, asked as one subquery."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import access, orgnr
from agencies.actions.appointments import add_stand_in, appoint, end_appointment
from agencies.models import Appointment, Organisation, OrganisationGroupPermission
from agencies.rights import RIGHTS, SCOPES, Right, RoleCode
from core.actor import system_actor
from core.errors import NotAllowed, RuleBroken
from tests.cast import SET_UP_AT, Cast

DAY = date(2026, 5, 28)


def test_governance_officer_has_rights_on_every_steered_agency_and_no_other(cast: Cast) -> None:
    found = Organisation.objects.with_right(cast.actor("officer"), Right.SEE_DRAFTS, DAY)
    assert {row.short for row in found} == {"DMP", "Hdir", "FHI"}


def test_agency_controller_has_rights_on_own_agency_only(cast: Cast) -> None:
    found = Organisation.objects.with_right(cast.actor("controller"), Right.SEE_OWN_WORK, DAY)
    assert [row.short for row in found] == ["DMP"]


def test_a_guardian_row_left_behind_by_an_ended_appointment_gives_nothing(cast: Cast) -> None:
    appointment = Appointment.objects.get(user=cast.user("controller"))
    end_appointment(
        appointment=appointment,
        last_day=DAY - timedelta(days=1),
        reason="Sluttet",
        actor=system_actor("tester"),
        at=SET_UP_AT,
    )
    assert OrganisationGroupPermission.objects.filter(group_id=appointment.group_id).exists()
    assert not access.may(cast.actor("controller"), Right.SEE_OWN_WORK, cast.org("DMP"), DAY)


def test_the_last_day_of_an_appointment_counts(cast: Cast) -> None:
    appointment = Appointment.objects.get(user=cast.user("controller"))
    end_appointment(appointment=appointment, last_day=DAY, reason="Sluttet", actor=system_actor("tester"), at=SET_UP_AT)
    assert access.may(cast.actor("controller"), Right.SEE_OWN_WORK, cast.org("DMP"), DAY)


def test_a_stand_in_acts_with_the_rights_of_the_represented_and_counts_as_one_person(cast: Cast) -> None:
    represented = Appointment.objects.get(user=cast.user("director"))
    stand_in = cast.user("admin")
    add_stand_in(
        represented=represented,
        user=stand_in,
        valid_from=DAY,
        valid_to=DAY,
        basis="Ferie",
        actor=system_actor("tester"),
        at=SET_UP_AT,
    )
    roles = access.appointments_of(stand_in, DAY)
    actor = access.actor_for(stand_in, next(role for role in roles if role.pk == represented.pk))
    assert actor.on_behalf_of == represented.uuid
    assert access.may(actor, Right.SUBMIT_REPORTS, cast.org("DMP"), DAY)
    assert not access.may(actor, Right.SUBMIT_REPORTS, cast.org("DMP"), DAY + timedelta(days=1))
    assert access.same_person(actor, cast.user("director").pk, DAY)
    assert not access.same_person(actor, cast.user("controller").pk, DAY)


def test_only_the_administrator_of_the_organisation_appoints(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        appoint(
            user=cast.user("owner"),
            role=RoleCode.DIRECTOR,
            organisation=cast.org("DMP"),
            valid_from=DAY,
            actor=cast.actor("controller"),
            at=SET_UP_AT,
        )
    made = appoint(
        user=cast.user("owner"),
        role=RoleCode.CONTROLLER,
        organisation=cast.org("DMP"),
        valid_from=DAY,
        actor=cast.actor("admin"),
        at=SET_UP_AT,
    )
    assert made.valid_from == DAY


def test_all_problems_of_an_appointment_are_told_at_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as caught:
        appoint(
            user=cast.user("owner"),
            role=RoleCode.DEPARTMENT_OFFICER,
            organisation=cast.org("HOD"),
            valid_from=DAY,
            valid_to=DAY - timedelta(days=1),
            actor=system_actor("tester"),
            at=SET_UP_AT,
        )
    assert [problem.code for problem in caught.value.problems] == ["department_missing", "dates"]


def test_rights_are_asked_in_one_query_as_the_weakest_user(cast: Cast) -> None:
    actor = cast.actor("owner")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(Organisation.objects.visible_to(actor, DAY))
    assert len(queries) == 1


def test_every_role_stands_in_both_tables() -> None:
    assert set(RIGHTS) == set(SCOPES) == set(RoleCode)


@pytest.mark.parametrize(
    ("number", "valid"), [("983887406", True), ("983887407", False), ("98388740", False), ("abcdefghi", False)]
)
def test_organisation_number_has_a_check_digit(number: str, valid: bool) -> None:
    assert orgnr.is_valid(number) is valid
