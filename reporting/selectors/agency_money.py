"""Money and key figures of an agency's year. Amounts are whole kroner; the page shows 1 000 kroner (A12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting as fmt
from core.actor import Actor
from core.visuals.sparkline import bar_widths, sparkline
from governance.models import BudgetLine, BudgetLineKind, BudgetSplit, KeyFigure
from governance.selectors.money_links import paid_for, split_words
from reporting.addresses import address
from reporting.contexts import BudgetRow, FigureRow
from reporting.models import FigureValue, Report

MOST_FIGURES = 6


@dataclass
class _Post:
    """A chapter and post: what the letter gives, what supplements change. A doubtful row is a post of its own."""

    code: str
    name: str
    income: bool
    letter: int | None = None
    change: int | None = None
    notes: list[str] = field(default_factory=list)
    doubt: str = ""

    @property
    def current(self) -> int | None:
        """What counts now, or None while it is unclear whether it counts."""
        return None if self.doubt else (self.letter or 0) + (self.change or 0)


def budget_rows(document_ids: Sequence[int]) -> list[BudgetRow]:
    """Lines of the letters, expenses with sum, then income with sum. A doubtful second row counts in neither sum."""
    lines = (
        BudgetLine.objects.filter(document__in=document_ids)
        .select_related("document__kind", "assignment_item")
        .prefetch_related(Prefetch("splits", BudgetSplit.objects.select_related("assignment_item")))
        .defer("document__canonical_text", "document__search")
        .order_by("chapter", "post", "document__document_date", "ordinal", "id")
    )
    posts: dict[tuple[str, int], _Post] = {}
    for line in lines:
        _add(posts, line)
    found = list(posts.values())
    most = max((abs(post.current or 0) for post in found), default=0)
    rows: list[BudgetRow] = []
    for income, words in ((False, _("Sum utgifter")), (True, _("Sum inntekter"))):
        mine = [post for post in found if post.income == income]
        rows += [_row(post, most) for post in mine]
        if mine:
            rows.append(_sum(words, [post for post in mine if not post.doubt]))
    return rows


def _add(posts: dict[tuple[str, int], _Post], line: BudgetLine) -> None:
    key = (line.code, line.pk if line.unclear else 0)
    post = posts.setdefault(key, _Post(line.code, line.name, line.is_income))
    if line.kind == BudgetLineKind.CHANGE:
        post.change = (post.change or 0) + line.amount
    else:
        post.letter = (post.letter or 0) + line.amount
    if line.unclear:
        post.doubt = line.unclear_reason or _("Uavklart om beløpet er i tillegg")
    post.name = post.name or line.name
    for split in line.splits.all():
        post.notes.append(split_words(split))
    if line.assignment_item_id:
        post.notes.append(f"{fmt.in_thousand_kroner(line.amount)} {paid_for(line)}")
    if not post.notes and line.comment and line.comment not in ("-", "–"):
        post.notes.append(line.comment)


def _row(post: _Post, most: int) -> BudgetRow:
    return BudgetRow(
        post=post.code,
        name=post.name,
        letter=post.letter,
        change=post.change,
        current=post.current,
        note=" · ".join(post.notes),
        bar="0" if post.doubt else bar_widths([post.current or 0], most=most)[0],
        doubt=post.doubt,
    )


def _sum(words: str, posts: Sequence[_Post]) -> BudgetRow:
    changes = [post.change for post in posts if post.change is not None]
    return BudgetRow(
        post="",
        name=words,
        letter=sum(post.letter or 0 for post in posts),
        change=sum(changes) if changes else None,
        current=sum(post.current or 0 for post in posts),
        sum=True,
    )


def figure_rows(
    actor: Actor, today: date, agency: Organisation, year: int, document_ids: Sequence[int]
) -> tuple[list[FigureRow], int]:
    """The key figures of the year's letter that have values one may see, and how many the letter asks for."""
    figures = list(KeyFigure.objects.filter(document__in=document_ids).select_related("goal").order_by("ordinal", "id"))
    seen = Report.objects.visible_to(actor, today).filter(pk=OuterRef("report_id"))
    own = Q(report__isnull=True) & (Q(shared_at__isnull=False) | Q(line__agency__uuid=actor.organisation))
    values = (
        FigureValue.objects.filter(line__in=[row.line_id for row in figures if row.line_id], dimension="")
        .filter(Q(Exists(seen)) | own)
        .filter(superseded_by__isnull=True, period_end__year__lte=year)
        .order_by("line_id", "period_end", "id")
    )
    by_line: dict[int, list[Any]] = defaultdict(list)
    for value in values:
        by_line[value.line_id].append(value)
    rows = [_figure(row, by_line[row.line_id]) for row in figures if row.line_id and by_line.get(row.line_id)]
    return rows[:MOST_FIGURES], len(figures)


def _figure(figure: KeyFigure, values: Sequence[Any]) -> FigureRow:
    last = values[-1]
    known = [row.value for row in values if row.value is not None]
    breaks = [n for n, row in enumerate(values) if n and row.definition != values[n - 1].definition]
    years = sorted({row.period_end.year for row in values})
    period = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    parts = [figure.goal.reference] if figure.goal and figure.goal.reference else []
    change = known[-1] - known[-2] if len(known) > 1 and not breaks else None
    words = _number(known[-1]) if known else _("mangler")
    return FigureRow(
        title=figure.title,
        url=address("reporting:figures"),
        meta=" · ".join([*parts, period]),
        spark=sparkline([row.value for row in values], breaks=breaks, sentence=f"{words} {last.unit}".strip()),
        value=words,
        unit=last.unit or figure.unit,
        change=_signed(change) if change is not None else "",
    )


def _number(value: Decimal) -> str:
    if value == value.to_integral_value():
        return fmt.thousands(int(value))
    return f"{value.normalize():f}".replace(".", ",")


def _signed(value: Decimal) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{_number(abs(value))}"
