"""Who may what: one pure table, rights × roles (architecture 6.1, domain 2).

A right is held on an organisation (the agency whose governance it is about) or on a department. The table
feeds ``Meta.permissions``, the role groups and docs/guides/rights.md. Roles' names and dates are data
(``agencies.Role``); what a role may do is decided here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Right(StrEnum):
    """A right on an organisation: the one that is governed, or one's own."""

    SEE_DOCUMENTS = "see_documents"
    SEE_DRAFTS = "see_drafts"
    DRAFT_DOCUMENTS = "draft_documents"
    IMPORT_DOCUMENTS = "import_documents"
    REGISTER_DOCUMENTS = "register_documents"
    ISSUE_DOCUMENTS = "issue_documents"
    SEE_ASSIGNMENTS = "see_assignments"
    ASSESS_ANSWERS = "assess_answers"
    CLOSE_ASSIGNMENTS = "close_assignments"
    DECIDE_DEADLINES = "decide_deadlines"
    DISTRIBUTE_ANSWERS = "distribute_answers"
    SEE_SUBMITTED_REPORTS = "see_submitted_reports"
    GIVE_FEEDBACK = "give_feedback"
    SEE_CALENDAR = "see_calendar"
    MANAGE_CALENDAR = "manage_calendar"
    SEE_BUDGET = "see_budget"
    JOURNAL = "journal"
    PUBLISH_DOCUMENTS = "publish_documents"
    MANAGE_LEDGER = "manage_ledger"
    REMOVE_CONTENT = "remove_content"
    START_REMINDERS = "start_reminders"
    # the agency's own side
    SEE_OWN_WORK = "see_own_work"
    ASSIGN_OWNERS = "assign_owners"
    WRITE_STATUS = "write_status"
    SHARE_STATUS = "share_status"
    ANSWER = "answer"
    WRITE_REPORTS = "write_reports"
    SUBMIT_REPORTS = "submit_reports"
    REGISTER_SUBMISSIONS = "register_submissions"
    ANSWER_HEARING = "answer_hearing"
    # administration and machines
    MANAGE_APPOINTMENTS = "manage_appointments"
    READ_API = "read_api"


class DepartmentRight(StrEnum):
    """A right on a ministry department: its own assignments, across all agencies."""

    SEE_DEPARTMENT_ASSIGNMENTS = "see_department_assignments"
    ASSESS_DEPARTMENT_ANSWERS = "assess_department_answers"
    CLOSE_DEPARTMENT_ASSIGNMENTS = "close_department_assignments"
    GIVE_INPUT = "give_input"


class RoleCode(StrEnum):
    """The roles the table knows. Their words on screen are rows of ``agencies.Role``."""

    GOVERNANCE_OFFICER = "governance_officer"
    SIGNER = "signer"
    PERMANENT_SECRETARY = "permanent_secretary"
    DEPARTMENT_OFFICER = "department_officer"
    DEPARTMENT_HEAD = "department_head"
    BUDGET_OFFICER = "budget_officer"
    CO_MINISTRY_OFFICER = "co_ministry_officer"
    DIRECTOR = "director"
    CONTROLLER = "controller"
    ASSIGNMENT_OWNER = "assignment_owner"
    ECONOMY_OFFICER = "economy_officer"
    AUDITOR = "auditor"
    ORGANISATION_ADMIN = "organisation_admin"
    SYSTEM_CLIENT = "system_client"


class Scope(StrEnum):
    """Which organisations a role's rights are written on."""

    STEERED = "steered"  # the agency named in the appointment, or all that the organisation steers
    OWN = "own"  # the organisation one sits in
    DEPARTMENT = "department"  # the department; on steered agencies only what DEPARTMENT_BASE says
    NONE = "none"  # nothing by role; copies and ownership decide


R = Right
D = DepartmentRight

_MINISTRY_READ = frozenset({R.SEE_DOCUMENTS, R.SEE_ASSIGNMENTS, R.SEE_SUBMITTED_REPORTS, R.SEE_CALENDAR, R.SEE_BUDGET})
_OFFICER = _MINISTRY_READ | {
    R.SEE_DRAFTS,
    R.DRAFT_DOCUMENTS,
    R.IMPORT_DOCUMENTS,
    R.REGISTER_DOCUMENTS,
    R.ISSUE_DOCUMENTS,
    R.ASSESS_ANSWERS,
    R.CLOSE_ASSIGNMENTS,
    R.DECIDE_DEADLINES,
    R.DISTRIBUTE_ANSWERS,
    R.GIVE_FEEDBACK,
    R.MANAGE_CALENDAR,
    R.JOURNAL,
    R.REGISTER_SUBMISSIONS,
    R.START_REMINDERS,
    R.PUBLISH_DOCUMENTS,
    R.MANAGE_LEDGER,
    R.REMOVE_CONTENT,
}
_AGENCY_READ = frozenset({R.SEE_DOCUMENTS, R.SEE_ASSIGNMENTS, R.SEE_CALENDAR, R.SEE_OWN_WORK, R.SEE_BUDGET})

RIGHTS: dict[RoleCode, frozenset[Right]] = {
    RoleCode.GOVERNANCE_OFFICER: _OFFICER,
    RoleCode.SIGNER: _MINISTRY_READ | {R.SEE_DRAFTS, R.ISSUE_DOCUMENTS, R.DECIDE_DEADLINES, R.CLOSE_ASSIGNMENTS},
    RoleCode.PERMANENT_SECRETARY: _MINISTRY_READ
    | {R.SEE_DRAFTS, R.ISSUE_DOCUMENTS, R.DECIDE_DEADLINES, R.PUBLISH_DOCUMENTS, R.REMOVE_CONTENT},
    RoleCode.DEPARTMENT_OFFICER: frozenset({R.SEE_DOCUMENTS}),
    RoleCode.DEPARTMENT_HEAD: frozenset({R.SEE_DOCUMENTS, R.ISSUE_DOCUMENTS, R.SEE_DRAFTS}),
    RoleCode.BUDGET_OFFICER: frozenset(
        {R.SEE_DOCUMENTS, R.SEE_BUDGET, R.SEE_CALENDAR, R.SEE_SUBMITTED_REPORTS, R.MANAGE_LEDGER}
    ),
    RoleCode.CO_MINISTRY_OFFICER: frozenset({R.SEE_DOCUMENTS, R.SEE_CALENDAR}),
    RoleCode.DIRECTOR: _AGENCY_READ
    | {R.WRITE_STATUS, R.SHARE_STATUS, R.ANSWER, R.WRITE_REPORTS, R.SUBMIT_REPORTS, R.ANSWER_HEARING},
    RoleCode.CONTROLLER: _AGENCY_READ
    | {
        R.ASSIGN_OWNERS,
        R.WRITE_STATUS,
        R.SHARE_STATUS,
        R.ANSWER,
        R.WRITE_REPORTS,
        R.REGISTER_SUBMISSIONS,
        R.START_REMINDERS,
        R.JOURNAL,
        R.ANSWER_HEARING,
    },
    RoleCode.ASSIGNMENT_OWNER: frozenset({R.SEE_DOCUMENTS, R.SEE_CALENDAR}),
    RoleCode.ECONOMY_OFFICER: frozenset(
        {R.SEE_DOCUMENTS, R.SEE_CALENDAR, R.SEE_BUDGET, R.SEE_OWN_WORK, R.WRITE_REPORTS}
    ),
    RoleCode.AUDITOR: frozenset(),
    RoleCode.ORGANISATION_ADMIN: frozenset({R.MANAGE_APPOINTMENTS}),
    RoleCode.SYSTEM_CLIENT: frozenset({R.SEE_ASSIGNMENTS, R.READ_API}),
}

DEPARTMENT_RIGHTS: dict[RoleCode, frozenset[DepartmentRight]] = {
    RoleCode.BUDGET_OFFICER: frozenset({D.GIVE_INPUT}),
    RoleCode.DEPARTMENT_OFFICER: frozenset({D.SEE_DEPARTMENT_ASSIGNMENTS, D.ASSESS_DEPARTMENT_ANSWERS, D.GIVE_INPUT}),
    RoleCode.DEPARTMENT_HEAD: frozenset(
        {D.SEE_DEPARTMENT_ASSIGNMENTS, D.ASSESS_DEPARTMENT_ANSWERS, D.CLOSE_DEPARTMENT_ASSIGNMENTS, D.GIVE_INPUT}
    ),
}

SCOPES: dict[RoleCode, Scope] = {
    RoleCode.GOVERNANCE_OFFICER: Scope.STEERED,
    RoleCode.SIGNER: Scope.STEERED,
    RoleCode.PERMANENT_SECRETARY: Scope.STEERED,
    RoleCode.DEPARTMENT_OFFICER: Scope.DEPARTMENT,
    RoleCode.DEPARTMENT_HEAD: Scope.DEPARTMENT,
    RoleCode.BUDGET_OFFICER: Scope.STEERED,
    RoleCode.CO_MINISTRY_OFFICER: Scope.STEERED,
    RoleCode.DIRECTOR: Scope.OWN,
    RoleCode.CONTROLLER: Scope.OWN,
    RoleCode.ASSIGNMENT_OWNER: Scope.OWN,
    RoleCode.ECONOMY_OFFICER: Scope.OWN,
    RoleCode.AUDITOR: Scope.NONE,
    RoleCode.ORGANISATION_ADMIN: Scope.OWN,
    RoleCode.SYSTEM_CLIENT: Scope.STEERED,
}


def codenames() -> list[tuple[str, str | _StrPromise]]:
    """``Meta.permissions`` of Organisation."""
    return [(right.value, right.value.replace("_", " ")) for right in Right]


def department_codenames() -> list[tuple[str, str | _StrPromise]]:
    """``Meta.permissions`` of Department."""
    return [(right.value, right.value.replace("_", " ")) for right in DepartmentRight]
