"""Rows of assignments that hold a letter's words: they lose them when the letter does (decision A16).

What the two sides have shared (status, answers, remarks, wishes for a new deadline) is counted for the ministry. The
agency's drafts and internal remarks lose the words as well, but the ministry learns nothing of them.
"""

from __future__ import annotations

from django.db.models import Q

from assignments.models import (
    Answer,
    AnswerFile,
    Assessment,
    Assignment,
    DeadlineDecision,
    DeadlineRequest,
    Delivery,
    JointAssignment,
    JointPart,
    Remark,
    StatusDraft,
    StatusVersion,
)
from core.models import Audience
from governance.models import SteeringDocument
from governance.removal.reach import Held, register_copies


def copies(document: SteeringDocument) -> list[Held]:
    """What was made of the letter here, and what either side has written about it later."""
    deliveries = Delivery.objects.filter(assignment__document=document)
    remarks = Remark.objects.filter(assignment__document=document)
    known = Q(audience=Audience.SHARED) | Q(organisation=document.issuer_id)
    shared = [
        Assignment.objects.filter(document=document),
        JointAssignment.objects.filter(document=document),
        JointPart.objects.filter(joint__document=document),
        deliveries,
        DeadlineDecision.objects.filter(Q(document=document) | Q(delivery__assignment__document=document)),
        DeadlineRequest.objects.filter(delivery__in=deliveries.values("pk")),
        Answer.objects.filter(delivery__in=deliveries.values("pk")),
        AnswerFile.objects.filter(answer__delivery__in=deliveries.values("pk")),
        Assessment.objects.filter(delivery__in=deliveries.values("pk")),
        StatusVersion.objects.filter(assignment__document=document),
        remarks.filter(known),
    ]
    own = [StatusDraft.objects.filter(assignment__document=document), remarks.exclude(known)]
    return [*map(Held, shared), *(Held(rows, own=True) for rows in own)]


def connect() -> None:
    """Called once when the app starts."""
    register_copies(copies)
