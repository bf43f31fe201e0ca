"""Load the demonstration: two years of the dialogue with two agencies, made by running the acts."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.models import Organisation
from core import clock
from core.errors import DomainError
from governance.actions import findings
from reporting.demo import people, stories


class Command(BaseCommand):
    """Refuses a database that already has organisations: demo data is never mixed with real data."""

    help = "Laster demodata i en tom database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything or nothing."""
        if Organisation.objects.exists():
            raise CommandError("Databasen har allerede organisasjoner. Demodata lastes bare i en tom database.")
        try:
            with transaction.atomic():
                call_command("load_reference", stdout=self.stdout)
                world = people.make_people()
                happened = _story(world)
        except DomainError as error:
            raise CommandError(
                "\n".join([str(error), *(str(problem.message) for problem in error.problems)])
            ) from error
        self.stdout.write(f"{len(world.users)} personer, {len(world.documents)} dokumenter, {happened} hendelser")


def _story(world: people.World) -> int:
    """Documents and acts in the order of time, up to now: what has not happened yet is not in the demonstration."""
    now = clock.now()
    due = sorted((act for act in stories.acts(world) if act.at <= now), key=lambda act: act.at)
    for act in due:
        act.do(act.at)
    findings.look_over_open(day=clock.local_date(now), actor=people.SYSTEM, at=now)
    return len(due)
