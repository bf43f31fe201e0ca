"""What a draft changes in an exempt assignment, for those who write the draft and may not read it: a number (B2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.actor import Actor
from governance.lone_headings import read_passages
from governance.models import AssignmentItem, Passage, SteeringDocument
from governance.restricted import earlier_of_removed, hidden_in_draft, may_read_targets, passages_of, shell_name


def hidden_rows(document: SteeringDocument, actor: Actor, day: date) -> dict[UUID | None, str]:
    """The rows the actor may not read, each with the words that stand for it."""
    hidden = hidden_in_draft(document, actor, day)
    rows = AssignmentItem.objects.filter(document=document, uuid__in=hidden) if hidden else []
    return {row.uuid: shell_words(row) for row in rows}


def hidden_ids(document: SteeringDocument, actor: Actor, day: date) -> set[UUID]:
    """Permanent ids of the rows the actor may not read, and of the passages that say something of them."""
    hidden = hidden_in_draft(document, actor, day)
    passages = Passage.objects.filter(pk__in=passages_of(hidden)) if hidden else Passage.objects.none()
    return set(hidden) | set(passages.values_list("uuid", flat=True))


def shell_words(row: AssignmentItem) -> str:
    """Number and legal basis."""
    return shell_name(row.reference or _("Oppdrag"), row.restricted_basis)


def shown_passages(document: SteeringDocument, hidden: Mapping[UUID | None, str]) -> list[Passage]:
    """The draft's text as it is read, with the words of the shell instead of what is hidden."""
    return without_hidden(read_passages(document), hidden)


def without_hidden(passages: list[Passage], hidden: Mapping[UUID | None, str]) -> list[Passage]:
    """The same passages, never saved from here, with what is hidden taken out."""
    closed = passages_of(row for row in hidden if row is not None)
    for passage in passages:
        if passage.pk in closed:
            passage.text, passage.rich = hidden[closed[passage.pk]], ""
    return passages


def shown_assignments(document: SteeringDocument, hidden: Mapping[UUID | None, str]) -> list[AssignmentItem]:
    """The draft's assignments, never saved from here, with what is hidden as its legal basis alone."""
    rows = list(AssignmentItem.objects.filter(document=document).select_related("department"))
    for row in rows:
        if row.uuid in hidden:
            row.title, row.body = _("Unntatt offentlighet. %(basis)s") % {"basis": row.restricted_basis}, ""
    return rows


def removed_and_hidden(
    document: SteeringDocument, removed: Mapping[UUID, Mapping[str, Any]], actor: Actor, day: date
) -> set[UUID]:
    """Of rows that were taken out of a draft: those that changed an exempt assignment the actor may not read."""
    about = {row: earlier for row, data in removed.items() if (earlier := earlier_of_removed(document, data))}
    readable = may_read_targets(actor, about.values(), day) if about else set()
    return {row for row, earlier in about.items() if earlier not in readable}
