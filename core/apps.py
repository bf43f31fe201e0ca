"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The kernel without domain nouns."""

    name = "core"
    verbose_name = _("Kjerne")
