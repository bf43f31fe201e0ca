"""The freezing has one exit, and the exit reaches every table that can hold a letter's words (decision A16)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings

from core.erasing import text_fields
from governance.models import SteeringDocument
from governance.removal import reach
from tests.architecture.code import python_files, relative

#: Tables with words that are not a copy of a letter's words, and why.
OUTSIDE = {
    "agencies": "people, bodies and powers",
    "core.MessageFile": "points at the file, which is reached",
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
    "assignments.StatusDraft": "the agency's own words",
    "assignments.StatusVersion": "the agency's own words",
    "assignments.Answer": "the agency's own document",
    "assignments.Remark": "each side's own notes",
    "assignments.DeadlineRequest": "the agency's own words",
    "assignments.SavedView": "a person's own filter",
    "reporting.CalendarFeed": "a person's own address of a feed",
    "reporting.ReportKind": "reference data",
    "reporting.Report": "the agency's own document",
    "reporting.Section": "the agency's own document",
    "reporting.SectionDraft": "the agency's own document",
    "reporting.RequirementAnswer": "the agency's own document",
    "reporting.FigureValue": "the agency's own document",
    "reporting.BudgetStatus": "the agency's own document",
    "reporting.Risk": "the agency's own document",
    "reporting.Submission": "the agency's own document",
    "reporting.ReportFile": "the agency's own document",
    "reporting.ReportAssignment": "the agency's own document",
    "reporting.Feedback": "the ministry's own letter about a report",
}


@pytest.mark.django_db
def test_every_table_with_words_is_reached_or_says_why_not() -> None:
    document = SteeringDocument(pk=0)
    tables = [*reach.content(document), *reach.around(document), *reach.beside(document, set())]
    reached = {rows.model._meta.label for rows in tables}
    missing = {
        model._meta.label
        for app in settings.OUR_APPS
        for model in apps.get_app_config(app).get_models()
        if text_fields(model)
        and model._meta.label not in reached
        and model._meta.label not in OUTSIDE
        and model._meta.app_label not in OUTSIDE
    }
    assert missing == set()
    assert not reached & set(OUTSIDE)


def test_the_freezing_is_opened_in_one_action_alone() -> None:
    opening = {
        str(relative(file))
        for file in python_files(of_apps=True)
        if "pgtrigger.ignore" in (text := file.read_text(encoding="utf-8")) or "session_replication_role" in text
    }
    assert opening == {"governance/actions/removals.py"}
