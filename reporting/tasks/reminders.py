"""Reminders for the worker: the timer calls one action."""

from celery import shared_task

from core import clock
from reporting.actions.reminders import send_due


@shared_task(name="reporting.tasks.send_reminders", ignore_result=True)
def send_reminders(at: str = "") -> int:
    """Plan and queue what is due now, or at an instant (Oslo time without offset)."""
    return len(send_due(clock.parse_at(at) if at else clock.now()).messages)
