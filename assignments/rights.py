"""What an actor may do with one assignment, as pure questions over rights fetched once (decisions B1, B2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from agencies.rights import DepartmentRight, Right


class Side(StrEnum):
    """Where the actor sits, seen from the assignment."""

    ISSUER = "issuer"  # the body that gave it
    AGENCY = "agency"  # the body that is responsible for it
    OTHER = "other"  # a participant, a co-ministry, a reader of copies


@dataclass(frozen=True)
class Powers:
    """All that decides what one actor may do with one assignment.

    ``rights`` are held on the responsible agency, ``departments`` are pairs of right and department key.
    ``may_read`` is False where the actor only sees the shell of an exempt assignment.
    """

    side: Side = Side.OTHER
    rights: frozenset[str] = frozenset()
    departments: frozenset[tuple[str, int]] = frozenset()
    owner: bool = False
    may_read: bool = False

    def holds(self, *rights: Right) -> bool:
        """One of these rights on the responsible agency."""
        return any(right.value in self.rights for right in rights)

    def holds_for(self, right: DepartmentRight, department: int | None) -> bool:
        """This right on a department."""
        return department is not None and (right.value, department) in self.departments


SYSTEM = Powers(may_read=True)
"""A registered document acts: the one who issued it has been asked already."""


def may_receive(powers: Powers, assignment: Any) -> bool:
    """Confirm on the agency's side that the assignment has come."""
    return powers.side is Side.AGENCY and (powers.owner or powers.holds(Right.ASSIGN_OWNERS, Right.WRITE_STATUS))


def may_assign_owner(powers: Powers, assignment: Any) -> bool:
    """Say who in the agency answers for it."""
    return powers.side is Side.AGENCY and powers.holds(Right.ASSIGN_OWNERS)


def may_write_status(powers: Powers, assignment: Any) -> bool:
    """Write the agency's internal status."""
    return powers.side is Side.AGENCY and powers.may_read and (powers.owner or powers.holds(Right.WRITE_STATUS))


def may_see_own_work(powers: Powers, assignment: Any) -> bool:
    """Read the agency's internal status."""
    seen = powers.owner or powers.holds(Right.SEE_OWN_WORK, Right.WRITE_STATUS)
    return powers.side is Side.AGENCY and powers.may_read and seen


def may_share_status(powers: Powers, assignment: Any) -> bool:
    """Show the status to the other side."""
    return powers.side is Side.AGENCY and powers.may_read and (powers.owner or powers.holds(Right.SHARE_STATUS))


def may_answer(powers: Powers, delivery: Any) -> bool:
    """Answer a delivery from the agency."""
    return powers.side is Side.AGENCY and powers.may_read and (powers.owner or powers.holds(Right.ANSWER))


def may_register_answer(powers: Powers, delivery: Any) -> bool:
    """Register an answer that was sent outside the system; either side may (decision C3)."""
    ministry = powers.side is Side.ISSUER and powers.may_read and powers.holds(Right.REGISTER_SUBMISSIONS)
    return ministry or may_answer(powers, delivery)


def may_distribute(powers: Powers, delivery: Any) -> bool:
    """Hand an answer to the department that assesses it."""
    return powers.side is Side.ISSUER and powers.may_read and powers.holds(Right.DISTRIBUTE_ANSWERS)


def may_assess(powers: Powers, delivery: Any) -> bool:
    """Assess an answer: the department it was handed to, or the governance officer."""
    department = powers.holds_for(DepartmentRight.ASSESS_DEPARTMENT_ANSWERS, delivery.distributed_to_id)
    return powers.side is Side.ISSUER and powers.may_read and (department or powers.holds(Right.ASSESS_ANSWERS))


def may_close(powers: Powers, assignment: Any) -> bool:
    """Close: the department's head, or those who close for the agency."""
    department = powers.holds_for(DepartmentRight.CLOSE_DEPARTMENT_ASSIGNMENTS, assignment.department_id)
    return powers.side is Side.ISSUER and powers.may_read and (department or powers.holds(Right.CLOSE_ASSIGNMENTS))


def may_decide_deadline(powers: Powers, delivery: Any) -> bool:
    """Decide a new current deadline."""
    return powers.side is Side.ISSUER and powers.may_read and powers.holds(Right.DECIDE_DEADLINES)


def may_lapse(powers: Powers, assignment: Any) -> bool:
    """Record that an assignment lapses by the year rule, or is withdrawn; an issued document does it by itself."""
    return powers is SYSTEM or (powers.side is Side.ISSUER and powers.holds(Right.CLOSE_ASSIGNMENTS))


def may_remark(powers: Powers, assignment: Any) -> bool:
    """Write a remark: anyone on either side who reads the assignment."""
    return powers.side is not Side.OTHER and powers.may_read


def may_admit_readers(powers: Powers, assignment: Any) -> bool:
    """Let a named person read an exempt assignment."""
    if powers.side is Side.AGENCY:
        return powers.may_read and powers.holds(Right.ASSIGN_OWNERS)
    return powers.side is Side.ISSUER and powers.holds(Right.REGISTER_DOCUMENTS)


def may_edit_parts(powers: Powers, assignment: Any) -> bool:
    """Name the participants of a joint assignment."""
    return powers.side is Side.ISSUER and powers.may_read and powers.holds(Right.REGISTER_DOCUMENTS)


def by_document(powers: Powers, obj: Any) -> bool:
    """Only an issued document does this."""
    return powers is SYSTEM
