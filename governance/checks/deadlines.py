"""Deadlines of assignments: V-03 to V-06."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import calendars, formatting
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check, each
from governance.models import Severity

SHORTEST = timedelta(days=14)


@check("V-03", Severity.WARNING, gettext_lazy("Frist før brevets dato eller mindre enn 14 dager etter"))
def too_early(content: Content) -> Iterable[Found]:
    """A deadline before the letter, or so soon after it that it may be a slip."""
    if content.dated is None:
        return
    for row, delivery in content.deliveries():
        deadline: date | None = delivery.get("date")
        if deadline is None or deadline >= content.dated + SHORTEST:
            continue
        words = {"deadline": formatting.full_date(deadline), "letter": formatting.full_date(content.dated)}
        if deadline < content.dated:
            sentence = _("Fristen %(deadline)s ligger før brevets dato, %(letter)s.")
        else:
            sentence = _("Fristen %(deadline)s er mindre enn 14 dager etter brevets dato, %(letter)s.")
        yield at(row, sentence % words)


@check("V-04", Severity.INFORMATION, gettext_lazy("Frist på en dag som ikke er virkedag"))
def day_off(content: Content) -> Iterable[Found]:
    """The written date stays; the page says which working day comes last before it."""
    dated = [(row, delivery.get("date")) for row, delivery in content.deliveries()]
    dated += [(row, row.data.get("date")) for row in content.of("calendar") if not row.data.get("month_only")]
    for row, day in dated:
        if day is not None and calendars.day_off(day) is not None:
            sentence = _("%(date)s er ingen virkedag. Siste virkedag før er %(before)s.")
            before = calendars.last_working_day_on_or_before(day)
            words = {"date": _capital(formatting.date_with_weekday(day)), "before": formatting.weekday_date(before)}
            yield at(row, sentence % words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@check("V-05", Severity.WARNING, gettext_lazy("To oppdrag med samme dag og måned i ulike år"))
def same_day_other_year(content: Content) -> Iterable[Found]:
    """Two assignments of one letter whose deadlines differ in the year only: one of them may be a slip.

    The last day of a year is the usual deadline and says nothing.
    """
    dated = [
        (row, day)
        for row, delivery in content.deliveries()
        if (day := delivery.get("date")) is not None and (day.month, day.day) != (12, 31)
    ]
    for index, (row, day) in enumerate(dated):
        for other, other_day in dated[index + 1 :]:
            if row.uuid == other.uuid or (day.month, day.day) != (other_day.month, other_day.day):
                continue
            if day.year == other_day.year:
                continue
            early, late = sorted([(day, row), (other_day, other)], key=lambda pair: pair[0])
            sentence = _(
                "Fristen %(date)s kan være skrevet feil: %(other)s har samme dag og måned i %(year)s. "
                "Den lagres slik den står, regnes ikke som forsinket, og endres bare av et svar eller et nytt brev."
            )
            words = {"date": formatting.full_date(early[0]), "other": late[1].place, "year": late[0].year}
            yield at(early[1], sentence % words)


#: how long a deadline that is to be agreed may stay open before it is pointed out
TALKS = timedelta(weeks=6)


@check("V-06", Severity.WARNING, gettext_lazy("Oppdrag uten frist"))
def no_deadline(content: Content) -> Iterable[Found]:
    """An assignment without a word of its deadline, or one to be agreed that still is not; six weeks are allowed.

    A clarification leaves the deadline as it was.
    """
    late = content.dated is not None and content.day > content.dated + TALKS

    def sentence(row: Row) -> str:
        deliveries = row.data.get("deliveries") or ()
        if row.text("change") in ("clarified", "withdrawn") or row.data.get("listed_only") or row.data.get("exempt"):
            return ""
        silent = all(not d.get("deadline_text") and d.get("date") is None for d in deliveries)
        if silent:
            return _("Brevet sier ikke når oppdraget skal være ferdig.")
        if late and row.uuid in content.around.unsettled:
            return _("Fristen skulle avtales i dialog, og er ikke avtalt seks uker etter brevet.")
        return ""

    return each(content.of("assignment"), sentence)
