"""The words of who sees what are kept for each person and day; what they find is asked for anew each time (B2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Appointment
from assignments.models import Assignment
from core import clock, querysets
from governance.models import SteeringDocument
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter


@pytest.fixture(autouse=True)
def nothing_is_written_before() -> None:
    querysets._written.cache_clear()


@pytest.mark.parametrize("model", [SteeringDocument, Assignment])
def test_a_condition_asks_nothing_while_it_is_written(cast: Cast, model: type[SteeringDocument]) -> None:
    actor = cast.actor("department_officer")
    with CaptureQueriesContext(connection) as asked:
        str(model.objects.visible_to(actor, clock.today()).query)
    assert list(asked) == []


def test_a_condition_is_written_once_for_a_person_and_a_day(cast: Cast) -> None:
    day = clock.today()
    for _ in range(3):
        SteeringDocument.objects.visible_to(cast.actor("controller"), day).exists()
    assert querysets._written.cache_info().misses == 1
    SteeringDocument.objects.visible_to(cast.actor("officer"), day).exists()
    SteeringDocument.objects.visible_to(cast.actor("controller"), day + timedelta(days=1)).exists()
    assert querysets._written.cache_info().misses == 3


@pytest.mark.parametrize("order", [("officer", "controller"), ("controller", "officer")])
def test_one_reader_never_gets_what_another_sees(cast: Cast, order: tuple[str, str]) -> None:
    draft, day = make_draft(cast), clock.today()
    rows = SteeringDocument.objects.filter(pk=draft.pk)
    for part in (*order, *order):
        assert rows.visible_to(cast.actor(part), day).exists() is (part == "officer")


def test_a_role_that_ends_closes_what_it_opened(cast: Cast) -> None:
    letter, day = make_registered_letter(cast), clock.today()
    actor = cast.actor("controller")
    assignments = Assignment.objects.filter(document=letter)
    assert SteeringDocument.objects.visible_to(actor, day).filter(pk=letter.pk).exists()
    assert assignments.visible_to(actor, day).exists()
    Appointment.objects.filter(user=cast.user("controller")).update(valid_to=day - timedelta(days=1))
    assert not SteeringDocument.objects.visible_to(actor, day).filter(pk=letter.pk).exists()
    assert not assignments.visible_to(actor, day).exists()
    Appointment.objects.filter(user=cast.user("controller")).update(valid_to=None)
    assert SteeringDocument.objects.visible_to(actor, day).filter(pk=letter.pk).exists()


def test_a_person_who_is_shut_out_sees_nothing_of_what_was_kept(cast: Cast) -> None:
    letter, day = make_registered_letter(cast), clock.today()
    assert SteeringDocument.objects.visible_to(cast.actor("controller"), day).filter(pk=letter.pk).exists()
    actor = cast.actor("controller")
    assert actor.user is not None
    actor.user.is_active = False
    assert not SteeringDocument.objects.visible_to(actor, day).exists()
    assert not Assignment.objects.visible_to(actor, day).exists()
