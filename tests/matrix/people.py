"""Who may what in the permission matrix: named groups of the cast, and the shape of a row."""

from __future__ import annotations

from dataclasses import dataclass

from tests.cast import PEOPLE

EVERYONE = frozenset(PEOPLE) - {"system_client"}
PERSONS = EVERYONE
MINISTRY_DRAFTERS = frozenset({"officer"})
NOBODY: frozenset[str] = frozenset()

#: Who has the right of a page check on some organisation.
DRAFT_RIGHT = frozenset({"officer", "sub_agency_officer"})
ISSUE_RIGHT = DRAFT_RIGHT | {"signer", "department_head"}
JOURNAL_RIGHT = frozenset({"officer", "sub_agency_officer", "controller", "other_controller", "sub_agency"})
MANAGE_RIGHT = frozenset({"admin"})
SEES_LETTER = frozenset(
    {
        "officer", "signer", "department_officer", "department_head", "other_department_officer", "budget_officer",
        "controller", "owner", "director", "co_ministry",
    }
)  # fmt: skip

#: Who follows the assignment of the world (department SHA, owned by "owner"), and the two sides of it.
SEES_ASSIGNMENT = frozenset(
    {"officer", "signer", "department_officer", "department_head", "controller", "owner", "director"}
)
BLIND = EVERYONE - SEES_ASSIGNMENT
AGENCY_WORKS = frozenset({"controller", "owner", "director"})
#: Named readers of the exempt assignment of the world: the one who registered it.
READERS = frozenset({"officer"})
#: Reports of DMP: who writes them, who reads them when they are sent, who does not know what is expected.
WRITES_REPORTS = frozenset({"controller", "director"})
SEES_SENT = WRITES_REPORTS | {"officer", "signer", "budget_officer"}
NO_CALENDAR = EVERYONE - SEES_SENT - {"co_ministry", "owner"}

#: Sees the issuer's judgement of the letter to DMP.
JUDGES_LETTER = frozenset({"officer", "signer", "department_head"})


CALENDAR_RIGHT = frozenset(
    {
        "officer", "signer", "budget_officer", "sub_agency_officer", "co_ministry", "controller", "owner", "director",
        "other_controller", "other_director", "sub_agency",
    }
)  # fmt: skip
SEES_CALENDAR = CALENDAR_RIGHT - {"sub_agency_officer", "other_controller", "other_director", "sub_agency"}
SEES_YEAR = SEES_LETTER
REMINDER_RIGHT = frozenset({"officer", "sub_agency_officer", "controller", "other_controller", "sub_agency"})


@dataclass(frozen=True)
class Row:
    """One address. ``thing`` names the object in the world whose uuid is in the address."""

    name: str
    ok: frozenset[str] = EVERYONE
    others: int = 404
    thing: str = ""
    method: str = "get"
    #: statuses that count as let in: a redirect after the act, or a form with errors
    let_in: tuple[int, ...] = (200, 302, 409, 412, 422)
    #: the roles that have the page's right, but not on this thing: they get 404 instead of 403
    unseen: frozenset[str] = NOBODY
    second: str = ""
    #: a word before the thing, and a number after it, in the address
    word: str = ""
    number: int | None = None
