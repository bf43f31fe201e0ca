"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Who exists, who steers whom, and who may what."""

    name = "agencies"
    verbose_name = _("Virksomheter")

    def ready(self) -> None:
        """Tell the frame of the page who is signed in."""
        from agencies import shell
        from agencies.tokens import schema  # noqa: F401 (registers the token in the API's schema)
        from core import navigation as nav

        shell.connect()
        nav.register(_("Organisasjoner og roller"), "agencies:organisations", "person-suit", nav.ADMINISTER, order=90)
