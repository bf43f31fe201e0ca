"""The rules of the dialogue that stand in a document, as the checks read them, each with the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from governance.checks.content import Row
from governance.items import ITEM_TYPES, read_items
from governance.models import DocumentFamily, SteeringDocument

RULES = ("copy_rule", "meeting_rule", "reporting", "notice_duty", "authorisation", "lock_rule")


def rules_of(document: SteeringDocument) -> tuple[Row, ...]:
    """The rules of an instruction; none for a letter, and none for an entry registered without its text."""
    if document.kind.family != DocumentFamily.INSTRUCTION or not document.has_text:
        return ()
    return tuple(_rows(document))


def _rows(document: SteeringDocument) -> Iterable[Row]:
    for item in read_items([document.pk], RULES):
        section = str(item.data.get("section") or "").rstrip(".")
        place = _("punkt %(number)s") % {"number": section} if section else str(ITEM_TYPES[item.key].plural).lower()
        resting = tuple(range(len(item.passages)))
        yield Row(str(item.uuid), item.key, place, {"title": item.data.get("title") or ""}, resting)
