"""The days an instruction is in force, kept when one is fixed or registered (R-01 to R-03).

A new instruction ends the one before it and those it says it replaces. Two from the same day are refused with a
sentence; two at once by the database's exclusion constraint, with the same sentence.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import events
from core.actor import Actor
from core.errors import Problem, RuleBroken
from core.formatting import full_date
from governance.instructions import first_day
from governance.models import DocumentFamily, InstructionPeriod, InstructionReplacement, SteeringDocument

DAY = timedelta(days=1)


def period_problems(document: SteeringDocument, first: date | None = None) -> list[Problem]:
    """Why an instruction cannot take effect on its day; empty for other documents. ``first`` overrides the day."""
    first = first or first_day(document)
    if document.kind.family != DocumentFamily.INSTRUCTION or first is None:
        return []
    problems = []
    same = (
        InstructionPeriod.objects.filter(agency_id=document.recipient_id, valid_from=first)
        .exclude(document=document)
        .select_related("document")
        .first()
    )
    if same is not None:
        problems.append(_same_day(first, same.document.title))
    for row in _replaced(document):
        held = getattr(row.replaced, "in_force_period", None)
        if held is not None and held.valid_from >= first:
            words = {"title": row.replaced.title, "date": full_date(held.valid_from), "first": full_date(first)}
            sentence = _(
                "Instruksen gjelder fra %(first)s og kan ikke erstatte «%(title)s», som først gjelder fra %(date)s."
            )
            problems.append(Problem("replaces_later_instruction", sentence % words, "replaces"))
    return problems


def effective_problems(first: date, day: date) -> list[Problem]:
    """An instruction made here takes effect on the day it is fixed or later, never before (R-01)."""
    if first >= day:
        return []
    sentence = _("Instruksen kan ikke gjelde fra %(first)s, som er før i dag. Skriv en dag fram i tid.")
    return [Problem("effective_past", sentence % {"first": full_date(first)}, "effective_on")]


def _same_day(first: date, title: str) -> Problem:
    sentence = _(
        "«%(title)s» gjelder også fra %(date)s. Bare én instruks kan være i kraft for virksomheten på samme dag. "
        "Velg en annen dag denne skal gjelde fra."
    )
    return Problem("instruction_same_day", sentence % {"title": title, "date": full_date(first)}, "effective_on")


def _replaced(document: SteeringDocument) -> list[InstructionReplacement]:
    rows = InstructionReplacement.objects.filter(document=document)
    return list(rows.select_related("replaced", "replaced__recipient", "replaced__in_force_period"))


@transaction.atomic
def begin(document: SteeringDocument, *, actor: Actor, at: datetime) -> InstructionPeriod | None:
    """Open the period of an issued instruction and end those it takes over from. Doing it twice gives the same one.

    An older one registered afterwards holds until the day before the next. Raises RuleBroken when another takes
    effect on the same day, also when both are issued at once.
    """
    first = first_day(document)
    if document.kind.family != DocumentFamily.INSTRUCTION or first is None:
        return None
    held = InstructionPeriod.objects.filter(document=document).first()
    if held is not None:
        return held
    _lock(document)
    problems = period_problems(document, first)
    if problems:
        raise RuleBroken(problems=problems)
    others = InstructionPeriod.objects.filter(agency_id=document.recipient_id)
    following = others.filter(valid_from__gt=first).order_by("valid_from").first()
    try:
        with transaction.atomic():
            ended = _end_earlier(document, first)
            period = InstructionPeriod.objects.create(
                document=document,
                agency_id=document.recipient_id,
                valid_from=first,
                valid_to=following.valid_from - DAY if following else None,
            )
    except IntegrityError as error:
        sentence = _(
            "En annen instruks ble fastsatt for virksomheten samtidig, for de samme dagene. "
            "Last siden på nytt og se når den gjelder fra."
        )
        raise RuleBroken(problems=[Problem("instruction_overlap", sentence, "effective_on")]) from error
    for row in ended:
        _record(row, document, first, actor=actor, at=at)
    return period


def _lock(document: SteeringDocument) -> None:
    """Hold the agency's periods and the replaced ones, in one order, so that two acts follow each other."""
    replaced = [row.replaced_id for row in _replaced(document)]
    touched = InstructionPeriod.objects.filter(agency_id=document.recipient_id) | InstructionPeriod.objects.filter(
        document_id__in=replaced
    )
    list(touched.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _end_earlier(document: SteeringDocument, first: date) -> list[SteeringDocument]:
    """End the one before and those named as replaced on the day before ``first``; their documents."""
    before = (
        InstructionPeriod.objects.filter(agency_id=document.recipient_id, valid_from__lt=first)
        .select_related("document", "document__recipient")
        .order_by("-valid_from")
        .first()
    )
    named = [
        row.replaced.in_force_period for row in _replaced(document) if hasattr(row.replaced, "in_force_period")
    ]  # fmt: skip
    ended = {}
    for period in [before, *named]:
        if period is None or period.pk in ended or (period.valid_to is not None and period.valid_to < first):
            continue
        period.valid_to = first - DAY
        period.save(update_fields=["valid_to"])
        ended[period.pk] = period.document
    return list(ended.values())


def _record(replaced: SteeringDocument, document: SteeringDocument, first: date, *, actor: Actor, at: datetime) -> None:
    events.record(
        event="instruction.replaced",
        subject=replaced,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=replaced.recipient.uuid,
        after={"by": document.title, "by_uuid": document.uuid, "from": first},
    )
