"""The life of assignments."""

from assignments.models.assignment import (
    DELIVERED_STATES,
    OPEN_STATUSES,
    Assignment,
    AssignmentStatus,
    DeadlineDecision,
    Delivery,
    DeliveryState,
    JointAssignment,
    JointPart,
    ReaderGrant,
)
from assignments.models.dialogue import (
    Answer,
    AnswerFile,
    Assessment,
    AssessmentResult,
    ProgressCode,
    Remark,
    StatusDraft,
    StatusVersion,
)

__all__ = [
    "DELIVERED_STATES", "OPEN_STATUSES", "Answer", "AnswerFile", "Assessment", "AssessmentResult", "Assignment",
    "AssignmentStatus", "DeadlineDecision", "Delivery", "DeliveryState", "JointAssignment", "JointPart",
    "ProgressCode", "ReaderGrant", "Remark", "StatusDraft", "StatusVersion",
]  # fmt: skip
