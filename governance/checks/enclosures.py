"""What a letter promises to send later: ETT-1 nags until it has been sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import full_date
from governance.checks.content import Content, Row, Stage
from governance.checks.registry import Found, check, each
from governance.models import Severity

WEEKS = 6


@check("ETT-1", Severity.WARNING, gettext_lazy("Noe som skulle ettersendes, er ikke sendt"), stages={Stage.ISSUED})
def promised_is_sent(content: Content) -> Iterable[Found]:
    """A promised enclosure is sent by its day, or within weeks of the letter when no day was set."""

    def sentence(row: Row) -> str:
        if row.data.get("sent"):
            return ""
        expected = row.data.get("expected_on")
        title = {"title": row.text("title")}
        if isinstance(expected, date):
            words = _("«%(title)s» skulle ettersendes innen %(day)s og er ikke sendt. Send det fra brevets side.")
            return words % {**title, "day": full_date(expected)} if expected < content.day else ""
        if content.dated is None or content.dated + timedelta(weeks=WEEKS) >= content.day:
            return ""
        words = _("«%(title)s» skulle ettersendes. Brevet er over %(weeks)s uker gammelt, og det er ikke sendt.")
        return words % {**title, "weeks": WEEKS}

    return each(content.of("enclosure"), sentence)
