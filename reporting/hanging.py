"""What of the reporting year keeps a row in a registered letter from being taken away."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.corrections.hanging import register_hanging
from governance.models.document import DocumentPart
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState, Report


def hanging(_item: DocumentPart, parts: set[UUID]) -> Iterable[str]:
    """Reports with answers to the row or written for it, meetings held, and what has come in. Two queries and one."""
    held = CalendarEntry.objects.filter(item__uuid__in=parts, held_on__isnull=False)
    for entry in held.order_by("id"):
        yield _("«%(title)s» er holdt") % {"title": entry.title}
    expected = ExpectedDelivery.objects.filter(Q(entry__item__uuid__in=parts) | Q(requirement__uuid__in=parts))
    for row in expected.exclude(state=ExpectedState.COMING).order_by("id"):
        yield _("«%(title)s» er avgjort: %(state)s") % {
            "title": row.title,
            "state": str(row.get_state_display()).lower(),
        }
    answered = (
        Q(section_set__answers__requirement__uuid__in=parts)
        | Q(section_set__answers__parameter__uuid__in=parts)
        | Q(section_set__answers__key_figure__uuid__in=parts)
        | Q(section_set__goal__uuid__in=parts)
        | Q(section_set__directive__uuid__in=parts)
        | Q(risk_set__goal__uuid__in=parts)
        | Q(expected__in=expected)
    )
    reports = Report.objects.filter(answered).distinct().order_by("id")
    sent = reports.filter(state="submitted")
    for title in sent.values_list("title", flat=True):
        yield _("det er skrevet om den i «%(title)s»") % {"title": title}
    if not sent and reports.exists():  # a report under way is the agency's own
        yield _("den er tatt inn i en rapport")


def connect() -> None:
    """Called once when the app starts."""
    register_hanging(hanging)
