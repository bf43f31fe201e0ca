"""A row of an import in words: number, title, the line under it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import formatting
from governance.intake.deliveries import live
from governance.intake.kinds import name_field
from governance.models import CorrespondenceType, ImportRow, LockDecider, MeetingKind, NoticeTiming


def number_of(row: ImportRow) -> str:
    """What stands in the number column."""
    data = row.data
    match row.kind:
        case "assignment":
            return str((data.get("reference") or {}).get("written") or _("Uten nummer"))
        case "budget_line":
            return f"{data.get('chapter') or '?'}.{str(data.get('post') or '?').zfill(2)}"
        case "calendar":
            found = data.get("date")
            return formatting.day_month(date.fromisoformat(found)) if found else str(data.get("date_text") or "")
    return str(data.get("reference") or data.get("goal") or "")


def title_of(row: ImportRow) -> str:
    """What names the row."""
    name = str(row.data.get(name_field(row.kind)) or row.data.get("text") or row.data.get("title") or "")
    return name[:300] or _("Uten tittel")


def meta_of(row: ImportRow) -> str:
    """The line under the title: what one looks over without opening the row."""
    data, parts = row.data, []
    match row.kind:
        case "assignment":
            parts = [str(data.get("department_code") or data.get("department") or ""), _goal_words(data)]
            parts += [deadline_words(delivery) for delivery in live(data.get("deliveries"))[:3]]
        case "budget_line":
            amount = formatting.in_thousand_kroner(data.get("amount"))
            parts = [_("%(amount)s (1 000 kroner)") % {"amount": amount}, str(data.get("comment") or "")[:80]]
        case "parameter" | "key_figure":
            parts = [_goal_words(data), str(data.get("target_value") or ""), *(data.get("dimensions") or ())[:4]]
            parts.append(_line_words(data))
        case "goal":
            parts = [_line_words(data)]
        case "reporting":
            parts = [str(data.get("deadline_text") or "")]
        case "calendar":
            parts = [str(data.get("time") or "")[:5].replace(":", "."), str(data.get("note") or "")[:80]]
        case "copy_rule":
            together = _("samtidig") if data.get("simultaneous") else ""
            parts = [_label(CorrespondenceType, data.get("correspondence")), str(data.get("recipient") or ""), together]
        case "meeting_rule":
            minimum = _("minst %(n)s i året") % {"n": data.get("minimum") or "?"}
            parts = [_label(MeetingKind, data.get("kind")), minimum]
        case "notice_duty":
            parts = [_label(NoticeTiming, data.get("timing"))]
        case "lock_rule":
            parts = [_label(CorrespondenceType, data.get("correspondence")), str(data.get("exception") or "")[:80]]
            who = _label(LockDecider, data.get("decider"))
            parts.append(_("åpnes av %(who)s") % {"who": who} if who else "")
        case "authorisation" | "common_directive":
            parts = [
                ", ".join(str(code) for code in data.get("circulars") or ()),
                str(data.get("limit_as_written") or ""),
            ]
    return " · ".join(part for part in parts if part)


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, ""))


def _line_words(data: Mapping[str, Any]) -> str:
    return _("linje: %(line)s") % {"line": data["line_words"]} if data.get("line_words") else ""


def _goal_words(data: Mapping[str, Any]) -> str:
    return _("mål %(goal)s") % {"goal": data["goal"]} if data.get("goal") else ""


def deadline_words(delivery: Mapping[str, Any]) -> str:
    """What one looks over of a deadline."""
    if delivery.get("doubtful"):
        return _("frist under avklaring: %(text)s") % {"text": delivery.get("deadline_text") or ""}
    if delivery.get("date"):
        return _("frist %(date)s") % {"date": formatting.full_date(date.fromisoformat(str(delivery["date"])))}
    text = str(delivery.get("deadline_text") or "")
    return _("frist: %(text)s") % {"text": text} if text else _("uten frist")


def passages_words(ordinals: Sequence[int]) -> str:
    """«avsnitt 123–125»; passages are numbered from 1 on the page."""
    if not ordinals:
        return ""
    first, last = min(ordinals) + 1, max(ordinals) + 1
    return _("avsnitt %(n)s") % {"n": first if first == last else f"{first}–{last}"}
