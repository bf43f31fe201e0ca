"""The rules of reports, for the list of all rules."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from governance.checks.catalogue import Rule
from reporting.checks.registry import CHECKS


def rules() -> Iterator[Rule]:
    """Each rule looked for while a report is written and before it is submitted."""
    source = _("Kravene i tildelingsbrevet, jf. bestemmelser om økonomistyring punkt 1.6.1 og 2.3.3")
    for rule in CHECKS.values():
        yield Rule(rule.check_id, rule.severity.value, rule.title, ("report",), ("report",), source)
