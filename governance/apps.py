"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """What stands in the governing documents."""

    name = "governance"
    verbose_name = _("Styringsdokumenter")

    def ready(self) -> None:
        """Listen to the kernel, register jobs and menu lines."""
        from core import navigation as nav
        from core.signals import message_settled
        from governance import (
            file_access,
            navigation,
            receivers,
            shell,
            tasks,  # noqa: F401 (registers the jobs)
        )
        from governance.actions import archive_files, enclosures
        from governance.signals import document_issued

        file_access.connect()
        archive_files.connect()
        enclosures.connect()
        navigation.connect()
        document_issued.connect(receivers.on_document_issued, dispatch_uid="governance.document_looked_over")
        message_settled.connect(receivers.on_message_settled, dispatch_uid="governance.dispatch_settled")
        nav.register(
            _("Journalføring"),
            "governance:journal",
            "archive",
            nav.ADMINISTER,
            order=80,
            right=shell.journals,
            count=shell.waiting,
        )
        nav.register(_("Innsyn"), "governance:copies", "eye", nav.FOLLOW_UP, order=70)
