"""What of an assignment's life keeps its row in a registered letter from being taken away."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments.models import (
    Answer,
    Assessment,
    Assignment,
    DeadlineDecision,
    DeadlineRequest,
    Delivery,
    Remark,
    StatusVersion,
)
from assignments.states import OPEN
from governance.corrections.hanging import register_hanging
from governance.models.document import DocumentPart


def hanging(_item: DocumentPart, parts: set[UUID]) -> Iterable[str]:
    """Answers, shared status, remarks, decisions on deadlines, and that it has ended. The same queries for any row."""
    deliveries = Delivery.objects.filter(item__uuid__in=parts)
    whole = Assignment.objects.filter(item__uuid__in=parts)
    of = Q(delivery__in=deliveries) | Q(delivery__assignment__in=whole)
    answers = Answer.objects.filter(of).count()
    if answers:
        yield ngettext("%(n)s svar", "%(n)s svar", answers) % {"n": answers}
    if Assessment.objects.filter(of).exists():
        yield _("en vurdering")
    if StatusVersion.objects.filter(assignment__in=whole).exists():
        yield _("delt status")
    if Remark.objects.filter(assignment__in=whole).exists():
        yield _("merknader")
    if DeadlineRequest.objects.filter(of).exists():
        yield _("ønske om ny frist")
    for title in DeadlineDecision.objects.filter(of).order_by("id").values_list("basis", flat=True):
        yield _("fristen er flyttet i «%(title)s»") % {"title": title}
    if whole.exclude(status__in=OPEN).exists():
        yield _("oppdraget er avsluttet")


def connect() -> None:
    """Called once when the app starts."""
    register_hanging(hanging)
