"""Migrations are named, linear, reversible, and keep schema and data apart."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.architecture.code import APPS


def our_migrations() -> dict[tuple[str, str], Migration]:
    found = MigrationLoader(connection=None).disk_migrations
    return {key: migration for key, migration in found.items() if key[0] in APPS}


def test_each_app_has_one_line_of_migrations_and_says_its_last() -> None:
    loader = MigrationLoader(connection=None)
    for app in APPS:
        leaves = loader.graph.leaf_nodes(app)
        assert len(leaves) <= 1, leaves
        noted = Path(apps.get_app_config(app).path) / "migrations" / "max_migration.txt"
        if leaves:
            assert noted.read_text(encoding="utf-8").strip() == leaves[0][1]


def test_each_migration_has_a_name_that_says_what_it_does() -> None:
    assert [key for key in our_migrations() if "_auto_" in key[1] or key[1].endswith("_squashed")] == []


def test_each_migration_can_be_undone() -> None:
    stuck = [
        (*key, type(operation).__name__)
        for key, migration in our_migrations().items()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


def test_data_and_schema_are_not_changed_in_one_migration() -> None:
    mixed = []
    for key, migration in our_migrations().items():
        data = [operation for operation in migration.operations if isinstance(operation, RunPython)]
        schema = [operation for operation in migration.operations if not isinstance(operation, RunPython | RunSQL)]
        if data and schema:
            mixed.append(key)
    assert mixed == []


@pytest.mark.django_db
def test_no_model_has_changed_since_its_last_migration() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_no_migration_is_left_to_run() -> None:
    loader = MigrationLoader(connection)
    assert set(loader.disk_migrations) - set(loader.applied_migrations) == set()
