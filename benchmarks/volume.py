"""8,000 assignments: 10 agencies × 160 × 5 years, made in bulk in a database of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from agencies.actions.appointments import appoint
from agencies.models import Department, Organisation, OrganisationKind, SteeringRelation, User
from agencies.rights import RoleCode
from assignments.models import Assignment, AssignmentStatus, Delivery
from core.actor import system_actor
from core.clock import OSLO
from governance.models import DocumentKind, SteeringDocument

AGENCIES, PER_YEAR, YEARS = 10, 160, (2022, 2023, 2024, 2025, 2026)
AT = datetime(2026, 5, 28, 9, 0, tzinfo=OSLO)
SYSTEM = system_actor("måling")


def load() -> dict[str, User]:
    """Make everything once; answers the three people the pages are measured as."""
    people = {user.username: user for user in User.objects.filter(username__startswith="maler.")}
    if len(people) == 3:
        return {name.removeprefix("maler."): user for name, user in people.items()}
    ministry, other = _body("Måledepartementet", "MD", "ministry"), _body("Nabodepartementet", "ND", "ministry")
    departments = [
        Department.objects.create(
            organisation=ministry, code=f"M{n}", name=f"Måleavdeling {n}", valid_from=date(2020, 1, 1)
        )
        for n in range(4)
    ]
    agencies = [_agency(ministry, number) for number in range(AGENCIES)]
    for agency in agencies:
        for year in YEARS:
            _fill(ministry, agency, year, departments)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return {
        "controller": _person("controller", RoleCode.CONTROLLER, agencies[0]),
        "department_officer": _person("department_officer", RoleCode.DEPARTMENT_OFFICER, ministry, departments[0]),
        "co_ministry": _person("co_ministry", RoleCode.CO_MINISTRY_OFFICER, other, target=agencies[0]),
    }


def _body(name: str, short: str, kind: str) -> Organisation:
    return Organisation.objects.create(name=name, short_name=short, kind=OrganisationKind.objects.get(code=kind))


def _agency(ministry: Organisation, number: int) -> Organisation:
    agency = _body(f"Målevirksomhet {number}", f"MV{number}", "agency")
    SteeringRelation.objects.create(superior=ministry, agency=agency, valid_from=date(2020, 1, 1))
    return agency


def _person(
    part: str,
    role: RoleCode,
    organisation: Organisation,
    department: Department | None = None,
    target: Organisation | None = None,
) -> User:
    user = User.objects.create(username=f"maler.{part}", email=f"maler.{part}@demo.invalid", full_name=part)
    appoint(
        user=user, role=role, organisation=organisation, department=department, target=target,
        valid_from=date(2020, 1, 1), actor=SYSTEM, at=AT,
    )  # fmt: skip
    return user


def _fill(ministry: Organisation, agency: Organisation, year: int, departments: list[Department]) -> None:
    letter = SteeringDocument.objects.create(
        kind=DocumentKind.objects.get(code="allocation_letter"),
        issuer=ministry,
        recipient=agency,
        title=f"Tildelingsbrev {year}",
        year=year,
        document_date=date(year - 1, 12, 20),
        state="issued",
        frozen_at=AT,
    )
    ended = year < YEARS[-1] - 1
    rows = [
        Assignment(
            document=letter, issuer=ministry, given_to=agency, responsible=agency, department=departments[n % 4],
            department_text=departments[n % 4].code, reference=f"TB{year}-{n}", series="TB", year=year, number=n,
            letter_year=year, title=f"Oppdrag nummer {n} om tjenester og beredskap", body="Utred og foreslå tiltak.",
            status=AssignmentStatus.CLOSED if ended else AssignmentStatus.IN_PROGRESS, given_on=date(year - 1, 12, 20),
            next_deadline=date(year, 1, 10) + timedelta(days=n * 2), delivery_count=2,
        )
        for n in range(1, PER_YEAR + 1)
    ]  # fmt: skip
    made = Assignment.objects.bulk_create(rows, batch_size=500)
    Delivery.objects.bulk_create(
        [
            Delivery(
                assignment=row,
                ordinal=n,
                title=f"Leveranse {n}",
                letter_deadline=row.next_deadline,
                deadline=row.next_deadline,
            )
            for row in made
            for n in (1, 2)
        ],
        batch_size=1000,
    )
