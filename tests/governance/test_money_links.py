"""Amounts and earmarks tied to assignments: on the letter, on the passport and in the agency's year."""

from __future__ import annotations

from collections.abc import Callable

import time_machine
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment
from governance.content import ContentWriter
from governance.models import AssignmentItem, BudgetLine, BudgetSplit
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter, write_assignment

LogIn = Callable[[str], Client]


def pay(writer: ContentWriter, cast: Cast) -> None:
    """An assignment, an amount for one of its points, and an earmark of another line for it."""
    item = write_assignment(writer, cast, "TB2026-20", "Digital heimeoppfølging")
    writer.add(BudgetLine, chapter=760, post=21, name="Drift", amount=9_500_000, assignment_item=item, anchor="3d")
    line = writer.add(BudgetLine, chapter=714, post=21, name="Folkehelse", amount=30_000_000)
    writer.add(BudgetSplit, line=line, label="pårørende", amount=2_000_000, kind="earmark", assignment_item=item)


@time_machine.travel(REGISTERED_AT, tick=False)
def test_money_is_shown_where_it_is_read(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast, fill=pay)
    client = log_in("controller")
    page = client.get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert "til TB2026-20, 3d" in page
    assert "Herav øremerket 2\u00a0000, pårørende, til TB2026-20" in page
    assignment = Assignment.objects.get(item=AssignmentItem.objects.get(document=letter))
    passport = client.get(reverse("assignments:passport", args=[assignment.uuid])).content.decode()
    assert "Penger knyttet til oppdraget" in passport
    assert "9\u00a0500" in passport
    assert "714.21 pårørende" in passport
    year = client.get(reverse("reporting:agency_year", args=[cast.org("DMP").uuid, 2026])).content.decode()
    assert "til TB2026-20" in year
