"""``archive_inbox NUMBER --folder NAME``: from today the organisation's archive fetches its packages there."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Organisation
from core import clock
from core.actor import system_actor
from governance.actions.archive_transfer import open_inbox


class Command(BaseCommand):
    """Give an organisation an inbox. Safe to run again."""

    help = "Say in which folder under ARCHIVE_ROOT an organisation's archive fetches its packages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The organisation and the folder."""
        parser.add_argument("number", help="organisation number, nine digits")
        parser.add_argument("--folder", required=True, help="name of the folder: letters, digits, - and _")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once and say what holds now."""
        body = Organisation.objects.filter(number=options["number"]).first()
        if body is None:
            raise CommandError(f"No organisation has the number {options['number']}.")
        folder = str(options["folder"])
        if not folder.replace("-", "").replace("_", "").isalnum():
            raise CommandError("--folder takes letters, digits, - and _ only.")
        inbox = open_inbox(organisation=body, folder=folder, actor=system_actor("drift"), at=clock.now())
        self.stdout.write(f"{body.name}: {inbox.folder} from {inbox.valid_from.isoformat()}")
