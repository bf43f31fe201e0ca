"""What a letter promises to send later: sent by those who look after the agency."""

from __future__ import annotations

from typing import Any

from governance.content import ContentWriter
from governance.models import PromisedEnclosure
from tests.factories.documents import make_registered_letter
from tests.matrix.people import Row

SENDS = frozenset({"officer"})

ROWS: list[Row] = [
    Row(
        "governance:send_enclosure",
        thing="promising_letter",
        second="promised",
        ok=SENDS,
        others=403,
        unseen=frozenset({"sub_agency_officer"}),
    ),
]


def fill(world: Any, cast: Any) -> None:
    """A letter that promises an annex."""

    def promise(writer: ContentWriter, cast: Any) -> None:
        world.things["promised"] = writer.add(PromisedEnclosure, title="Retningslinjer for fellesføringen")

    world.things["promising_letter"] = make_registered_letter(cast, fill=promise, title="Brev med ettersendelse")
