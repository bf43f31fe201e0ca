"""The app's registration."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def holding(*names: str) -> Callable[[Any], bool]:
    """Whether the person holds one of these rights anywhere: a menu line that leads to a refusal is left out."""

    def check(request: Any) -> bool:
        from agencies.pages import holds
        from agencies.rights import Right

        return holds(*(Right(name) for name in names))(request) is True

    return check


class ReportingConfig(AppConfig):
    """The reporting year: calendar, reminders, reports."""

    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        """Put the menu lines in place."""
        from core import navigation as nav

        self._connect()
        nav.use_addresses(home_url="reporting:my_day")
        nav.register(_("Min arbeidsdag"), "reporting:my_day", "house", nav.HOME, order=1, key="d")
        nav.register(_("Virksomheter"), "reporting:agencies", "buildings", nav.HOME, order=2)
        nav.register(
            _("Kalender"),
            "reporting:calendar",
            "calendar",
            nav.STEER,
            order=40,
            key="k",
            under=("/ventet/",),
            right=holding("see_calendar"),
        )
        nav.register(
            _("Påminnelser"), "reporting:reminders", "bell", nav.FOLLOW_UP, order=65, right=holding("start_reminders")
        )
        nav.use_addresses(search_url="reporting:search")
        nav.register(_("Rapporter"), "reporting:reports", "clipboard", nav.FOLLOW_UP, order=50, key="r")
        nav.register(
            _("Nøkkeltall"),
            "reporting:figures",
            "line-graph",
            nav.FOLLOW_UP,
            order=60,
            right=holding("see_own_work", "see_submitted_reports"),
        )

    def _connect(self) -> None:
        """Hear what happens below."""
        from assignments.signals import assignment_changed
        from core.signals import message_settled
        from governance.checks.catalogue import also
        from governance.figures import use_values
        from governance.links import use_draft_acts, use_remedy
        from governance.lives import use_needs
        from governance.signals import document_issued, registration_corrected
        from reporting import copies_of_words, hanging, receivers
        from reporting.actions import outward
        from reporting.checks.listed import rules
        from reporting.selectors import needs
        from reporting.selectors.figures import values_of
        from reporting.signals import expected_changed, report_submitted

        copies_of_words.connect()
        hanging.connect()
        outward.connect()
        use_values(values_of)
        use_needs(needs.needs_for)
        use_remedy("V-26", needs.take_in, needs.page_of)
        use_draft_acts(needs.register_of)
        also(rules)
        document_issued.connect(receivers.on_document_issued, dispatch_uid="reporting.calendar")
        registration_corrected.connect(receivers.on_registration_corrected, dispatch_uid="reporting.corrected")
        assignment_changed.connect(receivers.on_assignment_changed, dispatch_uid="reporting.reminders")
        expected_changed.connect(receivers.on_expected_changed, dispatch_uid="reporting.reminders")
        report_submitted.connect(receivers.on_report_submitted, dispatch_uid="reporting.reminders")
        message_settled.connect(receivers.on_message_settled, dispatch_uid="reporting.reminders")
