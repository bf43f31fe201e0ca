"""The calendar: V-28 and V-39."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import full_date
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check, each
from governance.models import Severity

_YEAR = re.compile(r"\b(19|20)\d\d\b")


@check("V-28", Severity.STOPS, gettext_lazy("Kalenderen henger ikke sammen"))
def calendar_is_whole(content: Content) -> Iterable[Found]:
    """Dates are filled in, ends come after starts; rows out of order are shown in order."""
    rows = content.of("calendar")
    for row in rows:
        data = row.data
        if data.get("time") and data.get("end_time") and str(data["end_time"]) <= str(data["time"]):
            yield at(row, _("Slutten er ikke etter starten."))
        if data.get("date") and data.get("end_date") and data["end_date"] < data["date"]:
            yield at(row, _("Sluttdatoen er før startdatoen."))
        if data.get("date") is None:
            sentence = _("Raden har ingen dato. I brevet står det «%(text)s».") % {"text": row.text("date_text")}
            yield at(row, sentence, severity=Severity.WARNING.value)
    dates = [row.data["date"] for row in rows if row.data.get("date")]
    if dates != sorted(dates):
        sentence = _("Kalenderen i brevet står ikke i datorekkefølge. Den vises sortert.")
        yield Found(sentence, place=_("kalenderen"), severity=Severity.INFORMATION.value)


@check("V-39", Severity.INFORMATION, gettext_lazy("Rapport som gjelder et annet år enn fristen"))
def year_of_report(content: Content) -> Iterable[Found]:
    """A report about one year with its deadline in another shows both years."""

    def sentence(row: Row) -> str:
        day, named = row.data.get("date"), _YEAR.search(row.text("title"))
        if day is None or named is None or int(named.group()) == day.year:
            return ""
        words = {"title": row.text("title")[:80], "date": full_date(day)}
        return _("«%(title)s» har frist %(date)s: året i tittelen er et annet enn året for fristen.") % words

    return each(content.of("calendar"), sentence)
