"""A graded marking is refused in every text that comes in (decision C8); the rule itself is shared by all apps."""

from core.graded import graded_marking, graded_problems

__all__ = ["graded_marking", "graded_problems"]
