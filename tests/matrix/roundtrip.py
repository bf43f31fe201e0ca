"""Documents out and the round trip: everybody who sees a letter takes it out; what is exempt stays a shell."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from governance import roundtrip
from governance.actions.returned import receive_file
from governance.models import SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT
from tests.matrix.people import DRAFT_RIGHT, NOBODY, SEES_LETTER, Row

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
    Row(
        "governance:return_file", thing="draft", ok=frozenset({"officer"}), others=403, unseen=DRAFT_RIGHT - {"officer"}
    ),
    Row(
        "governance:returned",
        thing="draft",
        second="returned",
        ok=frozenset({"officer"}),
        others=403,
        unseen=DRAFT_RIGHT - {"officer"},
    ),
    Row(
        "governance:returned_all",
        thing="draft",
        second="returned",
        method="post",
        ok=frozenset({"officer"}),
        others=403,
        unseen=DRAFT_RIGHT - {"officer"},
    ),
    Row(
        "governance:returned_change",
        thing="draft",
        second="returned_change",
        method="post",
        ok=frozenset({"officer"}),
        others=403,
        unseen=DRAFT_RIGHT - {"officer"},
    ),
]


def fill(world: Any, cast: Cast) -> None:
    """The words that stand in the addresses."""
    for form in (*FORMATS, "nothing"):
        world.things[f"as_{form}"] = SimpleNamespace(uuid=form)
    draft = SteeringDocument.objects.for_detail().get(pk=world.things["draft"].pk)
    letter = json.loads(roundtrip.export_json(draft))
    letter["letter"]["title"] += " endret"
    data = json.dumps(letter).encode()
    world.things["returned"] = receive_file(
        document=draft, name="brev.json", data=data, actor=cast.actor("officer"), at=REGISTERED_AT
    )
    world.things["returned_change"] = world.things["returned"].changes.get()
