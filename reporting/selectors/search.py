"""One search over letters, passages, assignments, answers and reports: only what the person may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.models import Assignment
from core.actor import Actor
from core.visuals.parts import Empty, PageHead
from governance.models import Passage, PassageKind, SteeringDocument
from reporting.models import Report

#: Hits shown of each kind; the count beside the heading says when there are more.
SHOWN = 20
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One hit: what it is, where, and the words around."""

    title: str
    url: str
    where: str
    words: str = ""


@dataclass(frozen=True)
class HitGroup:
    """Hits of one kind. ``more`` is true when there are more than are shown."""

    label: str
    hits: Sequence[Hit]
    more: bool


@dataclass(frozen=True)
class SearchPage:
    """The page."""

    head: PageHead
    text: str
    groups: Sequence[HitGroup]
    empty: Empty | None


def search_page(*, actor: Actor, day: date, text: str) -> SearchPage:
    """Search all kinds at once. The stemmer misses compounds, so part of a word is looked for as well."""
    words = " ".join(text.split())[:200]
    groups: list[HitGroup] = []
    if len(words) >= SHORTEST:
        query = SearchQuery(words, config="norwegian", search_type="websearch")
        found = [
            _group(_("Oppdrag"), _assignments(actor, day, words, query), _assignment_hit),
            _group(_("Styringsdokumenter"), _documents(actor, day, words, query), _document_hit),
            _group(
                _("Avsnitt i brev og instrukser"), _passages(actor, day, words), lambda row: _passage_hit(row, words)
            ),
            _group(_("Rapporter"), _reports(actor, day, words), _report_hit),
        ]
        groups = [group for group in found if group.hits]
    return SearchPage(
        head=PageHead(title=_("Søk")), text=words, groups=groups, empty=None if groups else _nothing(words)
    )


def _nothing(words: str) -> Empty:
    if len(words) < SHORTEST:
        return Empty(
            _("Skriv hva du leter etter"), _("Søk på oppdragsnummer, ord i titler, brevtekst eller rapporter.")
        )
    sentence = _("Prøv færre eller andre ord. Søket viser bare det rollen din gir tilgang til.")
    return Empty(_("Ingen treff på «%(words)s»") % {"words": words}, sentence)


def _group(label: str, rows: QuerySet[Any], hit: Any) -> HitGroup:
    found = list(rows[: SHOWN + 1])
    return HitGroup(label, [hit(row) for row in found[:SHOWN]], len(found) > SHOWN)


def _assignments(actor: Actor, day: date, words: str, query: SearchQuery) -> QuerySet[Any]:
    condition = Q(search=query) | Q(reference__icontains=words.replace(" ", "")) | Q(title__icontains=words)
    rows: QuerySet[Any] = (
        Assignment.objects.readable_by(actor, day)
        .filter(condition)
        .select_related("responsible")
        .order_by("-letter_year", "series", "number", "pk")
    )
    return rows


def _assignment_hit(row: Assignment) -> Hit:
    where = f"{row.responsible.short} · {row.letter_year} · {row.get_status_display()}"
    return Hit(f"{row.reference} {row.title}".strip(), reverse("assignments:passport", args=[row.uuid]), where)


def _documents(actor: Actor, day: date, words: str, query: SearchQuery) -> QuerySet[Any]:
    """Titles and full text; a document with something exempt is found by its title and its open passages alone."""
    rows: QuerySet[Any] = SteeringDocument.objects.visible_to(actor, day).for_list()
    closed = _hidden_items(actor, day).values("document_id")
    text = Q(search=query) & ~Q(pk__in=closed)
    return rows.filter(Q(title__icontains=words) | text).order_by("-document_date", "-pk")


def _hidden_items(actor: Actor, day: date) -> QuerySet[Any]:
    """Exempt rows of documents that the actor may not read."""
    from governance.models import AssignmentItem

    readable = Assignment.objects.readable_by(actor, day).filter(item__isnull=False).values("item__uuid")
    rows: QuerySet[Any] = AssignmentItem.objects.filter(restricted=True).exclude(uuid__in=readable)
    return rows


def _document_hit(row: SteeringDocument) -> Hit:
    name = "governance:document" if row.is_issued else "governance:draft"
    where = f"{row.kind.name_nb} · {row.recipient.short}"
    return Hit(row.title, reverse(name, args=[row.uuid]), where)


def _passages(actor: Actor, day: date, words: str) -> QuerySet[Any]:
    """Passages of letters, but never those an exempt assignment rests on."""
    from governance.models import ItemPassage

    documents = SteeringDocument.objects.visible_to(actor, day).values("pk")
    hidden = ItemPassage.objects.filter(item__in=_hidden_items(actor, day).values("uuid")).values("passage_id")
    rows: QuerySet[Any] = (
        Passage.objects.filter(document_id__in=documents, text__icontains=words)
        .exclude(kind=PassageKind.FURNITURE)
        .exclude(pk__in=hidden)
        .select_related("document", "document__recipient")
        .order_by("-document__document_date", "document_id", "ordinal")
    )
    return rows


def _passage_hit(row: Passage, words: str) -> Hit:
    at = row.text.lower().find(words.lower())
    start, end = max(at - 80, 0), at + len(words) + 80
    around = ("… " if start else "") + " ".join(row.text[start:end].split()) + (" …" if end < len(row.text) else "")
    place = _("punkt %(number)s") % {"number": row.section_number} if row.section_number else ""
    name = "governance:document" if row.document.is_issued else "governance:draft"
    where = " · ".join(part for part in (row.document.recipient.short, place) if part)
    return Hit(row.document.title, f"{reverse(name, args=[row.document.uuid])}#avsnitt-{row.ordinal}", where, around)


def _reports(actor: Actor, day: date, words: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = Report.objects.visible_to(actor, day).for_list()
    return (
        rows.filter(Q(title__icontains=words) | Q(section_set__text__icontains=words))
        .distinct()
        .order_by("-year", "-pk")
    )


def _report_hit(row: Report) -> Hit:
    where = f"{row.agency.short} · {row.get_state_display()}"
    return Hit(row.title, reverse("reporting:report", args=[row.uuid]), where)
