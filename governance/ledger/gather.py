"""Fetching what the ledger counts: a fixed number of queries however many agencies, letters and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from agencies.models import Organisation
from governance.consolidation import ChangeRow, Source, fold, post_totals
from governance.drafting.effect import change_rows, source_of
from governance.items import Item, read_items
from governance.ledger.balance import Allotment, Grant, PostBalance, balances
from governance.models import (
    Appropriation,
    AppropriationChangeKind,
    BudgetLine,
    DocumentState,
    SteeringDocument,
)

CARRIED = AppropriationChangeKind.CARRIED_OVER.value


def grants_of(owner: Organisation, year: int) -> list[Grant]:
    """The ledger of an organisation for a year, each post with the sums of its changes. Ended posts are left out."""
    rows = Appropriation.objects.filter(owner=owner, year=year, ended=False)
    carried = Sum("changes__amount", filter=Q(changes__kind=CARRIED), default=0)
    other = Sum("changes__amount", filter=~Q(changes__kind=CARRIED), default=0)
    return [
        Grant(row.chapter, row.post, row.name, row.amount, row.other, row.carried, row.uuid)
        for row in rows.annotate(carried=carried, other=other)
    ]


def has_ledger(owner: Organisation, year: int) -> bool:
    """Whether the organisation keeps a ledger for the year at all."""
    return Appropriation.objects.filter(owner=owner, year=year).exists()


def balances_of(owner: Organisation, year: int) -> list[PostBalance]:
    """Every post with what is granted, allotted in issued letters, and reserved in drafts."""
    return balances(grants_of(owner, year), allotments_of(owner, year))


def allotments_of(owner: Organisation, year: int) -> list[Allotment]:
    """Amounts that count against the owner's money in a year: its own letters, and lines others' letters say it pays.

    Issued letters with their supplements, carried-over money counted once (V-22), and drafts as reserved. Unclear
    lines are not counted.
    """
    documents = _documents(owner, year)
    items = read_items([row.pk for row in documents], ("budget_line",))
    changes = change_rows([row.pk for row in documents])
    by_agency: dict[int, list[SteeringDocument]] = defaultdict(list)
    for row in documents:
        by_agency[row.recipient_id].append(row)
    found: list[Allotment] = []
    for rows in by_agency.values():
        found += _of_agency(owner, rows, items, changes)
    return found


def _documents(owner: Organisation, year: int) -> list[SteeringDocument]:
    paid = BudgetLine.objects.filter(financing_ministry=owner).values("document_id")
    rows = SteeringDocument.objects.filter(Q(issuer=owner) | Q(pk__in=paid), year=year)
    rows = rows.exclude(state=DocumentState.DISCARDED).select_related("kind", "issuer", "recipient", "supplements")
    return list(rows.defer("canonical_text", "search").order_by("id"))


def _of_agency(
    owner: Organisation, documents: Sequence[SteeringDocument], items: Iterable[Item], changes: Iterable[ChangeRow]
) -> list[Allotment]:
    """Fold one agency's letters, drafts last, and keep the amounts the owner pays."""
    ids = {row.pk: row for row in documents}
    titles = {row.uuid: row for row in documents}
    totals = post_totals(
        fold(
            agency=documents[0].recipient.uuid,
            valid_on=date.max,
            known_at=None,
            documents=[source_of(row) for row in documents],
            items=[item for item in items if item.document_id in ids],
            changes=[change for change in changes if change.document_id in ids],
        )
    )
    found = []
    for total in (*totals.expenses, *totals.incomes):
        for part in total.parts:
            document = titles[part.document.uuid]
            if _payer(part.entry.item, part.entry.source) == owner.uuid:
                found.append(
                    Allotment(
                        chapter=total.chapter,
                        post=total.post,
                        agency=document.recipient.short,
                        amount=part.amount,
                        document=document.uuid,
                        title=document.title,
                        column=part.column,
                        draft=not document.is_issued,
                        name=total.name,
                    )
                )
    return found


def _payer(item: Item, source: Source) -> UUID:
    named = item.data.get("financing_ministry")
    return UUID(str(named)) if named else source.issuer
