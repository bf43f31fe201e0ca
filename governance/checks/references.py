"""Numbers, cross references, departments and requirements: V-01, V-07, V-08, V-32."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import listing
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check, each
from governance.models import Severity


@check("V-01", Severity.WARNING, gettext_lazy("Rapport som bare står i kalenderen"))
def calendar_only(content: Content) -> Iterable[Found]:
    """Every requirement to report stands in the letter's text; one that is only a calendar row is pointed out."""
    required = {row.data.get("date") or row.data.get("due") for row in content.of("reporting")} - {None}
    alone = [
        row
        for row in content.of("calendar")
        if row.text("kind") in ("", "report") and not _is_meeting(row) and row.data.get("date") not in required
    ]
    if alone and content.of("reporting"):
        titles = listing([f"«{row.text('title')[:60]}»" for row in alone[:4]])
        more = _(" og %(n)s til") % {"n": len(alone) - 4} if len(alone) > 4 else ""
        yield Found(
            _("%(titles)s%(more)s står bare i kalenderen, ikke som krav i brevets tekst.")
            % {"titles": titles, "more": more},
            place=_("kalenderen"),
        )


def _is_meeting(row: Row) -> bool:
    return "møte" in row.text("title").lower()


Key = tuple[str, Any, Any, str]


def _key(row: Row) -> Key | None:
    reference = row.data.get("reference")
    if not isinstance(reference, dict) or reference.get("number") is None:
        return None
    return (
        str(reference.get("series") or "").upper(),
        reference.get("year"),
        reference.get("number"),
        str(reference.get("suffix") or "").lower(),
    )


@check("V-07", Severity.WARNING, gettext_lazy("Oppdragsnummer brukt to ganger, eller hull i rekken"), lasting=True)
def numbers(content: Content) -> Iterable[Found]:
    """Numbers are unique per agency, series and year. A duplicate stops a letter made here, never an import (A10)."""
    severity = Severity.STOPS.value if content.is_draft else ""
    given = {(n.series.upper(), n.year, n.number, n.suffix.lower()): n.document for n in content.numbers}
    counted: Counter[Key] = Counter()
    again: dict[str, list[Row]] = {}
    for row in content.of("assignment"):
        key = _key(row)
        if key is None or row.text("change") in ("clarified", "moved", "withdrawn") or row.data.get("listed_only"):
            continue
        counted[key] += 1
        if counted[key] > 1:
            yield at(row, _("Nummeret står på to oppdrag i dette brevet."), severity=severity)
        elif key in given:
            again.setdefault(given[key], []).append(row)
    yield from _given_before(again, severity)
    yield from _gaps(counted, given)


def _given_before(again: dict[str, list[Row]], severity: str) -> Iterator[Found]:
    """One finding per row, or one for the whole letter when it seems to be here already."""
    for document, rows in again.items():
        if len(rows) == 1:
            sentence = _("Nummeret er gitt før, i «%(document)s».") % {"document": document}
            yield at(rows[0], sentence, severity=severity)
            continue
        names = listing([row.place for row in rows])
        sentence = _("%(names)s er gitt før, i «%(document)s». Er brevet registrert fra før?")
        yield Found(sentence % {"names": names, "document": document}, place=_("oppdrag"), severity=severity)


def _gaps(counted: Counter[Key], given: dict[Key, str]) -> Iterator[Found]:
    for series, year in sorted({(key[0], key[1] or 0) for key in counted}):
        here = {key[2] for key in counted if key[0] == series and (key[1] or 0) == year}
        before = {key[2] for key in given if key[0] == series and (key[1] or 0) == year}
        start = max(before, default=min(here) - 1) + 1
        missing = [n for n in range(min(start, *here), max(here)) if n not in here | before]
        if missing:
            names = listing([f"{series}{year or ''}-{n}" for n in missing[:5]])
            sentence = _("Det er hull i nummerrekken: %(names)s mangler.") % {"names": names}
            yield Found(sentence, place=_("oppdrag"))


@check(
    "V-08",
    Severity.WARNING,
    gettext_lazy("Henvisning til punkt som ikke finnes, eller samme punkt to ganger"),
    lasting=True,
)
def cross_references(content: Content) -> Iterable[Found]:
    """References to sections lead somewhere, and no section number is used twice."""
    known = {number.rstrip(".") for number, _title in content.sections if number}
    for row in content.citations:
        if row.text("kind") == "section" and row.data.get("resolved") is False:
            sentence = _("%(place)s viser til %(written)s, som ikke finnes i dokumentet.")
            where = row.text("where") or _("Brevet")
            yield Found(sentence % {"place": where, "written": row.text("written")}, place=row.place)
    numbered = Counter(number.rstrip(".") for number, _title in content.sections if number and "." in number)
    for number, count in numbered.items():
        if count > 1 and number in known:
            sentence = _("Punkt %(number)s står %(count)s ganger i dokumentet.") % {"number": number, "count": count}
            yield Found(sentence, place=_("punkt %(number)s") % {"number": number})


@check("V-32", Severity.WARNING, gettext_lazy("Ukjent avdeling"))
def known_department(content: Content) -> Iterable[Found]:
    """The department code exists at the letter's date."""

    def sentence(row: Row) -> str:
        code, name = row.text("department_code"), row.text("department")
        if not (code or name) or code in content.departments or name in content.departments.values():
            return ""
        return _("Avdelingen «%(name)s» finnes ikke i %(ministry)s på brevets dato.") % {
            "name": code or name,
            "ministry": content.issuer.short if content.issuer else _("departementet"),
        }

    return each(content.of("assignment"), sentence)
