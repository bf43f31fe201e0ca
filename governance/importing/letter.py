"""Reading a letter: extraction, outline, then the recognisers in an order one can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from governance.importing.extraction.door import extract
from governance.importing.passages import passages_of, sections_of
from governance.importing.reading.reader import outline_of
from governance.importing.recognisers.assignment_changes import with_goals
from governance.importing.recognisers.assignments import recognise_assignments
from governance.importing.recognisers.authorisations import recognise_authorisations, recognise_common_directives
from governance.importing.recognisers.budget import recognise_budget
from governance.importing.recognisers.calendar import recognise_calendar
from governance.importing.recognisers.citations import recognise_citations
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.facts import recognise_facts
from governance.importing.recognisers.goals import recognise_goals
from governance.importing.recognisers.instruction_rules import recognise_instruction_rules
from governance.importing.recognisers.measures import recognise_measures
from governance.importing.recognisers.reporting import recognise_reporting
from governance.importing.records import CanonicalText, DraftLetter, Hints, SourceFile
from governance.importing.values.references import reference_key

Progress = Callable[[int, int], None]
_STEPS = 8


def _silent(_done: int, _total: int) -> None:
    """No one is watching."""


def read_letter(
    files: Sequence[SourceFile], *, hints: Hints | None = None, progress: Progress | None = None
) -> DraftLetter:
    """Read one letter out of its files.

    Raises :class:`core.errors.Unreadable` when the files cannot be read as a Norwegian letter.
    ``progress(done, total)`` is called as each step ends.
    """
    tell = progress or _silent
    canonical = extract(files)
    tell(1, _STEPS)
    return read_canonical(canonical, hints=hints, progress=progress)


def read_canonical(
    canonical: CanonicalText, *, hints: Hints | None = None, progress: Progress | None = None
) -> DraftLetter:
    """Read a letter whose text is extracted already (re-import of the stored text)."""
    tell = progress or _silent
    given = hints or Hints()
    outline = outline_of(canonical)
    tell(2, _STEPS)
    reading = Reading(canonical, outline)
    facts = recognise_facts(reading, given)
    reading.kind, reading.year, reading.date = facts.kind.value, facts.year.value, facts.date.value
    tell(3, _STEPS)
    calendar = recognise_calendar(reading)
    tell(4, _STEPS)
    budget = recognise_budget(reading)
    tell(5, _STEPS)
    assignments = recognise_assignments(reading)
    tell(6, _STEPS)
    goals = recognise_goals(reading)
    parameters, figures, more = recognise_measures(reading, goals)
    goals = [replace(goal, key=f"goal-{number}") for number, goal in enumerate(goals + more, start=1)]
    numbers = [(index, goal.reference or goal.title) for goal in goals for index in goal.passages]
    assignments = with_goals(reading, assignments, numbers)
    tell(7, _STEPS)
    rules = recognise_instruction_rules(reading, recognise_reporting(reading, calendar))
    authorisations = recognise_authorisations(reading)
    common = recognise_common_directives(reading)
    sections = sections_of(reading)
    own = {reference_key(item.reference.written) for item in assignments if item.reference}
    citations = recognise_citations(reading, sections, own)
    passages = passages_of(reading, sections)
    tell(_STEPS, _STEPS)
    return DraftLetter(
        facts=facts,
        canonical=canonical,
        sections=sections,
        passages=passages,
        goals=tuple(goals),
        parameters=tuple(parameters),
        key_figures=tuple(figures),
        assignments=tuple(assignments),
        budget_lines=tuple(budget),
        calendar=tuple(calendar),
        reporting=rules.reporting,
        authorisations=tuple(authorisations),
        common_directives=tuple(common),
        copy_rules=rules.copies,
        meeting_rules=rules.meetings,
        notice_duties=rules.notices,
        lock_rules=rules.locks,
        citations=tuple(citations),
    )
