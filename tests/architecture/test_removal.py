"""The freezing has one exit, and the exit reaches every column that can hold a letter's words (decision A16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from core.erasing import text_fields
from core.models import StoredFile
from governance.models import SteeringDocument
from governance.removal import reach
from tests.architecture.code import python_files, relative

#: Tables with words that are not a copy of a letter's words, and why.
OUTSIDE = {
    "agencies": "people, bodies and powers",
    "governance.DocumentKind": "reference data",
    "governance.DirectiveEdition": "the common directives of a year, for all letters",
    "governance.ChapterTemplate": "reference data",
    "governance.StatutoryCopy": "reference data",
    "governance.WrittenNormRule": "reference data",
    "governance.RetentionClass": "reference data",
    "governance.ApprovalTemplateStep": "who usually approves",
    "governance.Appropriation": "the ledger, from the Storting's decisions",
    "governance.AppropriationChange": "the ledger, from the Storting's decisions",
    "governance.BudgetSeries": "chapter and post",
    "governance.Removal": "what is left; the request itself may not repeat the words",
    "governance.ArchiveInbox": "addresses of archives",
    "assignments.SavedView": "a person's own filter",
    "reporting.CalendarFeed": "a person's own address of a feed",
    "reporting.ReportKind": "reference data",
}

#: Columns of text that are not searched, and why.
NOT_WORDS = {
    "governance.SectionOwner.chapter": "a code",
}

#: Columns that point at files, in tables that are not reached, and why.
OTHER_FILES = {
    "core.MessageFile.file": "attachments are found by the message",
    "governance.BatchEntry.file": "the table is reached",
    "governance.Removal.file": "the file that is asked for itself",
}

#: Types of column that hold no words.
WORDLESS = (
    models.UUIDField, models.BooleanField, models.DateField, models.TimeField, models.DecimalField, models.FloatField,
    models.IntegerField, models.DurationField, models.SlugField, models.EmailField, SearchVectorField,
)  # fmt: skip


def our_models() -> Iterator[type[models.Model]]:
    for app in settings.OUR_APPS:
        yield from apps.get_app_config(app).get_models()


def reached() -> set[str]:
    """Labels of the tables that are searched, as each app has told."""
    document = SteeringDocument(pk=0)
    document.issuer = apps.get_model("agencies", "Organisation")(pk=0)
    tables = [*reach.content(document), *reach.around(document), *reach.beside(document, set())]
    return {held.rows.model._meta.label for held in tables}


def outside(model: type[models.Model]) -> bool:
    return model._meta.label in OUTSIDE or model._meta.app_label in OUTSIDE


def holds_words(column: models.Field[Any, Any]) -> bool:
    """Whether a column could hold words: everything but keys, numbers, days, codes, addresses and fixed choices."""
    inner = column.base_field if isinstance(column, ArrayField) else column
    if column.is_relation or column.choices or isinstance(inner, WORDLESS):
        return False
    return not isinstance(column, models.GeneratedField)


def generated_from(column: models.GeneratedField) -> set[str]:
    """The columns a generated one is made of; it follows them."""
    expression: Any = column.expression  # type: ignore[attr-defined]
    return {str(getattr(part, "name", "")) for part in expression.flatten() if isinstance(part, models.F)}


@pytest.mark.django_db
def test_every_column_with_words_is_searched_or_says_why_not() -> None:
    tables = reached()
    missing = {
        f"{model._meta.label}.{column.name}"
        for model in our_models()
        if not outside(model)
        for column in model._meta.concrete_fields
        if holds_words(column) and not (model._meta.label in tables and column in text_fields(model))
    }
    assert missing - set(NOT_WORDS) == set()
    assert not tables & set(OUTSIDE)


@pytest.mark.django_db
def test_what_is_exempt_is_still_there() -> None:
    labels = {model._meta.label for model in our_models()} | set(settings.OUR_APPS)
    assert set(OUTSIDE) - labels == set()
    columns = {f"{model._meta.label}.{column.name}" for model in our_models() for column in model._meta.concrete_fields}
    assert (set(NOT_WORDS) | set(OTHER_FILES)) - columns == set()


@pytest.mark.django_db
def test_every_generated_column_follows_columns_that_are_searched() -> None:
    for model in our_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.GeneratedField):
                searched = {field.name for field in text_fields(model)}
                assert generated_from(column) <= searched, f"{model._meta.label}.{column.name}"
                assert model._meta.label in reached()


@pytest.mark.django_db
def test_every_column_with_a_file_is_followed_or_says_why_not() -> None:
    tables, missing = reached(), set()
    for model in our_models():
        for column in model._meta.concrete_fields:
            points = column.is_relation and column.related_model is StoredFile
            if not points and not isinstance(column, models.FileField):
                continue
            followed = model._meta.label in tables and column in reach.file_columns(model)
            if not followed:
                missing.add(f"{model._meta.label}.{column.name}")
    assert missing - set(OTHER_FILES) == set()


def test_the_freezing_is_opened_by_removal_and_by_correcting_a_registration_alone() -> None:
    opening = {
        str(relative(file))
        for file in python_files(of_apps=True)
        if "pgtrigger.ignore" in (text := file.read_text(encoding="utf-8")) or "session_replication_role" in text
    }
    assert opening == {"governance/actions/removals.py", "governance/actions/registration_corrections.py"}
