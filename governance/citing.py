"""Which earlier assignment a letter cites, however it writes the number (R-14). Reads; written by the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from agencies.models import Organisation
from governance.consolidation.numbers import number_key, written_key
from governance.models import (
    AssignmentItem,
    Citation,
    CitationKind,
    DocumentImport,
    DocumentState,
    ImportRow,
    ImportState,
    ResolvedCitation,
    RowState,
    SteeringDocument,
)

_YEAR = re.compile(r"(?:19|20)\d\d")
_POINT = re.compile(r"(?:,?\s+(?:bokstav|punkt|pkt\.?|del|deloppdrag)\s+\w{1,3}|\s+\d[a-z])$", re.IGNORECASE)
"""The sub-point after a number: «, bokstav c»."""
_GONE = (RowState.PROSE, RowState.MERGED)


@dataclass(frozen=True)
class Cited:
    """An assignment that can be cited: its row, its number as written, its title (empty when exempt), its letter."""

    item: UUID
    key: str
    reference: str
    title: str
    document: SteeringDocument

    @property
    def words(self) -> str:
        """«TB2025-22a Bedre veiledning, Tildelingsbrev 2025»."""
        return ", ".join(part for part in (f"{self.reference} {self.title}".strip(), self.document.title) if part)


def key_of(written: str) -> str:
    """The comparable number in a citation: «TTB2024 – 42» and «oppdrag TTB 2024-42, bokstav c» are the same."""
    words = _POINT.sub("", written.strip())
    for lead in ("deloppdrag", "oppdraget", "oppdragene", "oppdraga", "oppdrag"):
        if words.casefold().startswith(f"{lead} "):
            words = words[len(lead) :].strip()
            break
    return written_key(words)


def assignments_of(
    issuer: Organisation, agency: Organisation | None = None, *, keys: Iterable[str] | None = None
) -> list[Cited]:
    """The assignments a letter from the issuer can cite; the agency's own first, the latest letter first.

    With ``keys`` only those of the years in these numbers.
    """
    rows = (
        AssignmentItem.objects.filter(document__issuer=issuer, document__state=DocumentState.ISSUED, change="new")
        .exclude(reference="")
        .select_related("document")
        .defer("body", "document__canonical_text")
        .order_by("-document__document_date", "-document_id", "ordinal", "id")
    )
    years = {int(year) for key in keys or () for year in _YEAR.findall(key)}
    if keys is not None and years:
        rows = rows.filter(Q(year__in=years) | Q(year__isnull=True))
    found = [
        Cited(
            row.uuid,
            number_key({name: getattr(row, name) for name in ("reference", "series", "year", "number", "suffix")}),
            row.reference,
            "" if row.restricted else row.title,
            row.document,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.document.recipient_id != (agency.pk if agency else None))


def match(key: str, known: Iterable[Cited], agency: Organisation | None) -> Cited | None:
    """The assignment with the number: the agency's own, else another agency's when exactly one has it."""
    hits = [one for one in known if key and one.key == key]
    own = [one for one in hits if agency is not None and one.document.recipient_id == agency.pk]
    if own:
        return own[-1]  # the letter that gave the number, not one that repeats it
    return hits[0] if len({one.item for one in hits}) == 1 else None


def latest(citations: Iterable[int]) -> dict[int, ResolvedCitation]:
    """What each citation has been found to mean, by its primary key. One query."""
    rows = ResolvedCitation.objects.filter(citation__in=list(citations)).select_related("cited_document")
    found: dict[int, ResolvedCitation] = {}
    for row in rows.defer("cited_document__canonical_text").order_by("id"):
        held = found.get(row.citation_id)
        if held is None or row.by_hand or not held.by_hand:
            found[row.citation_id] = row
    return found


def unresolved(issuer: Organisation) -> list[Citation]:
    """Citations of assignments in the issuer's letters that nothing has been found for."""
    rows = Citation.objects.filter(
        document__issuer=issuer, document__state=DocumentState.ISSUED, kind=CitationKind.ASSIGNMENT
    )
    return list(rows.exclude(resolutions__isnull=False).select_related("document__recipient"))


# ---- on the way in ----
@dataclass(frozen=True)
class Citing:
    """A citation in an import: its place in the list, its words, and what it means.

    ``cited`` is a registered assignment; ``coming`` the title of a letter on its way in that gives the number.
    """

    place: int
    written: str
    passages: tuple[int, ...]
    cited: Cited | None
    coming: str
    chosen: bool
    none: bool


def of_import(found: DocumentImport) -> list[Citing]:
    """The earlier assignments the letter cites or changes, each with what it means. At most three queries."""
    own, changing = _own(found)
    rows = [
        (place, row)
        for place, row in enumerate(found.facts.get("citations") or ())
        if row.get("kind") == CitationKind.ASSIGNMENT.value and key_of(str(row.get("written") or "")) not in own
    ]
    said = {key_of(str(row.get("written") or "")) for _place, row in rows}
    rows += [(CHANGING, row) for key, row in changing.items() if key not in said]
    if not rows:
        return []
    known = assignments_of(found.organisation, found.agency)
    coming = _coming(found)
    made = []
    for place, row in rows:
        key, chosen = key_of(str(row.get("written") or "")), str(row.get("item") or "")
        cited = next((one for one in known if str(one.item) == chosen), None) if chosen else None
        if not chosen:
            cited = match(key, known, found.agency)
        made.append(
            Citing(
                place=place,
                written=str(row.get("written") or ""),
                passages=tuple(row.get("passages") or ()),
                cited=cited,
                coming="" if cited or chosen else coming.get(key, ""),
                chosen=bool(chosen),
                none=chosen == NONE,
            )
        )
    return made


NONE = "none"
"""Chosen by hand: none of the registered assignments is meant."""
CHANGING = -1
"""The place of an assignment that a row of the letter changes: its number is corrected in the row itself."""


def _own(found: DocumentImport) -> tuple[set[str], dict[str, dict[str, Any]]]:
    """(numbers the letter gives itself, earlier assignments its rows change by number). One query."""
    rows = ImportRow.objects.filter(document_import=found.pk, kind="assignment").exclude(state__in=_GONE)
    own: set[str] = set()
    changing: dict[str, dict[str, Any]] = {}
    for data, passages in rows.order_by("ordinal", "id").values_list("data", "passages"):
        reference = data.get("reference")
        if str(data.get("change") or "new") == "new":
            own |= {_key(reference)} - {""}
            continue
        meant = next(iter(data.get("earlier") or ()), None) or reference
        key = _key(meant)
        if key:
            changing.setdefault(key, {"written": meant.get("written"), "passages": passages})
    return own, {key: row for key, row in changing.items() if key not in own}


def _coming(found: DocumentImport) -> dict[str, str]:
    """Numbers that other letters on their way in give, with the title of the letter."""
    rows = ImportRow.objects.filter(
        document_import__organisation=found.organisation,
        document_import__state__in=(ImportState.REVIEW, ImportState.DETAILS),
        kind="assignment",
    ).exclude(document_import=found.pk)
    made: dict[str, str] = {}
    for data, title in rows.exclude(state__in=_GONE).values_list("data__reference", "document_import__title"):
        key = _key(data)
        if key:
            made.setdefault(key, title)
    return made


def _key(reference: Mapping[str, Any] | None) -> str:
    return number_key({**reference, "reference": reference.get("written")}) if reference else ""
