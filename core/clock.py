"""The clock is read here, once, at the edge; everything below takes ``at`` as an argument (decision A13)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The present instant, aware."""
    return timezone.now()


def local_date(at: datetime) -> date:
    """The calendar day in Norway at an instant."""
    return at.astimezone(OSLO).date()


def today() -> date:
    """Today's date in Norway."""
    return local_date(now())


def parse_at(text: str) -> datetime:
    """Read ``--at 2026-03-05T07:00``: without offset it is Oslo time, the earlier in the doubled hour.

    Raises ValueError for text that is no instant.
    """
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=OSLO, fold=0)
