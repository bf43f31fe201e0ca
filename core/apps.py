"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The kernel without domain nouns."""

    name = "core"
    verbose_name = _("Kjerne")

    def ready(self) -> None:
        """The empty choice of a list, in bokmål: the framework's own catalogue does not have it yet."""
        from django.db.models import fields

        fields.BLANK_CHOICE_LABEL = _("Velg")
