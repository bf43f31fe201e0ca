"""Årets brev: all letters of an agency in a budget year on one page, with the money counted once (V-22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation
from core import formatting
from core.visuals.parts import Empty, Link, PageHead
from governance import links
from governance.consolidation import Consolidated, PostTotal, Source, YearTotals, post_totals
from governance.consolidation.totals import CARRIED, REPEATED
from governance.items import ITEM_TYPES
from governance.selectors.reading.scope import Reader, consolidated_for, crumbs, document_link
from governance.selectors.reading.words import RowLine, names_of, row_line


@dataclass(frozen=True)
class LetterLine:
    """A letter of the year: what it holds, and what it changed."""

    link: Link
    kind: str
    dated: str
    holds: str
    changes: Sequence[str]
    column: str


@dataclass(frozen=True)
class MoneyRow:
    """A chapter and post. ``cells`` are the letters' own columns, None where a letter says nothing."""

    code: str
    name: str
    carried: int | None
    cells: Sequence[int | None]
    total: int
    history: str
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class MoneyTable:
    """Expenses or incomes. Amounts are whole kroner."""

    title: str
    rows: Sequence[MoneyRow]
    carried: int
    sums: Sequence[int]
    total: int
    sentence: str


@dataclass(frozen=True)
class YearPage:
    """The page."""

    head: PageHead
    years: Sequence[Link]
    letters: Sequence[LetterLine]
    columns: Sequence[str]
    money: Sequence[MoneyTable]
    assignments: Sequence[RowLine]
    empty: Empty | None


def year_page(reader: Reader, agency: Organisation, year: int) -> YearPage:
    """The year as known now, whatever of it has come into force. A fixed number of queries."""
    found = consolidated_for(reader, agency, date(year, 12, 31))
    letters = [source for source in found.documents if source.family != "instruction" and source.year == year]
    totals = post_totals(found)
    columns = [source for source in letters if any(source.uuid in row.by_document for row in _all(totals))]
    return YearPage(
        head=_head(agency, year, letters),
        years=[_year_link(agency, each, year) for each in (year - 1, year, year + 1)],
        letters=[_letter(source, found, letters.index(source) + 1) for source in letters],
        columns=[_("Brev %(n)s") % {"n": letters.index(source) + 1} for source in columns],
        money=money_tables(agency, totals, columns),
        assignments=_assignments(found, letters, reader),
        empty=None
        if letters
        else Empty(_("Ingen brev"), _("Ingen brev for dette budsjettåret er utstedt eller registrert.")),
    )


def _all(totals: YearTotals) -> list[PostTotal]:
    return [*totals.expenses, *totals.incomes]


def _head(agency: Organisation, year: int, letters: Sequence[Source]) -> PageHead:
    words = ngettext("%(n)s brev", "%(n)s brev", len(letters)) % {"n": len(letters)}
    return PageHead(
        title=_("Årets brev %(year)s") % {"year": year},
        overline=agency.name,
        lead=_("%(letters)s. Penger som er overført fra i fjor, er talt én gang.") % {"letters": words},
        crumbs=crumbs(agency),
    )


def _year_link(agency: Organisation, year: int, chosen: int) -> Link:
    return Link(str(year), reverse("governance:year_letters", args=[agency.uuid, year]), current=year == chosen)


def _letter(source: Source, found: Consolidated, number: int) -> LetterLine:
    own = Counter(entry.item.key for entry in found.rows if entry.source.id == source.id)
    told = ("assignment", "goal", "parameter", "key_figure", "reporting", "budget_line")
    holds = [
        f"{own[key]} {str(ITEM_TYPES[key].one if own[key] == 1 else ITEM_TYPES[key].plural).lower()}"
        for key in told
        if own[key]
    ]
    changes = []
    for entry in (*found.rows, *found.carried):
        changes += [_did(change.kind, entry.item.name) for change in entry.changes
                    if change.document.id == source.id and change.kind != "add" and entry.replaces is None]  # fmt: skip
    return LetterLine(
        link=document_link(source),
        kind=source.kind,
        dated=formatting.full_date(source.dated or source.on),
        holds=formatting.listing(holds),
        changes=changes,
        column=_("Brev %(n)s") % {"n": number},
    )


def _did(kind: str, name: str) -> str:
    words = {
        "replace": _("erstatter %(name)s"),
        "withdraw": _("trekker %(name)s"),
        "move_deadline": _("flytter fristen for %(name)s"),
        "amount_delta": _("endrer beløpet på %(name)s"),
        "clarify": _("presiserer %(name)s"),
    }
    return words.get(kind, "%(name)s") % {"name": name}


# ---- money ----
def money_tables(agency: Organisation, totals: YearTotals, columns: Sequence[Source]) -> list[MoneyTable]:
    """Expenses and incomes, those that have rows."""
    kinds = (
        (_("Utgifter"), totals.expenses, totals.expense_sums.total),
        (_("Inntekter"), totals.incomes, totals.income_sums.total),
    )
    return [_table(agency, title, rows, total, columns) for title, rows, total in kinds if rows]


def _table(
    agency: Organisation, title: str, posts: Sequence[PostTotal], total: int, columns: Sequence[Source]
) -> MoneyTable:
    rows = [_row(agency, post, columns) for post in posts]
    carried = sum(row.carried or 0 for row in rows)
    sums = [sum(row.cells[n] or 0 for row in rows) for n in range(len(columns))]
    words = _("Overført fra i fjor %(carried)s + brevene %(letters)s = samlet tildeling %(total)s") % {
        "carried": formatting.in_thousand_kroner(carried),
        "letters": formatting.in_thousand_kroner(sum(sums)),
        "total": formatting.in_thousand_kroner(total),
    }
    return MoneyTable(title, rows, carried, sums, total, words)


def _row(agency: Organisation, post: PostTotal, columns: Sequence[Source]) -> MoneyRow:
    cells: dict[UUID, int] = {}
    for part in post.parts:
        if part.column != CARRIED:
            cells[part.document.uuid] = cells.get(part.document.uuid, 0) + part.amount
    has_carried = any(part.column == CARRIED for part in post.parts)
    return MoneyRow(
        code=post.code,
        name=post.name,
        carried=post.sums.carried if has_carried else None,
        cells=[cells.get(source.uuid) for source in columns],
        total=post.sums.total,
        history=reverse("governance:post_history", args=[agency.uuid, post.chapter * 100 + post.post]),
        notes=_notes(post),
    )


def _notes(post: PostTotal) -> list[str]:
    notes = []
    for entry, reason in post.uncounted:
        values = {"amount": formatting.in_thousand_kroner(int(entry.item.data["amount"])), "title": entry.source.title}
        words = _("%(amount)s i %(title)s er ikke talt med: under avklaring.") % values
        if reason == REPEATED:
            words = _("%(amount)s i %(title)s er de samme overførte midlene, og er talt én gang.") % values
        notes.append(words if reason in ("", REPEATED) else f"{words} {reason}")
    if post.differs and post.stated is not None and post.stated_in is not None:
        notes.append(
            _("%(title)s oppgir ny sum %(stated)s. Summen av brevene er en annen.")
            % {"title": post.stated_in.title, "stated": formatting.in_thousand_kroner(post.stated)}
        )
    return notes


def _assignments(found: Consolidated, letters: Sequence[Source], reader: Reader) -> list[RowLine]:
    ids = {source.id for source in letters}
    entries = [entry for entry in found.rows if entry.item.key == "assignment" and entry.source.id in ids]
    pages = links.item_pages(reader.actor, [entry.item.uuid for entry in entries], reader.today)
    names = names_of(entry.item for entry in entries)
    return [row_line(entry, names, pages) for entry in entries]
