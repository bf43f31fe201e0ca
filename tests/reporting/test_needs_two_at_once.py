"""Two people take the same need into two drafts at the same moment, on two connections: one does, the other is told."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from core.errors import DomainError
from governance.models import AssignmentItem
from reporting.actions.needs import take_need_in, withdraw_need
from reporting.models import SteeringNeed
from tests.cast import load_cast
from tests.factories.documents import REGISTERED_AT, make_draft
from tests.factories.needs import WORDS, noted


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_into_two_drafts_and_one_who_withdraws_only_one_does() -> None:
    cast = load_cast()
    need, actor = noted(cast), cast.actor("officer")
    drafts = [make_draft(cast, title=f"Utkast {number}", document_date=None, number=number) for number in (1, 2)]
    gate, outcomes = threading.Barrier(3, timeout=30), list[str]()

    def take(number: int) -> None:
        take_need_in(need=need, document=drafts[number], how="assignment", actor=actor, at=REGISTERED_AT)

    def withdraw(_number: int) -> None:
        withdraw_need(need=need, reason="Ikke nødvendig.", actor=actor, at=REGISTERED_AT)

    def run(act: object, number: int) -> None:
        try:
            gate.wait()
            act(number)  # type: ignore[operator]
            outcomes.append("ok")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in ((take, 0), (take, 1), (withdraw, 0))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert outcomes.count("ok") == 1
    assert len(outcomes) == 3
    rows = AssignmentItem.objects.filter(body=WORDS).count()
    assert rows == (SteeringNeed.objects.get().state == "open")
