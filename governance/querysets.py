"""What may be seen of documents, and how lists and pages fetch them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from agencies.querysets import organisations_with, reads_copies
from agencies.rights import Right
from core.actor import Actor
from core.querysets import BaseQuerySet


class SteeringDocumentQuerySet(BaseQuerySet[Any]):
    """Governing documents."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Issued documents of agencies one has a part in, drafts of those one drafts for, and copies one was sent.

        A draft is seen only from the issuer's side: the actor sits in the issuing organisation.
        """
        if not actor.is_person:
            return self.none()
        issued = Q(state="issued") & (
            Q(recipient_id__in=organisations_with(actor, Right.SEE_DOCUMENTS, day))
            | Q(Exists(self._copies(actor)), reads_copies(actor, day))
        )
        drafts = ~Q(state="issued") & Q(
            issuer__uuid=actor.organisation, recipient_id__in=organisations_with(actor, Right.SEE_DRAFTS, day)
        )
        return self.filter(issued | drafts)

    def _copies(self, actor: Actor) -> Any:
        return apps.get_model("governance", "Dispatch")._default_manager.filter(
            subject=OuterRef("uuid"), recipient__uuid=actor.organisation, state="sent", role="copy"
        )

    def for_year(self, year: int) -> Self:
        """Letters of a budget year."""
        return self.filter(year=year)

    def for_list(self) -> Self:
        """With the words a list shows, without the text."""
        return self.select_related("kind", "issuer", "recipient", "supplements").defer("canonical_text", "search")

    def for_detail(self) -> Self:
        """With everything the page's head shows."""
        return self.select_related(
            "kind", "issuer", "recipient", "supplements", "snapshot", "created_by", "last_edited_by"
        ).defer("search")

    def in_force(self, day: date) -> Self:
        """Issued documents whose first day has come, newest first."""
        return (
            self.filter(state="issued")
            .filter(Q(effective_on__lte=day) | Q(effective_on__isnull=True, document_date__lte=day))
            .order_by(F("effective_on").desc(nulls_last=True), "-document_date", "-id")
        )


class PassageQuerySet(BaseQuerySet[Any]):
    """Passages, in reading order."""


class DispatchQuerySet(BaseQuerySet[Any]):
    """Dispatches."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The sender's side sees all of its own; a recipient sees what reached it. Never who else opened it."""
        if not actor.is_person:
            return self.none()
        own = Q(sender__uuid=actor.organisation)
        received = Q(recipient__uuid=actor.organisation, state="sent")
        return self.filter(own | received).filter(reads_copies(actor, day))


class JournalEntryQuerySet(BaseQuerySet[Any]):
    """The journal queue of one's own organisation."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Only one's own archive, and only with the right to journal for the agency it is about."""
        if not actor.is_person:
            return self.none()
        journal = organisations_with(actor, Right.JOURNAL, day)
        return self.filter(
            Q(organisation__uuid=actor.organisation) & (Q(counterpart_id__in=journal) | Q(organisation_id__in=journal))
        )


class FindingQuerySet(BaseQuerySet[Any]):
    """Findings."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Findings belong to the side that drafts and registers: its judgement, not the agency's."""
        if not actor.is_person:
            return self.none()
        agencies = organisations_with(actor, Right.SEE_DRAFTS, day)
        importing = Exists(organisations_with(actor, Right.IMPORT_DOCUMENTS, day))
        return self.filter(
            Q(document__recipient_id__in=agencies)
            | (Q(document__isnull=True, document_import__isnull=False) & Q(importing)),
            organisation__uuid=actor.organisation,
        )


class ImportQuerySet(BaseQuerySet[Any]):
    """Imports."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Imports of one's own organisation, for those who import."""
        if not actor.is_person:
            return self.none()
        return self.filter(
            Exists(organisations_with(actor, Right.IMPORT_DOCUMENTS, day)),
            organisation__uuid=actor.organisation,
        )


class CommentQuerySet(BaseQuerySet[Any]):
    """Comments on rows of documents."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Internal words stay in the organisation that wrote them; shared ones are read by both sides (K10).

        The caller narrows to documents (or hearings) the actor sees.
        """
        if not actor.is_person:
            return self.none()
        return self.filter(Q(organisation__uuid=actor.organisation) | Q(audience="shared"))
