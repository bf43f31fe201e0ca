"""What the money checks read beside the rows: the owner's ledger, other letters' use of it, and the running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from governance.checks.content import Money, MoneyText, PostUse, Row
from governance.consolidation import Consolidated, in_force, post_totals
from governance.drafting.effect import standing
from governance.ledger.gather import balances_of, has_ledger
from governance.models import (
    DocumentFamily,
    DocumentImport,
    EnclosureDispatch,
    Passage,
    PromisedEnclosure,
    SteeringDocument,
)


def money_of(document: SteeringDocument, passages: Iterable[Passage], *, day: date) -> Money:
    """For a draft: the ledger of its year, and what stood on each post before it. A fixed number of queries."""
    texts = tuple(MoneyText(str(p.uuid), p.text, heading=bool(p.heading_level)) for p in passages)
    if document.is_issued or document.year is None:
        return Money(texts=texts)
    before = _by_post(standing(document, day))
    if not has_ledger(document.issuer, document.year):
        return Money(texts=texts, before=before)
    posts = {}
    for balance in balances_of(document.issuer, document.year):
        own = sum(row.amount for row in balance.rows if row.document == document.uuid)
        posts[balance.chapter, balance.post] = PostUse(
            granted=balance.granted if balance.grant else None,
            allotted=balance.allotted,
            own=own,
            other_drafts=balance.reserved - own,
        )
    return Money(texts=texts, before=before, has_ledger=True, posts=posts)


def _by_post(consolidated: Consolidated) -> dict[tuple[int, int], int]:
    """The total of each chapter and post, whole kroner."""
    totals = post_totals(consolidated)
    return {(row.chapter, row.post): row.sums.total for row in (*totals.expenses, *totals.incomes)}


def money_of_import(
    found: DocumentImport, family: str, year: int | None, *, dated: date | None, number: int | None
) -> Money:
    """Of a letter on its way in: its own words, and for a supplement what stood on each post before it.

    A supplement without a date is held to everything that is registered for the year.
    """
    rows = sorted(found.passages, key=lambda row: row["ordinal"])
    texts = tuple(MoneyText(str(row["uuid"]), row["text"], bool(row.get("heading_level"))) for row in rows)
    if family != DocumentFamily.SUPPLEMENT or found.agency is None or year is None:
        return Money(texts=texts)
    earlier = SteeringDocument.objects.filter(issuer_id=found.organisation_id)
    if dated is not None:
        earlier = earlier.filter(_before(dated, number))
    if found.document_id is not None:
        earlier = earlier.exclude(pk=found.document_id)
    stood = in_force(agency=found.agency, valid_on=date(year, 12, 31), among=earlier)
    return Money(texts=texts, before=_by_post(stood))


def _before(dated: date, number: int | None) -> Q:
    """Letters of an earlier date; of the same date those with a lower number, or without numbers all that are here."""
    same = Q(document_date=dated)
    if number is not None:
        same &= Q(number__isnull=True) | Q(number__lt=number) | ~Q(kind__family=DocumentFamily.SUPPLEMENT)
    return Q(document_date__lt=dated) | same


def promised_rows(document: SteeringDocument) -> Iterator[Row]:
    """What the letter says is sent later, and whether it has been."""
    sent = set(EnclosureDispatch.objects.filter(document=document).values_list("enclosure_id", flat=True))
    for row in PromisedEnclosure.objects.filter(document=document):
        data = {"title": row.title, "expected_on": row.expected_on, "sent": row.pk in sent}
        yield Row(str(row.uuid), "enclosure", row.title[:200], data)
