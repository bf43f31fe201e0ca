"""Deadlines of an assignment: by part, with kind, as written (I-05, I-09; decisions A6, A7)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from governance.importing.habits.markers import DEADLINE_LINE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import DeadlineKind, DraftDelivery, ProductKind
from governance.importing.values.dates import DateHit, find_dates, find_days, is_vague
from governance.importing.values.text import squeeze
from governance.importing.values.times import find_time

_LABEL = re.compile(
    r"(?:(?:Ny|Endelig|Endeleg|Leverings|Svar|Tids|Rapporterings|Foreløpig|Førebels)?-?\s?[Ff]rist(?:en|er|ar)?)\b"
    r"(?P<for>(?:\s+(?:for|til|på|og)\s+[^:.\d]{1,70}?|\s+(?:punkt|pkt\.?|bokstav|del)\s+\w{1,3})?)"
    r"\s*(?::|(?=\s\d)|\s+(?:er|settes\s+til|blir|vert|sett\s+til)\b:?)\s*"
)
_INLINE = re.compile(r"(?<![\w-])(?:Frist(?:en)?)\b(?=\s*(?::|\s\d|\s+(?:for|punkt|er)\b))")
_BEFORE = re.compile(
    r"(?:\binnen|\binnan|\bsenest|\bseinast|\bfrist\w*)\b[\s:]*(?:\w+\s+){0,2}?$|"
    r"\b(?:leveres|leverast|sendes|sendast|oversendes|oversendast|overleveres|ferdigstilles|ferdigstillast|foreligge|ligge\s+(?:føre|klar)|"
    r"legges\s+fram|leggjast\s+fram|avsluttes|avsluttast)\s+(?:departementet\s+)?(?:den\s+)?$",
    re.IGNORECASE,
)
_NOT_A_DEADLINE = re.compile(
    r"(?:(?<!utgangen )(?<!slutten )(?<!løpet )\bav|\bdatert|\bfra|\bfrå|\bsiden|\bsidan|\bper|\bpr\.|\bvirkning\s+fra|"
    r"\bverknad\s+frå)\s+(?:den\s+)?$",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = (
    (
        DeadlineKind.DIALOG,
        re.compile(r"\bdialog|avtal(?:es|ast|t)\b|avklar(?:es|ast)|samråd|nærmere|nærare|konkretiser", re.IGNORECASE),
    ),
    (DeadlineKind.IMMEDIATE, re.compile(r"snarest|straks|umiddelbart|omgående|omgåande|så\s+fort", re.IGNORECASE)),
    (
        DeadlineKind.RECURRING,
        re.compile(
            r"løp(?:e|a)nde|årlig|årleg|hvert|kvart\b|hver\b|kvar\b|månedlig|månadleg|gang(?:er)?\s+i\s+året|gong(?:er)?\s+i\s+året|tertialvis|kvartalsvis|halvårlig",
            re.IGNORECASE,
        ),
    ),
    (
        DeadlineKind.EVENT,
        re.compile(
            r"årsrapport|tertialrapport|ved\s+ferdig|så\s+snart|når\b|etter\s+at|samme\s+frist|same\s+frist|i\s+forbindelse|i\s+samband|virksomhetsrapport",
            re.IGNORECASE,
        ),
    ),
)
_FIXED = re.compile(r"kan\s+ikke\s+fravikes|kan\s+ikkje\s+fråvikast|absolutt", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:gang(?:er)?|gong(?:er)?)\s+(?:i\s+året|per\s+år|årlig|årleg)", re.IGNORECASE)
_TENTATIVE = re.compile(r"tentativ|ta(?:r)?\s+sikte\s+på|foreløpig\s+frist|førebels\s+frist", re.IGNORECASE)
_PRODUCTS: tuple[tuple[ProductKind, re.Pattern[str]], ...] = (
    (
        ProductKind.DRAFT_CONSULTATION,
        re.compile(
            r"høringsnotat|høyringsnotat|høringsforslag|høyringsforslag|lovforslag|lovendring|forskriftsendring",
            re.IGNORECASE,
        ),
    ),
    (ProductKind.PRELIMINARY, re.compile(r"foreløpig|førebels|skisse|utkast", re.IGNORECASE)),
    (ProductKind.STATUS_REPORT, re.compile(r"statusrapport|status\b|fremdrift|framdrift|underveis", re.IGNORECASE)),
    (ProductKind.PLAN, re.compile(r"prosjektplan|fremdriftsplan|framdriftsplan|\bplan\b", re.IGNORECASE)),
    (ProductKind.PARTIAL, re.compile(r"dell?everanse|delrapport|deloppdrag|første\s+del|punkt\s+\d", re.IGNORECASE)),
    (ProductKind.MEETING, re.compile(r"\bmøte\b|fagmøte", re.IGNORECASE)),
)


_MOVED_FROM = re.compile(r"(?:flytt|utset|forleng|endr)\w*\s+(?:\w+\s+){0,3}?(?:fra|frå)\s+(?:den\s+)?$", re.IGNORECASE)
_MOVED_TO = re.compile(r"(?:flytt|utset|forleng|endr)\w*\b.{0,50}?\btil\s+(?:den\s+)?$", re.IGNORECASE)
"""«Fristen flyttes fra 1. juli til 15. oktober»: the first day holds no more."""
_LEFT_OPEN = re.compile(
    r"^\s*(?:(?:fristen|dato|datoen)\s+)?(?:(?:blir|vert|skal)\s+)?(?:avtal\w+|avklar\w+|fastset\w+|fastsett\w*|settes\s+(?:i|etter)|konkretiser\w+|"
    r"i\s+(?:dialog|samråd))\b",
    re.IGNORECASE,
)
"""«Avtales nærmere i møtet i mai»: the month is when it is agreed, not when it is due."""


@dataclass(slots=True)
class Part:
    """The part of an assignment a unit stands in: anchor and first words."""

    anchor: str = ""
    text: str = ""


def product_of(text: str) -> ProductKind:
    """The kind of product that the words around a deadline name."""
    for product, pattern in _PRODUCTS:
        if pattern.search(text):
            return product
    return ProductKind.FINAL


def kind_without_date(text: str) -> DeadlineKind:
    """The kind of a deadline that gives no day."""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return DeadlineKind.NONE


def _kind(text: str, hit: DateHit | None, has_time: bool) -> DeadlineKind:
    if hit is None or hit.date is None:
        return kind_without_date(text)
    if _TENTATIVE.search(text[: hit.start + 1]):
        return DeadlineKind.TENTATIVE
    return DeadlineKind.DATE_TIME if has_time else DeadlineKind.DATE


_CUT = re.compile(r"(?<=[.;])\s+(?=[A-ZÆØÅ])")
_ABBREVIATED = re.compile(
    r"(?:^\d{1,2}|\bjf|\bev|\bca|\bnr|\bkap|\bpkt|\bkl|\bSt|\bProp|\bInnst|\bMeld|\bbl\.a|\bDr|\bpst)\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a paragraph; «15. november» and «jf. X» are not cut."""
    spans, start = [], 0
    for match in _CUT.finditer(text):
        head = text[start : match.start()]
        if _ABBREVIATED.search(head[-8:]):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return spans


_PART_VERB = re.compile(
    r"\s+(?:bes|skal|sendes|sendast|oversendes|leveres|leverast|må|vil|settes|legges|er|innen|innan|senest|seinast|blir|ber)\b",
    re.IGNORECASE,
)


def _part_of(sentence: str, inside: Part, label_for: str) -> str:
    label = re.sub(r"^\s*(?:for|til|på|og)\s+", "", label_for).strip()
    if label and label.lower() not in ("oppdraget", "levering", "oppdrag", "leveranse", "deloppdraget", "rapportering"):
        return label
    if inside.text:
        return inside.text
    match = _PART_VERB.search(sentence)
    words = sentence[: match.start()] if match and match.start() > 3 else ""
    if re.match(r"^(?:Innen|Innan|Senest|Seinast)\b", sentence):
        after = re.sub(r"^(?:Innen|Innan|Senest|Seinast)\s+[\d.]+\s*\w*\s*(?:20\d\d)?\s*(?:skal|bes)?\s*", "", sentence)
        match = _PART_VERB.search(after)
        words = after[: match.start()] if match else ""
    first = re.match(
        r"^(?:Dell?everanse|Endelig\s+leveranse|Endeleg\s+leveranse|Sluttrapport|Delrapport|Utkast|Statusrapport)[^.\d]{0,60}",
        sentence,
    )
    if first:
        words = first.group()
    words = squeeze(words).strip(" :,")
    return (
        words
        if 3 < len(words) < 160
        and not re.match(r"(?:Departementet|Vi|Det|Direktoratet|Etaten|Oppdraget|Arbeidet|Svaret|Leveransen)\b", words)
        else ""
    )


def _labelled(reading: Reading, unit: Unit, inside: Part, labels: list[re.Match[str]]) -> list[DraftDelivery]:
    found: list[DraftDelivery] = []
    for position, label in enumerate(labels):
        end = labels[position + 1].start() if position + 1 < len(labels) else len(unit.text)
        tail = re.search(r"\s*(?:Ansvar(?:lig|leg)\s+avdeling|Avdeling:|Ansvarlig:)", unit.text[label.end() : end])
        if tail:
            end = label.end() + tail.start()
        found.extend(_of_label(reading, unit, inside, label, end))
    return found


def _of_label(reading: Reading, unit: Unit, inside: Part, label: re.Match[str], end: int) -> list[DraftDelivery]:
    text = unit.text[label.end() : end]
    hits = [
        hit
        for hit in find_dates(text, reading.year)
        if not _NOT_A_DEADLINE.search(
            unit.text[max(0, label.end() + hit.start - 30) : label.end() + hit.start].rstrip() + " "
        )
    ]
    if kind_without_date(text) is DeadlineKind.RECURRING and re.search(r"løp(?:e|a)nde", text, re.IGNORECASE):
        hits = []
    hits = [hit for hit in hits if not _LEFT_OPEN.match(text) or _BEFORE.search(text[: hit.start])]
    if not hits:
        if not text.strip() or (is_vague(text) is False and label["for"].strip().startswith("og")):
            return []
        span = reading.span(unit, "frist", label.end(), end)
        kind = kind_without_date(text)
        return [
            DraftDelivery(
                _part_of("", inside, label["for"]),
                inside.anchor,
                product_of(label["for"]),
                kind,
                text.strip(),
                start=span.start,
                end=span.end,
            )
        ]
    return [_delivery(reading, unit, inside, label["for"], hit, label.end(), text) for hit in hits]


def _delivery(
    reading: Reading, unit: Unit, inside: Part, label_for: str, hit: DateHit, offset: int, text: str
) -> DraftDelivery:
    start, end = next(
        ((left, right) for left, right in sentences(text) if left <= hit.start < max(right, left + 1)), (0, len(text))
    )
    sentence = text[start:end]
    clock = find_time(text[hit.end : hit.end + 30])
    span = reading.span(unit, "frist", offset + hit.start, offset + hit.end)
    part = _part_of(sentence, inside, label_for)
    written = squeeze(sentence) if hit.exists and len(sentence) < 120 else squeeze(hit.written)
    return DraftDelivery(
        part=part,
        anchor=inside.anchor,
        product=product_of(f"{label_for} {part}" if (part or label_for.strip()) else sentence[: hit.start - start]),
        kind=DeadlineKind.RECURRING
        if _OFTEN.search(text)
        else DeadlineKind.FIXED
        if hit.date and _FIXED.search(text)
        else _kind(sentence, hit, clock is not None),
        deadline_text=written,
        date=hit.date,
        time=clock[2] if clock else None,
        end_date=hit.end_date,
        optional=bool(re.search(r"tar?\s+sikte\s+på|bør\b|ønskelig|ynskjeleg", sentence)),
        start=span.start,
        end=span.end,
    )


_ITEM_WITH_DATE = re.compile(
    r"^[^.:]{3,90}[:–]\s*(?:\d{1,2}\.\s?\w+\.?\s?(?:20\d\d)?|\d{1,2}\.\d{1,2}\.(?:20)?\d{0,2})\.?$"
)
"""«Utkast til råd: 15. september»."""


def deadlines_of(reading: Reading, unit: Unit, inside: Part, *, opened: bool = False) -> list[DraftDelivery]:
    """All deadlines of one unit: behind «Frist», or a day behind «innen», «innan», «senest».

    ``opened`` says that the list above was headed by «Frist og rapportering:».
    """
    text = unit.text
    labels = [match for match in _LABEL.finditer(text) if _at_opening(text, match.start())]
    if labels:
        head = [] if labels[0].start() < 3 else _running(reading, unit, inside, text[: labels[0].start()])
        return head + _labelled(reading, unit, inside, labels)
    if (opened or _ITEM_WITH_DATE.match(text)) and not DEADLINE_LINE.match(text):
        hits = find_days(text, reading.year)
        if hits:
            return [_delivery(reading, unit, inside, "", hit, 0, text) for hit in hits]
    return _running(reading, unit, inside, text)


def _at_opening(text: str, start: int) -> bool:
    """A label counts where a sentence begins, not inside one («innen fastsatt frist»)."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".:;•–-)|" or bool(re.search(r"\bo$", before)) or text[start] == "F"


def _running(reading: Reading, unit: Unit, inside: Part, text: str) -> list[DraftDelivery]:
    found = []
    earliest = reading.year - 1 if reading.year else 0
    for hit in find_dates(text, reading.year):
        before = text[max(0, hit.start - 60) : hit.start]
        if _MOVED_FROM.search(before):
            continue
        if (
            not _BEFORE.search(before)
            and not _MOVED_TO.search(before)
            and not re.match(r"(?:innen|innan)\b", hit.written, re.IGNORECASE)
        ):
            continue
        if hit.date is not None and hit.date.year < earliest:
            continue
        found.append(_delivery(reading, unit, inside, "", hit, 0, text))
    return found


_DURING = re.compile(
    r"\bi\s+løpet\s+av\s+(?:20\d\d|året|(?:første|fyrste|andre|1\.|2\.)\s+halvår(?:et)?(?:\s+20\d\d)?|\w+\s+20\d\d)|"
    r"\b(?:ferdig\w*|klart?|lever\w+|avslutt\w*|gjennomfør\w*)\s+i\s+(?:[1-4]\.|første|fyrste|andre|annet|tredje|fjerde)\s+"
    r"(?:halvår|kvartal|tertial)(?:et)?(?:\s+20\d\d)?",
    re.IGNORECASE,
)


def during_the_year(reading: Reading, units: list[Unit]) -> list[DraftDelivery]:
    """An assignment without any other deadline that is to be done «i løpet av» the letter's year."""
    for unit in units:
        for match in _DURING.finditer(unit.text):
            for hit in find_dates(match.group(), reading.year):
                if hit.date is None or hit.date.year != reading.year:
                    continue
                span = reading.span(unit, "frist", match.start(), match.end())
                return [
                    DraftDelivery(
                        "",
                        "",
                        ProductKind.FINAL,
                        DeadlineKind.DATE,
                        match.group(),
                        hit.date,
                        start=span.start,
                        end=span.end,
                    )
                ]
    return []


def whole_deadline(deliveries: list[DraftDelivery]) -> tuple[dt.date | None, DeadlineKind, str]:
    """(date, kind, as written) for the assignment as a whole: the last of its dates."""
    undated = [item for item in deliveries if item.date is None]
    dated = [item for item in deliveries if item.date is not None]
    if not dated:
        if not undated:
            return None, DeadlineKind.NONE, ""
        return None, undated[-1].kind, undated[-1].deadline_text
    settled_later = [
        item for item in undated if item.kind in (DeadlineKind.DIALOG, DeadlineKind.RECURRING) and not item.part
    ]
    if settled_later and all(item.part for item in dated):
        return None, settled_later[-1].kind, settled_later[-1].deadline_text
    last = max(dated, key=lambda item: item.date or dt.date.min)
    return last.date, last.kind, last.deadline_text
