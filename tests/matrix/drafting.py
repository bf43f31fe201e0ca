"""Writing a draft: those who draft for the agency see and write; signers and approvers read; nobody else knows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.actions.documents import DocumentFacts
from governance.actions.draft_rows import save_row
from governance.actions.new_instruction import start_instruction
from tests.cast import MARKER_MINISTRY
from tests.factories.assignments import AT
from tests.factories.instructions import make_instruction
from tests.matrix.people import DRAFT_RIGHT, Row

OFFICER = frozenset({"officer"})
READS_DRAFT = frozenset({"officer", "signer", "department_head"})

ROWS: list[Row] = [
    Row("governance:new_letter", ok=DRAFT_RIGHT, others=403),
    Row("governance:instruction_start", ok=DRAFT_RIGHT, others=403),
    Row("governance:instruction_changes", thing="instruction_draft", ok=READS_DRAFT),
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
    make_instruction(cast, dated=date(2024, 6, 26))
    facts = DocumentFacts(
        kind="instruction", recipient=cast.org("DMP"), title=f"Neste instruks {MARKER_MINISTRY}",
        effective_on=date(2030, 1, 1),
    )  # fmt: skip
    world.things["instruction_draft"] = start_instruction(
        facts=facts, start="in_force", replaces=[], actor=cast.actor("officer"), at=AT
    )
