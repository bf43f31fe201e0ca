"""Authorisations with limits, bodies and posts (R-60..R-64), and common directives (R-113, V-35)."""

from __future__ import annotations

import re

from governance.importing.habits import reporting as habit
from governance.importing.habits.labels import Label
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import AuthorisationKind, DraftAuthorisation, DraftCommonDirective, LetterKind
from governance.importing.values.money import find_amounts
from governance.importing.values.text import squeeze

_BODY = re.compile(r"^[A-ZÆØÅ][\wæøåÆØÅ ,.()-]{3,110}$")


def _kind(text: str, title: str) -> AuthorisationKind:
    for source in (text, title):
        for kind, pattern in habit.AUTHORISATION_KINDS:
            if pattern.search(source):
                return AuthorisationKind(kind)
    return AuthorisationKind.OTHER


def _posts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(expense posts, income posts) such as «746.01», told apart by the chapter (V-11)."""
    expense: list[str] = []
    income: list[str] = []
    for match in habit.POSTS.finditer(text):
        chapter = match["chapter"]
        target = income if 3000 <= int(chapter) <= 5999 else expense
        target.extend(f"{chapter}.{post.zfill(2)}" for post in re.findall(r"\d{1,2}", match["posts"]))
    return tuple(dict.fromkeys(expense)), tuple(dict.fromkeys(income))


def _limit(text: str) -> tuple[int | None, str]:
    for hit in find_amounts(text):
        if habit.LIMIT.search(text[: hit.start].rstrip() + " ") or habit.LIMIT.search(text[: hit.start]):
            return hit.kroner, squeeze(text[hit.start : hit.end])
    return None, ""


def _counts(reading: Reading, unit: Unit, inside: bool) -> bool:
    if unit.is_heading or unit.is_row or reading.claimed(unit, "assignment", "calendar", "facts"):
        return False
    if inside:
        return len(unit.text) > 25
    named = re.search(
        r"merinntektsfullmakt|bestillingsfullmakt|tilsagnsfullmakt|belastningsfullmakt|(?:gis|gitt|får|delegeres|har)\s+(?:\w+\s+){0,4}fullmakt",
        unit.text,
        re.IGNORECASE,
    )
    return bool(named) and not reading.claimed(unit, "budget")


def recognise_authorisations(reading: Reading) -> list[DraftAuthorisation]:
    """Authorisations below headings on «fullmakter», and those named in running text."""
    found: list[DraftAuthorisation] = []
    skip: set[int] = set()
    year = None if reading.kind is LetterKind.INSTRUCTION else reading.year
    for unit in reading.body():
        inside = reading.outline.under(unit, Label.AUTHORISATION)
        if unit.index in skip or not _counts(reading, unit, inside):
            continue
        bodies: list[Unit] = []
        if unit.text.endswith(":"):
            for following in reading.after(unit):
                if not following.is_item or not _BODY.match(following.text) or following.marker == unit.marker:
                    break
                bodies.append(following)
        skip.update(body.index for body in bodies)
        chain = reading.outline.chain(unit)
        title = chain[0].title if chain and inside else ""
        limit, written = _limit(unit.text)
        expense, income = _posts(unit.text)
        found.append(
            DraftAuthorisation(
                key=f"authorisation-{len(found) + 1}",
                confidence=0.85 if inside else 0.7,
                passages=reading.claim("authorisation", unit, *bodies),
                text=squeeze(unit.text),
                kind=_kind(unit.text, title),
                title=squeeze(title),
                limit=limit,
                limit_as_written=written,
                bodies=tuple(body.text.strip(" .;") for body in bodies),
                valid_year=year,
                expense_posts=expense,
                income_posts=income,
            )
        )
    return found


def recognise_common_directives(reading: Reading) -> list[DraftCommonDirective]:
    """The common directives: the small headings below «Fellesføringer», or the section as one."""
    found: list[DraftCommonDirective] = []
    for section in reading.outline.sections:
        if Label.COMMON not in section.labels or section.heading is None:
            continue
        children = [child for child in reading.outline.sections if child.parent == section.ordinal and child.heading]
        own = [unit for unit in section.units if unit is not section.heading]
        circulars = tuple(dict.fromkeys(match.group() for unit in own for match in habit.CIRCULAR.finditer(unit.text)))
        for group in children or [section]:
            units = [unit for unit in group.units if not unit.furniture]
            text = "\n".join(unit.text for unit in units if unit is not group.heading)
            if not text:
                continue
            found.append(
                DraftCommonDirective(
                    key=f"common-{len(found) + 1}",
                    confidence=0.85,
                    passages=reading.claim("common", *units),
                    title=squeeze(group.title),
                    text=text,
                    circulars=circulars,
                )
            )
        if children:
            reading.claim("common", *own)
    return found
