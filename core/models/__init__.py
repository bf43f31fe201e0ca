"""Models without domain nouns."""

from core.models.base import BaseModel, VersionedModel
from core.models.event import Audience, Event
from core.models.job import Job, JobState
from core.models.stored_file import ScanState, StoredFile

__all__ = ["Audience", "BaseModel", "Event", "Job", "JobState", "ScanState", "StoredFile", "VersionedModel"]
