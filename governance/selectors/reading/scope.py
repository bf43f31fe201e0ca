"""Whose text one may read, and from which documents: issued ones one sees, never drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import organisations_with
from agencies.rights import Right
from core.actor import Actor
from core.visuals.parts import Link
from governance.consolidation import Consolidated, Source, in_force
from governance.models import DocumentState, SteeringDocument
from governance.selectors.reading.masking import masked


@dataclass(frozen=True)
class Reader:
    """Who reads, and on which day the rights are asked."""

    actor: Actor
    today: date


def issued_seen(reader: Reader) -> QuerySet[SteeringDocument]:
    """The issued documents one sees: those of one's agencies, and copies one was sent."""
    rows: QuerySet[SteeringDocument] = SteeringDocument.objects.visible_to(reader.actor, reader.today)
    return rows.filter(state=DocumentState.ISSUED)


def readable_agencies(reader: Reader) -> QuerySet[Organisation]:
    """The agencies whose governing documents one reads, by right or by copy."""
    by_right = Q(pk__in=organisations_with(reader.actor, Right.SEE_DOCUMENTS, reader.today))
    by_copy = Q(pk__in=issued_seen(reader).values("recipient"))
    return Organisation.objects.filter(by_right | by_copy) if reader.actor.is_person else Organisation.objects.none()


def consolidated_for(
    reader: Reader,
    agency: Organisation,
    valid_on: date,
    *,
    known_at: datetime | None = None,
    letter: SteeringDocument | None = None,
) -> Consolidated:
    """What is in force, from the documents the reader sees, with exempt assignments as shells."""
    found = in_force(agency=agency, valid_on=valid_on, known_at=known_at, letter=letter, among=issued_seen(reader))
    return masked(found, reader.actor, reader.today)


def document_link(source: Source) -> Link:
    """To the document, by its title."""
    return Link(
        source.title,
        reverse("governance:document", args=[source.uuid]),
        lang="nn" if source.language == "nn" else "",
    )


def crumbs(agency: Organisation, *more: Link) -> list[Link]:
    """Where one is: the documents, then the text in force of the agency."""
    return [
        Link(_("Styringsdokumenter"), reverse("governance:documents")),
        Link(
            _("Gjeldende tekst, %(agency)s") % {"agency": agency.short},
            reverse("governance:in_force", args=[agency.uuid]),
        ),
        *more,
    ]
