"""Writing a draft: those who draft for the agency see and write; signers and approvers read; nobody else knows it."""

from __future__ import annotations

from typing import Any

from governance.actions.draft_rows import save_row
from tests.cast import MARKER_MINISTRY
from tests.factories.assignments import AT
from tests.matrix.people import DRAFT_RIGHT, Row

OFFICER = frozenset({"officer"})
READS_DRAFT = frozenset({"officer", "signer", "department_head"})

ROWS: list[Row] = [
    Row("governance:new_letter", ok=DRAFT_RIGHT, others=403),
    Row(
        "governance:draft_last_year",
        thing="letter_draft",
        ok=OFFICER,
        others=403,
        unseen=frozenset({"sub_agency_officer"}),
    ),
    *(Row(f"governance:{name}", thing="letter_draft", ok=READS_DRAFT) for name in ("draft_start", "draft_here")),
    *(Row(f"governance:{name}", thing="letter_draft", ok=READS_DRAFT) for name in ("draft_owners", "draft_editions")),
]


def fill(world: Any, cast: Any) -> None:
    """A letter being written, with a row that only the ministry may read."""
    from tests.factories.documents import make_draft

    draft = make_draft(cast, title=f"Neste års brev {MARKER_MINISTRY}", document_date=None, year=2027)
    save_row(
        document=draft, item_type="goal", data={"title": f"Mål {MARKER_MINISTRY}", "level": "main"},
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    world.things["letter_draft"] = draft
