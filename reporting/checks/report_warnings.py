"""Rules that warn: V-19, V-20, V-21, V-35. The signer says why the report goes as it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import in_thousand_kroner
from governance.models import Severity
from reporting.checks.cells import DEVIATES
from reporting.checks.registry import ReportFinding, check
from reporting.models import Section
from reporting.selectors.report_facts import Facts

WARNING = Severity.WARNING


@check("V-19", gettext_lazy("Store endringer i nøkkeltall har merknad"), WARNING)
def large_changes(facts: Facts) -> Iterator[ReportFinding]:
    """A change since last above the kind's limit asks for a comment; a new definition is a break, not a change."""
    limit = facts.report.kind.comment_over_percent
    sections = {section.pk: section for section in facts.content.sections}
    for answer in facts.content.answers:
        figure = answer.key_figure
        if figure is None or figure.line_id is None or answer.text.strip():
            continue
        for dimension in figure.dimensions or [""]:
            now = facts.content.values_of.get((figure.line_id, dimension))
            before = facts.earlier.get((figure.line_id, dimension))
            if now is None or before is None or now.value is None or not before.value:
                continue
            change = abs(now.value - before.value) / abs(before.value) * 100
            if now.definition == before.definition and change > Decimal(limit):
                section = sections[answer.section_id]
                yield ReportFinding(
                    "V-19",
                    WARNING,
                    _("%(figure)s er endret %(change)s prosent siden sist. Skriv en merknad om hvorfor.")
                    % {"figure": ", ".join(filter(None, (answer.label, dimension))), "change": round(change)},
                    section.code,
                    section.numeral,
                    f"svar-{answer.uuid}",
                    figure.uuid,
                )


@check("V-20", gettext_lazy("Risiko og tiltak for mål med ventet avvik"), WARNING)
def risk_for_deviation(facts: Facts) -> Iterator[ReportFinding]:
    """A goal with an expected deviation has a risk in the risk section."""
    section = next((one for one in facts.content.sections if one.filled_from == "risks"), None)
    if section is None:
        return
    covered = {risk.goal_id for risk in facts.content.risks}
    for one in facts.content.sections:
        if one.goal_id is None or one.goal_id in covered or not _deviates(facts, one):
            continue
        yield ReportFinding(
            "V-20",
            WARNING,
            _("«%(goal)s» har ventet avvik, men ingen risiko er knyttet til målet.") % {"goal": one.title},
            section.code,
            section.numeral,
            "risiko",
        )


def _deviates(facts: Facts, section: Section) -> bool:
    return any(answer.outlook in DEVIATES for answer in facts.content.answers_of.get(section.pk, []))


@check("V-21", gettext_lazy("Prognose mot tildeling"), WARNING)
def overspending(facts: Facts) -> Iterator[ReportFinding]:
    """A forecast over the allocation on an expense post without authorisation suggests a notice (R-40 b)."""
    section = next((one for one in facts.content.sections if one.filled_from == "budget"), None)
    allowed = {post for row in facts.authorisations for post in row.expense_posts}
    for row in facts.content.budget:
        if section is None or row.is_income or row.forecast is None or row.forecast <= row.allocated:
            continue
        if str(row) in allowed or row.comment.strip():
            continue
        yield ReportFinding(
            "V-21",
            WARNING,
            _("%(post)s: prognosen er %(over)s tusen kroner over tildelingen, og brevet gir ingen fullmakt. "
              "Vurder varsel om vesentlig avvik, eller forklar i merknaden.")
            % {"post": row, "over": in_thousand_kroner(row.forecast - row.allocated)},
            section.code,
            section.numeral,
            f"post-{row.uuid}",
        )  # fmt: skip


@check("V-35", gettext_lazy("Fellesføringene har hver sin del"), WARNING)
def directives(facts: Facts) -> Iterator[ReportFinding]:
    """Each common guidance of the letter has its section, where the kind reports on them."""
    if not any(row.get("each") == "directive" for row in facts.content.outline) or facts.report.letter is None:
        return
    if not facts.directives:
        yield ReportFinding("V-35", WARNING, _("Brevet har ingen registrerte fellesføringer. Sjekk årets rundskriv."))
    present = {section.directive_id for section in facts.content.sections}
    for row in facts.directives:
        if row.pk not in present:
            yield ReportFinding("V-35", WARNING, _("Fellesføringen «%(title)s» har ingen del.") % {"title": row.title})
