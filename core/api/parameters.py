"""Query parameters are a closed list: an unknown, doubled or ambiguous one is refused with what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import Problem, RuleBroken


class UnknownParameter(RuleBroken):
    """A parameter that is not on the list; the answer carries the list."""

    code = "unknown_parameter"


def check(query: QueryDict, allowed: Mapping[str, str], ambiguous: Mapping[str, str] | None = None) -> dict[str, str]:
    """The parameters by name. ``allowed`` maps each to what it means; ``ambiguous`` maps a name to the hint.

    Raises UnknownParameter with one problem for each wrong parameter.
    """
    names = ", ".join(sorted(allowed))
    problems = []
    for name in query:
        if name in (ambiguous or {}):
            sentence = _("«%(name)s» kan bety flere ting. %(hint)s Tillatt: %(names)s.")
            values = {"name": name, "hint": (ambiguous or {})[name], "names": names}
            problems.append(Problem("ambiguous_parameter", sentence % values, name))
        elif name not in allowed:
            sentence = _("«%(name)s» finnes ikke. Tillatt: %(names)s.")
            problems.append(Problem("unknown_parameter", sentence % {"name": name, "names": names}, name))
        elif len(query.getlist(name)) > 1:
            sentence = _("«%(name)s» er gitt flere ganger. Gi den én gang.")
            problems.append(Problem("repeated_parameter", sentence % {"name": name}, name))
    if problems:
        raise UnknownParameter(problems=problems)
    return {name: str(query[name]) for name in query}


def as_date(values: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    """A date as YYYY-MM-DD, or None; a wrong one is added to ``problems``."""
    text = values.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("«%(name)s» er en dato som 2026-12-31.") % {"name": name}
        problems.append(Problem("date", sentence, name))
        return None


def as_year(values: Mapping[str, str], name: str, problems: list[Problem]) -> int | None:
    """A year of four digits, or None; a wrong one is added to ``problems``."""
    text = values.get(name)
    if not text:
        return None
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        problems.append(Problem("year", _("«%(name)s» er et årstall som 2026.") % {"name": name}, name))
        return None
    return int(text)
