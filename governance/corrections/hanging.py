"""What others have hung on a row of a registered document: a row that has any of it is not taken away.

Each app names its own: answers and decisions, reports, entries that have lived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import (
    BudgetLine,
    BudgetLineKind,
    BudgetSplit,
    Change,
    DocumentState,
    KeyFigure,
    ReportingRequirement,
    ResolvedCitation,
    SteeringDocument,
    SteeringParameter,
)
from governance.models.document import DocumentPart
from governance.models.goals import Goal
from governance.models.items import AssignmentItem

#: the row with its children → what hangs on them, in words
Hangs = Callable[[DocumentPart, set[UUID]], Iterable[str]]
_HANGS: list[Hangs] = []


def register_hanging(function: Hangs) -> None:
    """Say what of an app hangs on a row. Called in the app's ``ready``; twice changes nothing."""
    if function not in _HANGS:
        _HANGS.append(function)


def hanging_on(item: DocumentPart, parts: set[UUID]) -> list[str]:
    """Everything that hangs on a row, or on these children of it, in words; empty when nothing does."""
    found = [*_changes(item, parts), *_cited(parts), *_under(item, parts)]
    return [*found, *(words for function in _HANGS for words in function(item, parts))]


def _changes(item: DocumentPart, parts: set[UUID]) -> Iterable[str]:
    """Letters that change the row, also drafts: they would change nothing."""
    documents = SteeringDocument.objects.exclude(state=DocumentState.DISCARDED).exclude(pk=item.document_id)
    changing = documents.filter(pk__in=Change.objects.filter(target__in=parts).values("document"))
    if isinstance(item, BudgetLine) and item.uuid in parts:
        same = {"chapter": item.chapter, "post": item.post, "kind": BudgetLineKind.CHANGE}
        lines = BudgetLine.objects.filter(**same, document__recipient_id=item.document.recipient_id)
        changing |= documents.filter(pk__in=lines.values("document"), year=item.document.year)
    for title in changing.order_by("document_date", "id").values_list("title", flat=True):
        yield _("endret i «%(title)s»") % {"title": title}


def _cited(parts: set[UUID]) -> Iterable[str]:
    rows = ResolvedCitation.objects.filter(item__in=parts).select_related("citation__document")
    for title in dict.fromkeys(row.citation.document.title for row in rows.order_by("id")):
        yield _("vist til i «%(title)s»") % {"title": title}


def _under(item: DocumentPart, parts: set[UUID]) -> Iterable[str]:
    """Rows of the same document that stand under the row or point at it."""
    if item.uuid not in parts:
        return
    pointing: list[tuple[type[Model], str]] = []
    if isinstance(item, Goal):
        held = (Goal, "parent"), (SteeringParameter, "goal"), (KeyFigure, "goal"), (AssignmentItem, "goal")
        pointing = [*held, (ReportingRequirement, "goal")]
    elif isinstance(item, AssignmentItem):
        pointing = [(BudgetLine, "assignment_item"), (BudgetSplit, "assignment_item")]
    elif isinstance(item, BudgetLine):
        pointing = [(BudgetLine, "continues")]
    count = sum(model._default_manager.filter(**{name: item}).count() for model, name in pointing)
    if count:
        words = ngettext("%(n)s rad i brevet står under den", "%(n)s rader i brevet står under den", count)
        yield words % {"n": count}
