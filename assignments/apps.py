"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    """The life of assignments."""

    name = "assignments"
    verbose_name = _("Oppdrag")
