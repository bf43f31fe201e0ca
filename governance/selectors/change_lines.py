"""What a supplement changes, as its own page lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from governance.models import Change, ChangeKind, SteeringDocument


@dataclass(frozen=True)
class ChangeLine:
    """One change: what it does, and its text."""

    uuid: UUID
    kind: str
    text: str


def change_lines(document: SteeringDocument) -> Sequence[ChangeLine]:
    """The changes of earlier rows, in order. New rows stand in their own sections."""
    rows = Change.objects.filter(document=document).exclude(kind=ChangeKind.ADD).exclude(text="")
    return [ChangeLine(row.uuid, str(row.get_kind_display()), row.text) for row in rows.order_by("ordinal", "id")]
