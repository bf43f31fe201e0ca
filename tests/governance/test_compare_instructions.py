"""Two instructions beside each other: the copy rule that differs stands on top, what is alike is not shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from governance.content import ContentWriter
from governance.models import CopyRule, NoticeDuty
from tests.cast import Cast
from tests.factories.documents import Fill
from tests.factories.instructions import make_instruction

LogIn = Callable[[str], Client]


def ruled(kinds: list[str], words: str) -> Fill:
    """The same instruction but for what the auditor gets a copy of."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        said = [writer.passage(words, section_number="5")]
        for kind in kinds:
            writer.add(CopyRule, passages=said, correspondence=kind, recipient=cast.org("RR"), section="5")
        told = [writer.passage("Avvik varsles straks.", section_number="5")]
        writer.add(NoticeDuty, passages=told, title="Vesentlige avvik", section="5")

    return fill


def test_the_copy_rule_that_differs_stands_on_top_and_what_is_alike_is_not_shown(log_in: LogIn, cast: Cast) -> None:
    one = make_instruction(
        cast, dated=date(2026, 1, 5), fill=ruled(["letter", "supplement"], "Revisjonen får kopi av brevene.")
    )
    other = make_instruction(
        cast, dated=date(2026, 1, 6), recipient=cast.org("Hdir"), fill=ruled(["all"], "Revisjonen får kopi av alt.")
    )
    url = f"{reverse('governance:compare')}?hva=dokumenter&foer={one.uuid}&etter={other.uuid}"
    page = log_in("officer").get(url).content.decode()
    assert "Kopiregler som er ulike" in page
    top = page[page.index("Kopiregler som er ulike") : page.index("Teksten, ord for ord")]
    assert top.count('data-label="Til:"') == top.count("open-question") > 0
    for kind in ("Årsrapport", "Referat", "Svar på oppdrag"):
        assert kind in top
    assert "ingen kopi" in top
    assert "Tildelingsbrev</th>" not in top
    assert "Vesentlige avvik" not in page
