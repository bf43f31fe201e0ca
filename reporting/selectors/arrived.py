"""What has come in from the other side: shared events of things one may read (picture 01, «Kommet inn»)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from agencies.models import Organisation
from assignments.models import Assignment
from core import formatting as fmt
from core.actor import Actor
from core.clock import OSLO
from core.models import Audience, Event
from governance.models import SteeringDocument
from reporting.addresses import address
from reporting.contexts import SideRow
from reporting.models import CalendarEntry, ExpectedDelivery, Report

BACK = 30  # days
MOST = 8
READ = 200


def event_words(kind: str) -> tuple[str, str] | None:
    """Words and icon of an event that is news to the other side; None for those that are not."""
    words = {
        "deadline.wanted": (_("Ønske om ny frist, %(what)s"), "clock"),
        "answer.given": (_("Svar på %(what)s"), "inbox-down"),
        "answer.registered": (_("Svar på %(what)s, registrert"), "inbox-down"),
        "delivery.returned": (_("Svar returnert, %(what)s"), "arrow-undo"),
        "delivery.assessed": (_("Svar vurdert, %(what)s"), "checkmark"),
        "status.shared": (_("Delt status, %(what)s"), "tasklist-send"),
        "remark.added": (_("Delt kommentar, %(what)s"), "chat"),
        "deadline.decided": (_("Ny frist, %(what)s"), "clock"),
        "assignment.received": (_("Mottatt, %(what)s"), "checkmark"),
        "assignment.closed": (_("Avsluttet, %(what)s"), "checkmark-circle"),
        "document.content_removed": (_("Innhold fjernet: %(what)s"), "archive"),
        "document.issued": (_("Nytt brev: %(what)s"), "file-text"),
        "document.registered": (_("Registrert: %(what)s"), "file-text"),
        "document.instruction_replaced": (_("Ny instruks, brevet viser til den gamle: %(what)s"), "file-text"),
        "instruction.replaced": (_("Erstattet av ny instruks: %(what)s"), "file-text"),
        "report.submitted": (_("Sendt inn: %(what)s"), "clipboard"),
        "report.registered": (_("Registrert som sendt inn: %(what)s"), "clipboard"),
        "feedback.sent": (_("Tilbakemelding: %(what)s"), "chat"),
        "expected.received": (_("Mottatt: %(what)s"), "clipboard"),
        "expected.no_input": (_("Ingen innspill: %(what)s"), "clipboard"),
        "expected.excused": (_("Fritatt: %(what)s"), "clipboard"),
        "calendar.moved": (_("Flyttet: %(what)s"), "calendar"),
        "chase.sent": (_("Purring: %(what)s"), "bell"),
    }
    return words.get(kind)


def arrived_rows(actor: Actor, today: date) -> list[SideRow]:
    """The newest news of the last month, one line per thing and kind of event."""
    since = datetime.combine(today - timedelta(days=BACK), time.min, tzinfo=OSLO)
    until = datetime.combine(today + timedelta(days=1), time.min, tzinfo=OSLO)
    events = list(
        Event.objects.filter(
            counterpart=actor.organisation, audience=Audience.SHARED, at__gte=since, at__lt=until
        ).order_by("-at", "-id")[:READ]
    )
    events = [event for event in events if event_words(event.type) and event.organisation != actor.organisation]
    things = _things(actor, today, {event.subject for event in events})
    names = dict(
        Organisation.objects.filter(uuid__in={event.organisation for event in events}).values_list("uuid", "short_name")
    )
    rows: list[SideRow] = []
    said = set()
    for event in events:
        found, words = things.get(event.subject), event_words(event.type)
        if found is None or words is None or (event.type, event.subject) in said:
            continue
        said.add((event.type, event.subject))
        what, url = found
        when = (names.get(event.organisation, ""), fmt.moment_near(event.at, today))
        meta = " · ".join(text for text in when if text)
        rows.append(SideRow(words[0] % {"what": what}, url, meta, words[1]))
    return rows[:MOST]


def _things(actor: Actor, today: date, uuids: set[object]) -> dict[object, tuple[str, str]]:
    """Name and address of each thing the actor may see. An assignment is named by its number (decision B2)."""
    found: dict[object, tuple[str, str]] = {}
    for uuid, number in (
        Assignment.objects.visible_to(actor, today).filter(uuid__in=uuids).values_list("uuid", "reference")
    ):
        found[uuid] = (number or _("oppdrag"), address("assignments:passport", uuid))
    for model, name in (
        (SteeringDocument, "governance:document"),
        (Report, "reporting:report"),
        (ExpectedDelivery, "reporting:expected"),
        (CalendarEntry, "reporting:entry"),
    ):
        rows = model.objects.visible_to(actor, today).filter(uuid__in=uuids)
        for uuid, title in rows.values_list("uuid", "title"):
            found[uuid] = (title, address(name, uuid))
    return found
