"""Rules that stop a submission: V-15, V-18, V-22."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import in_thousand_kroner
from governance.models import Severity
from reporting.checks.cells import cells_of
from reporting.checks.registry import ReportFinding, check
from reporting.selectors.report_facts import Facts


@check("V-15", gettext_lazy("Faste deler, rekkefølge, vedlegg og kopi"), Severity.STOPS)
def fixed_parts(facts: Facts) -> Iterator[ReportFinding]:
    """A kind with a fixed outline has exactly its parts, in order and under their names in the report's norm.

    The copy rule must name somebody: an annual report goes to the auditor at the same time (R-22, R-31).
    """
    report = facts.report
    if not report.kind.fixed_outline:
        return
    wanted = [
        (str(row["numeral"]), str(row.get(report.language) or row["nb"]).replace("[år]", str(report.year)))
        for row in facts.content.outline
        if row.get("numeral")
    ]
    found = [(section.numeral, section.title) for section in facts.content.sections if section.level == 1]
    if found != wanted:
        lacking = [f"{numeral} {title}" for numeral, title in wanted if (numeral, title) not in found]
        yield ReportFinding(
            "V-15",
            Severity.STOPS,
            _("Delene følger ikke den faste disposisjonen: %(parts)s.")
            % {"parts": ", ".join(lacking) or _("rekkefølgen")},
        )
    if not any(section.filled_from == "assignments" for section in facts.content.sections):
        yield ReportFinding("V-15", Severity.STOPS, _("Vedlegget med oppdragsstatus mangler."))
    if not facts.has_copy_rule:
        yield ReportFinding(
            "V-15",
            Severity.STOPS,
            _("Ingen kopiregel gjelder for %(kind)s. Departementet må registrere instruksen eller kopimottakeren.")
            % {"kind": report.kind.name_nb.lower()},
        )


@check("V-18", gettext_lazy("Alle krav har svar"), Severity.STOPS)
def coverage(facts: Facts) -> Iterator[ReportFinding]:
    """Each requirement, parameter, key figure and assignment has content; every missing cell is listed."""
    for cell in cells_of(facts.content):
        if cell.missing:
            yield ReportFinding(
                "V-18", Severity.STOPS, cell.missing, cell.section, cell.numeral, cell.anchor, cell.item
            )


@check("V-22", gettext_lazy("Samlet tildeling"), Severity.STOPS)
def total_allocation(facts: Facts) -> Iterator[ReportFinding]:
    """Allocated per post equals what was carried over, the letter and all supplements of the year."""
    section = next((one for one in facts.content.sections if one.filled_from == "budget"), None)
    if section is None:
        return
    rows = {(row.chapter, row.post, row.unclear): row for row in facts.content.budget}
    for one in facts.allocations:
        row = rows.get(one.key)
        if row is None or row.allocated != one.amount:
            yield ReportFinding(
                "V-22",
                Severity.STOPS,
                _("%(post)s: brevene gir %(amount)s tusen kroner. Hent inn nye opplysninger, så blir summen riktig.")
                % {"post": f"{one.chapter}.{one.post:02d}", "amount": in_thousand_kroner(one.amount)},
                section.code,
                section.numeral,
                f"post-{row.uuid}" if row else "budsjett",
            )
