"""Editions of common directives are attached to a draft: as rows in a letter, as changes in a supplement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions import draft_rows
from governance.actions.change_base import Work, save, start, write_change, write_passage
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft
from governance.drafting.last_year import directive_data
from governance.items import Item, read_items
from governance.models import ChangeKind, DirectiveEdition, DocumentFamily, SteeringDocument

KEY = "common_directive"


@transaction.atomic
def attach_directives(
    *,
    document: SteeringDocument,
    editions: Sequence[DirectiveEdition],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> list[Item]:
    """Attach the editions to the draft, all or none; an edition of the same directive is replaced, else it is added.

    In a letter the row is written anew. A supplement replaces what is in force by a change with its text, since what
    was sent stands. Returns the rows. Raises NotAllowed, NotInThisState, StaleVersion, and RuleBroken when none is
    chosen and for every edition that is there already.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    if not editions:
        raise RuleBroken(problems=[Problem("none_chosen", _("Velg minst én fellesføring."), "editions")])
    own = read_items([document.pk], [KEY])
    work = start(document, actor, at) if document.kind.family == DocumentFamily.SUPPLEMENT else None
    in_force = [entry.item for entry in work.entries if entry.item.key == KEY] if work else []
    held = {str(item.data.get("edition")) for item in (*own, *in_force)}
    problems = [
        Problem("attached", _("«%(title)s» er allerede med.") % {"title": row.title_nb}, "editions")
        for row in editions
        if str(row.uuid) in held
    ]
    if problems:
        raise RuleBroken(problems=problems)
    before = _by_code([*in_force, *own])
    made = []
    for edition in editions:
        row = _attach(document, work, edition, before.get(edition.code), actor=actor, at=at)
        made.append(row)
        before[edition.code] = row
    touch(document, actor=actor)
    return made


def _by_code(items: Sequence[Item]) -> dict[str, Item]:
    """Rows by the directive they carry an edition of."""
    uuids = [item.data["edition"] for item in items if item.data.get("edition")]
    codes = {
        str(uuid): code for uuid, code in DirectiveEdition.objects.filter(uuid__in=uuids).values_list("uuid", "code")
    }
    return {codes[str(item.data["edition"])]: item for item in items if str(item.data.get("edition")) in codes}


def _attach(
    document: SteeringDocument,
    work: Work | None,
    edition: DirectiveEdition,
    before: Item | None,
    *,
    actor: Actor,
    at: datetime,
) -> Item:
    data = directive_data(edition, document.language)
    if work is None or before is None or before.document_id == document.pk:
        held = before.uuid if before else None
        return draft_rows.save_row(document=document, item_type=KEY, data=data, item=held, actor=actor, at=at)
    text = work.say.change("replaced", what=work.say.what(before))
    passage = write_passage(work, KEY, text)
    item = save(work, KEY, data)
    write_change(work, KEY, ChangeKind.REPLACE, text, passage, target=before.uuid, new_item=item.uuid)
    return item
