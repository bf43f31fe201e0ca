"""From a kind's outline (data) to the sections of one report. Pure: no database, no clock.

An outline row has ``code``, titles in both norms (``nb``, ``nn``), ``numeral`` ("#" = next number), ``under``
(numeral of the part it stands in), ``each`` ("goal" or "directive": one section for each) and ``fill``: what the
section is filled from. ``claims`` are words of requirements answered here; ``beside`` words of requirements whose
text is shown beside the section though they are answered elsewhere; ``asks`` what is asked for under each goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.models import CommonDirective, Goal, ReportingRequirement

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
#: Fills that ask for a text of the agency's own.
TEXT_FILLS = frozenset({"text", "goal", "directive", "budget"})
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")


@dataclass
class PlannedSection:
    """One section to be made."""

    code: str
    numeral: str
    part: str
    level: int
    title: str
    fill: str
    asks_for_text: bool
    goal: Goal | None = None
    directive: CommonDirective | None = None
    claims: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    requirements: list[ReportingRequirement] = field(default_factory=list)


def row_for(outline: Sequence[Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    """The outline row a section was made from ("mal-2" was made from "mal"); empty when the row is gone."""
    by_code = {str(row["code"]): row for row in outline}
    return by_code.get(code) or by_code.get(code.rpartition("-")[0]) or {}


def plan_sections(
    outline: Sequence[Mapping[str, Any]],
    *,
    language: str,
    year: int,
    goals: Sequence[Goal],
    directives: Sequence[CommonDirective],
) -> list[PlannedSection]:
    """Sections in order, with numbers and titles in the report's norm."""
    plans: list[PlannedSection] = []
    for row in outline:
        each = row.get("each")
        sources: Sequence[Goal | CommonDirective | None] = (None,)
        if each is not None:
            sources = goals if each == "goal" else directives
        plans.extend(_plan(row, language, year, source, at) for at, source in enumerate(sources, start=1))
    _number(plans)
    return plans


def _plan(
    row: Mapping[str, Any], language: str, year: int, source: Goal | CommonDirective | None, at: int
) -> PlannedSection:
    words = str(row.get(language) or row.get("nb") or "[tittel]")
    name = source.title.strip().rstrip(".") if source is not None else ""
    title = words.replace("[år]", str(year)).replace("[tittel]", name)
    under = str(row.get("under", ""))
    claims = tuple(str(word).lower() for word in row.get("claims", ()))
    if isinstance(source, CommonDirective):
        claims += tuple(word[:7] for word in _LONG_WORD.findall(name.lower()))
    fill = str(row.get("fill", "text"))
    return PlannedSection(
        code=f"{row['code']}-{at}" if source is not None else str(row["code"]),
        numeral=str(row.get("numeral", "")),
        part=under or str(row.get("numeral", "")),
        level=2 if under else 1,
        title=title[:300],
        fill=fill,
        asks_for_text=bool(row.get("asks_text", fill in TEXT_FILLS)),
        goal=source if isinstance(source, Goal) else None,
        directive=source if isinstance(source, CommonDirective) else None,
        claims=claims,
        asks=frozenset(row.get("asks", ())),
    )


def _number(plans: Iterable[PlannedSection]) -> None:
    """ "#" gets the next number; a section under part III is 3.1, 3.2 …"""
    top, children = 0, dict.fromkeys(ROMAN, 0)
    for plan in plans:
        if plan.numeral == "#":
            top += 1
            plan.numeral = plan.part = str(top)
        elif plan.level > 1 and not plan.numeral:
            children[plan.part] = children.get(plan.part, 0) + 1
            plan.numeral = f"{ROMAN.get(plan.part, plan.part)}.{children[plan.part]}"


def place_requirements(plans: Sequence[PlannedSection], requirements: Iterable[ReportingRequirement]) -> None:
    """Put each requirement in the section that answers it: its goal's, the one that claims it, else "rest"."""
    by_goal = {plan.goal.pk: plan for plan in plans if plan.goal is not None and "requirements" in plan.asks}
    rest = next((plan for plan in plans if plan.fill == "rest"), plans[0])
    for requirement in requirements:
        own = by_goal.get(requirement.goal_id) if requirement.goal_id else None
        (own or _claiming(plans, requirement) or rest).requirements.append(requirement)


def _claiming(plans: Sequence[PlannedSection], requirement: ReportingRequirement) -> PlannedSection | None:
    """The title decides; the words of the text only when no title does."""
    for words in (requirement.title.lower(), requirement.text.lower()):
        for plan in plans:
            if any(claim in words for claim in plan.claims):
                return plan
    return None


def words_beside(row: Mapping[str, Any], requirements: Iterable[ReportingRequirement]) -> list[ReportingRequirement]:
    """Requirements whose words stand beside a section though they are answered elsewhere."""
    wanted = [str(word).lower() for word in row.get("beside", ())]
    return [one for one in requirements if any(word in f"{one.title} {one.text}".lower() for word in wanted)]
