"""The cells of the coverage matrix: each thing a report must answer, and whether it has been (V-18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Text
from governance.models import KeyFigure
from reporting.models import Outlook, RequirementAnswer, Section
from reporting.selectors.report_facts import Content

DEVIATES = (Outlook.AT_RISK, Outlook.OFF_TRACK, Outlook.PARTLY_MET, Outlook.NOT_MET)


@dataclass(frozen=True)
class Cell:
    """One thing to answer in a section. ``missing`` says in words what lacks; empty when it is answered."""

    section: str
    numeral: str
    kind: str
    label: Text
    missing: Text = ""
    anchor: str = ""
    item: UUID | None = None

    @property
    def answered(self) -> bool:
        """Whether it has its answer."""
        return not self.missing


def cells_of(content: Content) -> list[Cell]:
    """Every cell of the report, in reading order."""
    return [cell for section in content.sections for cell in section_cells(content, section)]


def section_cells(content: Content, section: Section) -> list[Cell]:
    """The cells of one section."""

    def cell(kind: str, label: Text, missing: Text, anchor: str, item: UUID | None = None) -> Cell:
        return Cell(section.code, section.numeral, kind, label, missing, anchor, item)

    made = []
    if section.asks_for_text:
        answered = bool(section.text.strip()) or section.nothing_to_report
        made.append(cell("text", section.title, "" if answered else _text_missing(section), "tekst"))
    for answer in content.answers_of.get(section.pk, []):
        item = answer.requirement or answer.parameter or answer.key_figure
        made.append(
            cell(
                _kind(answer), answer.label, answer_missing(content, answer), f"svar-{answer.uuid}",
                item.uuid if item else None,
            )
        )  # fmt: skip
    made += [cell(kind, label, missing, anchor) for kind, label, missing, anchor in _tables(content, section)]
    return made


def _text_missing(section: Section) -> str:
    if section.goal_id is not None:
        return _("vurdering av måloppnåelse")
    return _("tekst")


def _kind(answer: RequirementAnswer) -> str:
    if answer.parameter_id:
        return "parameter"
    return "key_figure" if answer.key_figure_id else "requirement"


def answer_missing(content: Content, answer: RequirementAnswer) -> str:
    """What lacks in one answer, in words; empty when nothing does."""
    label = answer.label.strip().rstrip(".")
    short = label if len(label) <= 90 else f"{label[:88].rsplit(' ', 1)[0]} …"
    if answer.key_figure is not None:
        gone = missing_dimensions(content, answer.key_figure)
        if not gone:
            return ""
        named = [one for one in gone if one]
        if named:
            return _("tall eller grunn for %(label)s: %(dimensions)s") % {
                "label": short,
                "dimensions": ", ".join(named),
            }
        return _("tall eller grunn for %(label)s") % {"label": short}
    if answer.parameter_id is not None:
        if not answer.outlook:
            return _("vurdering av %(label)s") % {"label": short}
        if answer.outlook in DEVIATES and not answer.text.strip():
            return _("tiltak mot avviket, %(label)s") % {"label": short}
        return ""
    return "" if answer.text.strip() else _("svar på %(label)s") % {"label": short}


def missing_dimensions(content: Content, figure: KeyFigure) -> list[str]:
    """Series of a key figure that have neither a number nor a reason (V-19)."""
    if figure.line_id is None:
        return []
    return [name for name in (figure.dimensions or [""]) if (figure.line_id, name) not in content.values_of]


def _tables(content: Content, section: Section) -> Iterator[tuple[str, str, str, str]]:
    if section.filled_from == "assignments":
        for row in content.assignments:
            name = row.assignment.reference or _("oppdrag uten nummer")
            lacks = "" if row.status_version_id else _("delt status på %(name)s") % {"name": name}
            yield "assignment", name, lacks, f"oppdrag-{row.assignment.uuid}"
    elif rows := content.assignments_of(section):
        bare = [row.assignment.reference for row in rows if row.status_version_id is None]
        lacks = _("delt status på %(names)s") % {"names": ", ".join(bare)} if bare else ""
        yield "assignments", _("Oppdrag under målet"), lacks, "oppdrag"
    if section.filled_from == "budget":
        for line in content.budget:
            lacks = "" if line.spent is not None and line.forecast is not None else str(line)
            lacks = lacks and _("regnskap og prognose for %(post)s") % {"post": lacks}
            yield "budget", str(line), lacks, f"post-{line.uuid}"
    if section.filled_from == "risks":
        yield from _risks(content, section)


def _risks(content: Content, section: Section) -> Iterator[tuple[str, str, str, str]]:
    if not content.risks:
        lacks = "" if section.nothing_to_report else _("risikoer, eller at det ikke er noen vesentlige å melde")
        yield "risk", section.title, lacks, "risiko"
    for at, risk in enumerate(content.risks, start=1):
        gone = [
            words
            for words, value in ((_("tiltak mot"), risk.measure), (_("ansvarlig for"), risk.owner_name))
            if not value.strip()
        ]
        lacks = f"{_(' og ').join(gone)} {_('risiko %(number)s') % {'number': at}}" if gone else ""
        yield "risk", risk.title, lacks, f"risiko-{risk.uuid}"
