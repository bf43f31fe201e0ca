"""``manage.py load_reference``: roles, document kinds, report kinds. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from agencies.actions import appointments, organisations
from core import clock
from governance.actions import reference as documents
from reporting.actions import reference as reports


class Command(BaseCommand):
    """Calls each app's own action."""

    help = "Laster referansedata: roller, dokumenttyper og rapporttyper."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load all of them in one transaction."""
        organisations.load_reference()
        documents.load_reference()
        count = reports.load_reference()
        appointments.resync_rights(day=clock.today())
        self.stdout.write(f"{count} rapporttyper")
