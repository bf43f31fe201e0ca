"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """What stands in the governing documents."""

    name = "governance"
    verbose_name = _("Styringsdokumenter")
