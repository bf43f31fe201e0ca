"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    """The life of assignments."""

    name = "assignments"
    verbose_name = _("Oppdrag")

    def ready(self) -> None:
        """Listen for issued documents, and put the line in the menu."""
        from assignments import (
            copies_of_words,
            document_links,
            file_access,
            hanging,
            listed_rules,
            receivers,  # noqa: F401 (listens)
            tasks,  # noqa: F401 (registers the jobs)
        )
        from assignments.actions import outward
        from core import navigation as nav
        from governance.checks.catalogue import also

        also(listed_rules.rules)
        copies_of_words.connect()
        hanging.connect()
        document_links.connect()
        outward.connect()
        file_access.connect()
        nav.register(_("Oppdrag"), "assignments:list", "tasklist", nav.STEER, order=30, key="o")
