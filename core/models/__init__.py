"""Models without domain nouns."""

from core.models.base import BaseModel, VersionedModel
from core.models.event import Audience, Event
from core.models.job import Job, JobState
from core.models.message import OPEN_MESSAGE_STATES, Message, MessageFile, MessageState
from core.models.stored_file import ScanState, StoredFile

__all__ = [
    "OPEN_MESSAGE_STATES",
    "Audience",
    "BaseModel",
    "Event",
    "Job",
    "JobState",
    "Message",
    "MessageFile",
    "MessageState",
    "ScanState",
    "StoredFile",
    "VersionedModel",
]
