"""Rows of many letters at once: those who import for the ministry."""

from __future__ import annotations

from typing import Any

from governance.actions.import_batches import start_batch
from governance.actions.imports import Upload
from governance.content import ContentWriter
from governance.models import AssignmentItem, Citation, CitationKind
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.assignments import AT
from tests.factories.documents import make_registered_letter
from tests.factories.imports import fill_in, fresh, make_import, register, settle
from tests.matrix.people import DRAFT_RIGHT, SEES_LETTER, Row

OFFICER = frozenset({"officer"})
ELSEWHERE = frozenset({"sub_agency_officer"})
READ = "3. Oppdrag\n\nTB2026-90 Plan for lager\n\nDirektoratet skal lage en plan.\n\nFrist: 1. desember 2026\n"

ROWS: list[Row] = [
    Row("governance:import_batch_new", ok=DRAFT_RIGHT, others=403),
    Row("governance:import_batch", thing="import_batch", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_deliveries", thing="import", second="import_row", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_citations", thing="import", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_compare", thing="import", ok=OFFICER, others=403, unseen=ELSEWHERE),
    *(
        Row(f"governance:{name}", thing="import", method="post", ok=OFFICER, others=403, unseen=ELSEWHERE)
        for name in ("import_read_anew", "import_take_over", "import_correct")
    ),
    Row("governance:corrections", thing="letter", ok=SEES_LETTER),
    Row("governance:correct_reading", thing="read_letter", second="read_row", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:citation", thing="citation", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_line", thing="import", second="import_row", ok=OFFICER, others=403, unseen=ELSEWHERE),
    *(
        Row(f"governance:{name}", thing="import_batch", method="post", ok=OFFICER, others=403, unseen=ELSEWHERE)
        for name in ("import_batch_read", "import_batch_register")
    ),
]


def _citing(writer: ContentWriter, _cast: Cast) -> None:
    writer.add(Citation, kind=CitationKind.ASSIGNMENT, text="TTB 2019-12")


def fill(world: Any, cast: Cast) -> None:
    """A folder of one letter that waits, with the ministry's marker in its name; a letter that cites an assignment."""
    uploads = [Upload(f"{MARKER_MINISTRY}.txt", b"Et brev som venter")]
    letter = make_registered_letter(cast, kind="supplement", number=7, title="Brev med henvisning", fill=_citing)
    world.things["citation"] = Citation.objects.get(document=letter)
    read = make_import(cast, data=READ.encode(), name="lest.txt")
    fill_in(cast, read, kind="supplement", number=8, title="Lest brev", case_number="25/5000")
    settle(cast, read)
    world.things["read_letter"] = register(cast, fresh(read))
    world.things["read_row"] = AssignmentItem.objects.get(document=world.things["read_letter"])
    world.things["import_batch"] = start_batch(uploads=uploads, actor=cast.actor("officer"), at=AT)
