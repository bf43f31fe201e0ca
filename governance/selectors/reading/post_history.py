"""A chapter and post through the years, also under the numbers it had before (decision A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import charts, formatting
from core.errors import NotFound
from core.visuals.parts import Link, PageHead
from governance.consolidation import PostTotal, fold, post_totals
from governance.consolidation.gather import sources_of
from governance.consolidation.records import ChangeRow, Source
from governance.differences import Segment
from governance.items import Item, read_items
from governance.models import BudgetRenumbering, Change
from governance.selectors.reading.history import HistoryPage, Version, agency_line
from governance.selectors.reading.scope import Reader, crumbs, issued_seen

Code = tuple[int, int]


@dataclass
class _Numbers:
    """The numbers a post has had: the code asked for, its earlier ones and its later ones."""

    codes: set[Code] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def post_page(reader: Reader, agency: Organisation, number: int) -> HistoryPage:
    """What the post has got each year: letter, supplements, carried over. Raises NotFound when no letter has it."""
    code = divmod(number, 100)
    numbers = _numbers(code)
    years = _years(reader, agency, numbers.codes)
    if not years:
        raise NotFound(_("Ingen brev har denne posten."))
    chart = _chart(years)
    words = f"{code[0]}.{code[1]:02d}"
    name = next((post.name for posts in reversed(years.values()) for post in posts if post.name), "")
    title = _("Tildelt per år (1 000 kroner)")
    drawn = mark_safe(charts.svg(chart, title=title, key="historie"))  # noqa: S308  our own drawing
    return HistoryPage(
        head=PageHead(title=f"{words} {name}".strip(), overline=agency_line(agency), crumbs=crumbs(agency)),
        versions=[_version(agency, year, posts) for year, posts in reversed(years.items())],
        chart=drawn,
        table=chart.table(),
        chart_title=title,
        notes=numbers.notes,
    )


def _numbers(code: Code) -> _Numbers:
    """Walk the renumberings both ways; the table is small and read once."""
    links = list(
        BudgetRenumbering.objects.order_by("from_year", "id").values_list(
            "earlier__chapter", "earlier__post", "later__chapter", "later__post", "from_year"
        )
    )
    found = _Numbers({code})
    grown = True
    while grown:
        grown = False
        for chapter, post, to_chapter, to_post, year in links:
            pair = ((chapter, post), (to_chapter, to_post))
            if (pair[0] in found.codes) != (pair[1] in found.codes):
                found.codes |= set(pair)
                grown = True
                found.notes.append(
                    _("Fra %(year)s er kap. %(old)s blitt %(new)s.")
                    % {"year": year, "old": f"{chapter}.{post:02d}", "new": f"{to_chapter}.{to_post:02d}"}
                )
    return found


def _years(reader: Reader, agency: Organisation, codes: set[Code]) -> dict[int, list[PostTotal]]:
    """The totals of these posts by budget year, from all letters one sees: four queries whatever the years."""
    letters = [s for s in sources_of(issued_seen(reader).filter(recipient=agency)) if s.family != "instruction"]
    ids = [source.id for source in letters]
    items = [
        item
        for item in read_items(ids, ("budget_line",))
        if (int(item.data["chapter"]), int(item.data["post"])) in codes
    ]
    with_rows = {item.document_id for item in items}
    changes = _changes(ids, items)
    by_year: dict[int, list[Source]] = defaultdict(list)
    for source in letters:
        if source.id in with_rows and source.year:
            by_year[source.year].append(source)
    found = {}
    for year, documents in sorted(by_year.items()):
        chosen = {source.id for source in documents}
        done = fold(
            agency=agency.uuid,
            valid_on=date(year + 1, 12, 31),
            known_at=None,
            documents=documents,
            items=[item for item in items if item.document_id in chosen],
            changes=[change for change in changes if change.document_id in chosen],
        )
        totals = post_totals(done)
        found[year] = [*totals.expenses, *totals.incomes]
    return found


def _changes(ids: Iterable[int], items: Iterable[Item]) -> list[ChangeRow]:
    about = {item.uuid for item in items}
    names = ("uuid", "document_id", "ordinal", "kind", "target", "new_item", "text", "new_date", "amount",
             "effective_on")  # fmt: skip
    rows = Change.objects.filter(document_id__in=list(ids)).order_by("document_id", "ordinal", "id").values(*names)
    return [ChangeRow(**row) for row in rows if row["target"] in about or row["new_item"] in about]


def _chart(years: dict[int, list[PostTotal]]) -> charts.SeriesChart:
    def column(name: str) -> tuple[int, ...]:
        return tuple(sum(getattr(post.sums, name) for post in posts) // 1000 for posts in years.values())

    unit = _("1 000 kroner")
    series = [charts.Series(_("Samlet tildeling"), unit, column("total"))]
    if any(column("carried")):
        series.append(charts.Series(_("Overført"), unit, column("carried")))
    if any(column("supplements")):
        series.append(charts.Series(_("Supplerende"), unit, column("supplements")))
    return charts.SeriesChart(tuple(str(year) for year in years), tuple(series), _("År"))


def _version(agency: Organisation, year: int, posts: list[PostTotal]) -> Version:
    total = sum(post.sums.total for post in posts)
    parts = (
        (_("overført fra i fjor"), sum(post.sums.carried for post in posts)),
        (_("tildelingsbrevet"), sum(post.sums.letter for post in posts)),
        (_("supplerende brev"), sum(post.sums.supplements for post in posts)),
    )
    details = [f"{words} {formatting.in_thousand_kroner(amount)}" for words, amount in parts if amount]
    codes = ", ".join(post.code for post in posts)
    text = f"{formatting.in_thousand_kroner(total)}"
    link = Link(_("Årets brev %(year)s") % {"year": year}, reverse("governance:year_letters", args=[agency.uuid, year]))
    return Version(str(year), codes, text, link, [Segment("same", text)], details)
