"""One goal, parameter, key figure or budget post through the years: the words of each year, and a chart (K3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import charts, formatting
from core.errors import NotFound
from core.visuals.parts import Link, PageHead
from governance import figures
from governance.differences import Segment, word_diff
from governance.models import Goal, GoalLine, KeyFigure, KeyFigureLine, ParameterLine, SteeringParameter, Target
from governance.selectors.reading.scope import Reader, crumbs, issued_seen

LINES: dict[str, tuple[type[Any], type[Any], str]] = {
    "mal": (GoalLine, Goal, _("Mål gjennom årene")),
    "parameter": (ParameterLine, SteeringParameter, _("Styringsparameter gjennom årene")),
    "nokkeltall": (KeyFigureLine, KeyFigure, _("Nøkkeltall gjennom årene")),
}


@dataclass(frozen=True)
class Version:
    """The words of one document. ``segments`` mark what is new since the one before."""

    year: str
    reference: str
    title: str
    link: Link
    segments: Sequence[Segment]
    details: Sequence[str] = ()
    same: bool = False


@dataclass(frozen=True)
class HistoryPage:
    """The page. ``table`` holds the same figures as the chart."""

    head: PageHead
    versions: Sequence[Version]
    chart: SafeString | None
    table: charts.ChartTable | None
    chart_title: str
    related: Sequence[Link] = ()
    notes: Sequence[str] = ()


def line_agency(reader: Reader, word: str, uuid: UUID) -> tuple[Any, QuerySet[Any]]:
    """The line and its versions in documents one sees. Raises NotFound when there is none."""
    if word not in LINES:
        raise NotFound(_("Siden finnes ikke."))
    line_model, model, _title = LINES[word]
    rows = model.objects.filter(line__uuid=uuid, document__in=issued_seen(reader).values("pk"))
    line = line_model.objects.select_related("agency").filter(uuid=uuid).first()
    if line is None or not rows.exists():
        raise NotFound(_("Linjen finnes ikke, eller du har ikke tilgang til den."))
    return line, rows.select_related("document", "document__kind").defer(
        "document__canonical_text", "document__search"
    ).order_by("document__document_date", "document_id", "ordinal")


def line_page(reader: Reader, word: str, uuid: UUID) -> HistoryPage:
    """A goal, parameter or key figure through the years."""
    line, rows = line_agency(reader, word, uuid)
    found = list(rows)
    targets: dict[int, list[Target]] = {}
    if word == "parameter":
        for target in Target.objects.filter(parameter__in=found):
            targets.setdefault(target.parameter_id, []).append(target)
    versions = _versions(found, targets)
    chart, title = _line_chart(reader, word, uuid, found, targets)
    return HistoryPage(
        head=PageHead(
            title=found[-1].title, overline=f"{line.agency.name} · {LINES[word][2]}", crumbs=crumbs(line.agency)
        ),
        versions=versions,
        chart=_drawn(chart, title),
        table=chart.table() if chart else None,
        chart_title=title,
        related=_related(uuid) if word == "nokkeltall" and chart else [],
    )


def _versions(found: Sequence[Any], targets: dict[int, list[Target]]) -> list[Version]:
    versions = []
    before = ""
    for row in found:
        text = f"{row.title}\n{row.body}".strip() if getattr(row, "body", "") else row.title
        segments = word_diff(before, text) if before else [Segment("same", text)]
        link = Link(row.document.title, f"{reverse('governance:document', args=[row.document.uuid])}#rad-{row.uuid}")
        details = [_target(target) for target in targets.get(row.pk, ())]
        unit = "" if details else getattr(row, "unit", "")
        details += [str(value) for value in (unit, *getattr(row, "dimensions", ())) if value]
        year = row.document.year or (row.document.document_date.year if row.document.document_date else "")
        same = bool(before) and before == text
        versions.append(Version(str(year), row.reference, row.title, link, segments, details, same))
        before = text
    return versions[::-1]


def _target(row: Target) -> str:
    parts = [row.text or formatting.measured(row.value, row.unit)]
    if row.baseline is not None:
        parts.append(_("utgangspunkt %(value)s") % {"value": formatting.measured(row.baseline)})
    return ", ".join(part for part in parts if part)


def _related(uuid: UUID) -> list[Link]:
    """The page of the reported values, for one who sees some."""
    return [Link(_("Rapporterte verdier"), reverse("reporting:figure", args=[uuid]))]


# ---- charts ----
def _drawn(chart: charts.SeriesChart | None, title: str) -> SafeString | None:
    return mark_safe(charts.svg(chart, title=title, key="historie")) if chart else None  # noqa: S308  our own drawing


def _line_chart(
    reader: Reader, word: str, uuid: UUID, found: Sequence[Any], targets: dict[int, list[Target]]
) -> tuple[charts.SeriesChart | None, str]:
    if word == "mal":
        return _goal_chart(found), _("Hva målet har hatt under seg")
    if word == "parameter":
        return _target_chart(found, targets), _("Resultatkrav gjennom årene")
    return _value_chart(reader, uuid), _("Rapporterte verdier")


def _years(found: Sequence[Any]) -> list[str]:
    return [str(row.document.year or row.document.document_date.year) for row in found]


def _goal_chart(found: Sequence[Any]) -> charts.SeriesChart | None:
    """How much stood under the goal each year."""
    counted = {
        pk: counts
        for pk, *counts in Goal.objects.filter(pk__in=[goal.pk for goal in found])
        .annotate(
            p=Count("parameters", distinct=True),
            k=Count("key_figures", distinct=True),
            a=Count("assignment_items", distinct=True),
        )
        .values_list("pk", "a", "p", "k")
    }
    names = (_("Oppdrag"), _("Parametere"), _("Nøkkeltall"))
    series = tuple(
        charts.Series(name, _("antall"), tuple(counted[goal.pk][n] for goal in found)) for n, name in enumerate(names)
    )
    return charts.SeriesChart(tuple(_years(found)), series, _("År"))


def _target_chart(found: Sequence[Any], targets: dict[int, list[Target]]) -> charts.SeriesChart | None:
    """The numeric ambition of each year beside where it began; None when there has been no number."""
    values: list[Decimal | None] = []
    starts: list[Decimal | None] = []
    unit = ""
    for row in found:
        known = [target for target in targets.get(row.pk, ()) if target.value is not None]
        values.append(known[0].value if known else None)
        starts.append(known[0].baseline if known else None)
        unit = (known[0].unit if known else "") or row.unit or unit
    if not any(value is not None for value in values):
        return None
    series = [charts.Series(_("Resultatkrav"), unit or _("verdi"), tuple(values))]
    if any(value is not None for value in starts):
        series.append(charts.Series(_("Utgangspunkt"), unit or _("verdi"), tuple(starts)))
    return charts.SeriesChart(tuple(_years(found)), tuple(series), _("År"))


def _value_chart(reader: Reader, uuid: UUID) -> charts.SeriesChart | None:
    """The reported values one may see, a panel for each dimension (at most six)."""
    rows = figures.values_of(reader.actor, uuid, reader.today)
    periods = sorted({row.period for row in rows})
    if not periods:
        return None
    dimensions = list(dict.fromkeys(row.dimension for row in rows))[:6]
    known = {(row.dimension, row.period): row for row in rows}
    series = []
    for dimension in dimensions:
        picked = [known.get((dimension, period)) for period in periods]
        unit = next((row.unit for row in picked if row and row.unit), "") or _("antall")
        series.append(charts.Series(dimension or _("I alt"), unit, tuple(row.value if row else None for row in picked)))
    return charts.SeriesChart(tuple(formatting.short_date(p) for p in periods), tuple(series), _("Per"))


def agency_line(agency: Organisation) -> str:
    """The overline of a post's history."""
    return f"{agency.name} · {_('Kapittel og post gjennom årene')}"
