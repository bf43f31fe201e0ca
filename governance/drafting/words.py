"""The text a letter shows for a row, made from the row's values in the letter's own written norm.

The first piece of a row with a heading is the heading; what follows are its paragraphs. The words are the
document's, not the screen's: bokmål and nynorsk stand side by side in one table, whatever language the writer reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.formatting import in_thousand_kroner, thousands

Data = Mapping[str, Any]

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    "deadline": ("Frist: {0}", "Frist: {0}"),
    "part": ("Frist for {0}: {1}", "Frist for {0}: {1}"),
    "no_deadline": ("Oppdraget har ingen frist.", "Oppdraget har ingen frist."),
    "withdrawn": ("Oppdraget trekkes.", "Oppdraget blir trekt."),
    "ongoing": ("løpende", "løpande"),
    "immediate": ("straks", "straks"),
    "dialog": ("avtales i dialog", "blir avtalt i dialog"),
    "once": ("én gang i året", "éin gong i året"),
    "per_year": ("{0} ganger i året", "{0} gonger i året"),
    "tentative": ("tentativt", "tentativt"),
    "fixed": ("kan ikke fravikes", "kan ikkje fravikast"),
    "optional": ("mulig delleveranse", "mogleg delleveranse"),
    "clock": ("kl. {0}", "kl. {0}"),
    "contributes": ("Målet bidrar til sektormål {0}.", "Målet bidreg til sektormål {0}."),
    "target": ("Resultatkrav: {0}", "Resultatkrav: {0}"),
    "baseline": ("{0} (utgangspunkt {1})", "{0} (utgangspunkt {1})"),
    "measures": ("Rapporteres som {0}.", "Blir rapportert som {0}."),
    "dimensions": ("Fordeles på {0}.", "Blir fordelt på {0}."),
    "and": ("og", "og"),
    "of_which": ("herav {0}: {1}", "av dette {0}: {1}"),
    "earmarked": ("øremerket {0}: {1}", "øyremerkt {0}: {1}"),
    "carried_over": ("overført fra i fjor", "overført frå i fjor"),
    "income": ("inntektskrav", "inntektskrav"),
    "transferable": ("kan overføres", "kan overførast"),
    "financed": ("finansieres av {0}", "blir finansiert av {0}"),
    "limit": ("Beløpsgrensen er {0} kroner.", "Beløpsgrensa er {0} kroner."),
    "valid_both": ("Fullmakten gjelder fra {0} til og med {1}.", "Fullmakta gjeld frå {0} til og med {1}."),
    "valid_from": ("Fullmakten gjelder fra {0}.", "Fullmakta gjeld frå {0}."),
    "valid_to": ("Fullmakten gjelder til og med {0}.", "Fullmakta gjeld til og med {0}."),
    "bodies": ("Fullmakten gjelder for {0}.", "Fullmakta gjeld for {0}."),
    "annual_report": ("i årsrapporten", "i årsrapporten"),
    "activity_report": ("i virksomhetsrapporten", "i verksemdsrapporten"),
    "budget_report": ("i budsjett- og regnskapsrapporten", "i budsjett- og rekneskapsrapporten"),
    "event": ("ved hendelse", "ved hending"),
    "recurring": ("gjentas", "blir gjenteke"),
    "auditor": ("Kopi til Riksrevisjonen.", "Kopi til Riksrevisjonen."),
    "circular": ("{0} (rundskriv {1})", "{0} (rundskriv {1})"),
    "copy": ("{0} får kopi av {1}.", "{0} får kopi av {1}."),
    "copy_same": ("{0} får kopi av {1} samtidig.", "{0} får kopi av {1} samstundes."),
    "meetings": ("Det holdes minst {1} {0} i året.", "Det skal haldast minst {1} {0} i året."),
    "notice": ("{2} varsles {1} om {0}.", "{2} skal varslast {1} om {0}."),
    "lock": ("{0} endres ikke etter innsending.", "{0} skal ikkje endrast etter innsending."),
    "except": ("Unntak: {0}", "Unntak: {0}"),
    "opened_by": ("Rapporten kan bare åpnes av {0}.", "Rapporten kan berre opnast av {0}."),
    "later": ("{0} ettersendes.", "{0} blir ettersend."),
    "later_by": ("{0} ettersendes innen {1}.", "{0} blir ettersend innan {1}."),
    "replaces": ("Instruksen erstatter {0}.", "Instruksen erstattar {0}."),
    "place": ("Sted: {0}", "Stad: {0}"),
}
CORRESPONDENCE: dict[str, tuple[str, str]] = {
    "document": ("instruks, tildelingsbrev og supplerende brev", "instruks, tildelingsbrev og supplerande brev"),
    "instruction": ("instruks", "instruks"),
    "letter": ("tildelingsbrev", "tildelingsbrev"),
    "supplement": ("supplerende tildelingsbrev", "supplerande tildelingsbrev"),
    "answer": ("svar på oppdrag", "svar på oppdrag"),
    "deadline_decision": ("vedtak om ny frist", "vedtak om ny frist"),
    "budget_report": ("budsjett- og regnskapsrapport", "budsjett- og rekneskapsrapport"),
    "activity_report": ("virksomhetsrapport", "verksemdsrapport"),
    "annual_report": ("årsrapport", "årsrapport"),
    "feedback": ("tilbakemelding på rapport", "tilbakemelding på rapport"),
    "minutes": ("referat", "referat"),
    "all": ("all korrespondanse", "all korrespondanse"),
}
MEETINGS: dict[str, tuple[str, str]] = {
    "governance": ("etatsstyringsmøter", "etatsstyringsmøte"),
    "portfolio": ("styringsmøter om prioritering", "styringsmøte om prioritering"),
    "strategy": ("strategimøter", "strategimøte"),
    "expert": ("fagmøter", "fagmøte"),
    "contact": ("kontaktmøter", "kontaktmøte"),
}
TIMINGS: dict[str, tuple[str, str]] = {
    "immediate": ("straks", "straks"),
    "early": ("så tidlig som mulig", "så tidleg som mogleg"),
    "before": ("før handlingen", "før handlinga"),
    "on_event": ("når det skjer", "når det skjer"),
}
DECIDERS: dict[str, tuple[str, str]] = {
    "director": ("virksomhetens leder", "leiaren av verksemda"),
    "ministry": ("departementet", "departementet"),
    "signer": ("ekspedisjonssjefen i departementet", "ekspedisjonssjefen i departementet"),
    "permanent_secretary": ("departementsråden", "departementsråden"),
}


@dataclass(frozen=True)
class Piece:
    """One passage of a row. ``level`` over 0 is a heading."""

    text: str
    level: int = 0
    number: str = ""


class Speaker:
    """Says things in one written norm."""

    def __init__(self, language: str) -> None:
        self.norm = 1 if language == "nn" else 0

    def __call__(self, word: str, *values: Any) -> str:
        """The words, filled in."""
        return WORDS[word][self.norm].format(*values)

    def of(self, table: Mapping[str, tuple[str, str]], key: Any) -> str:
        """A word of a table; the key itself where the table does not know it."""
        return table[str(key)][self.norm] if str(key) in table else str(key)

    def day(self, value: Any) -> str:
        """15. januar 2027; empty without a date."""
        if not value:
            return ""
        found = date.fromisoformat(str(value)[:10])
        return f"{found.day}. {MONTHS[found.month - 1]} {found.year}"

    def clock(self, value: Any) -> str:
        """Kl. 09.00, in lower case."""
        return self("clock", str(value)[:5].replace(":", ".")) if value else ""

    def listing(self, parts: list[str]) -> str:
        """A, B og C."""
        return f"{', '.join(parts[:-1])} {self('and')} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def pieces(key: str, data: Data, *, language: str, labels: Mapping[str, str] | None = None) -> list[Piece]:
    """The passages of a row in reading order. ``labels`` are names of what the row's references point at."""
    return [piece for piece in WRITERS[key](data, Speaker(language), labels or {}) if piece.text.strip()]


def paragraphs(text: Any) -> list[Piece]:
    """Parts with a blank line between them."""
    parts = str(text or "").replace("\r\n", "\n").split("\n\n")
    return [Piece(part.strip()) for part in parts if part.strip()]


def _numbered(data: Data, text: str) -> str:
    return f"{data.get('reference') or ''} {text}".strip()


def _goal(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    level = {"sector": 2, "main": 2, "sub": 3}.get(str(data.get("level")), 2)
    found = [Piece(str(data["title"]), level, str(data.get("reference") or "")), *paragraphs(data.get("body"))]
    served = [str(part) for part in data.get("contributes_to") or ()]
    return [*found, Piece(say("contributes", say.listing(served)))] if served else found


def _number(value: Any, unit: Any) -> str:
    if value in (None, ""):
        return ""
    number = Decimal(str(value))
    whole = number.to_integral_value()
    shown = whole if number == whole else number.normalize()
    return f"{thousands(Decimal(f'{shown:f}'))} {unit or ''}".strip()


def _parameter(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    found = []
    for row in data.get("targets") or ():
        unit = row.get("unit") or data.get("unit")
        wanted = row.get("text") or _number(row.get("value"), unit)
        before = _number(row.get("baseline"), unit)
        found.append(say("target", say("baseline", wanted, before) if before else wanted))
    return [Piece(". ".join([_numbered(data, str(data["title"])).rstrip("."), *found]) + ("." if found else ""))]


def _key_figure(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    text = [_numbered(data, str(data["title"])).rstrip(".") + "."]
    for name in ("measures", "dimensions"):
        parts = [str(part) for part in data.get(name) or ()]
        text += [say(name, say.listing(parts))] if parts else []
    return [Piece(" ".join(text) if len(text) > 1 else _numbered(data, str(data["title"])))]


def _how_often(times: int, say: Speaker) -> str:
    return say("once") if int(times) == 1 else say("per_year", times)


def deadline(row: Data, say: Speaker) -> str:
    """A delivery's deadline in words: as written where it is written, else from its kind and date."""
    words = str(row.get("deadline_text") or "")
    if not words:
        kind = str(row.get("deadline_kind") or "none")
        words = " ".join(part for part in (say.day(row.get("deadline")), say.clock(row.get("deadline_time"))) if part)
        if kind == "recurring" and row.get("per_year"):
            words = _how_often(row["per_year"], say)
        elif not words and kind in ("ongoing", "immediate", "dialog"):
            words = say(kind)
    marks = [
        say(mark)
        for mark, field in (("tentative", "tentative"), ("fixed", "not_extendable"), ("optional", "optional"))
        if row.get(field)
    ]
    return f"{words} ({', '.join(marks)})" if words and marks else words


def _assignment(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    heading = Piece(_numbered(data, str(data["title"])), 3)
    if data.get("change") == "withdrawn":
        return [heading, Piece(say("withdrawn"))]
    rows = data.get("deliveries") or ()
    due = []
    for row in rows:
        words = deadline(row, say)
        part = row.get("part") or row.get("title") if len(rows) > 1 else row.get("part")
        if words:
            due.append(Piece(say("part", part, words) if part else say("deadline", words)))
    return [heading, *paragraphs(data.get("body")), *due]


def _budget_line(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    code = f"{data['chapter']}.{int(data['post']):02d}"
    marks = [say(str(data["kind"]))] if data.get("kind") in ("carried_over", "income") else []
    marks += [say("transferable")] if data.get("transferable") else []
    marks += [say("financed", labels["financing_ministry"])] if labels.get("financing_ministry") else []
    text = f"{code} {data.get('name') or ''}".strip() + f": {in_thousand_kroner(int(data['amount']))}"
    text += f" ({', '.join(marks)})" if marks else ""
    for row in data.get("splits") or ():
        word = "earmarked" if row.get("kind") == "earmark" else "of_which"
        text += "; " + say(word, row["label"], in_thousand_kroner(int(row["amount"])))
    return [Piece(text + ("" if not data.get("comment") else f". {data['comment']}"))]


def _authorisation(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    last = []
    if data.get("limit") is not None:
        last.append(say("limit", thousands(int(data["limit"]))))
    start, end = say.day(data.get("valid_from")), say.day(data.get("valid_to"))
    if start and end:
        last.append(say("valid_both", start, end))
    elif start or end:
        last.append(say("valid_from", start) if start else say("valid_to", end))
    bodies = [str(part) for part in data.get("bodies") or ()]
    last += [say("bodies", say.listing(bodies))] if bodies else []
    return [Piece(str(data["title"]), 3), *paragraphs(data.get("text")), Piece(" ".join(last))]


def _calendar(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    when = str(data.get("date_text") or "") or say.day(data.get("date"))
    if data.get("end_date") and not data.get("date_text"):
        when = f"{when}–{say.day(data['end_date'])}"
    hours = say.clock(data.get("time"))
    if hours and data.get("end_time"):
        hours += f"–{str(data['end_time'])[:5].replace(':', '.')}"
    text = f"{' '.join(part for part in (when, hours) if part)}: {data['title']}"
    place = f" {say('place', data['place'])}." if data.get("place") else ""
    return [Piece(text + (f".{place}" if place else "") + (f" {data['note']}" if data.get("note") else ""))]


def _reporting(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    when = str(data.get("due_text") or "") or say.day(data.get("due"))
    kind = str(data.get("when"))
    if not when and kind == "recurring" and data.get("per_year"):
        when = _how_often(data["per_year"], say)
    elif kind not in ("date", "recurring"):
        when = ", ".join(part for part in (say(kind), when) if part)
    text = [_numbered(data, str(data["title"])) + (f" ({when})" if when else "") + "."]
    text += [say("auditor")] if data.get("copy_to_auditor") else []
    said_already = str(data.get("text") or "").strip(" .").casefold() == str(data["title"]).strip(" .").casefold()
    return [Piece(" ".join(text)), *([] if said_already else paragraphs(data.get("text")))]


def _common_directive(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    title = str(data["title"])
    heading = say("circular", title, data["circular"]) if data.get("circular") else title
    return [Piece(heading, 3), *paragraphs(data.get("text"))]


def _copy_rule(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    word = "copy_same" if data.get("simultaneous") else "copy"
    return [Piece(say(word, labels.get("recipient", ""), say.of(CORRESPONDENCE, data["correspondence"])))]


def _meeting_rule(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    written = paragraphs(data.get("text"))
    return written or [Piece(say("meetings", say.of(MEETINGS, data["kind"]), data["minimum"]))]


def _notice_duty(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    written = paragraphs(data.get("text"))
    title = str(data["title"])
    return written or [
        Piece(say("notice", title[:1].lower() + title[1:], say.of(TIMINGS, data["timing"]), labels.get("issuer", "")))
    ]


def _lock_rule(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    what = say.of(CORRESPONDENCE, data["correspondence"])
    found = paragraphs(data.get("text")) or [Piece(say("lock", what[:1].upper() + what[1:]))]
    found += [Piece(say("except", data["exception"]))] if data.get("exception") else []
    who = say.of(DECIDERS, data["decider"]) if data.get("decider") else ""
    said = who and any(who in piece.text for piece in found)
    return [*found, Piece(say("opened_by", who))] if who and not said else found


def _enclosure(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    day = say.day(data.get("expected_on"))
    first = say("later_by", data["title"], day) if day else say("later", data["title"])
    return [Piece(f"{first} {data.get('note') or ''}".strip())]


def _citation(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    return []


def _replacement(data: Data, say: Speaker, labels: Mapping[str, str]) -> list[Piece]:
    return [Piece(say("replaces", labels.get("replaced", "")))]


WRITERS: dict[str, Callable[[Data, Speaker, Mapping[str, str]], list[Piece]]] = {
    "goal": _goal,
    "parameter": _parameter,
    "key_figure": _key_figure,
    "assignment": _assignment,
    "budget_line": _budget_line,
    "authorisation": _authorisation,
    "calendar": _calendar,
    "reporting": _reporting,
    "common_directive": _common_directive,
    "copy_rule": _copy_rule,
    "meeting_rule": _meeting_rule,
    "notice_duty": _notice_duty,
    "lock_rule": _lock_rule,
    "enclosure": _enclosure,
    "citation": _citation,
    "replacement": _replacement,
}
