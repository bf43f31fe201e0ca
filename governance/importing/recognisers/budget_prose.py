"""Amounts given in running text: «Kap. 765, post 21 … reduseres med 3,4 mill. kroner»."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from governance.importing.habits import budget as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.budget_several import Share, shares_of
from governance.importing.recognisers.budget_tables import kind_of
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.records import BudgetPart, DraftBudgetLine
from governance.importing.values.money import AmountHit, find_amounts
from governance.importing.values.text import squeeze


@dataclass(slots=True)
class Heading:
    """The chapter and post that the text below a heading speaks of."""

    chapter: str
    post: str
    name: str
    unit: Unit


def _heading(unit: Unit) -> Heading | None:
    if len(unit.text) > 110 or find_amounts(unit.text):
        return None
    match = habit.WORDED.match(unit.text) or habit.CODE.match(unit.heading_text)
    if not match or match["rest"].rstrip(":").endswith("."):
        return None
    if unit.is_item or (unit.is_text and not unit.text.endswith(":") and len(match["rest"]) > 60):
        return None
    return Heading(match["chapter"], match["post"].zfill(2), squeeze(match["rest"]).strip(" :–-"), unit)


def _given(sentence: str) -> list[AmountHit]:
    """The amounts a sentence gives: those behind a verb of giving, parts («hvorav») left out."""
    verb = habit.GIVES.search(sentence)
    if not verb or habit.NOT_GIVEN.search(sentence[: verb.end()]):
        return []
    hits = find_amounts(sentence)
    after = [hit for hit in hits if hit.start >= verb.start()] or hits[:1]
    kept: list[AmountHit] = []
    for hit in after:
        lead = sentence[kept[-1].end if kept else verb.start() : hit.start]
        if kept and (
            habit.PART.search(lead)
            or not re.search(r"(?:,|\bog|\bsamt)\s*(?:med\s+)?$", lead.rstrip() + " ".join([""]))
        ):
            break
        if not kept and habit.PART.search(lead):
            break
        kept.append(hit)
    return kept


def _line(
    reading: Reading, unit: Unit, place: tuple[str, str, str], hit: AmountHit, sentence: str, offset: int, key: int
) -> DraftBudgetLine:
    less = bool(habit.LESS.search(sentence[: hit.start]))
    change = reading.is_supplement or bool(re.search(r"\b(?:øk|auk|redus|juster)", sentence, re.IGNORECASE))
    tail = re.sub(r"^\s*(?:over|på)\s+kap(?:ittel|\.)?\s*\d{2,4}\s*,?\s*post\s*\d{1,2}", "", sentence[hit.end :])
    tail = re.split(r"(?<=[a-zæøå]{3})(?<!kap)\.\s", tail)[0]
    kind = kind_of(reading, place[0], change)
    ministry = habit.OTHER_MINISTRY.search(sentence)
    return DraftBudgetLine(
        key=f"budget-{key}",
        confidence=0.8,
        passages=reading.claim("budget", unit),
        spans=(reading.span(unit, "beløp", offset + hit.start, offset + hit.end),),
        chapter=place[0],
        post=place[1],
        name=place[2],
        amount=-hit.kroner if less else hit.kroner,
        amount_as_written=hit.amount_as_written,
        unit_as_written=hit.unit_as_written,
        kind=kind,
        comment=squeeze(re.sub(r"^\s*(?:til|knyttet\s+til|knytt\s+til|for)\s+", "", tail)).strip(" .,"),
        financing_ministry=ministry["ministry"] if ministry else "",
    )


def _share(reading: Reading, unit: Unit, share: Share, sentence: str, offset: int, key: int) -> DraftBudgetLine:
    """The line of one of several posts in a sentence; the sentence itself is the comment."""
    mention = share.mention
    named = habit.NAME_AFTER.match(sentence[mention.end :])
    place = (mention.chapter, mention.post, _name(sentence[mention.end :], named) if named else "")
    line = _line(reading, unit, place, share.hit, sentence, offset, key)
    return replace(line, amount=-share.hit.kroner if share.less else share.hit.kroner, comment=squeeze(sentence))


def _total(text: str) -> int | None:
    for start, end in sentences(text):
        sentence = text[start:end]
        if habit.TOTAL_TEXT.search(sentence):
            hits = find_amounts(sentence)
            if hits:
                return hits[-1].kroner
        span = habit.FROM_TO.search(sentence)
        after = [hit for hit in find_amounts(sentence) if span and hit.start >= span.end() - 3]
        if after and habit.GIVES.search(sentence):
            return after[0].kroner
    return None


def recognise_budget_prose(reading: Reading, tabled: list[DraftBudgetLine], first: int) -> list[DraftBudgetLine]:
    """Lines of text, for posts that no table gives. The total stated beside is taken along."""
    known = {(line.chapter, line.post) for line in tabled}
    found: list[DraftBudgetLine] = []
    heading: Heading | None = None
    for unit in reading.body():
        opened = _heading(unit)
        if opened:
            heading = opened
            continue
        if unit.is_heading and (unit.number or unit.styled or (heading and not unit.weak)):
            heading = None
        if unit.is_row or reading.claimed(unit, "calendar"):
            continue
        found.extend(_of_unit(reading, unit, heading, known, first + len(found)))
    return found


def _name(text: str, named: re.Match[str]) -> str:
    """The name of a post in running text, with «, kan overføres» where it follows."""
    more = habit.CARRY.match(text[named.end("name") :])
    return squeeze(named["name"] + (more.group() if more else ""))


def _post_name(text: str) -> str:
    """The name behind a post in a heading; «økning på 3 mill. kroner» is none."""
    named = habit.NAME_AFTER.match(text)
    return squeeze(named["name"]) if named and named.end() == len(text) else ""


def _listed(reading: Reading, unit: Unit, known: set[tuple[str, str]], key: int) -> DraftBudgetLine | None:
    """«Kap. 1820 post 22 Flomsikring: kr 45 000 000»: post, name and one amount, no sentence."""
    match = habit.WORDED.match(unit.text) or habit.CODE.match(unit.text)
    hits = find_amounts(unit.text) if match and len(unit.text) < 160 else []
    if match is None or len(hits) != 1 or habit.GIVES.search(unit.text):
        return None
    place = (match["chapter"], match["post"].zfill(2))
    name = squeeze(unit.text[match.start("rest") : hits[0].start]).strip(" :–-.")
    tail = squeeze(unit.text[hits[0].end :]).strip(" .,;")
    if place in known or re.search(r"\b(?:skal|er|blir|som)\b", name) or len(tail) > 60:
        return None
    line = _line(reading, unit, (*place, name), hits[0], unit.text, 0, key)
    return replace(line, comment=tail)


def _of_unit(
    reading: Reading, unit: Unit, heading: Heading | None, known: set[tuple[str, str]], key: int
) -> list[DraftBudgetLine]:
    found: list[DraftBudgetLine] = []
    listed = _listed(reading, unit, known, key)
    if listed:
        return [listed]
    if unit.is_item and heading is not None:
        return found
    total = _total(unit.text)
    for start, end in sentences(unit.text):
        sentence = unit.text[start:end]
        several = [share for share in shares_of(sentence) if (share.mention.chapter, share.mention.post) not in known]
        if several:
            found.extend(
                _share(reading, unit, share, sentence, start, key + len(found) + n) for n, share in enumerate(several)
            )
            continue
        inline = habit.ANYWHERE.search(sentence)
        if inline:
            chapter = inline["chapter"] or inline["chapter2"]
            named = habit.NAME_AFTER.match(sentence[inline.end() :])
            post = (inline["post"] or inline["post2"]).zfill(2)
            place = (chapter, post, _name(sentence[inline.end() :], named) if named else "")
        elif heading is not None and (reading.is_supplement or not known):
            place = (heading.chapter, heading.post, _post_name(heading.name))
        else:
            continue
        if place[:2] in known or (inline and not inline["post"] and not habit.GIVES.search(sentence)):
            continue
        for hit in _given(sentence):
            found.append(_line(reading, unit, place, hit, sentence, start, key + len(found)))
    if total is not None and len(found) == 1:
        line = found[0]
        found[0] = _with_total(line, total)
    return found


def _with_total(line: DraftBudgetLine, total: int) -> DraftBudgetLine:
    return replace(line, total=total)


def earmarks(reading: Reading, known: set[tuple[str, str]]) -> dict[tuple[str, str], list[BudgetPart]]:
    """Earmarks of tabled lines: amounts in text under «Kap. 746, post 01:» (V-12), by post."""
    parts: dict[tuple[str, str], list[BudgetPart]] = {}
    heading: Heading | None = None
    for unit in reading.body():
        opened = _heading(unit)
        if opened:
            heading = opened
            continue
        if unit.is_heading and unit.number:
            heading = None
        if heading is None or unit.is_row or (heading.chapter, heading.post) not in known:
            continue
        for hit in [hit for start, end in sentences(unit.text) for hit in _given(unit.text[start:end])]:
            part = BudgetPart(
                squeeze(unit.text)[:300], hit.kroner, hit.amount_as_written, hit.unit_as_written, unit.start, unit.end
            )
            parts.setdefault((heading.chapter, heading.post), []).append(part)
            reading.claim("budget", unit)
    return parts
