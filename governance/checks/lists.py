"""Lists against sections: the opening list of assignments (S-01), and earlier ones the letter mentions (R-18)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import listing
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check
from governance.checks.surroundings import Words
from governance.importing.values.references import reference_key
from governance.models import Severity

_REFERENCE = r"[A-ZÆØÅ]{2,6}[ \u00a0]?(?:19|20)\d\d[ \u00a0]?[-–/][ \u00a0]?\d{1,4}[a-z]?"
_OPENS = re.compile(rf"^[\s•·–\-*\d.)]{{0,8}}({_REFERENCE})\b")
_ANYWHERE = re.compile(rf"\b({_REFERENCE})\b")
_UNNAMED = re.compile(
    r"\boppdrag[^.\n]{0,120}?\b((?:19|20)\d\d)\b[^.\n]{0,120}?\bfrist[^.\n]{0,60}?\b((?:19|20)\d\d)\b", re.I
)
LIST_LINE = 220


@dataclass(frozen=True)
class _Line:
    key: str
    written: str
    passage: Words


def _lines(content: Content) -> Iterator[_Line | None]:
    """Every line of the text: the assignment it opens with, or None."""
    for passage in content.around.words:
        for line in passage.text.splitlines():
            if not line.strip():
                continue
            match = _OPENS.match(line) if len(line) <= LIST_LINE else None
            yield _Line(reference_key(match.group(1)), match.group(1), passage) if match else None


def _opening_list(content: Content) -> tuple[dict[str, _Line], set[str]]:
    """(the first run of two or more lines that each open with an assignment, those that open a section elsewhere)."""
    run: list[_Line] = []
    listed: dict[str, _Line] = {}
    headings: set[str] = set()
    for line in [*_lines(content), None]:
        if line is not None and line.key not in {one.key for one in run}:
            run.append(line)
            continue
        distinct = {one.key: one for one in run}
        if len(distinct) > 1 and not listed:
            listed = distinct
        else:
            headings |= set(distinct)
        run = [line] if line is not None else []
    return listed, headings


@check("S-01", Severity.WARNING, gettext_lazy("Listen over oppdrag stemmer ikke med avsnittene"))
def opening_list(content: Content) -> Iterable[Found]:
    """The list of assignments at the letter's head names the same ones as the sections below it."""
    listed, headings = _opening_list(content)
    rows = {key: row for row in content.of("assignment") if (key := _key(row)) and _is_new(row)}
    own_series = {_series(key) for key in rows}
    if not headings & set(listed):  # no list, or one that is not repeated by sections
        return
    for key, line in listed.items():
        if key not in headings and _series(key) in own_series:
            sentence = _("%(name)s står i listen over oppdrag, men har ikke noe eget avsnitt i brevet.")
            place = _("listen over oppdrag, %(name)s") % {"name": line.written}
            yield Found(sentence % {"name": line.written}, place=place, passage=line.passage.uuid or None)
    for key in headings & set(rows):
        if key not in listed:
            yield at(rows[key], _("Oppdraget har et eget avsnitt, men står ikke i listen over oppdrag."))


def _key(row: Row) -> str:
    reference = row.data.get("reference")
    written = reference.get("written") if isinstance(reference, dict) else ""
    return reference_key(str(written)) if written else ""


def _series(key: str) -> str:
    return key.rpartition("-")[0]


def _is_new(row: Row) -> bool:
    return row.text("change") in ("", "new")


@check("R-18", Severity.WARNING, gettext_lazy("Tidligere oppdrag som brevet nevner uten å liste dem"))
def earlier_mentioned(content: Content) -> Iterable[Found]:
    """Earlier assignments the running text speaks of are known here, so that they show in the year's list."""
    own = {_key(row) for row in content.of("assignment")}
    own |= {reference_key(row.text("changes_reference")) for row in content.of("assignment")}
    earlier = {row.key: row for row in content.around.earlier}
    told: set[str] = set()
    for passage in content.around.words:
        for match in _ANYWHERE.finditer(passage.text):
            key = reference_key(match.group(1))
            if key in own or key in told:
                continue
            told.add(key)
            known = earlier.get(key)
            if known is not None and known.ended:
                sentence = _("Brevet nevner %(name)s, som er avsluttet eller utgått.")
                yield _found(sentence, match.group(1), passage, Severity.INFORMATION.value)
            elif known is None:
                sentence = _("Brevet nevner %(name)s, som ikke er registrert blant oppdragene til virksomheten.")
                yield _found(sentence, match.group(1), passage, "")
    yield from _unnamed(content)


def _found(sentence: str, name: str, passage: Words, severity: str) -> Found:
    return Found(sentence % {"name": name}, place=name, passage=passage.uuid or None, severity=severity)


def _unnamed(content: Content) -> Iterator[Found]:
    """«Oppdrag gitt i 2025 med frist i 2026» without a list: which ones that is, or that none is known."""
    for passage in content.around.words:
        match = _UNNAMED.search(passage.text)
        if match is None:
            continue
        given, due = int(match.group(1)), int(match.group(2))
        if given >= due or (content.year is not None and given >= content.year):
            continue
        meant = [
            row.reference or row.title[:60]
            for row in content.around.earlier
            if row.year == given and row.due is not None and row.due.year == due and not row.ended
        ]
        words = {"given": given, "due": due, "names": listing(meant[:8])}
        place = _("oppdrag fra %(given)s med frist i %(due)s") % words
        if meant:
            sentence = _(
                "Brevet viser til oppdrag fra %(given)s med frist i %(due)s uten å liste dem. Det er %(names)s."
            )
            yield Found(
                sentence % words, place=place, passage=passage.uuid or None, severity=Severity.INFORMATION.value
            )
        else:
            sentence = _("Brevet viser til oppdrag fra %(given)s med frist i %(due)s, men ingen slike er registrert.")
            yield Found(sentence % words, place=place, passage=passage.uuid or None)
