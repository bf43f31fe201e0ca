"""Key figures: series through the years with their breaks, one page each (K9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import organisations_with
from agencies.rights import Right
from core import charts
from core.actor import Actor
from core.formatting import full_date
from core.visuals.parts import Link, PageHead
from core.visuals.sparkline import Sparkline, sparkline
from governance.figures import Value
from governance.models import KeyFigure, KeyFigureLine
from reporting.models import FigureValue
from reporting.selectors.report_tables import difference, flags, written


@dataclass(frozen=True)
class SeriesLine:
    """A series in the list: drawing, last value, change."""

    title: str
    url: str
    meta: str
    value: str
    unit: str
    change: str
    flags: str
    spark: Sparkline | None = None


@dataclass(frozen=True)
class FigureGroup:
    """Key figures of one agency and goal."""

    title: str
    rows: Sequence[SeriesLine]


@dataclass(frozen=True)
class FigureList:
    """The page."""

    head: PageHead
    groups: Sequence[FigureGroup]


def lines_visible_to(actor: Actor, day: date) -> Any:
    """Lines of agencies whose documents one sees."""
    if not actor.is_person:
        return KeyFigureLine.objects.none()
    seen = organisations_with(actor, Right.SEE_OWN_WORK, day)
    governed = organisations_with(actor, Right.SEE_SUBMITTED_REPORTS, day)
    return KeyFigureLine.objects.filter(Q(agency_id__in=seen) | Q(agency_id__in=governed)).select_related("agency")


def values_of(actor: Actor, line: UUID, day: date) -> list[Value]:
    """The values of one line that the actor may see, for the history of the key figure."""
    rows = FigureValue.objects.visible_to(actor, day).current().filter(line__uuid=line).order_by("period_end", "id")
    return [
        Value(row.period_end, row.dimension, row.value, row.unit, row.missing_reason or row.break_reason)
        for row in rows
    ]


def _latest_figures(lines: Any) -> dict[int, KeyFigure]:
    """The newest issued version of each key figure's words."""
    rows = (
        KeyFigure.objects.filter(line__in=lines, document__state="issued")
        .select_related("goal", "document")
        .defer("document__canonical_text", "document__search")
        .order_by("document__year", "ordinal")
    )
    return {row.line_id: row for row in rows if row.line_id is not None}


def figure_list(actor: Actor, day: date) -> FigureList:
    """Every key figure the actor may see, with the last value of each series."""
    lines = {line.pk: line for line in lines_visible_to(actor, day)}
    figures = _latest_figures(list(lines))
    values: dict[tuple[int, str], list[FigureValue]] = defaultdict(list)
    seen = FigureValue.objects.visible_to(actor, day).current().filter(line__in=list(lines))
    for value in seen.order_by("period_end", "id"):
        values[(value.line_id, value.dimension)].append(value)
    several = len({line.agency_id for line in lines.values()}) > 1
    groups: dict[str, list[SeriesLine]] = defaultdict(list)
    for pk, figure in figures.items():
        goal = figure.goal.title if figure.goal else _("Uten mål")
        name = f"{lines[pk].agency.short}: {goal}" if several else goal
        for dimension in figure.dimensions or [""]:
            groups[name].append(_line(figure, lines[pk], dimension, values[(pk, dimension)]))
    lead = _("Hver verdi står med periode, definisjon og kilde. Et tall som mangler, er aldri null.")
    return FigureList(PageHead(_("Nøkkeltall"), lead), [FigureGroup(title, rows) for title, rows in groups.items()])


def _line(figure: KeyFigure, line: KeyFigureLine, dimension: str, rows: Sequence[FigureValue]) -> SeriesLine:
    last = rows[-1] if rows else None
    before = rows[-2] if len(rows) > 1 else None
    name = figure.title.rstrip(".")
    return SeriesLine(
        f"{name}, {dimension}" if dimension else name,
        reverse("reporting:figure", args=[line.uuid]),
        full_date(last.period_end) if last else _("ingen verdier ennå"),
        written(last) if last else "",
        figure.unit,
        difference(last, before),
        flags(last),
        _spark(name, rows),
    )


def _spark(name: str, rows: Sequence[FigureValue]) -> Sparkline | None:
    known = [row.value for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    recent = list(rows[-6:])
    breaks = [at for at in range(1, len(recent)) if recent[at].definition != recent[at - 1].definition]
    sentence = _("%(name)s, de siste %(count)s periodene") % {"name": name, "count": len(recent)}
    return sparkline([row.value for row in recent], breaks=breaks, sentence=sentence)


@dataclass(frozen=True)
class ValueRow:
    """A row of the table under the chart."""

    period: str
    series: str
    value: str
    change: str
    flags: str
    source: str
    url: str = ""
    shared: bool = True


@dataclass(frozen=True)
class FigurePage:
    """One key figure."""

    head: PageHead
    chart: SafeString | None
    rows: Sequence[ValueRow]
    dimensions: Sequence[str]
    may_write: bool
    unit: str
    sentence: str


def figure_page(line: KeyFigureLine, actor: Actor, day: date) -> FigurePage:
    """Chart with breaks, and every value with its source."""
    figure = _latest_figures([line.pk]).get(line.pk)
    title = figure.title.rstrip(".") if figure else _("Nøkkeltall")
    dimensions = list(figure.dimensions) if figure and figure.dimensions else [""]
    rows = list(
        FigureValue.objects.visible_to(actor, day)
        .current()
        .filter(line=line)
        .select_related("report")
        .order_by("dimension", "period_end", "id")
    )
    by_series: dict[str, list[FigureValue]] = defaultdict(list)
    for row in rows:
        by_series[row.dimension].append(row)
    chart = _chart(by_series, figure.unit if figure else "")
    own = Organisation.objects.with_right(actor, Right.WRITE_REPORTS, day).filter(pk=line.agency_id).exists()
    place = _("%(agency)s · brevet, punkt %(place)s") % {
        "agency": line.agency.name,
        "place": figure.reference if figure and figure.reference else "–",
    }
    crumbs = [Link(_("Nøkkeltall"), reverse("reporting:figures"))]
    return FigurePage(
        PageHead(title, place, crumbs=crumbs),
        _drawn(chart, title),
        _value_rows(by_series),
        dimensions,
        own,
        figure.unit if figure else "",
        chart.describe() if chart else "",
    )


def _drawn(chart: charts.SeriesChart | None, title: str) -> SafeString | None:
    return None if chart is None else mark_safe(charts.svg(chart, title=title, key="serie"))  # noqa: S308


def _value_rows(by_series: dict[str, list[FigureValue]]) -> list[ValueRow]:
    made = []
    for dimension, rows in by_series.items():
        for at, row in enumerate(rows):
            report = row.report
            source = report.title if report is not None else _("registrert uten rapport")
            url = reverse("reporting:report", args=[report.uuid]) if report is not None else ""
            made.append(
                ValueRow(
                    full_date(row.period_end),
                    dimension,
                    written(row),
                    difference(row, rows[at - 1] if at else None),
                    flags(row),
                    source,
                    url,
                    row.shared_at is not None or bool(report and report.is_submitted),
                )
            )
    return made


def _chart(by_series: dict[str, list[FigureValue]], unit: str) -> charts.SeriesChart | None:
    periods = sorted({row.period_end for rows in by_series.values() for row in rows})[-8:]
    if len(periods) < 2:
        return None
    series, broken = [], None
    for dimension, rows in list(by_series.items())[:4]:
        known = {row.period_end: row for row in rows}
        values = tuple(known[one].value if one in known else None for one in periods)
        series.append(charts.Series(dimension or _("Samlet"), unit or _("antall"), values))
        for at in range(1, len(periods)):
            now, last = known.get(periods[at]), known.get(periods[at - 1])
            if broken is None and now and last and now.definition != last.definition:
                broken = charts.SeriesBreak(at, _("Brudd i serien: %(reason)s") % {"reason": now.break_reason})
    yearly = len({(one.month, one.day) for one in periods}) == 1
    names = tuple(str(one.year) if yearly else f"{one.day}.{one.month}.{one.year}" for one in periods)
    return charts.SeriesChart(names, tuple(series), _("Periode"), broken)
