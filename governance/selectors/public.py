"""What the public reads without logging in: documents that are published now, with exempt assignments as shells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting
from core.errors import NotFound
from core.models import StoredFile
from core.visuals.parts import Link, PageHead
from governance.lone_headings import read_passages
from governance.models import (
    AssignmentItem,
    DocumentKind,
    DocumentState,
    ItemPassage,
    Language,
    PassageKind,
    Publication,
    PublicationState,
    Rendition,
)
from governance.paragraphs import flowing

PAGE_SIZE = 50


@dataclass(frozen=True)
class PublishedLine:
    """One published document in the list."""

    title: str
    url: str
    kind: str
    issuer: str
    recipient: str
    dated: str
    lang: str


@dataclass(frozen=True)
class PublishedText:
    """One passage as the public reads it."""

    text: str
    level: int = 0
    lang: str = ""


@dataclass(frozen=True)
class PublishedPage:
    """One published document."""

    head: PageHead
    facts: Sequence[tuple[object, ...]]
    texts: Sequence[PublishedText]
    pdf: str
    data: str
    places: Sequence[Link]
    lang: str


def published() -> QuerySet[Publication]:
    """Publications that hold now: issued, published, not withdrawn. The only door to the public."""
    rows: QuerySet[Publication] = Publication.objects.filter(
        state=PublicationState.PUBLISHED, document__state=DocumentState.ISSUED
    ).select_related("document", "document__kind", "document__issuer", "document__recipient")
    return rows.order_by("-document__document_date", "-document_id")


def one(uuid: UUID) -> Publication:
    """The publication of one document. Raises NotFound for everything the public may not know of."""
    found = published().filter(document__uuid=uuid).first()
    if found is None:
        raise NotFound(_("Dokumentet finnes ikke, eller det er ikke publisert."))
    return found


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the filter offers: only what is among the published documents."""
    rows = published().order_by()
    agencies = Organisation.objects.filter(pk__in=rows.values("document__recipient")).order_by("name")
    years = sorted({year for year in rows.values_list("document__year", flat=True) if year}, reverse=True)
    kinds = DocumentKind.objects.filter(pk__in=rows.values("document__kind")).order_by("name_nb")
    return {
        "virksomhet": [(str(row.uuid), row.name) for row in agencies],
        "ar": [(str(year), str(year)) for year in years],
        "type": [(row.code, row.name_nb) for row in kinds],
        "malform": [(code, str(label)) for code, label in Language.choices],
    }


def filtered(chosen: Mapping[str, str]) -> QuerySet[Publication]:
    """The published documents by agency, year, kind and written norm."""
    lookups = {
        "virksomhet": "document__recipient__uuid",
        "ar": "document__year",
        "type": "document__kind__code",
        "malform": "document__language",
    }
    asked: dict[str, Any] = {lookups[name]: value for name, value in chosen.items() if value and name in lookups}
    return published().filter(**asked)


def lines(rows: Sequence[Publication]) -> list[PublishedLine]:
    """Rows of the list."""
    return [
        PublishedLine(
            title=row.public_title,
            url=reverse("governance:published_document", args=[row.document.uuid]),
            kind=row.document.kind.name_nb,
            issuer=row.document.issuer.name,
            recipient=row.document.recipient.name,
            dated=_dated(row.document.document_date),
            lang="nn" if row.document.language == Language.NN else "",
        )
        for row in rows
    ]


def _dated(day: date | None) -> str:
    return formatting.full_date(day) if day else ""


def withheld(publication: Publication) -> set[UUID]:
    """Every exempt assignment of the document: nobody of the public is a named reader."""
    rows = AssignmentItem.objects.filter(document_id=publication.document_id, restricted=True)
    return set(rows.values_list("uuid", flat=True))


def page_of(publication: Publication) -> PublishedPage:
    """The document as an accessible page: its own words and headings, in its own written norm."""
    document = publication.document
    lang = "nn" if document.language == Language.NN else ""
    return PublishedPage(
        head=PageHead(
            title=publication.public_title,
            overline=_("Fra %(issuer)s til %(recipient)s")
            % {"issuer": document.issuer.name, "recipient": document.recipient.name},
            crumbs=[Link(_("Publiserte styringsdokumenter"), reverse("governance:published"))],
            lang=lang,
        ),
        facts=_facts(publication),
        texts=_texts(publication),
        pdf=reverse("governance:published_pdf", args=[document.uuid]) if reading_file(publication) else "",
        data=reverse("governance:published_data", args=[document.uuid]),
        places=_places(publication),
        lang=lang,
    )


def _facts(publication: Publication) -> list[tuple[object, ...]]:
    document = publication.document
    pairs: list[tuple[object, ...]] = [
        (_("Type"), document.kind.name_nb),
        (_("Dato"), _dated(document.document_date)),
        (_("Gjelder fra"), _dated(document.effective_on)),
        (_("Budsjettår"), str(document.year or "")),
        (_("Saksnummer"), document.case_number),
        (_("Målform"), str(document.get_language_display())),
        (_("Publisert"), formatting.moment(publication.published_at) if publication.published_at else ""),
        (_("Kontrollsum"), document.sha256),
    ]
    return [pair for pair in pairs if pair[1]]


def _places(publication: Publication) -> list[Link]:
    """Where the same document lies at the two parties' own pages."""
    document = publication.document
    places = [(document.issuer.name, publication.issuer_url), (document.recipient.name, publication.recipient_url)]
    return [Link(_("Hos %(name)s") % {"name": name}, url) for name, url in places if url]


def _texts(publication: Publication) -> list[PublishedText]:
    hidden = withheld(publication)
    shells = {
        item.uuid: item for item in AssignmentItem.objects.filter(document_id=publication.document_id, uuid__in=hidden)
    }
    owner: dict[int, UUID] = dict(ItemPassage.objects.filter(item__in=hidden).values_list("passage_id", "item"))
    made: list[PublishedText] = []
    said: set[UUID] = set()
    read_in = bool(publication.document.extractor)
    rows = [row for row in read_passages(publication.document) if row.kind != PassageKind.FURNITURE]
    for row in rows:
        item = owner.get(row.pk)
        if item is None:
            lang = row.language if row.language != publication.document.language else ""
            level = min(row.heading_level + 1, 4) if row.heading_level else 0
            made.append(PublishedText(flowing(row.printed, read_in=read_in), level, lang))
        elif item not in said:
            said.add(item)
            made.append(PublishedText(_shell(shells[item])))
    return made


def _shell(item: AssignmentItem) -> str:
    title = item.restricted_title or _("oppdrag unntatt offentlighet")
    words = _("%(number)s, %(title)s. Unntatt offentlighet, jf. %(basis)s. Avdeling: %(department)s.")
    return words % {
        "number": item.reference or _("Oppdrag"),
        "title": title,
        "basis": item.restricted_basis,
        "department": item.department_text or "–",
    }


def reading_file(publication: Publication) -> StoredFile | None:
    """The copy to read, in which exempt assignments are shells; None until it has been made."""
    row = (
        Rendition.objects.filter(
            document_id=publication.document_id, role=Rendition.Role.READING, file__removed_at__isnull=True
        )
        .select_related("file")
        .order_by("-id")
        .first()
    )
    return row.file if row else None
