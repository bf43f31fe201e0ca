"""What may be seen of calendar, expected deliveries, reminders, needs from meetings, and reports."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from agencies.querysets import organisations_with, reads_copies
from agencies.rights import Right
from core.actor import Actor
from core.querysets import BaseQuerySet


class CalendarEntryQuerySet(BaseQuerySet[Any]):
    """Calendar entries."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Entries of agencies whose calendar one sees."""
        if not actor.is_person:
            return self.none()
        return self.filter(agency_id__in=organisations_with(actor, Right.SEE_CALENDAR, day), withdrawn_at__isnull=True)

    def for_list(self) -> Self:
        """With what a row shows."""
        return self.select_related("agency", "superior", "document", "item").prefetch_related("expected")


class ExpectedDeliveryQuerySet(BaseQuerySet[Any]):
    """Expected reports and inputs."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Those of agencies whose calendar one sees."""
        if not actor.is_person:
            return self.none()
        return self.filter(agency_id__in=organisations_with(actor, Right.SEE_CALENDAR, day))

    def late_on(self, day: date) -> Self:
        """Not received and past the written date."""
        return self.filter(state="coming", due__lt=day)

    def for_list(self) -> Self:
        """With what a row shows."""
        return self.select_related("agency", "receiver", "document", "entry", "report_kind", "owner")


class ReminderQuerySet(BaseQuerySet[Any]):
    """The reminder ledger."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Both sides of the agency may look at who was reminded of what, without an exempt title."""
        if not actor.is_person:
            return self.none()
        agencies = organisations_with(actor, Right.START_REMINDERS, day)
        return self.filter(plan__agency_id__in=agencies)


class SteeringNeedQuerySet(BaseQuerySet[Any]):
    """Needs for steering that came up in expert meetings."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The ministry's side that reads the agency's letters sees all of its own; the agency only what is given.

        Before a letter gives it, a need steers nobody, so the agency does not see that it exists (R-51).
        """
        if not actor.is_person:
            return self.none()
        agencies = organisations_with(actor, Right.SEE_DOCUMENTS, day)
        own = Q(superior__uuid=actor.organisation)
        given = Q(agency__uuid=actor.organisation, state="given")
        return self.filter(own | given, agency_id__in=agencies)

    def with_place(self) -> Self:
        """With ``held``: the row it was taken into stands in a draft that is not put away, or in an issued letter."""
        rows: Q = Q()
        for item_type, model in (("assignment", "AssignmentItem"), ("passage", "Passage")):
            held = apps.get_model("governance", model)._default_manager.filter(
                uuid=OuterRef("item"), document=OuterRef("document")
            )
            rows |= Q(Exists(held.exclude(document__state="discarded")), item_type=item_type)
        return self.annotate(held=Case(When(rows, then=Value(True)), default=Value(False)))

    def for_list(self) -> Self:
        """With what a row shows."""
        heavy = ("document__canonical_text", "document__search")
        people = ("noted_by", "taken_by", "settled_by")
        return (
            self.with_place()
            .select_related("superior", "agency", "department", "entry", "document__recipient", *people)
            .defer(*heavy)
        )


class ReportQuerySet(BaseQuerySet[Any]):
    """Reports."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The agency sees its own work; the ministry what has been submitted; others the copies they were sent."""
        if not actor.is_person:
            return self.none()
        copies = apps.get_model("governance", "Dispatch")._default_manager.filter(
            subject=OuterRef("uuid"), recipient__uuid=actor.organisation, state="sent", role="copy"
        )
        own = Q(agency_id__in=organisations_with(actor, Right.SEE_OWN_WORK, day))
        submitted = Q(state="submitted") & (
            Q(
                agency_id__in=organisations_with(actor, Right.SEE_SUBMITTED_REPORTS, day),
                receiver__uuid=actor.organisation,
            )
            | Q(Exists(copies), reads_copies(actor, day))
        )
        return self.filter(own | submitted)

    def for_list(self) -> Self:
        """With what a row shows."""
        return self.select_related("kind", "agency", "receiver", "letter")

    def for_detail(self) -> Self:
        """With what the head of the page shows."""
        return self.select_related("kind", "agency", "receiver", "letter", "previous", "snapshot", "corrects")


class FigureValueQuerySet(BaseQuerySet[Any]):
    """Values of key figures."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """The agency sees its own; the ministry those of submitted reports and the earlier ones that were shared."""
        if not actor.is_person:
            return self.none()
        own = Q(line__agency_id__in=organisations_with(actor, Right.SEE_OWN_WORK, day))
        shared = Q(line__agency_id__in=organisations_with(actor, Right.SEE_SUBMITTED_REPORTS, day)) & (
            Q(report__state="submitted", report__receiver__uuid=actor.organisation)
            | Q(report__isnull=True, shared_at__isnull=False)
        )
        return self.filter(own | shared)

    def current(self) -> Self:
        """Without values that a correction has taken the place of in a submitted report."""
        later = self.model._default_manager.filter(supersedes_id=OuterRef("pk"), report__state="submitted")
        return self.filter(~Exists(later))


class FeedbackQuerySet(BaseQuerySet[Any]):
    """The ministry's feedback on reports."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """A draft is seen by the side that writes it; a sent one by both sides, and by those it was copied to."""
        if not actor.is_person:
            return self.none()
        mine = Q(organisation__uuid=actor.organisation) & Q(
            report__agency_id__in=organisations_with(actor, Right.SEE_SUBMITTED_REPORTS, day)
        )
        copies = apps.get_model("governance", "Dispatch")._default_manager.filter(
            subject=OuterRef("uuid"), recipient__uuid=actor.organisation, state="sent", role="copy"
        )
        sent = Q(state="sent") & (
            Q(report__agency_id__in=organisations_with(actor, Right.SEE_OWN_WORK, day))
            | Q(Exists(copies), reads_copies(actor, day))
        )
        return self.filter(mine | sent)
