"""The tables of a report section: key figures, budget, risks, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core import charts
from core.formatting import change as signed
from core.formatting import full_date, thousands
from core.visuals.parts import Action, Link
from reporting.checks.cells import cells_of, missing_dimensions
from reporting.contexts import Block, FigureGroup, PostRow, RiskRow, SeriesRow
from reporting.models import BudgetStatus, FigureValue, RequirementAnswer, Risk, Section

if TYPE_CHECKING:
    from reporting.selectors.report_blocks import Setting

#: Used where a kind gives no scale of its own (decision: scale size, words and limits are data per kind).
DEFAULT_SCALE = {
    "likelihood": ["svært lite sannsynlig", "lite sannsynlig", "mulig", "sannsynlig", "svært sannsynlig"],
    "consequence": ["ubetydelig", "lav", "moderat", "alvorlig", "svært alvorlig"],
    "levels": ["Lav", "Middels", "Høy"],
    "grid": [[0, 0, 0, 1, 1], [0, 0, 1, 1, 2], [0, 1, 1, 2, 2], [0, 1, 2, 2, 2], [1, 1, 2, 2, 2]],
}


def scale_of(outline: Sequence[Mapping[str, Any]]) -> charts.RiskScale:
    """The risk scale of a kind: its outline's own, else the common five steps."""
    own: Mapping[str, Any] = next((row["scale"] for row in outline if "scale" in row), DEFAULT_SCALE)
    return charts.RiskScale(
        tuple(own["likelihood"]), tuple(own["consequence"]), tuple(own["levels"]),
        tuple(tuple(row) for row in own["grid"]),
    )  # fmt: skip


# ---- key figures ----
def written(value: FigureValue | None) -> str:
    """A value as it is read; missing is a word, never a zero (K9)."""
    if value is None:
        return ""
    if value.value is None:
        return _("mangler")
    return thousands(value.value.normalize() + Decimal(0))


def flags(value: FigureValue | None) -> str:
    """What a reader must know about a value."""
    if value is None:
        return ""
    words = []
    if value.provisional:
        words.append(_("foreløpig"))
    if value.break_reason:
        words.append(_("brudd i serien: %(reason)s") % {"reason": value.break_reason})
    if value.missing_reason:
        words.append(value.missing_reason)
    return " · ".join(words)


def difference(now: FigureValue | None, before: FigureValue | None) -> str:
    """The change with its sign; none over a break in the series."""
    if now is None or before is None or now.value is None or before.value is None:
        return ""
    if now.definition != before.definition:
        return _("brudd i serien")
    return signed((now.value - before.value).normalize() + Decimal(0))


def figure_block(answers: Iterable[RequirementAnswer], setting: Setting) -> Block:
    """Key figures with a row for each series."""
    groups, letter, place = [], [], ""
    for answer in answers:
        figure = answer.key_figure
        if figure is None:
            continue
        words = setting.words.get(figure.uuid)
        letter += list(words.paragraphs) if words else []
        place = place or (words.place if words else "")
        groups.append(
            FigureGroup(
                answer.label,
                _series(answer, setting),
                comment=setting.field(f"t_{answer.uuid.hex}"),
                text=answer.text,
                anchor=f"svar-{answer.uuid}",
                url=reverse("reporting:figure", args=[figure.line.uuid]) if figure.line else "",
            )
        )
    where = _("Brevet, punkt %(place)s") % {"place": place} if place else _("Brevet")
    return Block(
        where, letter, _("Nøkkeltall"), "own", template="reporting/report_figures.html", rows=groups, id="tall"
    )


def _series(answer: RequirementAnswer, setting: Setting) -> list[SeriesRow]:
    figure = answer.key_figure
    assert figure is not None
    lacking = missing_dimensions(setting.content, figure)
    rows = []
    for at, dimension in enumerate(figure.dimensions or [""]):
        key = f"{answer.uuid.hex}_{at}"
        now = setting.content.values_of.get((figure.line_id or 0, dimension))
        before = (setting.earlier or {}).get((figure.line_id, dimension))
        fields = [setting.field(f"{letter}_{key}") for letter in "fmpd"]
        rows.append(
            SeriesRow(
                dimension or _("Samlet"),
                written(before),
                full_date(before.period_end) if before else "",
                now=written(now),
                fields=[field for field in fields if field is not None],
                change=difference(now, before),
                unit=figure.unit,
                missing=dimension in lacking,
                flags=flags(now),
            )
        )
    return rows


# ---- budget ----
def budget_block(setting: Setting) -> Block:
    """Posts in 1 000 kroner with sums for expenses and income; what is under clarification is not in the sum."""
    rows: list[PostRow] = []
    for income in (False, True):
        members = [row for row in setting.content.budget if row.is_income is income]
        rows += [_post(row, setting) for row in members]
        if len(members) > 1:
            rows.append(_sum(_("Sum inntekter") if income else _("Sum utgifter"), members))
    return Block(
        _("Brevet, tildelte midler"), [_("Tildelt er summen av brevet, tilleggene og det som er overført.")],
        _("Regnskap og prognose"), "own", template="reporting/report_budget.html", rows=rows, id="budsjett",
    )  # fmt: skip


def rest_of(row: BudgetStatus) -> int | None:
    """Forecast against allocation: what is expected to be left (or lacking), whole kroner."""
    return None if row.forecast is None else row.allocated - row.forecast


def _post(row: BudgetStatus, setting: Setting) -> PostRow:
    fields = [setting.field(f"{letter}_{row.uuid.hex}") for letter in "spc"]
    return PostRow(
        str(row), row.name, row.allocated, row.spent, row.forecast, rest_of(row), row.comment,
        fields=[field for field in fields if field is not None],
        doubt=_("Under avklaring om beløpet kommer i tillegg") if row.unclear else "",
        anchor=f"post-{row.uuid}",
    )  # fmt: skip


def _sum(name: str, rows: Sequence[BudgetStatus]) -> PostRow:
    counted = [row for row in rows if not row.unclear]

    def total(values: Iterable[int | None]) -> int | None:
        known = list(values)
        return None if None in known else sum(value for value in known if value is not None)

    return PostRow(
        "", name, sum(row.allocated for row in counted), total(row.spent for row in counted),
        total(row.forecast for row in counted), total(rest_of(row) for row in counted), sum=True,
    )  # fmt: skip


# ---- risks ----
def risk_block(section: Section, setting: Setting) -> Block:
    """Risks on the kind's own scale, with the matrix when there are any."""
    scale = scale_of(setting.content.outline)
    rows = [_risk(at, risk, scale, setting) for at, risk in enumerate(setting.content.risks, start=1)]
    asked = next(
        (one.requirement for one in setting.content.answers if one.requirement and "risiko" in one.label.lower()), None
    )
    words = setting.words.get(asked.uuid) if asked else None
    chart = ""
    if rows:
        drawn = risk_chart(setting.content.risks, scale, setting.content.report.language)
        chart = mark_safe(charts.svg(drawn, title=_("Risikokart"), key="risiko"))  # noqa: S308  our own drawing
    action = None
    if setting.form is not None:
        action = Action(_("Ny risiko"), reverse("reporting:risk_new", args=[setting.content.report.uuid]), "plus")
    return Block(
        _("Brevet, punkt %(place)s") % {"place": words.place} if words else _("Brevet"),
        list(words.paragraphs) if words else [_("Risiko som kan hindre at målene nås, med tiltak og ansvarlig.")],
        _("Risikoer"), "own", template="reporting/report_risks.html", rows=rows, id="risiko", chart=chart,
        action=action,
    )  # fmt: skip


def risk_chart(risks: Sequence[Risk], scale: charts.RiskScale, language: str) -> charts.RiskChart:
    """The matrix, with the residual risk where it is given."""
    drawn = [
        charts.Risk(
            f"R{at}", one.title, one.likelihood, one.impact,
            (one.residual_likelihood, one.residual_impact)
            if one.residual_likelihood and one.residual_impact else None,
        )
        for at, one in enumerate(risks, start=1)
    ]  # fmt: skip
    return charts.RiskChart(scale, tuple(drawn), _("Risiko nå"), lang=language)


def _risk(at: int, risk: Risk, scale: charts.RiskScale, setting: Setting) -> RiskRow:
    residual = ""
    if risk.residual_likelihood and risk.residual_impact:
        residual = scale.level(risk.residual_likelihood, risk.residual_impact).lower()
    gone = [
        words for words, value in ((_("tiltak"), risk.measure), (_("ansvarlig"), risk.owner_name)) if not value.strip()
    ]
    edit = None
    if setting.form is not None:
        edit = Link(_("Endre"), reverse("reporting:risk", args=[setting.content.report.uuid, risk.uuid]))
    return RiskRow(
        at, risk.title, _("%(level)s risiko") % {"level": scale.level(risk.likelihood, risk.impact)},
        f"{risk.likelihood} × {risk.impact}", risk.goal.title if risk.goal else "", risk.measure, risk.owner_name,
        residual, edit, _("Mangler %(what)s") % {"what": _(" og ").join(gone)} if gone else "", f"risiko-{risk.uuid}",
    )  # fmt: skip


# ---- coverage ----
def coverage_block(setting: Setting) -> Block:
    """A pointer to the coverage matrix, which is a page of its own and an annex of the document."""
    cells = cells_of(setting.content)
    done = sum(cell.answered for cell in cells)
    url = reverse("reporting:report_coverage", args=[setting.content.report.uuid])
    return Block(
        _("Dekning"), [_("Hvert krav i brevet, og hvor i rapporten det er besvart.")], _("Krav og svar"), "text",
        note=_("%(done)s av %(total)s besvart") % {"done": done, "total": len(cells)},
        html=mark_safe(f'<p><a class="link" href="{url}">{_("Se alle krav og svar")}</a></p>'),  # noqa: S308
    )  # fmt: skip
