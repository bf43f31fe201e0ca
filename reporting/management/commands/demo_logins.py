"""Print the demo log-ins, where they are allowed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import Appointment, User
from core import clock
from reporting.demo.people import PASSWORD


class Command(BaseCommand):
    """E-mail, role and password of every demo person."""

    help = "Viser demobrukerne (bare der de er tillatt)."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a person."""
        if not settings.DEMO_LOGINS:
            raise CommandError("Demobrukere er slått av i innstillingene.")
        rows = (
            Appointment.objects.valid_on(clock.today()).for_choice().filter(user__is_demo=True, user__is_system=False)
        )
        for row in rows:
            if not row.user.has_usable_password():
                continue  # nobody signs in as an archive
            where = f"{row.role.name_nb}, {row.organisation.short}"
            self.stdout.write(f"{row.user.email:<44} {where}")
        if User.objects.filter(is_demo=True).exists():
            self.stdout.write(f"Passord for alle: {PASSWORD}")
