"""Two persons decide the same request at the same moment, on two connections: one does it, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from core.actor import Actor
from core.errors import DomainError
from core.models import Event
from governance import snapshot
from governance.actions.removals import decline_removal, remove_content
from governance.models import Removal, SteeringDocument
from tests.cast import load_cast
from tests.factories.removals import AT, SECRET, asked, letter_with_secret, second_person

Act = Callable[[Removal, Actor], Any]


def _remove(row: Removal, actor: Actor) -> None:
    remove_content(removal=row, actor=actor, at=AT)


def _decline(row: Removal, actor: Actor) -> None:
    decline_removal(removal=row, reason="Nei", actor=actor, at=AT)


def race(row: Removal, acts: list[tuple[Act, Actor]]) -> list[str]:
    """All start together; the outcome of each, in order of the alphabet."""
    gate, outcomes = threading.Barrier(len(acts), timeout=30), list[str]()

    def run(act: Act, actor: Actor) -> None:
        try:
            fresh = Removal.objects.get(pk=row.pk)
            gate.wait()
            act(fresh, actor)
            outcomes.append("ok")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does_and_the_other_is_told() -> None:
    cast = load_cast()
    second, third = second_person(cast), second_person(cast, "third_officer")
    letter = letter_with_secret(cast)
    row = asked(cast, letter)
    assert race(row, [(_remove, second), (_remove, third)]) == ["decided", "ok"]
    assert Event.objects.filter(subject=letter.uuid, type="document.content_removed").count() == 1
    assert snapshot.seal(letter) == snapshot.Seal.REMOVED

    other = letter_with_secret(cast, "TB2026-8")
    mixed = asked(cast, other)
    assert race(mixed, [(_remove, second), (_decline, third)]) == ["decided", "ok"]
    mixed.refresh_from_db()
    text = SteeringDocument.objects.get(pk=other.pk).canonical_text
    assert (SECRET.split()[0] in text) == (mixed.state == "declined")
    assert snapshot.verify(other)
