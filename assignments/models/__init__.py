"""The life of assignments."""

from assignments.models.assignment import (
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
    DeadlineRequest,
    ProgressCode,
    Remark,
    SavedView,
    StatusDraft,
    StatusVersion,
)
from assignments.states import DELIVERED as DELIVERED_STATES
from assignments.states import OPEN as OPEN_STATUSES

__all__ = [
    "DELIVERED_STATES", "OPEN_STATUSES", "Answer", "AnswerFile", "Assessment", "AssessmentResult", "Assignment",
    "AssignmentStatus", "DeadlineDecision", "DeadlineRequest", "Delivery", "DeliveryState", "JointAssignment",
    "JointPart", "ProgressCode", "ReaderGrant", "Remark", "SavedView", "StatusDraft", "StatusVersion",
]  # fmt: skip
