"""Rows of assignments that hold a letter's words: they lose them when the letter does (decision A16).

What the agency writes itself (status, notes, answers, requests for a new deadline) is its own and is not searched
from the ministry's side.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from assignments.models import (
    Assessment,
    Assignment,
    DeadlineDecision,
    Delivery,
    JointAssignment,
    JointPart,
)
from governance.models import SteeringDocument
from governance.removal.reach import register_copies


def copies(document: SteeringDocument) -> list[QuerySet[Any]]:
    """What was made of the letter here, and what the ministry wrote about it later."""
    return [
        Assignment.objects.filter(document=document),
        JointAssignment.objects.filter(document=document),
        JointPart.objects.filter(joint__document=document),
        Delivery.objects.filter(assignment__document=document),
        DeadlineDecision.objects.filter(Q(document=document) | Q(delivery__assignment__document=document)),
        Assessment.objects.filter(delivery__assignment__document=document),
    ]


def connect() -> None:
    """Called once when the app starts."""
    register_copies(copies)
