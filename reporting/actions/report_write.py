"""Writing in a report: each part has its own version, and a text that could not be saved is never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotFound, NotInThisState, Problem, RuleBroken, StaleVersion
from core.models import Audience
from reporting import merging
from reporting.models import (
    BudgetStatus,
    Outlook,
    Report,
    ReportState,
    RequirementAnswer,
    Risk,
    Section,
    SectionDraft,
)
from reporting.models.report import EditedPart
from reporting.permissions import reports as permissions

P = TypeVar("P", bound=EditedPart)


class SectionConflict(StaleVersion):
    """Somebody saved the section in between. Both texts are here; one's own is kept as a draft until merged."""

    def __init__(self, section: Section, mine: str, base: str) -> None:
        self.section = section
        self.theirs = section.text
        self.mine = mine
        self.merged = merging.merge(base, section.text, mine)
        who = section.edited_by.get_full_name() if section.edited_by is not None else _("En annen")
        super().__init__(
            _("%(name)s lagret mens du skrev. Ingenting er tapt: teksten din er tatt vare på, og bare du ser den.")
            % {"name": who}
        )


class AnswerConflict(StaleVersion):
    """Somebody saved the same answer in between; ``answer`` is what stands there now."""

    def __init__(self, answer: RequirementAnswer) -> None:
        self.answer = answer
        super().__init__(
            _("Svaret på «%(label)s» ble lagret av en annen mens du skrev. Se begge, og lagre på nytt.")
            % {"label": answer.label}
        )


def writable_report(report_id: int, *, actor: Actor, at: datetime) -> Report:
    """The report locked for sharing, when the actor may write in it and it is still being written.

    Raises NotAllowed, NotInThisState.
    """
    report: Report = (
        Report.objects.select_related("kind", "agency", "receiver")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=report_id)
    )
    if not permissions.may_write(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Rapporten skrives av virksomheten. Du kan lese den når den er sendt inn."))
    if report.state == ReportState.SUBMITTED:
        raise NotInThisState(_("Rapporten er sendt inn og kan ikke endres. Rett den med en ny utgave."))
    if report.state == ReportState.FOR_SIGNATURE and not permissions.may_submit(actor, report, clock.local_date(at)):
        raise NotInThisState(_("Rapporten ligger til signering. Ta den tilbake for å skrive videre."))
    return report


def _part[P: EditedPart](model: type[P], part: P, report: Report) -> P:
    """The part as it stands now, locked; only of the report that was checked."""
    rows: Any = model._default_manager.select_related("edited_by").select_for_update(of=("self",))
    found: P | None = rows.filter(pk=part.pk, report=report).first()
    if found is None:
        raise NotFound(_("Delen finnes ikke i rapporten lenger. Last siden på nytt."))
    return found


def _save(part: EditedPart, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    for name, value in values.items():
        setattr(part, name, value)
    part.version += 1
    part.edited_at, part.edited_by_id = at, actor.user_id
    part.save(update_fields=[*values, "version", "edited_at", "edited_by"])


def save_section(
    *,
    section: Section,
    text: str,
    actor: Actor,
    at: datetime,
    expected_version: int,
    nothing_to_report: bool = False,
    base: str = "",
) -> Section:
    """Save a section's text. ``base`` is the text it was written from, for the merge when somebody was first.

    Saving what already stands there changes nothing. Raises SectionConflict (a StaleVersion), NotAllowed,
    NotInThisState; in the first case the text is kept as the person's own draft.
    """
    text = _tidy(text)
    try:
        with transaction.atomic():
            return _save_section(section, text, nothing_to_report, expected_version, base, actor, at)
    except SectionConflict:
        keep_draft(section=section, text=text, base=_tidy(base), actor=actor, at=at)
        raise


def _save_section(
    section: Section, text: str, nothing: bool, expected_version: int, base: str, actor: Actor, at: datetime
) -> Section:
    report = writable_report(section.report_id, actor=actor, at=at)
    section = _part(Section, section, report)
    if (section.text, section.nothing_to_report) != (text, nothing):
        if section.version != expected_version:
            raise SectionConflict(section, text, _tidy(base))
        _save(section, {"text": text, "nothing_to_report": nothing}, actor=actor, at=at)
    SectionDraft.objects.filter(section=section, user_id=actor.user_id).delete()
    return section


def _tidy(text: str) -> str:
    """Line ends as one kind, nothing but the words at the ends."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


@transaction.atomic
def keep_draft(*, section: Section, text: str, base: str, actor: Actor, at: datetime) -> SectionDraft:
    """Keep a text that could not be saved, for the one who wrote it. A later one takes its place."""
    report = writable_report(section.report_id, actor=actor, at=at)
    draft, _made = SectionDraft.objects.update_or_create(
        section=_part(Section, section, report), user_id=actor.user_id, defaults={"text": text, "base": base, "at": at}
    )
    return draft


@transaction.atomic
def discard_draft(*, section: Section, actor: Actor, at: datetime) -> None:
    """Throw one's own kept text away, by a deliberate act."""
    writable_report(section.report_id, actor=actor, at=at)
    SectionDraft.objects.filter(section=section, user_id=actor.user_id).delete()


def nothing_to_report(*, section: Section, actor: Actor, at: datetime, expected_version: int) -> Section:
    """Say that there is nothing to report in this section: an answer, not an empty field."""
    return save_section(
        section=section,
        text=section.text,
        base=section.text,
        nothing_to_report=True,
        actor=actor,
        at=at,
        expected_version=expected_version,
    )


@transaction.atomic
def save_answer(
    *,
    answer: RequirementAnswer,
    actor: Actor,
    at: datetime,
    expected_version: int,
    outlook: str = "",
    text: str = "",
    no_data_reason: str = "",
) -> RequirementAnswer:
    """Save the answer to one requirement, parameter or key figure. Raises AnswerConflict, NotAllowed, RuleBroken."""
    report = writable_report(answer.report_id, actor=actor, at=at)
    answer = _part(RequirementAnswer, answer, report)
    if outlook and outlook not in Outlook.values:
        raise RuleBroken(problems=[Problem("unknown_outlook", _("Velg en vurdering fra listen."), "outlook")])
    values = {"outlook": outlook, "text": _tidy(text), "no_data_reason": _tidy(no_data_reason)}
    if all(getattr(answer, name) == value for name, value in values.items()):
        return answer
    if answer.version != expected_version:
        raise AnswerConflict(answer)
    _save(answer, values, actor=actor, at=at)
    return answer


@transaction.atomic
def save_budget_status(
    *,
    row: BudgetStatus,
    spent: int | None,
    forecast: int | None,
    actor: Actor,
    at: datetime,
    expected_version: int,
    comment: str = "",
) -> BudgetStatus:
    """Save accounts so far and the year's forecast of one chapter and post, whole kroner. None is missing, not zero."""
    report = writable_report(row.report_id, actor=actor, at=at)
    row = _part(BudgetStatus, row, report)
    values = {"spent": spent, "forecast": forecast, "comment": _tidy(comment)}
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if row.version != expected_version:
        raise StaleVersion(_("Tallene for %(post)s ble endret av en annen mens du skrev.") % {"post": row})
    _save(row, values, actor=actor, at=at)
    return row


@dataclass(frozen=True)
class RiskFacts:
    """A risk on the kind's own scale (counted from 1); residual after measures may be unknown."""

    title: str
    likelihood: int
    impact: int
    measure: str = ""
    owner_name: str = ""
    goal_id: int | None = None
    residual_likelihood: int | None = None
    residual_impact: int | None = None


@transaction.atomic
def save_risk(
    *,
    report: Report,
    facts: RiskFacts,
    actor: Actor,
    at: datetime,
    risk: Risk | None = None,
    expected_version: int | None = None,
    scale: int = 5,
) -> Risk:
    """Add a risk or change one. ``scale`` is the number of steps. Raises StaleVersion, RuleBroken, NotAllowed."""
    report = writable_report(report.pk, actor=actor, at=at)
    if problems := _risk_problems(report, facts, scale):
        raise RuleBroken(problems=problems)
    values = {name: getattr(facts, name) for name in RiskFacts.__dataclass_fields__}
    if risk is None:
        last = Risk.objects.filter(report=report).count()
        return Risk.objects.create(report=report, ordinal=last + 1, edited_at=at, edited_by_id=actor.user_id, **values)
    risk = _part(Risk, risk, report)
    if all(getattr(risk, name) == value for name, value in values.items()):
        return risk
    if expected_version is not None and risk.version != expected_version:
        raise StaleVersion(_("Risikoen ble endret av en annen mens du skrev. Se hva som står der nå."))
    _save(risk, values, actor=actor, at=at)
    return risk


def _risk_problems(report: Report, facts: RiskFacts, scale: int) -> Sequence[Problem]:
    problems = []
    if not facts.title.strip():
        problems.append(Problem("risk_title_missing", _("Skriv hva som kan skje."), "title"))
    steps = {
        "likelihood": facts.likelihood,
        "impact": facts.impact,
        "residual_likelihood": facts.residual_likelihood,
        "residual_impact": facts.residual_impact,
    }
    sentence = _("Velg et trinn fra 1 til %(scale)s.") % {"scale": scale}
    problems += [
        Problem("risk_step", sentence, name)
        for name, step in steps.items()
        if step is not None and not 1 <= step <= scale
    ]
    known = Section.objects.filter(report=report, goal_id=facts.goal_id).exists()
    if facts.goal_id is not None and not known:
        problems.append(Problem("risk_goal", _("Målet står ikke i denne rapporten."), "goal"))
    return problems


@transaction.atomic
def remove_risk(*, risk: Risk, actor: Actor, at: datetime, expected_version: int) -> None:
    """Take a risk out of a report that is still being written; the event keeps what it said."""
    report = writable_report(risk.report_id, actor=actor, at=at)
    risk = _part(Risk, risk, report)
    if risk.version != expected_version:
        raise StaleVersion(_("Risikoen ble endret av en annen. Se hva som står der nå, før du tar den ut."))
    before = {name: getattr(risk, name) for name in RiskFacts.__dataclass_fields__}
    events.record(
        event="report.risk_removed",
        subject=report,
        actor=actor,
        at=at,
        organisation=report.agency.uuid,
        before=before,
        audience=Audience.INTERNAL,
    )
    risk.delete()
