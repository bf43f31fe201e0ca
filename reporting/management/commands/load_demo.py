"""Load the demonstration: two years of the dialogue with two agencies, made by running the acts."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.models import Organisation
from core.errors import DomainError
from reporting.demo import letters, people


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
                world = people.make_people(people.set_up_at())
                for data in letters.letters():
                    letters.register(world, data)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(world.users)} personer, {len(world.documents)} dokumenter")
