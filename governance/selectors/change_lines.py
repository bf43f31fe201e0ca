"""What a supplement changes, as its own page lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import AssignmentItem, Change, ChangeKind, SteeringDocument


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
    rows = found.order_by("ordinal", "id").values_list("uuid", "kind", "text", "target", named=True)
    exempt: dict[UUID | None, str] = {
        item.uuid: _("%(reference)s, unntatt offentlighet. %(basis)s")
        % {"reference": item.reference or _("Oppdrag"), "basis": item.restricted_basis}
        for item in AssignmentItem.objects.filter(restricted=True, uuid__in={row.target for row in rows} - {None})
    }
    return [ChangeLine(row.uuid, str(ChangeKind(row.kind).label), exempt.get(row.target, row.text)) for row in rows]
