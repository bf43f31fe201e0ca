"""Norwegian dates as letters write them, both written norms.

A date without a year takes the year given. A date that does not exist is reported with
``date=None`` and ``exists=False``, never repaired (I-06, decision A7).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jan"),
            ("februar", "feb", "febr"),
            ("mars", "mar"),
            ("april", "apr"),
            ("mai",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("desember", "des"),
        ),
        start=1,
    )
    for name in names
}
_FULL = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_ANY = rf"(?:{_FULL}|jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|des)"
_ORDINAL = {"første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4}
_PERIOD_END = {
    "tertial": {1: (4, 30), 2: (8, 31), 3: (12, 31)},
    "kvartal": {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)},
    "halvår": {1: (6, 30), 2: (12, 31)},
}
_YEAR = r"(?:19|20)\d\d"
_DAY_MONTH = (
    rf"(?P<d1>\d{{1,2}})\.?(?:\s*(?:[-–]|og|til)\s*(?P<d2>\d{{1,2}})\.)?\s*"
    rf"(?P<m1>{_ANY})\b\.?(?:\s*[-–]\s*(?P<d3>\d{{1,2}})\.\s*(?P<m3>{_ANY})\b\.?)?(?:\s+(?P<y1>{_YEAR})\b)?"
)
_NUMERIC = rf"(?P<d4>\d{{1,2}})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>{_YEAR}|\d\d)(?!\d)"
_NUMERIC_SHORT = r"(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})(?:\.|(?=\))|(?=\s+og\s+\d{1,2}\.\d{1,2}))(?!\d)"
_ISO = rf"(?P<y6>{_YEAR})-(?P<m6>\d\d)-(?P<d6>\d\d)(?!\d)"
_SLASH = rf"(?P<d7>\d{{1,2}})/(?P<m7>\d{{1,2}})\s?[-–]\s?(?P<y7>{_YEAR}|\d\d)(?!\d)"
_PERIOD = (
    r"(?P<n8>[1-4]\.|første|fyrste|andre|annet|tredje|fjerde)\s*(?P<p8>tertial|kvartal|halvår)"
    rf"(?:\s*(?:i\s+)?(?P<y8>{_YEAR}))?"
)
_WHOLE_YEAR = (
    r"(?:i\s+løpet\s+av|innen\s+utgangen\s+av|innan\s+utgangen\s+av|(?:ved|til)\s+utgangen\s+av|utgangen\s+av)"
    rf"\s+(?P<y9>{_YEAR}|året|budsjettåret|inneværende\s+år|i\s+år)\b"
)
_MONTH_ALONE = rf"(?P<e10>(?:utgangen|slutten)\s+av\s+|ultimo\s+)?\b(?P<m10>{_FULL})\b(?:\s+(?P<y10>{_YEAR})\b)?"
_DATES = re.compile(
    r"(?<![\d.])(?:" + "|".join((_ISO, _NUMERIC, _SLASH, _DAY_MONTH, _NUMERIC_SHORT)) + ")", re.IGNORECASE
)
_PERIODS = re.compile(rf"(?<!\w)(?:{_PERIOD})|{_WHOLE_YEAR}|{_MONTH_ALONE}", re.IGNORECASE)
_VAGUE = re.compile(
    rf"\b(?:våren|sommeren|høsten|hausten|vinteren|primo|medio|ultimo|i\s+begynnelsen\s+av|rundt)\b(?:\s+\w+)?(?:\s+{_YEAR})?",
    re.IGNORECASE,
)
_WEEK = re.compile(rf"\b(?:uke|veke|uker|veker)\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?(?:\s+{_YEAR})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date expression: where, what day, and how sure the day is."""

    start: int
    end: int
    written: str
    date: dt.date | None
    end_date: dt.date | None = None
    exists: bool = True
    has_year: bool = True
    month_only: bool = False
    period: bool = False


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _year(text: str | None, default: int | None) -> int | None:
    if not text:
        return default
    if not text[0].isdigit():
        return default
    value = int(text)
    return value + 2000 if value < 100 else value


def _day(year: int | None, month: int, day: int) -> tuple[dt.date | None, bool]:
    """(date, exists). Without a year only impossible days are told apart (a leap year is assumed)."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None, False
    return (dt.date(year, month, day), True) if year else (None, True)


def _day_month(match: re.Match[str], year: int | None) -> DateHit | None:
    groups = match.groupdict()
    for suffix in "4567":
        if groups.get(f"d{suffix}"):
            written_year = groups.get(f"y{suffix}")
            month = int(groups[f"m{suffix}"] or 0)
            day = int(groups[f"d{suffix}"] or 0)
            if suffix == "5" and not (1 <= month <= 12 and 1 <= day <= 31):
                return None
            value, exists = _day(_year(written_year, year), month, day)
            return DateHit(match.start(), match.end(), match.group(), value, None, exists, bool(written_year))
    written_year = groups["y1"]
    resolved = _year(written_year, year)
    month = MONTHS[(groups["m1"] or "").lower()]
    value, exists = _day(resolved, month, int(groups["d1"] or 0))
    end: dt.date | None = None
    if groups["d2"]:
        end, good = _day(resolved, month, int(groups["d2"]))
        exists = exists and good
    elif groups["d3"]:
        end, good = _day(resolved, MONTHS[(groups["m3"] or "").lower()], int(groups["d3"]))
        exists = exists and good
    return DateHit(match.start(), match.end(), match.group(), value, end, exists, bool(written_year))


def _period(match: re.Match[str], year: int | None) -> DateHit | None:
    groups = match.groupdict()
    value: dt.date | None = None
    written_year = groups["y8"] or groups["y9"] or groups["y10"]
    resolved = _year(written_year, year)
    month_only = False
    if groups["p8"]:
        ordinal = groups["n8"].lower()
        number = int(ordinal[0]) if ordinal[0].isdigit() else _ORDINAL[ordinal]
        ends = _PERIOD_END[groups["p8"].lower()]
        if number not in ends:
            return None
        value = dt.date(resolved, *ends[number]) if resolved else None
    elif groups["y9"]:
        value = dt.date(resolved, 12, 31) if resolved else None
    else:
        month_only = True
        value = month_end(resolved, MONTHS[groups["m10"].lower()]) if resolved else None
    return DateHit(
        match.start(),
        match.end(),
        match.group(),
        value,
        None,
        True,
        bool(written_year and written_year[0].isdigit()),
        month_only,
        True,
    )


def find_days(text: str, year: int | None = None) -> list[DateHit]:
    """Dates with a day: «15. januar 2027», «1.6.2026», «31.8.», «12.–13. mai», «2026-03-15»."""
    hits = (_day_month(match, year) for match in _DATES.finditer(text))
    return [hit for hit in hits if hit]


def find_dates(text: str, year: int | None = None) -> list[DateHit]:
    """Days and periods in order: also «1. tertial», «første halvår», «juni», «i løpet av 2026».

    A period counts as its last day. Vague times («høsten», «medio mai») are left out.
    """
    hits = find_days(text, year)
    taken = [(hit.start, hit.end) for hit in hits]
    taken += [(match.start(), match.end()) for match in _VAGUE.finditer(text) if "ultimo" not in match.group().lower()]
    for match in _PERIODS.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        hit = _period(match, year)
        if hit:
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def starts_with_date(text: str, year: int | None = None) -> DateHit | None:
    """The date a calendar row opens with, or None. Accepts «Innen», «Senest», weekdays and months."""
    lead = _ROW_LEAD.match(text)
    offset = lead.end() if lead else 0
    rest = text[offset:]
    match = _DATES.match(rest) or _SHORT_ROW.match(rest)
    hit = _row_hit(match, year) if match else _month_first(rest, year)
    if hit is None:
        month = _ROW_MONTH.match(rest)
        if month:
            value = _year(month["y"], year)
            number = MONTHS[month["m"].lower()]
            first = dt.date(value, number, 1) if value else None
            hit = DateHit(0, month.end(), month.group(), first, None, True, bool(month["y"]), True)
    if hit is None:
        return None
    return DateHit(
        0,
        offset + hit.end,
        text[: offset + hit.end],
        hit.date,
        hit.end_date,
        hit.exists,
        hit.has_year,
        hit.month_only,
    )


def _month_first(text: str, year: int | None) -> DateHit | None:
    """«Januar 16. Regnskap»: a calendar with the month in a column of its own."""
    match = _MONTH_FIRST.match(text)
    if match is None or not 1 <= int(match["d"]) <= 31:
        return None
    value, exists = _day(year, MONTHS[match["m"].lower()], int(match["d"]))
    return DateHit(0, match.end(), match.group(), value, None, exists, False)


def _row_hit(match: re.Match[str], year: int | None) -> DateHit | None:
    if "d5" in match.groupdict():
        return _day_month(match, year)
    day, month = int(match["sd"]), int(match["sm"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    value, exists = _day(year, month, day)
    return DateHit(match.start(), match.end(), match.group(), value, None, exists, False)


_WEEKDAY = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|måndag|tysdag|laurdag|lørdag|søndag|sundag)"
_ROW_LEAD = re.compile(
    rf"(?:(?:innen|innan|senest|seinast|frist|før|ca\.?|circa|omkring|fra|frå)\s*:?\s+)?(?:{_WEEKDAY}\s+)?(?:den\s+)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"(?P<m>{_FULL})\s+(?P<d>\d{{1,2}})\.(?=\s|$)", re.IGNORECASE)
_SHORT_ROW = re.compile(r"(?P<sd>\d{1,2})[./](?P<sm>\d{1,2})\.?(?![\d.])")
_ROW_MONTH = re.compile(
    rf"(?P<lead>(?:(?:primo|medio|ultimo|utgangen\s+av|slutten\s+av|begynnelsen\s+av)\s+)?)(?P<m>{_FULL})\b"
    rf"(?:\s*[/–-]\s*(?:{_FULL})\b)?(?:\s+(?P<y>{_YEAR}))?",
    re.IGNORECASE,
)


def find_week(text: str) -> str:
    """«uke 24» as written, or an empty string."""
    match = _WEEK.search(text)
    return match.group() if match else ""


def is_vague(text: str) -> bool:
    """True for a season or «medio mai»: a time without a day to be late after."""
    return bool(_VAGUE.search(text))
