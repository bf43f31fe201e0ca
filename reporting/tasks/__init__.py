"""Work of the reporting year for the worker: each module registers its handlers when it is imported."""

from reporting.tasks import reminders, reports

__all__ = ["reminders", "reports"]
