"""Two rules of one draft that say the same: the second is refused, and the sentence names both (R-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import Organisation
from core.errors import Problem
from governance.items import ITEM_TYPES, named_by, read_items
from governance.models import SteeringDocument

#: What makes two rules the same rule, by type; the first is the field the refusal stands at. A limit, a day or a number
#: that differs makes no other rule, but a contradiction of the first.
SAME = {
    "copy_rule": ("recipient", "correspondence"),
    "meeting_rule": ("kind", "text"),
    "notice_duty": ("title", "text"),
    "lock_rule": ("correspondence",),
    "authorisation": ("title", "kind", "text", "bodies", "expense_posts", "income_posts"),
    "reporting": ("title", "text", "goal", "calendar_item", "when", "due", "due_text"),
}
_WORDS_AT_MOST = 120


def equal_rule(key: str, data: Mapping[str, Any], *, document: SteeringDocument, item: UUID | None) -> list[Problem]:
    """A problem when another row of the draft than ``item`` is the same rule as ``data``."""
    fields = SAME.get(key)
    if fields is None or not data.get(fields[0]):
        return []
    rows = [row for row in read_items([document.pk], [key]) if row.uuid != item]
    same = next((row for row in rows if _identity(row.data, fields) == _identity(data, fields)), None)
    if same is None:
        return []
    sentence = _("%(rule)s finnes alt i utkastet: %(other)s. Endre den som står der, eller ta den ut først.")
    values = {"rule": _named(key, data), "other": _named(key, same.data)}
    return [Problem("same_rule", sentence % values, fields[0])]


def _identity(data: Mapping[str, Any], fields: tuple[str, ...]) -> tuple[Any, ...]:
    """The values that count, without what the eye does not see: spaces, capitals, a full stop, the order of a list."""
    return tuple(_seen(data.get(name)) for name in fields)


def _seen(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(sorted(_seen(one) for one in value))
    return " ".join(str(value or "").split()).casefold().rstrip(".")


def _named(key: str, data: Mapping[str, Any]) -> str:
    """«Kopiregel «Virksomhetsrapport til Riksrevisjonen» (punkt 5.1)»."""
    kind = ITEM_TYPES[key]
    name = " ".join(named_by(kind, data).split())
    name = name if len(name) <= _WORDS_AT_MOST else f"{name[:_WORDS_AT_MOST].rsplit(' ', 1)[0]} …"
    if key == "copy_rule":
        to = Organisation.objects.filter(uuid=data["recipient"]).values_list("name", flat=True).first()
        name = _("%(what)s til %(name)s") % {"what": name, "name": to or ""}
    section = str(data.get("section") or "")
    place = _(" (punkt %(section)s)") % {"section": section} if section else ""
    what = str(kind.one)
    return f"{what[:1].upper()}{what[1:]} «{name}»{place}"
