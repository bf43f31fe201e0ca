"""What the letter says about itself: kind, parties, year, date, case number, signatures, copies."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from governance.importing.habits import letterheads as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.taking_effect import replaced, takes_effect
from governance.importing.records import DocumentFacts, Fact, Hints, LetterKind, Signature
from governance.importing.values.dates import find_days
from governance.importing.values.text import squeeze, written_norm


def _title(units: list[Unit]) -> tuple[str | None, float, tuple[int, ...]]:
    for unit in units[:60]:
        text = unit.heading_text
        if unit.furniture or len(text) > 160 or unit.is_item or unit.is_row:
            continue
        if habit.TITLE.match(text):
            at: tuple[int, ...] = (unit.index,)
            if habit.GOES_ON.search(text) and unit.index + 1 < len(units) and units[unit.index + 1].is_heading:
                text, at = f"{text} {units[unit.index + 1].text}", (unit.index, unit.index + 1)
            return squeeze(text), 0.95 if unit.is_heading else 0.8, at
    return None, 0.0, ()


def _kind(title: str | None, opening: str, text: str) -> tuple[LetterKind, float]:
    for source, confidence in ((title or "", 0.97), (opening, 0.8), (text[:60_000], 0.6)):
        for kind, pattern in habit.KINDS:
            if pattern.search(source):
                return LetterKind(kind), confidence
    return LetterKind.UNKNOWN, 0.0


def _ministry_name(written: str) -> str:
    """«SAMFERDSELSDEPARTEMENT» of an old letterhead as «Samferdselsdepartementet»."""
    name = squeeze(written).lower()
    return name[0].upper() + name[1:] + ("" if name.endswith("et") else "et")


def _ministry(opening: str, text: str) -> tuple[str | None, float]:
    alone = habit.MINISTRY_ALONE.search(opening[:700])
    if alone:
        return _ministry_name(alone["name"]), 0.95
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in habit.MINISTRY.finditer(habit.BROKEN_WORD.sub("", text)):
        name = squeeze(match.group()).removesuffix("s") if match.group().endswith("ets") else squeeze(match.group())
        name = name[0].upper() + name[1:]
        counts[name] += 1
        first.setdefault(name, match.start())
    if not counts:
        return None, 0.0
    sent_by = habit.SENT_BY.search(opening)
    if sent_by:
        name = squeeze(sent_by["name"])
        return name[0].upper() + name[1:], 0.9
    best = max(counts, key=lambda name: (counts[name] * (2 if first[name] < 1500 else 1), -first[name]))
    return best, min(0.9, 0.5 + counts[best] / (2 * sum(counts.values())))


def _agency(title: str | None, opening: str, text: str, issuer: str | None) -> tuple[str | None, float]:
    for pattern, confidence in habit.ADDRESSEE:
        for source in (title or "", opening):
            match = pattern.search(source)
            if match:
                name = squeeze(match["name"]).strip(" .,:–-")
                if name and not name.lower().endswith("departementet") and len(name) < 90:
                    return (name.capitalize() if name.isupper() and len(name) > 6 else name), confidence
    below = _below_letterhead(opening)
    if below:
        return below, 0.65
    counts = Counter(
        squeeze(match.group())
        for match in habit.BODY.finditer(text[:200_000])
        if not habit.PART_OF_NAME.search(text[max(0, match.start() - 30) : match.start()])
    )
    for name in list(counts):
        if name.lower() in habit.COMMON_BODY or (issuer and name in issuer):
            del counts[name]
    if not counts or counts.most_common(1)[0][1] == 1:
        told = _told_to(text[:200_000])
        if told:
            return told, 0.4
    if not counts:
        return None, 0.0
    name, number = counts.most_common(1)[0]
    return (name, 0.6) if number > 1 else (name, 0.3)


def _told_to(text: str) -> str | None:
    """The name most often told to do something; a single word counts when it has its capital inside a sentence too."""
    counts = Counter(squeeze(match["name"]) for match in habit.TOLD_TO.finditer(text))
    for name, number in counts.most_common(5):
        inside = " " in name or re.search(rf"[a-zæøå,]\s{re.escape(name)}\b", text)
        if number > 1 and inside and not name.lower().endswith("departementet"):
            return name
    return None


def _below_letterhead(opening: str) -> str | None:
    """The first line below the ministry's name in the letterhead, when it is a name and no reference or title."""
    alone = habit.MINISTRY_ALONE.search(opening[:300])
    if alone is None:
        return None
    name = re.split(r"\s+(?:v/|ved\s)", squeeze(opening[alone.end() :].strip().split("\n")[0]))[0]
    plain = 5 < len(name) < 70 and name[0].isupper() and not re.search(r"[\d.:,]", name)
    if not plain or habit.LETTERHEAD.match(name) or habit.TITLE.match(name) or re.match(r"(?i)ifølge|i\s+følgje", name):
        return None
    return name


def _below_title(units: list[Unit], title_at: tuple[int, ...]) -> str | None:
    """A short line below a title such as «Tildelingsbrev 2025»: the agency's name."""
    if not title_at or len(units[title_at[0]].text) > 40:
        return None
    for unit in units[title_at[0] + 1 : title_at[0] + 3]:
        name = squeeze(unit.text)
        if unit.number or unit.is_row or not 4 < len(name) < 70 or re.search(r"[\d.:]", name):
            return None
        if not name.lower().endswith("departementet"):
            return name.capitalize() if name.isupper() else name
    return None


def _year(title: str | None, opening: str, text: str, names: Sequence[str]) -> tuple[int | None, float]:
    for source, confidence in ((title or "", 0.97), (opening, 0.9)):
        match = habit.BUDGET_YEAR.search(source)
        if match:
            return int(next(group for group in match.groups() if group)), confidence
    for pattern, confidence in ((habit.PROPOSITION_YEAR, 0.75), (habit.CALENDAR_YEAR, 0.7)):
        match = pattern.search(text)
        if match:
            return int(match[1]), confidence
    named = {int(year) for name in names for year in habit.YEAR_IN_NAME.findall(name)}
    if len(named) == 1:
        return named.pop(), 0.6
    coming = dt.datetime.now(tz=dt.UTC).year + 1
    spoken_of = (int(year) for year in habit.YEAR_SPOKEN_OF.findall(text[:200_000]))
    counts = Counter(year for year in spoken_of if year <= coming)
    counts = counts or Counter(year for year in map(int, habit.ANY_YEAR.findall(text[:200_000])) if year <= coming)
    return (counts.most_common(1)[0][0], 0.4) if counts else (None, 0.0)


def _date(units: list[Unit], kind: LetterKind) -> tuple[dt.date | None, float, tuple[int, ...]]:
    for unit in units[:80] + units[-30:]:
        match = habit.DATE_LINE.search(unit.heading_text)
        if match:
            days = [hit for hit in find_days(match["rest"]) if hit.date]
            if days:
                return days[0].date, 0.95, (unit.index,)
    for unit in units[:40]:
        told = habit.REFERENCES_AND_DATE.match(unit.text)
        days = [hit for hit in find_days(told["rest"]) if hit.date and hit.has_year] if told else []
        if days:
            return days[-1].date, 0.9, (unit.index,)
        if habit.REFERENCE_HEADS.match(unit.text) or habit.DATE_HEAD.match(unit.text):
            for below in units[unit.index + 1 : unit.index + 4]:
                days = [hit for hit in find_days(below.text) if hit.date and hit.has_year]
                if days and len(below.text) < 80:
                    return days[0].date, 0.85, (below.index,)
    return _date_elsewhere(units, kind)


def _date_elsewhere(units: list[Unit], kind: LetterKind) -> tuple[dt.date | None, float, tuple[int, ...]]:
    """A date alone on a line near the top, or the day an instruction says it was fixed."""
    for unit in units[:25]:
        days = [hit for hit in find_days(unit.text) if hit.date] if habit.DATE_ALONE.match(unit.text.strip()) else []
        if days:
            return days[0].date, 0.8, (unit.index,)
    if kind is LetterKind.INSTRUCTION:
        for unit in units[:12]:
            if "fastsatt" in unit.text or "fastsett" in unit.text:
                days = [hit for hit in find_days(unit.text) if hit.date]
                if days:
                    return days[0].date, 0.8, (unit.index,)
    return None, 0.0, ()


def _case_number(units: list[Unit]) -> tuple[str | None, float, tuple[int, ...]]:
    near = units[:80] + units[-30:]
    for pattern, confidence in ((habit.OUR_REFERENCE, 0.95), (habit.CASE_ALONE, 0.85)):
        for unit in near:
            match = pattern.search(unit.heading_text)
            if match:
                return match["number"], confidence, (unit.index,)
    for unit in units[:40]:
        if habit.REFERENCE_HEADS.match(unit.text):
            for below in units[unit.index + 1 : unit.index + 4]:
                match = habit.CASE_INSIDE.search(below.text)
                if match and len(below.text) < 80:
                    return match["number"], 0.8, (below.index,)
    return None, 0.0, ()


def _closing(units: list[Unit]) -> int | None:
    for unit in reversed(units):
        if habit.GREETING.match(unit.text):
            return unit.index
    return None


def _signatures(units: list[Unit], start: int | None) -> tuple[tuple[Signature, ...], tuple[int, ...]]:
    if start is None:
        return (), ()
    found: list[Signature] = []
    used = [start]
    name, by_authority = "", False
    for unit in units[start + 1 : start + 14]:
        if unit.furniture:
            continue
        if habit.COPY_LINE.match(unit.text) or unit.number or habit.ANNEX.match(unit.text):
            break
        for line in unit.lines or []:
            text = squeeze(line.text)
            both = habit.NAME_AND_TITLE.match(text)
            if both:
                found.append(Signature(both["name"].strip(), both["title"].strip(), bool(both["ef"])))
                used.append(unit.index)
                name = ""
            elif name and habit.JOB_TITLE.search(text) and len(text) < 60:
                found.append(Signature(name, text, by_authority))
                used.append(unit.index)
                name = ""
            elif habit.NAME.match(text):
                name = re.sub(r"\s*\(e\.?\s?f\.?\)", "", text).strip()
                by_authority = "(e" in text
                used.append(unit.index)
    return tuple(found), tuple(used)


def _copies(units: list[Unit]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    for unit in reversed(units):
        match = habit.COPY_LINE.match(unit.text)
        if not match or len(unit.text) > 300:
            continue
        names = [part.strip() for part in re.split(r"[;,]", unit.text[match.end() :]) if part.strip(" :.")]
        used = [unit.index]
        for following in units[unit.index + 1 : unit.index + 12]:
            if following.furniture:
                continue
            if following.number or habit.ANNEX.match(following.text) or len(following.text) > 90:
                break
            names.append(following.text.strip(" ."))
            used.append(following.index)
        return tuple(names), tuple(used)
    return (), ()


def recognise_facts(reading: Reading, hints: Hints) -> DocumentFacts:
    """All facts, with hints from the person importing in place of what the text says."""
    units = reading.units
    text = reading.canonical.text
    opening = "\n".join(unit.heading_text for unit in units[:25])[:6_000]
    names = [source.name for source in reading.canonical.sources]
    title, title_sure, title_at = _title(units)
    kind, kind_sure = (hints.kind, 1.0) if hints.kind else _kind(title, opening, text)
    issuer, issuer_sure = (hints.issuer, 1.0) if hints.issuer else _ministry(opening, text)
    agency, agency_sure = (hints.agency, 1.0) if hints.agency else _agency(title, opening, text, issuer)
    below = _below_title(units, title_at) if agency_sure < 0.7 else None
    agency, agency_sure = (below, 0.7) if below else (agency, agency_sure)
    year, year_sure = (hints.year, 1.0) if hints.year else _year(title, opening, text, names)
    date, date_sure, date_at = (hints.date, 1.0, ()) if hints.date else _date(units, kind)
    case, case_sure, case_at = (hints.case_number, 1.0, ()) if hints.case_number else _case_number(units)
    signatures, signed_at = _signatures(units, _closing(units))
    copies, copied_at = _copies(units)
    number = habit.LETTER_NUMBER.search(title or "")
    norm = written_norm(text)
    missing = [
        name
        for name, value in (
            ("title", title),
            ("issuer", issuer),
            ("agency", agency),
            ("year", year),
            ("date", date),
            ("case_number", case),
            ("signatures", signatures),
            ("copies", copies),
        )
        if not value
    ]
    instruction = kind is LetterKind.INSTRUCTION
    for place in (title_at, date_at, case_at, signed_at, copied_at):
        reading.claim("facts", *(units[index] for index in place))
    return DocumentFacts(
        kind=Fact(kind, kind_sure, title_at),
        title=Fact(title, title_sure, title_at),
        issuer=Fact(issuer, issuer_sure),
        agency=Fact(agency, agency_sure),
        year=Fact(year, year_sure),
        date=Fact(date, date_sure, date_at),
        case_number=Fact(case, case_sure, case_at),
        language=Fact(norm or "nb", 0.9 if norm else 0.2),
        letter_number=Fact(int(number[1]) if number else None, 0.9 if number else 0.0, title_at),
        signatures=Fact(signatures, 0.85 if signatures else 0.0, signed_at),
        copies=Fact(copies, 0.9 if copies else 0.0, copied_at),
        missing=tuple(missing),
        effective_on=takes_effect(units, date) if instruction else Fact(None),
        replaces=replaced(units) if instruction else Fact(()),
    )
