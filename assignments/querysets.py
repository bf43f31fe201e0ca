"""What may be seen of assignments. Page, API, search, count, export, feed and job all ask here."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import ExpressionWrapper

from agencies.querysets import departments_with, organisations_with
from agencies.rights import DepartmentRight, Right
from assignments.states import OPEN, OUTSTANDING
from core.actor import Actor
from core.querysets import BaseQuerySet, keys


def visible_condition(actor: Actor, day: date) -> Q:
    """The one condition for who sees an assignment: governance right, department, ownership, or joint part."""
    own_part = apps.get_model("assignments", "JointPart")._default_manager.filter(
        joint_id=OuterRef("joint_id"),
        organisation_id__in=organisations_with(actor, Right.SEE_OWN_WORK, day),
    )
    return (
        Q(responsible_id__in=organisations_with(actor, Right.SEE_ASSIGNMENTS, day))
        | Q(department_id__in=departments_with(actor, DepartmentRight.SEE_DEPARTMENT_ASSIGNMENTS, day))
        | Q(owner_id=actor.user_id, responsible__uuid=actor.organisation)
        | (Q(joint__isnull=False) & Q(Exists(own_part)))
    )


def _assignments(actor: Actor, day: date) -> QuerySet[Any]:
    """The assignments a person may know of; see ``AssignmentQuerySet.visible_to``."""
    rows: QuerySet[Any] = apps.get_model("assignments", "Assignment")._default_manager.exclude(status="draft")
    return rows.filter(visible_condition(actor, day))


class AssignmentQuerySet(BaseQuerySet[Any]):
    """Assignments."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Those the actor may know of. Exempt ones are among them as a shell; see ``with_access``."""
        if not actor.is_person:
            return self.none()
        return self.filter(pk__in=keys(_assignments, actor, day))

    def with_access(self, actor: Actor) -> Self:
        """Annotate ``may_read``: False where only the shell of an exempt assignment may be shown (decision B2)."""
        reader = apps.get_model("assignments", "ReaderGrant")._default_manager.filter(
            assignment_id=OuterRef("pk"), user_id=actor.user_id, revoked_at__isnull=True
        )
        return self.annotate(
            may_read=Case(
                When(restricted=False, then=Value(True)),
                default=ExpressionWrapper(Q(Exists(reader)), output_field=BooleanField()),
                output_field=BooleanField(),
            )
        )

    def readable_by(self, actor: Actor, day: date) -> Self:
        """Those whose title and text the actor may read: what search, export and mail use."""
        return self.visible_to(actor, day).with_access(actor).filter(may_read=True)

    def open(self) -> Self:
        """Not closed, lapsed, withdrawn or replaced."""
        return self.filter(status__in=OPEN)

    def late_on(self, day: date) -> Self:
        """With an undelivered delivery past its current deadline, that is not under clarification."""
        late = (
            apps.get_model("assignments", "Delivery")._default_manager.late_on(day).filter(assignment_id=OuterRef("pk"))
        )
        return self.open().filter(Exists(late))

    def for_letter_year(self, year: int) -> Self:
        """Those of the letters of a year, and the open ones carried over from earlier years."""
        return self.filter(Q(letter_year=year) | Q(letter_year__lt=year, status__in=OPEN))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return (
            self.select_related("responsible", "given_to", "department", "owner", "joint")
            .prefetch_related("deliveries")
            .defer("search", "body")
        )

    def by_deadline(self) -> Self:
        """In the order of the next deadline, those without date last."""
        return self.order_by(F("next_deadline").asc(nulls_last=True), "letter_year", "series", "number", "id")


class DeliveryQuerySet(BaseQuerySet[Any]):
    """Deliveries."""

    def outstanding(self) -> Self:
        """Not delivered, on an open assignment."""
        return self.filter(state__in=OUTSTANDING, assignment__status__in=OPEN)

    def late_on(self, day: date) -> Self:
        """Past the current deadline: late only after the written date (domain 6), never while under clarification."""
        return self.outstanding().filter(deadline__lt=day, unclear=False)


class RemarkQuerySet(BaseQuerySet[Any]):
    """Remarks."""

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Shared ones of assignments one sees, and the internal ones of one's own organisation."""
        assignments = apps.get_model("assignments", "Assignment")._default_manager
        seen = assignments.all().readable_by(actor, day).values("pk")
        return self.filter(Q(audience="shared") | Q(organisation__uuid=actor.organisation), assignment_id__in=seen)
