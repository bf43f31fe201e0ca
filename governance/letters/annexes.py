"""Authorisations, calendar, directives, what is sent later, and the rules of the dialogue as blocks."""

from __future__ import annotations

from typing import Any

from core import formatting
from core.pdf import blocks as b
from governance.letters.values import NOTHING, Data, Setting, joined, small_heading, table, weekday_before


def authorisations(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Each authorisation with its words, limit, dates, bodies and posts."""
    items = tuple(setting.text(_authorisation(setting, row)) for row in rows)
    return [*small_heading(setting, setting.words.authorisations), b.ListBlock(items, ordered=True)]


def _authorisation(setting: Setting, row: Data) -> str:
    words, facts = setting.words, []
    if row.limit is not None:
        facts.append(f"{words.up_to} {formatting.kroner(row.whole('limit'))}")
    if row.valid_to:
        facts.append(f"{words.valid} {formatting.full_date(row.day('valid_to'))}")
    if row.bodies:
        facts.append(f"{words.bodies} {formatting.listing(list(row.bodies))}")
    for label, posts in ((words.expense_posts, row.expense_posts), (words.income_posts, row.income_posts)):
        if posts:
            facts.append(f"{label} {', '.join(posts)}")
    body = str(row.text).strip()
    title = str(row.title).strip().rstrip(".:")
    said = body if body.startswith(title) else f"{title}. {body}".strip()
    return f"{said.rstrip('.')} ({'; '.join(facts)})." if facts else said


def directives(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Common directives with their words and circular."""
    items = []
    for row in rows:
        words = f"{row.title}. {row.text}" if row.text and not row.text.startswith(row.title) else row.text or row.title
        circular = f" ({setting.words.circular} {row.circular})" if row.circular else ""
        items.append(setting.text(f"{words.strip().rstrip('.')}{circular}."))
    return [*small_heading(setting, setting.words.directives), b.ListBlock(tuple(items))]


def enclosures(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """What the letter says will be sent later."""
    items = tuple(setting.text(enclosure(setting, row)) for row in rows)
    return [*small_heading(setting, setting.words.enclosures), b.ListBlock(items)]


def enclosure(setting: Setting, row: Data) -> str:
    """The title, what is said of it, and when it is expected."""
    expected = f"{setting.words.expected} {formatting.full_date(row.day('expected_on'))}" if row.expected_on else ""
    return joined((row.title, row.note, expected), ", ")


def calendar(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Date as decided, weekday, what, budget year, and the last working day before when the day is none."""
    words = setting.words
    columns = (
        b.Column(words.date, 37),
        b.Column(words.weekday, 18, "code"),
        b.Column(words.what, 58),
        b.Column(words.budget_year, 19, "code"),
        b.Column(words.note, 34),
    )
    lines = [_calendar_line(setting, row) for row in rows]
    off = any(row.date and weekday_before(row.day("date"), words) for row in rows)
    title = f"{words.calendar} {setting.year}" if setting.year else words.calendar
    return [table(title, columns, lines, note=words.calendar_note if off else "")]


def _calendar_line(setting: Setting, row: Data) -> tuple[Any, ...]:
    day, words = row.day("date") if row.date else None, setting.words
    when = _date_words(row) if day else row.date_text or NOTHING
    if row.time:
        start, end = row.clock("time"), row.clock("end_time") if row.end_time else None
        when = f"{when} {formatting.clock_range(start, end) if end else formatting.clock(start)}"
    note = joined((row.place, row.note, weekday_before(day, words) if day else ""))
    return (
        when,
        formatting.weekday(day) if day else NOTHING,
        setting.text(row.title),
        str(row.budget_year) if row.budget_year else NOTHING,
        note,
    )


def _date_words(row: Data) -> str:
    first = formatting.full_date(row.day("date"))
    return f"{first} – {formatting.full_date(row.day('end_date'))}" if row.end_date else first


def requirements(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Reporting requirements as a table."""
    words = setting.words
    columns = (
        b.Column(words.number, 18, "code"), b.Column(words.requirement, 84), b.Column(words.when, 48),
        b.Column(words.section, 16, "code"),
    )  # fmt: skip
    lines = [
        (row.reference or NOTHING, setting.text(row.title), _when(setting, row), row.section or NOTHING) for row in rows
    ]
    return [table(words.requirements, columns, lines)]


def _when(setting: Setting, row: Data) -> str:
    due = formatting.full_date(row.day("due")) if row.due else row.due_text
    copy = setting.words.copy_to_auditor if row.copy_to_auditor else ""
    return joined((setting.choice("reporting", "when", row.when), due, copy), ", ")


def copy_rules(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Who gets a copy of what, and whether at the same time."""
    words = setting.words
    columns = (
        b.Column(words.about, 64), b.Column(words.recipient, 52), b.Column(words.copy, 34),
        b.Column(words.section, 16, "code"),
    )  # fmt: skip
    lines = [
        (
            setting.choice("copy_rule", "correspondence", row.correspondence),
            setting.lookup.name(row.recipient, NOTHING),
            words.simultaneous if row.simultaneous else words.not_simultaneous,
            row.section or NOTHING,
        )
        for row in rows
    ]
    return [table(words.copy_rules, columns, lines)]


def meeting_rules(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """How many meetings of each kind."""
    words = setting.words
    columns = (b.Column(words.meeting, 50), b.Column(words.minimum, 25, "code"), b.Column(words.note, 75),
               b.Column(words.section, 16, "code"))  # fmt: skip
    lines = [
        (
            setting.choice("meeting_rule", "kind", row.kind),
            str(row.minimum),
            setting.text(row.text) or NOTHING,
            row.section or NOTHING,
        )
        for row in rows
    ]
    return [table(words.meeting_rules, columns, lines)]


def notice_duties(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """What is to be told, and how soon."""
    words = setting.words
    columns = (b.Column(words.notice, 50), b.Column(words.when, 40), b.Column(words.note, 60),
               b.Column(words.section, 16, "code"))  # fmt: skip
    lines = [
        (
            setting.text(row.title),
            setting.choice("notice_duty", "timing", row.timing),
            setting.text(row.text) or NOTHING,
            row.section or NOTHING,
        )
        for row in rows
    ]
    return [table(words.notice_duties, columns, lines)]


def lock_rules(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Which reports are not changed after they were sent."""
    words = setting.words
    columns = (b.Column(words.about, 30), b.Column(words.note, 50), b.Column(words.exception, 40),
               b.Column(words.decider, 30), b.Column(words.section, 16, "code"))  # fmt: skip
    lines = [
        (
            setting.choice("lock_rule", "correspondence", row.correspondence),
            setting.text(row.text) or NOTHING,
            setting.text(row.exception) or NOTHING,
            setting.choice("lock_rule", "decider", row.decider) or NOTHING,
            row.section or NOTHING,
        )
        for row in rows
    ]
    return [table(words.lock_rules, columns, lines)]
