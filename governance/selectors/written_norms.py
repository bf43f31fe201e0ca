"""The yearly share of bokmål and nynorsk in what a body has issued (språklova § 13): documents, words and pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import charts
from core.actor import Actor
from core.sheets import Sheet
from governance.models import (
    DocumentKind,
    DocumentState,
    Language,
    Passage,
    PassageKind,
    PublicationState,
    Rendition,
    SteeringDocument,
    WrittenNormRule,
)

DOCUMENTS, WORDS, PAGES = "dokumenter", "ord", "sider"
MOST_LISTED = 500


@dataclass(frozen=True)
class Amount:
    """How much there is of something in each norm. ``unknown``: documents whose extent nobody knows."""

    nb: int = 0
    nn: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """Both norms."""
        return self.nb + self.nn

    @property
    def nynorsk(self) -> int | None:
        """Percent in nynorsk, rounded to whole; None when there is nothing."""
        return round(100 * self.nn / self.total) if self.total else None

    def met(self, share: int) -> bool:
        """Both norms have at least the share, reckoned exactly."""
        return min(self.nb, self.nn) * 100 >= share * self.total


@dataclass(frozen=True)
class NormLine:
    """One year, or one kind of document in it. The figures are links to the documents they count."""

    year: int
    kind: str
    kind_code: str
    amount: Amount
    nb_url: str
    nn_url: str
    verdict: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A document behind a figure."""

    title: str
    url: str
    agency: str
    kind: str
    norm: str
    dated: date | None
    lang: str


@dataclass(frozen=True)
class NormsPage:
    """The page."""

    lines: Sequence[NormLine]
    years: Sequence[int]
    chart: SafeString | None
    chart_title: str
    rule: str
    unknown: int
    listed: Sequence[Listed] = ()
    listed_title: str = ""


def counting(actor: Actor, day: date) -> QuerySet[SteeringDocument]:
    """The documents that count: issued by one's own body, seen by the actor, and not exempt from publicity.

    What is exempt is not generally available, so the law does not count it.
    """
    rows: QuerySet[SteeringDocument] = SteeringDocument.objects.visible_to(actor, day)
    rows = rows.filter(issuer__uuid=actor.organisation, state=DocumentState.ISSUED)
    return rows.exclude(publication__state=PublicationState.EXEMPT).annotate(of_year=ExtractYear("document_date"))


def _extent(measure: str) -> Any:
    """What one document counts for: 1, its words, or its pages (the copy to read, else the file it came as)."""
    if measure == WORDS:
        words = Func(F("text"), Value(r"\S+"), function="regexp_count", output_field=IntegerField())
        texts = Passage.objects.filter(document=OuterRef("pk")).exclude(kind=PassageKind.FURNITURE)
        return Subquery(texts.order_by().values("document").annotate(n=Sum(words)).values("n"))
    rendered = Rendition.objects.filter(document=OuterRef("pk"), role=Rendition.Role.READING).values("pages")[:1]
    paged = Passage.objects.filter(document=OuterRef("pk")).order_by()
    came = paged.values("document").annotate(n=Max("page")).values("n")
    return Coalesce(Subquery(rendered), Subquery(came))


def amounts(rows: QuerySet[SteeringDocument], measure: str) -> dict[tuple[int, str], Amount]:
    """Year and kind → how much in each norm. One query."""
    rows = rows.annotate(extent=_extent(measure)) if measure != DOCUMENTS else rows.annotate(extent=Value(1))
    grouped = rows.values("of_year", "kind__code", "language").annotate(
        n=Coalesce(Sum("extent"), 0), unknown=Count("pk", filter=Q(extent__isnull=True) | Q(extent=0))
    )
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in grouped.order_by():
        held = found[row["of_year"], row["kind__code"]]
        held[row["language"]] += row["n"]
        held["unknown"] += row["unknown"]
    return {key: Amount(held[Language.NB], held[Language.NN], held["unknown"]) for key, held in found.items()}


def _added(all_of: Sequence[Amount]) -> Amount:
    return Amount(sum(a.nb for a in all_of), sum(a.nn for a in all_of), sum(a.unknown for a in all_of))


def norms_page(actor: Actor, day: date, chosen: Mapping[str, str]) -> NormsPage:
    """Every year with its kinds, the chart, and the documents behind the figure that is chosen. Four queries."""
    measure = chosen.get("measure") or DOCUMENTS
    rows = counting(actor, day)
    if chosen.get("kind"):
        rows = rows.filter(kind__code=chosen["kind"])
    found = amounts(rows, measure)
    names = {row.code: str(row) for row in DocumentKind.objects.all()}
    rules = list(WrittenNormRule.objects.order_by("valid_from"))
    years = sorted({year for year, _kind in found}, reverse=True)
    lines = list[NormLine]()
    for year in years:
        kinds = sorted((names[code], code) for of, code in found if of == year)
        whole = _added([found[year, code] for _name, code in kinds])
        lines.append(_line(year, "", "", whole, rules, measure))
        lines += [_line(year, name, code, found[year, code], None, measure) for name, code in kinds]
    now = _rule(rules, years[0] if years else day.year)
    chart, title = _chart(lines, now)
    return NormsPage(
        lines=lines,
        years=years,
        chart=chart,
        chart_title=title,
        rule=_rule_words(now),
        unknown=sum(line.amount.unknown for line in lines if not line.kind_code),
        listed=_listed(rows, chosen) if chosen.get("year") else [],
        listed_title=_listed_title(chosen, names),
    )


def _rule(rules: Sequence[WrittenNormRule], year: int) -> WrittenNormRule | None:
    """The rule that held at the end of the year."""
    last = date(year, 12, 31)
    held = [rule for rule in rules if rule.valid_from <= last and (rule.valid_to is None or rule.valid_to >= last)]
    return held[-1] if held else None


def _rule_words(rule: WrittenNormRule | None) -> str:
    if rule is None:
        return ""
    basis = rule.basis[:1].lower() + rule.basis[1:]
    return _("Minst %(share)s prosent i hver målform i året (%(basis)s).") % {"share": rule.share, "basis": basis}


def _line(
    year: int, kind: str, code: str, amount: Amount, rules: Sequence[WrittenNormRule] | None, measure: str
) -> NormLine:
    def url(norm: str) -> str:
        query = f"?year={year}&norm={norm}&measure={measure}{f'&kind={code}' if code else ''}#liste"
        return reverse("governance:written_norms") + query

    rule = _rule(rules, year) if rules else None
    met = amount.met(rule.share) if rule is not None and amount.total else None
    words = {True: _("kravet er nådd"), False: _("under kravet"), None: ""}[met]
    return NormLine(year, kind, code, amount, url("nb"), url("nn"), words, met)


def _chart(lines: Sequence[NormLine], rule: WrittenNormRule | None) -> tuple[SafeString | None, str]:
    """The norm least used each year against the line of the law."""
    title = _("Andelen i den målformen som er minst brukt, prosent")
    whole = [line for line in lines if not line.kind_code and line.amount.total]
    if not whole:
        return None, title
    bars = tuple(
        charts.Bar(str(line.year), round(100 * min(line.amount.nb, line.amount.nn) / line.amount.total))
        for line in sorted(whole, key=lambda line: line.year)[-15:]
    )
    limit = charts.Requirement(rule.share, f"{rule.share} %", "at_least") if rule else None
    chart = charts.BarChart(bars, (_("Prosent"), ""), _("År"), limit)
    return mark_safe(charts.svg(chart, title=title, key="maalform")), title  # noqa: S308  our own drawing


def _listed(rows: QuerySet[SteeringDocument], chosen: Mapping[str, str]) -> list[Listed]:
    rows = rows.filter(of_year=chosen["year"])
    if chosen.get("norm"):
        rows = rows.filter(language=chosen["norm"])
    found = rows.select_related("kind", "recipient").defer("canonical_text", "search")
    return [
        Listed(
            row.title, reverse("governance:document", args=[row.uuid]), row.recipient.short, str(row.kind),
            str(row.get_language_display()), row.document_date, row.language if row.language != "nb" else "",
        )
        for row in found.order_by("document_date", "pk")[:MOST_LISTED]
    ]  # fmt: skip


def _listed_title(chosen: Mapping[str, str], names: Mapping[str, str]) -> str:
    words = {"year": chosen.get("year", ""), "norm": dict(Language.choices).get(chosen.get("norm", ""), "")}
    title = _("Dokumenter i %(year)s på %(norm)s") if words["norm"] else _("Dokumenter i %(year)s")
    kind = names.get(chosen.get("kind", ""), "")
    return f"{title % words}, {kind.lower()}" if kind else title % words


def choices(actor: Actor, day: date) -> dict[str, list[tuple[str, str]]]:
    """What the filter offers: only years and kinds there are documents of."""
    pairs = set(counting(actor, day).order_by().values_list("of_year", "kind__code", "kind__name_nb").distinct())
    return {
        "measure": [(WORDS, _("Ord")), (PAGES, _("Sider"))],
        "kind": sorted({(code, name) for _year, code, name in pairs}, key=lambda pair: pair[1]),
        "year": [(str(year), str(year)) for year in sorted({year for year, _c, _n in pairs}, reverse=True)],
        "norm": [(str(code), str(label).capitalize()) for code, label in Language.choices],
    }


def sheet(actor: Actor, day: date) -> Sheet:
    """Every year and kind by all three measures."""
    rows = counting(actor, day)
    measured = {measure: amounts(rows, measure) for measure in (DOCUMENTS, WORDS, PAGES)}
    names = {row.code: str(row) for row in DocumentKind.objects.all()}
    rules = list(WrittenNormRule.objects.order_by("valid_from"))
    heads = [_("År"), _("Type")]
    for measure in measured:
        heads += [_("Bokmål, %(m)s") % {"m": measure}, _("Nynorsk, %(m)s") % {"m": measure}]
    heads += [_("Nynorsk i prosent av dokumentene"), _("Krav i prosent"), _("Hjemmel")]
    table = []
    for year, code in sorted(measured[DOCUMENTS], key=lambda key: (-key[0], names[key[1]])):
        own = [found.get((year, code), Amount()) for found in measured.values()]
        rule = _rule(rules, year)
        figures = [figure for amount in own for figure in (amount.nb, amount.nn)]
        law = [rule.share, rule.basis] if rule else ["", ""]
        table.append([year, names[code], *figures, own[0].nynorsk, *law])
    return Sheet(_("Målform"), heads, table, (8, 30, *([14] * 6), 18, 14, 40))
