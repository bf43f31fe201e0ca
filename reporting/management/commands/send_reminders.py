"""``send_reminders --at 2026-03-05T07:00 --json``: plan and send what is due, as if it were that moment."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock, mail
from core.models import MessageState
from reporting.actions.reminders import SendResult, send_due
from reporting.models import Reminder


class Command(BaseCommand):
    """Send reminders that are due. Safe to run again: nothing leaves twice."""

    help = "Plan reminders and send those that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The instant, the form of the answer, and whether to leave delivery to the worker."""
        parser.add_argument("--at", help="instant, Oslo time without offset; default now")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
        parser.add_argument("--queue-only", action="store_true", help="leave the delivery to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once and print what was done."""
        try:
            at = clock.parse_at(options["at"]) if options["at"] else clock.now()
        except ValueError as error:
            raise CommandError("--at must look like 2026-03-05T07:00") from error
        result = send_due(at)
        if not options["queue_only"]:
            mail.deliver_due(at)
        answer = describe(result)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else summary(answer))


def describe(result: SendResult) -> dict[str, Any]:
    """The result with stable keys: counts, and one row per reminder that was put in a message."""
    rows = Reminder.objects.select_related("message", "plan__agency", "delivery", "expected").filter(
        pk__in=[row.pk for row in result.reminders]
    )
    listed = [_row(row) for row in rows.order_by("to_address", "deadline", "id")]
    states = [row["message_state"] for row in {row["message_id"]: row for row in listed}.values()]
    return {
        "at": result.at.isoformat(),
        "quiet": result.quiet,
        "counts": {
            "planned": result.plan.planned + result.plan.revived,
            "superseded": result.plan.superseded,
            "without_recipient": result.plan.failed,
            "reminders": len(listed),
            "messages": len(result.messages),
            "delivered": states.count(MessageState.SENT),
            "uncertain": states.count(MessageState.UNCERTAIN),
            "failed": states.count(MessageState.FAILED),
            "waiting": sum(state in (MessageState.QUEUED, MessageState.SENDING) for state in states),
        },
        "rows": listed,
    }


def _row(row: Reminder) -> dict[str, Any]:
    duty = row.delivery or row.expected
    return {
        "reminder": str(row.uuid),
        "duty_type": "delivery" if row.delivery_id else "expected",
        "duty": str(duty.uuid) if duty is not None else None,
        "agency": row.plan.agency.number,
        "kind": row.kind,
        "lead": row.lead,
        "deadline": row.deadline.isoformat(),
        "deadline_version": row.deadline_version,
        "send_on": row.send_on.isoformat(),
        "to": row.to_address,
        "state": row.state,
        "message_id": row.message.message_id if row.message else None,
        "message_state": row.message.state if row.message else None,
    }


def summary(answer: dict[str, Any]) -> str:
    """One line for a person at a terminal."""
    return ", ".join(f"{key} {value}" for key, value in answer["counts"].items())
