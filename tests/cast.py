"""The fixed cast: the people and bodies every test knows (decision B4).

Built once per test by the ``cast`` fixture through the same actions people use. Each person has one role; the
marker texts are what must never be found on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from agencies import access
from agencies.actions import organisations as organisation_actions
from agencies.actions.appointments import appoint
from agencies.models import Department, Organisation, User
from agencies.rights import RoleCode
from core import reference
from core.actor import Actor, system_actor
from core.clock import OSLO
from governance.actions.reference import load_reference as load_document_kinds
from reporting.actions.reference import load_reference as load_report_kinds

SINCE = date(2020, 1, 1)
SET_UP_AT = datetime(2025, 1, 2, 9, 0, tzinfo=OSLO)

#: person: (full name, role, organisation, department code, target)
PEOPLE: dict[str, tuple[str, RoleCode, str, str, str]] = {
    "officer": ("Marte Lindqvist", RoleCode.GOVERNANCE_OFFICER, "HOD", "", ""),
    "signer": ("Ragnhild Moen", RoleCode.SIGNER, "HOD", "SHA", ""),
    "department_officer": ("Jonas Brekke", RoleCode.DEPARTMENT_OFFICER, "HOD", "SHA", ""),
    "department_head": ("Kristian Aas", RoleCode.DEPARTMENT_HEAD, "HOD", "SHA", ""),
    "other_department_officer": ("Ida Solli", RoleCode.DEPARTMENT_OFFICER, "HOD", "FHA", ""),
    "budget_officer": ("Turid Haug", RoleCode.BUDGET_OFFICER, "HOD", "BØA", ""),
    "controller": ("Synne Aamodt", RoleCode.CONTROLLER, "DMP", "", ""),
    "owner": ("Håkon Vestby", RoleCode.ASSIGNMENT_OWNER, "DMP", "", ""),
    "director": ("Eirin Dahle", RoleCode.DIRECTOR, "DMP", "", ""),
    "other_controller": ("Lars Tveit", RoleCode.CONTROLLER, "Hdir", "", ""),
    "other_director": ("Berit Nygård", RoleCode.DIRECTOR, "Hdir", "", ""),
    "sub_agency_officer": ("Nora Fjeld", RoleCode.GOVERNANCE_OFFICER, "Hdir", "", "Helfo"),
    "sub_agency": ("Ole Ness", RoleCode.CONTROLLER, "Helfo", "", ""),
    "co_ministry": ("Anders Vik", RoleCode.CO_MINISTRY_OFFICER, "NFD", "", "DMP"),
    "auditor": ("Gro Riksheim", RoleCode.AUDITOR, "RR", "", ""),
    "admin": ("Per Lunde", RoleCode.ORGANISATION_ADMIN, "DMP", "", ""),
    "system_client": ("Fagsystem", RoleCode.SYSTEM_CLIENT, "HOD", "", ""),
}

#: Written into internal texts by tests and searched for on the other side.
MARKER_MINISTRY = "KUN-FOR-DEPARTEMENTET-7431"
MARKER_AGENCY = "KUN-FOR-VIRKSOMHETEN-9152"
MARKER_EXEMPT = "UNNTATT-INNHOLD-6608"


@dataclass
class Cast:
    """People by their part, bodies by their short form."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def org(self, short: str) -> Organisation:
        """A body by short form (HOD, DMP, Hdir, FHI, Helfo, NFD, RR, e-helse)."""
        return self.organisations[short]

    def user(self, part: str) -> User:
        """A person by part (officer, controller, …)."""
        return self.users[part]

    def actor(self, part: str) -> Actor:
        """The person acting in their one role."""
        user = self.users[part]
        day = date(2026, 1, 1)
        return access.actor_for(user, access.appointments_of(user, day)[0])

    def department(self, code: str) -> Department:
        """A department of HOD by code."""
        return Department.objects.get(code=code)


def load_cast() -> Cast:
    """The cast as it stands in the test database; made anew after a test that emptied it."""
    users = {user.username.partition("@")[0]: user for user in User.objects.filter(username__endswith="@test.invalid")}
    if set(PEOPLE) - set(users):
        return build_cast()
    return Cast(organisations={row.short: row for row in Organisation.objects.all()}, users=users)


def build_cast() -> Cast:
    """Make reference data, bodies and people."""
    system = system_actor("tester")
    organisation_actions.load_reference()
    load_document_kinds()
    load_report_kinds()
    cast = Cast(
        organisations=organisation_actions.load_organisations(
            data=reference.read("organisations.json"), actor=system, mail_domain="test.invalid"
        )
    )
    departments = {row.code: row for row in Department.objects.all()}
    for part, (name, role, organisation, department, target) in PEOPLE.items():
        user = User(
            username=f"{part}@test.invalid",
            email=f"{part}@test.invalid",
            full_name=name,
            is_system=part == "system_client",
        )
        user.set_unusable_password()
        user.save()
        appoint(
            user=user,
            role=role,
            organisation=cast.org(organisation),
            department=departments.get(department),
            target=cast.organisations.get(target),
            valid_from=SINCE,
            actor=system,
            at=SET_UP_AT,
        )
        cast.users[part] = user
    return cast
