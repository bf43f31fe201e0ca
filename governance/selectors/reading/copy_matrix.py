"""Who gets a copy of what, on two sides: the rows where they differ jump out (R-20 to R-25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.consolidation import Entry
from governance.copying import covering
from governance.items import Item
from governance.models import CorrespondenceType

TOGETHER = (CorrespondenceType.DOCUMENT.value, CorrespondenceType.ALL.value)


@dataclass(frozen=True)
class CopyRow:
    """One kind of correspondence to one recipient: what each side says."""

    recipient: str
    what: str
    before: str
    after: str
    differs: bool


@dataclass(frozen=True)
class CopyMatrix:
    """The rows that differ, and how many are alike."""

    rows: Sequence[CopyRow]
    same: int
    sides: tuple[str, str]


def copy_matrix(
    before: Iterable[Entry], after: Iterable[Entry], names: Mapping[str, str], sides: tuple[str, str]
) -> CopyMatrix | None:
    """Every kind of correspondence by every recipient a rule names on either side; None without copy rules."""
    old, new = _rules(before), _rules(after)
    recipients = sorted({str(item.data["recipient"]) for item in (*old, *new)}, key=lambda each: names.get(each, ""))
    if not recipients:
        return None
    rows = []
    for recipient in recipients:
        for kind in CorrespondenceType:
            if kind.value in TOGETHER:
                continue
            left, right = _says(old, recipient, kind.value), _says(new, recipient, kind.value)
            words = str(kind.label)
            rows.append(CopyRow(names.get(recipient, ""), words[:1].upper() + words[1:], left, right, left != right))
    differing = [row for row in rows if row.differs]
    return CopyMatrix(differing, len(rows) - len(differing), sides)


def _rules(entries: Iterable[Entry]) -> list[Item]:
    return [entry.item for entry in entries if entry.item.key == "copy_rule"]


def _says(rules: Iterable[Item], recipient: str, kind: str) -> str:
    found = [
        rule
        for rule in rules
        if str(rule.data["recipient"]) == recipient and rule.data["correspondence"] in covering(kind)
    ]
    if not found:
        return _("ingen kopi")
    return _("kopi samtidig") if any(rule.data.get("simultaneous") for rule in found) else _("kopi")
