"""Money, risks, assignments and coverage of a report as a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assignments.models import DELIVERED_STATES, Delivery
from core import charts
from core.pdf import blocks as b
from core.text import format_thousands
from reporting.checks.cells import cells_of
from reporting.models import BudgetStatus, ReportAssignment
from reporting.selectors.document_tables import MARKS, short_label
from reporting.selectors.report_tables import risk_chart, scale_of

if TYPE_CHECKING:
    from reporting.selectors.report_document import Making


# ---- money ----
def budget_blocks(making: Making) -> Iterator[b.Block]:
    """Accounts and forecast against what was allocated: a chart and the table, in 1 000 kroner."""
    w, rows = making.w, making.content.budget
    counted = [row for row in rows if not row.unclear and row.spent is not None]
    if counted:
        drawn = tuple(
            charts.BudgetRow(f"{row} {short_label(row.name, 14)}".strip(), row.spent or 0, row.forecast, row.allocated)
            for row in counted
        )
        incomes = frozenset(one.label for one, row in zip(drawn, counted, strict=True) if row.is_income)
        chart = charts.BudgetChart(drawn, w("Kapittel og post", "Kapittel og post"), incomes, making.report.language)
        yield b.Figure(
            chart, w("Regnskap og prognose mot tildelingen", "Rekneskap og prognose mot tildelinga"),
            unit=w("1 000 kroner", "1 000 kroner"), key="figur-budsjett", table="budsjett",
        )  # fmt: skip
    columns = (
        b.Column(w("Kap. post", "Kap. post"), 20, "code"), b.Column(w("Benevnelse", "Nemning"), 62),
        b.Column(w("Tildelt", "Tildelt"), 21, "number"), b.Column(w("Regnskap", "Rekneskap"), 21, "number"),
        b.Column(w("Prognose", "Prognose"), 21, "number"), b.Column(w("Avvik", "Avvik"), 21, "number"),
    )  # fmt: skip
    made: list[b.Row] = []
    for income in (False, True):
        members = [row for row in rows if row.is_income is income]
        if not members:
            continue
        made += [_post(making, row) for row in members]
        name = w("Sum inntekter", "Sum inntekter") if income else w("Sum utgifter", "Sum utgifter")
        made.append(_sum(name, [row for row in members if not row.unclear]))
    notes = [f"{row}: {row.comment.rstrip('.')}" for row in rows if row.comment.strip()]
    if any(row.unclear for row in rows):
        notes.append(
            w("u: under avklaring om beløpet kommer i tillegg, ikke med i summen",
              "u: under avklaring om beløpet kjem i tillegg, ikkje med i summen")
        )  # fmt: skip
    yield b.Table(
        columns, tuple(made), title=w("Bevilgning, regnskap og prognose", "Løyving, rekneskap og prognose"),
        unit=w("1 000 kroner", "1 000 kroner"), key="budsjett", note=". ".join(notes) + "." if notes else "",
    )  # fmt: skip


def _rest(row: BudgetStatus) -> int | None:
    return None if row.forecast is None else row.allocated - row.forecast


def _post(making: Making, row: BudgetStatus) -> b.Row:
    name = f"{row.name} (u)" if row.unclear else row.name
    values = (row.allocated, row.spent, row.forecast, _rest(row))
    return b.Row((str(row), name, *(format_thousands(value) for value in values)))


def _sum(name: str, rows: Iterable[BudgetStatus]) -> b.Row:
    members = list(rows)

    def total(values: Iterable[int | None]) -> str:
        known = list(values)
        return format_thousands(None if None in known else sum(value or 0 for value in known))

    return b.Row(
        (
            name, total(row.allocated for row in members), total(row.spent for row in members),
            total(row.forecast for row in members), total(_rest(row) for row in members),
        ),
        "sum",
    )  # fmt: skip


# ---- risk, assignments, coverage ----
def risk_blocks(making: Making) -> Iterator[b.Block]:
    """The matrix and the full list with level, measure and owner."""
    w, risks = making.w, making.content.risks
    scale = scale_of(making.content.outline)
    yield b.Figure(
        risk_chart(risks, scale, making.report.language), w("Risikokart", "Risikokart"), key="figur-risiko",
        table="risikoer",
    )  # fmt: skip
    columns = (
        b.Column(w("Nr.", "Nr."), 12, "code"), b.Column(w("Risiko", "Risiko"), 42),
        b.Column(w("S × K", "S × K"), 16, "code"),
        b.Column(w("Nivå", "Nivå"), 18), b.Column(w("Tiltak", "Tiltak"), 46), b.Column(w("Ansvarlig", "Ansvarleg"), 32),
    )  # fmt: skip
    rows = tuple(
        b.Row(
            (f"R{at}", one.title, f"{one.likelihood} × {one.impact}", scale.level(one.likelihood, one.impact),
             one.measure or "–", one.owner_name or "–")
        )
        for at, one in enumerate(risks, start=1)
    )  # fmt: skip
    yield b.Table(columns, rows, title=w("Risikoer", "Risikoar"), key="risikoer")


def assignment_table(making: Making, rows: Sequence[ReportAssignment]) -> b.Table:
    """Every assignment with its deadline as written and the shared status, the exempt ones as a shell."""
    w = making.w
    deliveries: dict[int, list[Delivery]] = defaultdict(list)
    for one in Delivery.objects.filter(assignment__in=[row.assignment_id for row in rows]).order_by("ordinal"):
        deliveries[one.assignment_id].append(one)
    columns = (
        b.Column(w("Nummer", "Nummer"), 21, "code"), b.Column(w("Oppdrag", "Oppdrag"), 45),
        b.Column(w("Frist i brevet", "Frist i brevet"), 28), b.Column(w("Levert", "Levert"), 14, "code"),
        b.Column(w("Status", "Status"), 58),
    )  # fmt: skip
    made = tuple(_assignment(making, row, deliveries[row.assignment_id]) for row in rows)
    title = w("Status for oppdragene", "Status for oppdraga")
    return b.Table(columns, made, title=title, key="oppdragsstatus")


def _assignment(making: Making, row: ReportAssignment, deliveries: Sequence[Delivery]) -> b.Row:
    w, assignment, status = making.w, row.assignment, row.status_version
    written = "; ".join(dict.fromkeys(one.letter_deadline_text for one in deliveries if one.letter_deadline_text))
    done = sum(one.state in DELIVERED_STATES for one in deliveries)
    delivered = w("%(done)s av %(all)s", "%(done)s av %(all)s") % {"done": done, "all": len(deliveries)}
    title, cell = assignment.title, b.Cell((b.Status(w("Ikke delt", "Ikkje delt"), "open"),))
    if assignment.restricted:
        title = w("Unntatt offentlighet. %s", "Unnateke offentlegheit. %s") % assignment.restricted_basis
        said = w("Status er sendt departementet særskilt.", "Status er send departementet særskilt.")
        cell = b.Cell((said,))
    elif status is not None:
        word = b.Status(status.get_progress_display(), MARKS.get(status.progress, "open"))
        cell = b.Cell((word, status.text))
    written = written or w("uten frist", "utan frist")
    return b.Row((assignment.reference or "–", title, written, delivered if deliveries else "–", cell))


def coverage_table(making: Making) -> b.Table:
    """Each thing the letter asks for, where it stands there, and where it is answered here (V-18)."""
    w, content = making.w, making.content
    sections = {one.code: one for one in content.sections}
    rows = []
    for cell in cells_of(content):
        if cell.kind not in ("parameter", "key_figure", "requirement"):
            continue
        words = making.words.get(cell.item) if cell.item else None
        place = w("Brevet %s", "Brevet %s") % words.place if words and words.place else w("Brevet", "Brevet")
        answered: Any = (b.Ref(f"del-{sections[cell.section].code}", capital=True),)
        if cell.missing:
            answered = b.Status(w("Ikke besvart", "Ikkje svart på"), "open")
        rows.append(b.Row((str(cell.label), place, answered)))
    columns = (
        b.Column(w("Krav", "Krav"), 96), b.Column(w("Hentet fra", "Henta frå"), 30),
        b.Column(w("Besvart i", "Svart på i"), 40),
    )  # fmt: skip
    title = w("Hvor kravene er besvart", "Kvar krava er svart på")
    made = tuple(rows) or (b.Row(("–", "–", "–")),)
    return b.Table(columns, made, title=title, key="dekningstabell", row_headers=False)
