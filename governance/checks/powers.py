"""Delegated powers: limits in whole kroner and the days they hold (V-31, R-60 to R-64)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import full_date
from core.text import format_number
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check
from governance.models import Severity

_AMOUNT = re.compile(
    r"\bkr\.?[\s\u00a0]*(\d{1,3}(?:[.\s\u00a0]\d{3})+|\d{3,})|\b(\d{1,3}(?:[.\s\u00a0]\d{3})+)[\s\u00a0]*kroner\b", re.I
)
_LIMITED = re.compile(r"\b(?:inntil|opp til|oppad til|ikke overstig\w*|under|ikkje overstig\w*|inntil og med)\b", re.I)


def amounts_in(text: str) -> list[int]:
    """Whole kroner named in a text: «kr 30.000», «200 000 kroner»."""
    return [int(re.sub(r"\D", "", first or second)) for first, second in _AMOUNT.findall(text)]


def within(limit: int | None, amount: int) -> bool:
    """Is an amount inside a power's limit? At exactly the limit it is (R-62); no limit holds everything."""
    return limit is None or amount <= limit


@check("V-31", Severity.STOPS, gettext_lazy("Fullmakt med feil grense eller gyldighet"))
def powers_hold(content: Content) -> Iterable[Found]:
    """A power is valid in the letter's year, from before to, with the limit its own words name."""
    severity = "" if content.is_draft else Severity.WARNING.value
    for row in content.of("authorisation"):
        yield from _dates(row, content, severity)
        yield from _limit(row, severity)


def _dates(row: Row, content: Content, severity: str) -> Iterator[Found]:
    first, last = row.data.get("valid_from"), row.data.get("valid_to")
    if first and last and last < first:
        sentence = _("Fullmakten gjelder til %(last)s, som er før den begynner, %(first)s.")
        yield at(row, sentence % {"last": full_date(last), "first": full_date(first)}, severity=severity)
    elif last and content.year and last.year < content.year:
        sentence = _("Fullmakten gikk ut %(last)s, før året brevet gjelder.")
        yield at(row, sentence % {"last": full_date(last)}, severity=severity)
    elif last and content.year is None and content.dated and last < content.dated:
        sentence = _("Fullmakten gikk ut %(last)s, før dokumentet er datert.")
        yield at(row, sentence % {"last": full_date(last)}, severity=severity)


def _limit(row: Row, severity: str) -> Iterator[Found]:
    limit, text = row.data.get("limit"), row.text("text") or row.text("title")
    named = amounts_in(text)
    if limit is not None and int(limit) <= 0:
        yield at(row, _("Beløpsgrensen må være større enn null."), severity=severity)
    elif limit is not None and named and int(limit) not in named:
        words = {"limit": format_number(int(limit)), "named": format_number(named[0])}
        sentence = _("Grensen er satt til %(limit)s kroner, men ordlyden sier %(named)s kroner.")
        yield at(row, sentence % words, severity=Severity.WARNING.value)
    elif "limit" in row.data and limit is None and named and _LIMITED.search(text):
        sentence = _("Ordlyden nevner en grense på %(named)s kroner som ikke er fylt ut.")
        yield at(row, sentence % {"named": format_number(named[0])}, severity=Severity.WARNING.value)
