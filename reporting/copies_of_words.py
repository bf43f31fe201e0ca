"""Rows of the reporting year that hold a letter's words: they lose them when the letter does (decision A16).

Reports are the agency's own documents and are not changed by what a ministry takes out of its letter.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from core.models import Message
from governance.models import SteeringDocument
from governance.removal.reach import register_copies
from reporting.models import CalendarEntry, ExpectedDelivery, Reminder, ReminderPlan, SteeringNeed


def copies(document: SteeringDocument) -> list[QuerySet[Any]]:
    """Calendar, what is expected, needs it gives, and reminders with their e-mails."""
    reminders = Reminder.objects.filter(Q(expected__document=document) | Q(delivery__assignment__document=document))
    return [
        CalendarEntry.objects.filter(document=document),
        ExpectedDelivery.objects.filter(document=document),
        SteeringNeed.objects.filter(document=document),
        reminders,
        ReminderPlan.objects.filter(pk__in=reminders.values("plan")),
        Message.objects.filter(pk__in=reminders.exclude(message__isnull=True).values("message")),
    ]


def connect() -> None:
    """Called once when the app starts."""
    register_copies(copies)
