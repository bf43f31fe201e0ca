"""Values of key figures: entered once, in a report or for an earlier year; missing has a reason and is never zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.rights import Right
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken, StaleVersion
from core.models import Audience
from governance.models import KeyFigureLine
from reporting.actions.report_write import writable_report
from reporting.models import FigureValue, Report

_LIMIT = Decimal(10) ** 14


@dataclass(frozen=True)
class Entered:
    """One value as entered. ``new_definition`` breaks the series from this period on, with the reason (K9)."""

    dimension: str = ""
    value: Decimal | None = None
    missing_reason: str = ""
    provisional: bool = False
    unit: str = ""
    new_definition: bool = False
    break_reason: str = ""
    version: int | None = None


@transaction.atomic
def save_figure(
    *,
    line: KeyFigureLine,
    period_end: date,
    entered: Entered,
    actor: Actor,
    at: datetime,
    report: Report | None = None,
    shared: bool = False,
) -> FigureValue | None:
    """Save one value of a key figure, in a report being written, or for an earlier period outside any report.

    An empty value without a reason takes back what was entered in a report that is not sent. ``shared`` shows
    an earlier value to the ministry. Raises NotAllowed, NotInThisState, RuleBroken, StaleVersion.
    """
    if report is not None:
        report = writable_report(report.pk, actor=actor, at=at)
    line = KeyFigureLine.objects.select_for_update(of=("self",)).select_related("agency").get(pk=line.pk)
    day = clock.local_date(at)
    if not access.may(actor, Right.WRITE_REPORTS, line.agency_id, day):
        raise NotAllowed(_("Nøkkeltall registreres av virksomheten selv."))
    if problems := _problems(entered, line, report, period_end, day):
        raise RuleBroken(problems=problems)
    found: FigureValue | None = FigureValue.objects.filter(
        line=line, dimension=entered.dimension, period_end=period_end, report=report
    ).first()
    if found is not None and entered.version is not None and entered.version != found.version:
        raise StaleVersion(_("Tallet ble endret av en annen mens du skrev. Se begge, og lagre på nytt."))
    if entered.value is None and not entered.missing_reason.strip():
        if found is not None and report is not None:
            found.delete()
        return None
    values = _values(line, period_end, entered, found)
    if found is not None and all(getattr(found, name) == value for name, value in values.items()) and not shared:
        return found
    saved = _write(found, values, line, period_end, entered, report, actor, at, shared)
    events.record(
        event="figure.saved",
        subject=saved,
        actor=actor,
        at=at,
        organisation=line.agency.uuid,
        before={"value": found.value} if found else {},
        after={**values, "period_end": period_end, "dimension": entered.dimension},
        audience=Audience.INTERNAL,
    )
    return saved


def _problems(
    entered: Entered, line: KeyFigureLine, report: Report | None, period_end: date, day: date
) -> list[Problem]:
    problems = []
    if report is not None and report.agency_id != line.agency_id:
        problems.append(Problem("other_agency", _("Nøkkeltallet hører til en annen virksomhet."), "value"))
    if entered.value is not None and not abs(entered.value) < _LIMIT:
        problems.append(Problem("figure_too_large", _("Tallet er for stort. Skriv det i en større enhet."), "value"))
    if entered.value is not None and entered.missing_reason.strip():
        sentence = _("Skriv enten et tall eller hvorfor tallet mangler, ikke begge.")
        problems.append(Problem("figure_and_reason", sentence, "missing_reason"))
    if entered.new_definition and not entered.break_reason.strip():
        sentence = _("Skriv hva som er nytt i definisjonen, så bruddet i serien kan forklares.")
        problems.append(Problem("break_without_reason", sentence, "break_reason"))
    if report is None and period_end > day:
        sentence = _("Perioden er ikke over ennå. Tallet hører til i rapporten.")
        problems.append(Problem("period_ahead", sentence, "period"))
    return problems


def _values(line: KeyFigureLine, period_end: date, entered: Entered, found: FigureValue | None) -> dict[str, object]:
    earlier = (
        FigureValue.objects.filter(line=line, dimension=entered.dimension, period_end__lt=period_end)
        .order_by("-period_end", "-definition")
        .first()
    )
    definition = earlier.definition if earlier is not None else 1
    if entered.new_definition:
        definition += 1
    elif found is not None:
        definition = max(definition, found.definition if found.break_reason == entered.break_reason else definition)
    return {
        "value": entered.value,
        "unit": entered.unit,
        "provisional": entered.provisional,
        "missing_reason": entered.missing_reason.strip(),
        "definition": definition,
        "break_reason": entered.break_reason.strip(),
    }


def _write(
    found: FigureValue | None,
    values: dict[str, object],
    line: KeyFigureLine,
    period_end: date,
    entered: Entered,
    report: Report | None,
    actor: Actor,
    at: datetime,
    shared: bool,
) -> FigureValue:
    if found is None:
        return FigureValue.objects.create(
            line=line,
            dimension=entered.dimension,
            period_end=period_end,
            report=report,
            recorded_by_id=actor.user_id,
            recorded_at=at,
            shared_at=at if shared and report is None else None,
            **values,
        )
    if found.shared_at is not None and values["value"] != found.value:
        raise NotInThisState(
            _("Tallet er delt med departementet og endres ikke her. Rett det i neste rapport, med en merknad.")
        )
    for name, value in values.items():
        setattr(found, name, value)
    if shared and report is None and found.shared_at is None:
        found.shared_at = at
    found.version += 1
    found.recorded_by_id, found.recorded_at = actor.user_id, at
    found.save(update_fields=[*values, "shared_at", "version", "recorded_by", "recorded_at"])
    return found
