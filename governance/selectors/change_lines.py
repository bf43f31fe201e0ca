"""What a supplement changes, as its own page lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from governance.models import AssignmentItem, Change, ChangeKind, SteeringDocument
from governance.restricted import exempt_targets
from governance.selectors.draft_hidden import shell_words


@dataclass(frozen=True)
class ChangeLine:
    """One change: what it does, and its text."""

    uuid: UUID
    kind: str
    text: str


def change_lines(document: SteeringDocument) -> Sequence[ChangeLine]:
    """The changes of earlier rows, in order. New rows stand in their own sections.

    What is changed in an exempt assignment stands as its number and basis for everybody: those who may read it find
    the words on the assignment itself (decision B2).
    """
    found = Change.objects.filter(document_id=document.pk).exclude(Q(kind=ChangeKind.ADD) | Q(text=""))
    names = ("uuid", "kind", "text", "target", "new_item")
    rows = list(found.order_by("ordinal", "id").values_list(*names, named=True))
    if not rows:
        return []
    exempt = {target: shell_words(item) for target, item in exempt_targets(row.target for row in rows).items()}
    carrying = AssignmentItem.objects.filter(restricted=True, uuid__in={row.new_item for row in rows} - {None})
    exempt |= {item.uuid: shell_words(item) for item in carrying}
    return [
        ChangeLine(
            row.uuid,
            str(ChangeKind(row.kind).label),
            exempt.get(row.target) or exempt.get(row.new_item) or row.text,
        )
        for row in rows
    ]
