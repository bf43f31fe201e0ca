"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """The reporting year: calendar, reminders, reports."""

    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        """Put the menu lines in place."""
        from core import navigation as nav

        nav.register(_("Rapporter"), "reporting:reports", "clipboard", nav.FOLLOW_UP, order=50, key="r")
        nav.register(_("Nøkkeltall"), "reporting:figures", "line-graph", nav.FOLLOW_UP, order=60)
