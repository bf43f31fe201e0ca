"""What a supplement brings besides changed rows: numbers reserved ahead, and editions of common directives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions import draft_numbers, draft_rows
from governance.actions.change_base import save, start, write_change, write_passage
from governance.actions.change_in_force import require_supplement
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft
from governance.items import Item
from governance.models import (
    ChangeKind,
    CommonDirective,
    DirectiveEdition,
    Language,
    NumberReservation,
    SteeringDocument,
)

MOST_NUMBERS = 20


@transaction.atomic
def reserve_ahead(
    *, document: SteeringDocument, count: int, actor: Actor, at: datetime, expected_version: int | None
) -> list[NumberReservation]:
    """Take numbers before the assignments are written, so that the money text can cite them.

    New assignments take them in order; one that is never used keeps its explanation. Raises NotAllowed,
    NotInThisState, StaleVersion, RuleBroken.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = []
    if not document.kind.series:
        problems.append(Problem("no_series", _("Oppdrag i denne typen brev har ingen nummerserie."), "count"))
    if not 1 <= count <= MOST_NUMBERS:
        sentence = _("Reserver fra 1 til %(most)s nummer om gangen.") % {"most": MOST_NUMBERS}
        problems.append(Problem("count", sentence, "count"))
    if problems:
        raise RuleBroken(problems=problems)
    made = draft_numbers.reserve_numbers(document, count=count, at=at)
    touch(document, actor=actor)
    return made


@transaction.atomic
def attach_directives(
    *,
    document: SteeringDocument,
    editions: Sequence[DirectiveEdition],
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> list[Item]:
    """Attach editions of common directives to an issued letter, by its supplement.

    The edition of the same directive that is in force is replaced; else it is added. Raises as ``change_in_force``.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    require_supplement(document)
    if not editions:
        raise RuleBroken(problems=[Problem("none_chosen", _("Velg minst én fellesføring."), "editions")])
    work = start(document, actor, at)
    standing = _editions_in_force([entry.item for entry in work.entries if entry.item.key == "common_directive"])
    held = set(CommonDirective.objects.filter(document=document).values_list("edition_id", flat=True))
    problems = [
        Problem("attached", _("«%(title)s» er allerede med.") % {"title": row.title_nb}, "editions")
        for row in editions
        if row.pk in held or str(row.uuid) in {item.data.get("edition") for item in standing.values()}
    ]
    if problems:
        raise RuleBroken(problems=problems)
    made = []
    for edition in editions:
        data = _directive(edition, document.language)
        old = standing.get(edition.code)
        if old is None:
            made.append(
                draft_rows.save_row(document=document, item_type="common_directive", data=data, actor=actor, at=at)
            )
            continue
        text = work.say.change("replaced", what=work.say.what(old))
        passage = write_passage(work, "common_directive", text)
        item = save(work, "common_directive", data)
        write_change(work, "common_directive", ChangeKind.REPLACE, text, passage, target=old.uuid, new_item=item.uuid)
        made.append(item)
    touch(document, actor=actor)
    return made


def _editions_in_force(items: Sequence[Item]) -> dict[str, Item]:
    codes = dict(
        DirectiveEdition.objects.filter(
            uuid__in=[item.data["edition"] for item in items if item.data.get("edition")]
        ).values_list("uuid", "code")
    )
    by_uuid = {str(uuid): code for uuid, code in codes.items()}
    return {by_uuid[str(item.data["edition"])]: item for item in items if str(item.data.get("edition")) in by_uuid}


def _directive(edition: DirectiveEdition, language: str) -> dict[str, object]:
    nynorsk = language == Language.NN
    return {
        "title": (edition.title_nn if nynorsk else "") or edition.title_nb,
        "text": (edition.text_nn if nynorsk else "") or edition.text_nb,
        "circular": edition.circular,
        "year": edition.year,
        "edition": str(edition.uuid),
    }
