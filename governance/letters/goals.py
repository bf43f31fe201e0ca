"""Goals, parameters, key figures and assignments as blocks, with the letter's own words."""

from __future__ import annotations

from core import formatting
from core.pdf import blocks as b
from core.pdf.inline import Text
from governance.letters.values import NOTHING, Data, Setting, joined, numbered, paragraphs, small_heading, table
from governance.roundtrip.letter import Row


def goals(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Goals that stand in a list: sector goals as a rule."""
    title = setting.words.sector_goals if all(row.level == "sector" for row in rows) else setting.words.goals
    items = tuple(setting.text(numbered(row)) for row in rows)
    return [*small_heading(setting, title), b.ListBlock(items)]


def goal_lines(setting: Setting, goal: Row, said: str) -> list[b.Block]:
    """Under a goal's heading: its text, unless the letter's passages (``said``) hold it, and the goals it serves."""
    row = Data(goal)
    found: list[b.Block] = [
        b.Paragraph(setting.text(part)) for part in paragraphs(row.body) if " ".join(part.split()) not in said
    ]
    if row.contributes_to:
        serves = f"{setting.words.contributes} {formatting.listing(list(row.contributes_to))}"
        found.append(b.Paragraph(serves, style="note"))
    return found


def parameters(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Steering parameters: a list of sentences, or a table when any is measured."""
    words = setting.words
    heading = small_heading(setting, words.parameters)
    if not any(row.targets or row.unit or row.direction for row in rows):
        return [*heading, b.ListBlock(tuple(setting.text(row.title) for row in rows))]
    columns = (
        b.Column(words.parameters, 76), b.Column(words.baseline, 28), b.Column(words.target, 34),
        b.Column(words.direction, 28),
    )  # fmt: skip
    lines = [
        (
            setting.text(row.title),
            joined(formatting.measured(one["baseline"], one["unit"] or row.unit) for one in row.targets),
            joined(one["text"] or formatting.measured(one["value"], one["unit"] or row.unit) for one in row.targets),
            setting.choice("parameter", "direction", row.direction) if row.direction else NOTHING,
        )
        for row in rows
    ]
    return [table(words.parameters, columns, lines)]


def key_figures(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Key figures: a list, or a table when they are split or have a unit."""
    words = setting.words
    if not any(row.unit or row.dimensions or row.measures for row in rows):
        items = tuple(setting.text(row.title) for row in rows)
        return [*small_heading(setting, words.key_figures), b.ListBlock(items)]
    columns = (
        b.Column(words.key_figures, 78), b.Column(words.measured_in, 22), b.Column(words.split_on, 36),
        b.Column(words.measures, 30),
    )  # fmt: skip
    lines = [
        (setting.text(row.title), row.unit or NOTHING, joined(row.dimensions, ", "), joined(row.measures, ", "))
        for row in rows
    ]
    return [table(words.key_figures, columns, lines)]


# ---- assignments ----
def assignments(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """Assignments one after another; a change of an earlier one is a sentence."""
    return [_told(setting, row) if row.change != "new" else _assignment(setting, row) for row in rows]


def _told(setting: Setting, row: Data) -> b.Block:
    """A change of an earlier assignment that rests on no words of its own."""
    deadlines = "; ".join(one["deadline_text"] for one in row.deliveries if one["deadline_text"])
    words = setting.words.exempt if row.withheld else row.body
    change = setting.choice("assignment", "change", row.change)
    return b.Paragraph(setting.text(f"{numbered(row)}: {change}. {deadlines} {words}".strip()))


def _assignment(setting: Setting, row: Data) -> b.Block:
    words = setting.words
    department = setting.lookup.name(row.department, row.department_text)
    if row.withheld:
        body: list[Text] = [words.exempt_because.format(row.restricted_basis or NOTHING)]
        body += [f"{words.exempt_by}: {row.restricted_by}."] if row.restricted_by else []
        body.append(words.read_inside)
        deadline = words.deadline_inside
    else:
        body = [setting.text(part) for part in paragraphs(row.body)]
        body += [setting.text(line) for line in _about(setting, row)]
        deadline = _deadlines(setting, row)
    return b.AssignmentBlock(
        number=row.reference or NOTHING,
        title=row.title,
        department=department,
        deadline=deadline,
        body=tuple(body),
        department_label=f"Avd. {setting.issuer}:" if department else "",
        level=4 if setting.level >= 3 else 3,
    )


def _about(setting: Setting, row: Data) -> list[str]:
    """What is said of an assignment besides its text."""
    words, lines = setting.words, []
    if row.standing:
        lines.append(f"{words.standing}.")
    if row.recipients:
        lines.append(f"{words.joint} {formatting.listing(list(row.recipients))}.")
    if row.restricted:
        lines.append(words.exempt_because.format(row.restricted_basis or NOTHING))
    return lines


def _part(part: str, title: str) -> str:
    """What the deadline is for, said once: «bokstav c, utkast», not «skisse, Skisse»."""
    return title if part.casefold() in ("", title.casefold()) else ", ".join(filter(None, (part, title)))


def _deadlines(setting: Setting, row: Data) -> str:
    """Deadlines as written, each with the part it is for when there are several."""
    several = len(row.deliveries) > 1
    written = []
    for one in row.deliveries:
        text = str(one["deadline_text"]).rstrip(".")
        part = _part(one["part"], one["title"]) if several else one["part"]
        if text:
            written.append(f"{text} ({part})" if part else text)
    return "; ".join(written) or setting.words.no_deadline
