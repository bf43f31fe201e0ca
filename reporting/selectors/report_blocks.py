"""The blocks of one section: the letter's words left, the answer right. With a form for writing, without to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import full_date
from core.visuals.badges import badge_for
from core.visuals.meter import delivery_meter
from core.visuals.parts import Action, Link, Tag
from reporting import contexts
from reporting.checks.cells import answer_missing, section_cells
from reporting.contexts import AnswerRow, Block, ParameterRow
from reporting.differences import changed, word_changes
from reporting.models import ReportAssignment, RequirementAnswer, Section
from reporting.outline import row_for, words_beside
from reporting.selectors import report_tables
from reporting.selectors.report_facts import Content, Words
from reporting.textmarks import count_words, plain, to_html


def changed_tag() -> Tag:
    """ "Endret siden sist"."""
    return Tag(_("Endret siden sist"), "pencil-writing", "changed")


def new_tag() -> Tag:
    """ "Ny siden sist"."""
    return Tag(_("Ny siden sist"), "plus", "changed")


@dataclass(frozen=True)
class Setting:
    """What the blocks of a report are made from."""

    content: Content
    words: Mapping[UUID, Words]
    previous: Content | None = None
    previous_label: str = ""
    earlier: Mapping[Any, Any] | None = None
    form: Any = None
    show_changes: bool = False
    conflicts: Mapping[int, str] | None = None

    def field(self, name: str) -> Any:
        """A bound field of the form, or None."""
        return self.form[name] if self.form is not None and name in self.form.fields else None

    def before_section(self, section: Section) -> Section | None:
        """The section that told about the same last time: same goal line, else same code."""
        if self.previous is None:
            return None
        if section.goal is not None and section.goal.line_id is not None:
            line = section.goal.line_id
            return next((one for one in self.previous.sections if one.goal and one.goal.line_id == line), None)
        return self.previous.section(section.code)

    def before_answer(self, answer: RequirementAnswer) -> RequirementAnswer | None:
        """The answer to the same last time: same parameter line, else the same words."""
        if self.previous is None:
            return None
        line = answer.parameter.line_id if answer.parameter else None
        for one in self.previous.answers:
            if line is not None and one.parameter is not None and one.parameter.line_id == line:
                return one
            if answer.requirement_id and one.requirement_id and one.label.lower() == answer.label.lower():
                return one
        return None


def place_words(words: Words | None) -> str:
    """ "Brevet, punkt 6.1"; a supplement is named."""
    if words is None:
        return _("Brevet")
    source = words.document or _("Brevet")
    return _("%(source)s, punkt %(place)s") % {"source": source, "place": words.place} if words.place else source


def blocks_of(section: Section, setting: Setting) -> list[Block]:
    """Everything a section asks for, in order."""
    content = setting.content
    found = []
    if section.asks_for_text or setting.field("text") is not None or section.text:
        found.append(_text_block(section, setting))
    answers = content.answers_of.get(section.pk, [])
    if parameters := [one for one in answers if one.parameter_id]:
        found.append(_parameter_block(section, parameters, setting))
    if figures := [one for one in answers if one.key_figure_id]:
        found.append(report_tables.figure_block(figures, setting))
    if requirements := [one for one in answers if one.requirement_id]:
        found.append(_requirement_block(requirements, setting))
    if section.filled_from == "budget" and content.budget:
        found.append(report_tables.budget_block(setting))
    if section.filled_from == "risks":
        found.append(report_tables.risk_block(section, setting))
    if section.filled_from == "coverage":
        found.append(report_tables.coverage_block(setting))
    if rows := content.assignments_of(section):
        found.append(_assignment_block(section, rows, setting))
    return found


def _beside(section: Section, setting: Setting) -> tuple[str, list[str], str]:
    """Place, words and language of what the letter says about a section's own text."""
    row = row_for(setting.content.outline, section.code)
    requirements = [one.requirement for one in setting.content.answers if one.requirement]
    own = [one.requirement for one in setting.content.answers_of.get(section.pk, []) if one.requirement]
    chosen = words_beside(row, requirements) or own
    if not chosen and section.directive is not None:
        words = setting.words.get(section.directive.uuid)
        return place_words(words), list(words.paragraphs if words else ()), words.language if words else ""
    if chosen:
        words = setting.words.get(chosen[0].uuid)
        return place_words(words), list(words.paragraphs if words else ()), words.language if words else ""
    if section.goal is not None:
        words = setting.words.get(section.goal.uuid)
        return place_words(words), list(words.paragraphs if words else ()), words.language if words else ""
    return _("Rapporten"), [_("Brevet sier ikke mer om denne delen enn at den skal være med.")], ""


def _text_block(section: Section, setting: Setting) -> Block:
    place, letter, lang = _beside(section, setting)
    before = setting.before_section(section)
    spans: Sequence[contexts.ChangeSpan] = ()
    words, tag = "", None
    if before is not None and before.text:
        tag = changed_tag() if changed(before.text, section.text) and section.text else None
        words = _("%(now)s ord, forrige gang %(before)s") % {
            "now": count_words(section.text),
            "before": count_words(before.text),
        }
        if setting.show_changes and section.text:
            spans = word_changes(plain(before.text), plain(section.text))
    elif section.text:
        words = ngettext("%(n)s ord", "%(n)s ord", count_words(section.text)) % {"n": count_words(section.text)}
    title = _("Vurdering av måloppnåelse") if section.goal_id else _("Tekst")
    reading = setting.form is None
    html = to_html(section.text) if reading and not spans else ""
    if reading and not section.text:
        html = to_html(_("Ingen vesentlige avvik å melde.") if section.nothing_to_report else _("Ingen tekst."))
    return Block(
        place, letter, title, "text", changed=tag, field=setting.field("text"), spans=spans, words=words,
        nothing_field=setting.field("nothing"), lang=lang, id="tekst", html=html,
    )  # fmt: skip


def _parameter_block(section: Section, answers: Sequence[RequirementAnswer], setting: Setting) -> Block:
    rows = [_parameter(at, answer, setting) for at, answer in enumerate(answers, start=1)]
    done = sum(not row.missing for row in rows)
    words = [setting.words.get(one.parameter.uuid) for one in answers if one.parameter]
    goal = setting.words.get(section.goal.uuid) if section.goal else None
    letter = [paragraph for one in words if one for paragraph in one.paragraphs]
    return Block(
        place_words(next((one for one in words if one and one.place), goal)),
        letter,
        _("Styringsparametere"),
        "parameters",
        note=_("%(done)s av %(total)s vurdert") % {"done": done, "total": len(rows)},
        parameters=rows,
        before_label=setting.previous_label or _("Sist"),
        lang=words[0].language if words and words[0] else "",
        id="parametere",
    )


def _parameter(at: int, answer: RequirementAnswer, setting: Setting) -> ParameterRow:
    before = setting.before_answer(answer)
    key = answer.uuid.hex
    lacks = answer_missing(setting.content, answer)
    tag = None
    if setting.previous is not None and answer.outlook and not lacks:
        if before is None or not before.outlook:
            tag = new_tag()
        elif before.outlook != answer.outlook:
            tag = changed_tag()
    return ParameterRow(
        str(at),
        answer.label,
        badge_for("outlook", before.outlook) if before and before.outlook else None,
        badge_for("outlook", answer.outlook) if answer.outlook else None,
        field=setting.field(f"o_{key}"),
        changed=tag,
        missing=bool(lacks),
        text_field=setting.field(f"t_{key}"),
        text="" if setting.form is not None else answer.text,
        anchor=f"svar-{answer.uuid}",
        conflict=(setting.conflicts or {}).get(answer.pk, ""),
    )


def _requirement_block(answers: Sequence[RequirementAnswer], setting: Setting) -> Block:
    rows = []
    for answer in answers:
        words = setting.words.get(answer.requirement.uuid) if answer.requirement else None
        before = setting.before_answer(answer)
        tag = None
        if before is not None and before.text and answer.text and changed(before.text, answer.text):
            tag = changed_tag()
        rows.append(
            AnswerRow(
                answer.label,
                place_words(words),
                words.paragraphs if words and words.paragraphs != (answer.label,) else (),
                field=setting.field(f"t_{answer.uuid.hex}"),
                text=to_html(answer.text) if setting.form is None else "",
                before=before.text if before and setting.form is not None else "",
                missing=bool(answer_missing(setting.content, answer)),
                anchor=f"svar-{answer.uuid}",
                changed=tag,
                conflict=(setting.conflicts or {}).get(answer.pk, ""),
                lang=words.language if words and words.language != setting.content.report.language else "",
            )
        )
    done = sum(not row.missing for row in rows)
    places = list(dict.fromkeys(str(row.place) for row in rows))
    return Block(
        ", ".join(places[:2]),
        [_("Kravene står ordrett ved hvert svar.")],
        _("Krav i brevet"),
        "own",
        note=_("%(done)s av %(total)s besvart") % {"done": done, "total": len(rows)},
        template="reporting/report_answers.html",
        rows=rows,
        id="krav",
    )


def _assignment_block(section: Section, rows: Sequence[ReportAssignment], setting: Setting) -> Block:
    shown = [_assignment(row, setting) for row in rows]
    done = sum(row.status_version_id is not None for row in rows)
    title = _("Oppdrag under målet") if section.goal_id else _("Status for oppdragene")
    asked = next(
        (one.requirement for one in setting.content.answers if one.requirement and "oppdrag" in one.label.lower()), None
    )
    words = setting.words.get(asked.uuid) if asked else None
    paragraphs = list(words.paragraphs) if words else [_("Status hentes fra det som er delt med departementet.")]
    return Block(
        place_words(words), paragraphs, title, "assignments",
        note=_("%(done)s av %(total)s, fylt ut fra delt status") % {"done": done, "total": len(rows)},
        assignments=shown, id="oppdrag",
    )  # fmt: skip


def _assignment(row: ReportAssignment, setting: Setting) -> contexts.ReportAssignment:
    assignment, status = row.assignment, row.status_version
    url = _address("assignments:passport", assignment.uuid)
    source = _("ingen delt status ennå")
    text = _("Del status på oppdraget, så hentes den hit.")
    if status is not None:
        source = _("hentet fra delt status %(date)s, versjon %(number)s") % {
            "date": full_date(status.shared_at.date()),
            "number": status.number,
        }
        text = f"{status.get_progress_display()}. {status.text}"
    title = assignment.title
    if assignment.restricted:
        title = _("Unntatt offentlighet, %(basis)s") % {"basis": assignment.restricted_basis or _("hjemmel ikke ført")}
        text = _("Status er sendt departementet særskilt.")
    return contexts.ReportAssignment(
        Link(assignment.reference or _("Uten nummer"), url),
        title,
        text,
        delivery_meter(delivered=assignment.delivered_count, total=assignment.delivery_count),
        source,
        Link(_("Endre i oppdraget") if setting.form is not None else _("Se oppdraget"), url),
        _status_tag(row, setting),
        anchor=f"oppdrag-{assignment.uuid}",
        unchanged=setting.previous is not None,
    )


def _status_tag(row: ReportAssignment, setting: Setting) -> Tag | None:
    if setting.previous is None or row.status_version_id is None:
        return None
    before = next((one for one in setting.previous.assignments if one.assignment_id == row.assignment_id), None)
    if before is None:
        return new_tag()
    return changed_tag() if before.status_version_id != row.status_version_id else None


def _address(name: str, uuid: UUID) -> str:
    try:
        return reverse(name, args=[uuid])
    except NoReverseMatch:
        return f"/oppdrag/{uuid}/"


def section_count(content: Content, section: Section) -> tuple[int, int]:
    """Answered and asked in one section."""
    cells = section_cells(content, section)
    return sum(cell.answered for cell in cells), len(cells)


def risk_action(content: Content) -> Action:
    """The way to add a risk."""
    return Action(_("Ny risiko"), reverse("reporting:risk_new", args=[content.report.uuid]), "plus")
