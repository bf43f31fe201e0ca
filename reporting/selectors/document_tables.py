"""Tables and charts of a report as a document. Figures come from rows; what is missing says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core import charts
from core.pdf import blocks as b
from governance.models import Target
from reporting.checks.cells import DEVIATES
from reporting.models import FigureValue, Outlook, RequirementAnswer, Section
from reporting.selectors.report_facts import Content
from reporting.selectors.report_tables import scale_of
from reporting.textmarks import to_html

if TYPE_CHECKING:
    from reporting.selectors.report_document import Making

History = Mapping[tuple[int, str], list[FigureValue]]
MOST_PERIODS = 7
NN_OUTLOOK = {"not_met": "Ikkje innfridd"}
MARKS: dict[str, b.Mark] = {
    "on_track": "done", "met": "done", "at_risk": "half", "partly_met": "half", "off_track": "late", "not_met": "late",
    "late": "late", "done": "done",
}  # fmt: skip


def history_of(content: Content) -> dict[tuple[int, str], list[FigureValue]]:
    """Values of the report's series for the same day of earlier years, oldest first."""
    report = content.report
    lines = {answer.key_figure.line_id for answer in content.answers if answer.key_figure and answer.key_figure.line_id}
    rows = (
        FigureValue.objects.current()
        .filter(line_id__in=lines, period_end__lte=report.period_end)
        .filter(period_end__month=report.period_end.month, period_end__day=report.period_end.day)
        .filter(Q(report__isnull=True) | Q(report=report) | Q(report__state="submitted"))
        .order_by("period_end", "-report_id")
    )
    found: dict[tuple[int, str], dict[Any, FigureValue]] = defaultdict(dict)
    for row in rows:
        known = found[(row.line_id, row.dimension)]
        if row.report_id == report.pk or row.period_end not in known:
            known[row.period_end] = row
    return {key: list(values.values())[-MOST_PERIODS:] for key, values in found.items()}


def targets_of(content: Content) -> dict[int, Target]:
    """Numeric requirements by goal."""
    goals = {section.goal_id for section in content.sections if section.goal_id}
    rows = Target.objects.filter(parameter__goal_id__in=goals, value__isnull=False).select_related("parameter")
    return {row.parameter.goal_id: row for row in rows if row.parameter.goal_id}


def outlook_status(making: Making, code: str) -> b.Status:
    """The judgement as a word with its mark."""
    if not code:
        return b.Status(making.w("Ikke vurdert", "Ikkje vurdert"), "open")
    word = str(Outlook(code).label)
    return b.Status(making.w(word, NN_OUTLOOK.get(code, word)), MARKS.get(code, "open"))


def main_points(making: Making) -> tuple[str, ...]:
    """What the rows say in sentences: goals with deviations, assignments, money. Nothing a person has not written."""
    content, w = making.content, making.w
    parameters = [one for one in content.answers if one.parameter_id and one.outlook]
    points = []
    if parameters:
        bad = [one for one in parameters if one.outlook in DEVIATES]
        good = len(parameters) - len(bad)
        points.append(
            w("%(good)s av %(all)s styringsparametere er i rute.", "%(good)s av %(all)s styringsparametrar er i rute.")
            % {"good": good, "all": len(parameters)}
        )
        points += [f"{Outlook(one.outlook).label}: {one.label.rstrip('.')}." for one in bad[:3]]
    statuses = [row.status_version for row in content.assignments if row.status_version]
    if content.assignments:
        late = sum(status.progress in ("late", "at_risk") for status in statuses)
        points.append(
            w("%(late)s av %(all)s oppdrag er forsinket eller i fare for avvik.",
              "%(late)s av %(all)s oppdrag er forseinka eller i fare for avvik.")
            % {"late": late, "all": len(content.assignments)}
        )  # fmt: skip
    if content.risks:
        scale = scale_of(content.outline)
        high = sum(scale.level(one.likelihood, one.impact) == scale.level_words[-1] for one in content.risks)
        points.append(
            w("%(high)s av %(all)s risikoer er vurdert som høye.", "%(high)s av %(all)s risikoar er vurderte som høge.")
            % {"high": high, "all": len(content.risks)}
        )
    return tuple(points)


# ---- parameters and figures ----
def parameter_table(making: Making, section: Section, answers: Sequence[RequirementAnswer]) -> b.Table:
    """Each parameter with its judgement, last time beside."""
    w = making.w
    before = {
        one.parameter.line_id: one
        for one in (making.previous.answers if making.previous else ())
        if one.parameter is not None and one.parameter.line_id is not None
    }
    columns = [b.Column(w("Nr.", "Nr."), 12, "code"), b.Column(w("Styringsparameter", "Styringsparameter"), 84)]
    columns += [b.Column(w("Sist", "Sist"), 32, "status"), b.Column(w("Nå", "No"), 38, "status")]
    rows = []
    for at, answer in enumerate(answers, start=1):
        line = answer.parameter.line_id if answer.parameter else None
        last = before.get(line) if line is not None else None
        status = outlook_status(making, last.outlook) if last is not None else w("Ny", "Ny")
        rows.append(b.Row((str(at), answer.label, status, outlook_status(making, answer.outlook))))
    return b.Table(
        tuple(columns), tuple(rows), title=w("Vurdering av styringsparametere", "Vurdering av styringsparametrar"),
        key=f"parametere-{section.code}", row_headers=False,
    )  # fmt: skip


def figure_blocks(making: Making, section: Section, answers: Sequence[RequirementAnswer]) -> Iterator[b.Block]:
    """A chart where there is something to compare, the table with every series, and the comments."""
    table_key = f"tall-{section.code}"
    chart = figure_chart(making, section, answers)
    if chart is not None:
        drawn, title, unit = chart
        yield b.Figure(drawn, title, unit=unit, key=f"figur-{section.code}", table=table_key)
    yield figure_table(making, answers, table_key)
    for answer in answers:
        if answer.text.strip():
            yield b.RichText(str(to_html(f"**{answer.label.strip().rstrip('.')}.** {answer.text}")))


def _periods(making: Making, answers: Sequence[RequirementAnswer]) -> list[Any]:
    lines = {one.key_figure.line_id for one in answers if one.key_figure}
    found = {value.period_end for (line, _name), rows in making.history.items() if line in lines for value in rows}
    found.add(making.report.period_end)
    return sorted(found)


def figure_table(making: Making, answers: Sequence[RequirementAnswer], key: str) -> b.Table:
    """Series by period, at most the last three; flags for provisional and break, a word for missing."""
    w = making.w
    periods = _periods(making, answers)[-3:]
    rows, notes = [], []
    for answer in answers:
        figure = answer.key_figure
        if figure is None:
            continue
        for dimension in figure.dimensions or [""]:
            values = {row.period_end: row for row in making.history.get((figure.line_id or 0, dimension), [])}
            label = ", ".join(part for part in (answer.label.rstrip("."), dimension) if part)
            unit = f" ({figure.unit})" if figure.unit else ""
            rows.append(b.Row((f"{label}{unit}", *(_figures(values.get(period)) for period in periods))))
            now = values.get(making.report.period_end)
            if now is not None and now.value is None:
                notes.append(f"{label}: {now.missing_reason}")
            if now is not None and now.break_reason:
                notes.append(f"{label}, {w('brudd', 'brot')}: {now.break_reason}")
    width = (166 - 28 * len(periods)) if periods else 166
    columns = [b.Column(w("Nøkkeltall", "Nøkkeltal"), width)]
    columns += [b.Column(str(period.year), 28, "number") for period in periods]
    return b.Table(
        tuple(columns), tuple(rows), title=w("Nøkkeltall", "Nøkkeltal"), key=key,
        note=". ".join(note.rstrip(".") for note in notes) + "." if notes else "",
    )  # fmt: skip


def _figures(value: FigureValue | None) -> Any:
    if value is None or value.value is None:
        return b.Figures(None)
    number = value.value.normalize() + Decimal(0)
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    flag = "f" if value.provisional else ("b" if value.break_reason else "")
    return b.Figures(number, flag=flag, decimals=min(decimals, 2))


def figure_chart(making: Making, section: Section, answers: Sequence[RequirementAnswer]) -> tuple[Any, str, str] | None:
    """Bars for a figure with several series (requirement as a line, last year beside), else series over the years."""
    for answer in answers:
        if answer.key_figure is not None and len(answer.key_figure.dimensions) > 1:
            made = _bars(making, section, answer)
            if made is not None:
                return made, answer.label.rstrip("."), answer.key_figure.unit
    periods = _periods(making, answers)
    known = [
        (answer, making.history.get((answer.key_figure.line_id or 0, ""), []))
        for answer in answers
        if answer.key_figure is not None and not answer.key_figure.dimensions
    ]
    known = [(answer, rows) for answer, rows in known if sum(row.value is not None for row in rows) > 1][:3]
    if known:
        title = ", ".join(answer.label.rstrip(".") for answer, _rows in known)
        return _series(making, periods, known), title if len(title) < 90 else section.title, ""
    bars = [
        charts.Bar(short_label(answer.label), rows[-1].value)
        for answer in answers
        if answer.key_figure is not None
        and (rows := making.history.get((answer.key_figure.line_id or 0, ""), []))
        and rows[-1].value is not None
    ]
    if not bars:
        return None
    head = str(making.report.year)
    chart = charts.BarChart(tuple(bars), (head, ""), making.w("Nøkkeltall", "Nøkkeltal"), lang=making.report.language)
    return chart, making.w("Nøkkeltall i året", "Nøkkeltal i året"), ""


def short_label(text: str, most: int = 20) -> str:
    """A label that fits left of the axis."""
    text = text.rstrip(".")
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0]
    return f"{cut} …" if len(cut) > 4 else f"{text[: most - 1]}…"


def _bars(making: Making, section: Section, answer: RequirementAnswer) -> charts.BarChart | None:
    figure = answer.key_figure
    assert figure is not None
    bars = []
    for dimension in figure.dimensions:
        rows = making.history.get((figure.line_id or 0, dimension), [])
        now = rows[-1] if rows and rows[-1].period_end == making.report.period_end else None
        last = rows[-2] if now is not None and len(rows) > 1 and rows[-2].definition == now.definition else None
        bars.append(charts.Bar(short_label(dimension), now.value if now else None, last.value if last else None))
    if all(bar.value is None for bar in bars):
        return None
    target = making.targets.get(section.goal_id) if section.goal_id else None
    requirement = None
    if target is not None and target.value is not None and target.unit == figure.unit:
        down = target.parameter.direction in ("down", "at_most", "ned")
        words = making.w("Krav: %s", "Krav: %s") % f"{target.value.normalize() + Decimal(0)} {target.unit}"
        requirement = charts.Requirement(target.value, words, "at_most" if down else "at_least")
    year = making.report.year
    return charts.BarChart(
        tuple(bars), (str(year), str(year - 1)), answer.label.rstrip("."), requirement, lang=making.report.language
    )


def _series(
    making: Making, periods: Sequence[Any], known: Sequence[tuple[RequirementAnswer, list[FigureValue]]]
) -> charts.SeriesChart:
    series, broken = [], None
    for answer, rows in known:
        by_period = {row.period_end: row for row in rows}
        values = tuple(by_period[one].value if one in by_period else None for one in periods)
        unit = answer.key_figure.unit if answer.key_figure else ""
        series.append(charts.Series(short_label(answer.label, 24), unit or making.w("antall", "tal"), values))
        for at in range(1, len(periods)):
            now, last = by_period.get(periods[at]), by_period.get(periods[at - 1])
            if broken is None and now and last and now.definition != last.definition:
                said = making.w("Brudd i serien: ny definisjon fra %s", "Brot i serien: ny definisjon frå %s")
                broken = charts.SeriesBreak(at, said % periods[at].year)
    return charts.SeriesChart(
        tuple(str(one.year) for one in periods), tuple(series), making.w("År", "År"), broken,
        lang=making.report.language,
    )  # fmt: skip
