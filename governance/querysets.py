"""What may be seen of documents, and how lists and pages fetch them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from agencies.querysets import departments_with, organisations_with, reads_copies, valid_on
from agencies.rights import DepartmentRight, Right
from core.actor import Actor
from core.querysets import BaseQuerySet, keys


def _takes_part(actor: Actor, day: date) -> Q:
    """The actor was asked for input to the draft, answers for a chapter of it, or stands in its approval route."""
    rows = apps.get_model
    departments = departments_with(actor, DepartmentRight.GIVE_INPUT, day)
    asked = rows("governance", "InputRequest")._default_manager.filter(
        round__document=OuterRef("pk"), department_id__in=departments
    )
    owned = rows("governance", "SectionOwner")._default_manager.filter(
        Q(user_id=actor.user_id) | Q(department_id__in=departments), document=OuterRef("pk"), ended_at__isnull=True
    )
    steps = rows("governance", "ApprovalStep")._default_manager.filter(is_mine(actor, day), document=OuterRef("pk"))
    return Q(Exists(asked)) | Q(Exists(owned)) | Q(Exists(steps.exclude(state="void")))


def is_mine(actor: Actor, day: date) -> Q:
    """Approval steps whose named approver the actor is, or stands in for in the role chosen."""
    if actor.on_behalf_of is None:
        return Q(approver_id=actor.user_id, approver_id__isnull=False)
    stand_ins = apps.get_model("agencies", "StandIn")._default_manager.filter(
        valid_on(day), user_id=actor.user_id, represented__uuid=actor.on_behalf_of
    )
    return Q(approver_id__in=stand_ins.values("represented__user_id"))


def _copies(actor: Actor) -> Any:
    dispatches: Any = apps.get_model("governance", "Dispatch")._default_manager
    return dispatches.copies_held().filter(subject=OuterRef("uuid"), recipient__uuid=actor.organisation, state="sent")


def _documents(actor: Actor, day: date) -> QuerySet[Any]:
    """The documents a person sees; see ``SteeringDocumentQuerySet.visible_to``."""
    issued = Q(state="issued") & (
        Q(recipient_id__in=organisations_with(actor, Right.SEE_DOCUMENTS, day))
        | Q(Exists(_copies(actor)), reads_copies(actor, day))
    )
    by_right = Q(recipient_id__in=organisations_with(actor, Right.SEE_DRAFTS, day))
    drafts = ~Q(state="issued") & Q(issuer__uuid=actor.organisation) & (by_right | _takes_part(actor, day))
    rows: QuerySet[Any] = apps.get_model("governance", "SteeringDocument")._default_manager.filter(issued | drafts)
    return rows


class SteeringDocumentQuerySet(BaseQuerySet[Any]):
    """Governing documents."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Issued documents of agencies one has a part in, drafts of those one drafts for, and copies one was sent.

        A draft is seen only from the issuer's side: the actor sits in the issuing organisation, and sees drafts to
        the agency by right, or was asked for input to this one, owns a chapter of it, or is to approve it.
        """
        if not actor.is_person:
            return self.none()
        return self.filter(pk__in=keys(_documents, actor, day))

    def for_year(self, year: int) -> Self:
        """Letters of a budget year."""
        return self.filter(year=year)

    def for_list(self) -> Self:
        """With the words a list shows, without the text."""
        heavy = ("canonical_text", "search")
        return self.select_related("kind", "issuer", "recipient", "supplements").defer(
            *heavy, *(f"supplements__{name}" for name in heavy)
        )

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
        received = Q(recipient__uuid=actor.organisation, state="sent") & ~Q(Exists(self._recalled()))
        return self.filter(own | received).filter(reads_copies(actor, day))

    def copies_held(self) -> Self:
        """Copies that have not been called back since they were planned."""
        return self.filter(~Q(Exists(self._recalled())), role="copy")

    def _recalled(self) -> Any:
        """A later word to the same recipient that the copy was sent by mistake."""
        return self.model._default_manager.filter(
            subject=OuterRef("subject"), recipient_id=OuterRef("recipient_id"), role="recall", pk__gt=OuterRef("pk")
        )


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

        What the agency shares in a hearing is read by the other side when the statement has been sent, not before.
        The caller narrows to documents (or hearings) the actor sees.
        """
        if not actor.is_person:
            return self.none()
        given = Q(hearing__isnull=True) | Q(hearing__answered_at__isnull=False) | Q(organisation=F("document__issuer"))
        return self.filter(Q(organisation__uuid=actor.organisation) | (Q(audience="shared") & given))

    def for_list(self) -> Self:
        """With the words a thread shows."""
        return self.select_related("organisation", "author", "hearing", "thread", "closed_by")


class HearingQuerySet(BaseQuerySet[Any]):
    """Hearing rounds."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The issuer's people who see drafts to the agency, and those who answer for the agency that is heard."""
        if not actor.is_person:
            return self.none()
        asking = Q(
            document__issuer__uuid=actor.organisation,
            document__recipient_id__in=organisations_with(actor, Right.SEE_DRAFTS, day),
        )
        heard = Q(
            document__recipient__uuid=actor.organisation,
            document__recipient_id__in=organisations_with(actor, Right.ANSWER_HEARING, day),
        )
        return self.filter(asking | heard)

    def for_detail(self) -> Self:
        """With the document's head and the frozen bytes' row."""
        return self.select_related(
            "document__kind",
            "document__issuer",
            "document__recipient",
            "shown",
            "opened_by",
            "answered_by",
            "closed_by",
        ).defer("document__canonical_text", "document__search")


class InputRequestQuerySet(BaseQuerySet[Any]):
    """Departments asked for input."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Those who write the letter see every answer; a department sees its own."""
        if not actor.is_person:
            return self.none()
        writing = Q(
            round__document__recipient_id__in=organisations_with(actor, Right.SEE_DRAFTS, day),
            round__document__issuer__uuid=actor.organisation,
        )
        own = Q(department_id__in=departments_with(actor, DepartmentRight.GIVE_INPUT, day))
        return self.filter(writing | own)

    def for_list(self) -> Self:
        """With the department and the round."""
        return self.select_related(
            "department",
            "answered_by",
            "round__document__kind",
            "round__document__recipient",
            "round__document__issuer",
        ).defer("round__document__canonical_text", "round__document__search")


class ApprovalStepQuerySet(BaseQuerySet[Any]):
    """Approval steps."""

    def for_list(self) -> Self:
        """With the approver and the department."""
        return self.select_related("approver", "department", "decided_by")

    def current(self) -> Self:
        """Those that count: neither fallen away nor from an earlier attempt."""
        return self.exclude(state="void").exclude(state="returned")


class AppropriationQuerySet(BaseQuerySet[Any]):
    """The ledger of appropriations."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """One's own organisation's ledger, for those who see the budget of an agency it steers.

        The agency never sees the ledger of the one that steers it: a right on one's own organisation opens nothing.
        """
        if not actor.is_person:
            return self.none()
        steered = apps.get_model("agencies", "Organisation")._default_manager.exclude(uuid=actor.organisation)
        reads = Q(pk__in=organisations_with(actor, Right.SEE_BUDGET, day))
        reads |= Q(pk__in=organisations_with(actor, Right.MANAGE_LEDGER, day))
        return self.filter(Exists(steered.filter(reads)), owner__uuid=actor.organisation)


class RemovalQuerySet(BaseQuerySet[Any]):
    """Requests to have content taken out of sent documents."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The issuer's own people with the right to remove content from documents to the agency (A16)."""
        if not actor.is_person:
            return self.none()
        return self.filter(
            document__issuer__uuid=actor.organisation,
            document__recipient_id__in=organisations_with(actor, Right.REMOVE_CONTENT, day),
        )

    def for_list(self) -> Self:
        """With the document's head and the two persons, without the document's text."""
        return self.select_related(
            "document__kind", "document__issuer", "document__recipient", "file", "asked_by", "decided_by"
        ).defer("document__canonical_text", "document__search")


class RetentionRunQuerySet(BaseQuerySet[Any]):
    """The protocol of what has been deleted when its time was out."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The issuer's own people who keep its journal for the agency."""
        if not actor.is_person:
            return self.none()
        return self.filter(
            document__issuer__uuid=actor.organisation,
            document__recipient_id__in=organisations_with(actor, Right.JOURNAL, day),
        )


class CorrectionQuerySet(BaseQuerySet[Any]):
    """Corrections of the record of registered documents."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Those who see the document; exempt rows are withheld where they are shown."""
        documents = apps.get_model("governance", "SteeringDocument").objects.visible_to(actor, day)
        return self.filter(document__in=documents)

    def for_list(self) -> Self:
        """With the person, without the frozen content."""
        return self.select_related("corrected_by", "previous", "document_import")
