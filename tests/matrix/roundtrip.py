"""Documents out and the round trip: everybody who sees a letter takes it out; what is exempt stays a shell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.cast import Cast
from tests.matrix.people import NOBODY, SEES_LETTER, Row

SEES_DRAFT = frozenset({"officer", "signer", "department_head"})
FORMATS = ("json", "html", "docx")

ROWS: list[Row] = [
    Row("governance:document_download", thing="letter", ok=SEES_LETTER),
    Row("governance:document_download", thing="draft", ok=SEES_DRAFT),
    *(Row("governance:document_export", thing="letter", second=f"as_{form}", ok=SEES_LETTER) for form in FORMATS),
    *(Row("governance:document_export", thing="draft", second=f"as_{form}", ok=SEES_DRAFT) for form in FORMATS),
    Row("governance:document_export", thing="letter", second="as_nothing", ok=NOBODY),
    Row("governance:document_pdf", thing="letter", method="post", ok=SEES_LETTER),
    *(
        Row(f"governance:{name}", thing="letter", second="nothing", ok=NOBODY)
        for name in ("document_pdf_job", "document_pdf_file")
    ),
]


def fill(world: Any, cast: Cast) -> None:
    """The words that stand in the addresses."""
    for form in (*FORMATS, "nothing"):
        world.things[f"as_{form}"] = SimpleNamespace(uuid=form)
