"""The demonstration in the test database: loaded once for the folder, in a transaction that is taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from core.clock import OSLO

#: After everything the fixtures tell of.
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=OSLO)


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The cast is put aside, the demonstration loaded; both are as before afterwards."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("truncate agencies_organisation, agencies_user, core_event, core_message cascade")
        call_command("load_demo", stdout=io.StringIO())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> Iterator[None]:
    """The demonstration, on its day."""
    with time_machine.travel(NOW, tick=False):
        yield
