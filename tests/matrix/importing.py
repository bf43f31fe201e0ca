"""Rows of many letters at once: those who import for the ministry."""

from __future__ import annotations

from typing import Any

from governance.actions.import_batches import start_batch
from governance.actions.imports import Upload
from governance.content import ContentWriter
from governance.models import Citation, CitationKind
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.assignments import AT
from tests.factories.documents import make_registered_letter
from tests.matrix.people import DRAFT_RIGHT, Row

OFFICER = frozenset({"officer"})
ELSEWHERE = frozenset({"sub_agency_officer"})

ROWS: list[Row] = [
    Row("governance:import_batch_new", ok=DRAFT_RIGHT, others=403),
    Row("governance:import_batch", thing="import_batch", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_deliveries", thing="import", second="import_row", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_citations", thing="import", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:import_compare", thing="import", ok=OFFICER, others=403, unseen=ELSEWHERE),
    *(
        Row(f"governance:{name}", thing="import", method="post", ok=OFFICER, others=403, unseen=ELSEWHERE)
        for name in ("import_read_anew", "import_take_over")
    ),
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
    world.things["import_batch"] = start_batch(uploads=uploads, actor=cast.actor("officer"), at=AT)
