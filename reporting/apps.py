"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """The reporting year: calendar, reminders, reports."""

    name = "reporting"
    verbose_name = _("Rapportering")
