"""Instructions in force: which one on a day, where one stands, and what a letter cites beside what holds now (R-03).

The days an instruction holds are rows of ``InstructionPeriod``, kept by governance.actions.periods when one is
fixed; the database itself refuses two for one agency on one day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core.formatting import full_date, listing
from governance.models import (
    Citation,
    CitationKind,
    DocumentFamily,
    DocumentState,
    InstructionPeriod,
    InstructionReplacement,
    SteeringDocument,
)


def holding_on(day: date) -> Q:
    """The periods that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def instruction_in_force(agency: Organisation, day: date) -> SteeringDocument | None:
    """The instruction in force for an agency on a day. One query."""
    return _on(agency.pk, day)


def _on(agency_id: int, day: date) -> SteeringDocument | None:
    period = (
        InstructionPeriod.objects.filter(holding_on(day), agency_id=agency_id)
        .select_related("document", "document__kind", "document__issuer", "document__recipient")
        .first()
    )
    return period.document if period else None


def latest_instruction(agency: Organisation) -> SteeringDocument | None:
    """The instruction whose day comes last, also one that has not begun: what a new one is written from."""
    period = (
        InstructionPeriod.objects.filter(agency=agency)
        .select_related("document", "document__kind", "document__issuer", "document__recipient")
        .order_by("-valid_from")
        .first()
    )
    return period.document if period else None


def first_day(document: SteeringDocument) -> date | None:
    """The first day an instruction holds: its own in-force date, else the day it is dated."""
    return document.effective_on or document.document_date


# ---- where an instruction stands ----
@dataclass(frozen=True)
class Standing:
    """Where an instruction stands: a code, the words, and the neighbours in time."""

    code: str
    words: str
    fixed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: SteeringDocument | None = None


def standing(document: SteeringDocument, day: date) -> Standing:
    """Draft → to the agency for its opinion → fixed → in force → replaced, derived from state and dates.

    Two queries for an issued instruction, none for a draft.
    """
    if not document.is_issued:
        return Standing(str(document.state), str(DocumentState(document.state).label))
    dated = document.document_date
    period = InstructionPeriod.objects.filter(document=document).first()
    if period is None or dated is None:
        words = _("Fastsatt %(date)s") % {"date": full_date(dated)} if dated else _("Fastsatt")
        return Standing("fixed", words, dated)
    following = _following(document, period)
    fixed = _("Fastsatt %(date)s, gjelder fra %(first)s.") % {
        "date": full_date(dated),
        "first": full_date(period.valid_from),
    }
    facts = (dated, period.valid_from, period.valid_to, following)
    if period.valid_to is not None and period.valid_to < day:
        return Standing("replaced", f"{fixed} {_replaced_words(period.valid_to, following, _REPLACED)}", *facts)
    if period.valid_from > day:
        return Standing("fixed", fixed, *facts)
    if period.valid_to is not None:
        return Standing("in_force", f"{fixed} {_replaced_words(period.valid_to, following, _TO_BE_REPLACED)}", *facts)
    return Standing("in_force", fixed, *facts)


_REPLACED = "replaced"
_TO_BE_REPLACED = "to_be_replaced"


def _replaced_words(last: date, following: SteeringDocument | None, which: str) -> str:
    words = {"date": full_date(last + timedelta(days=1)), "title": following.title if following else ""}
    if following is not None and following.document_date is not None:
        words["dated"] = full_date(following.document_date)
        if which == _REPLACED:
            return _("Erstattet %(date)s av «%(title)s» av %(dated)s.") % words
        return _("Blir erstattet %(date)s av «%(title)s» av %(dated)s.") % words
    if which == _REPLACED:
        return _("Gjaldt til %(date)s.") % {"date": full_date(last)}
    return _("Gjelder til og med %(date)s.") % {"date": full_date(last)}


def _following(document: SteeringDocument, period: InstructionPeriod) -> SteeringDocument | None:
    """What took over: the next one of the same agency, or the one that says it replaces this (R-02)."""
    if period.valid_to is None:
        return None
    next_day = period.valid_to + timedelta(days=1)
    own = (
        InstructionPeriod.objects.filter(agency_id=period.agency_id, valid_from=next_day)
        .select_related("document")
        .first()
    )
    if own is not None:
        return own.document
    said = (
        InstructionReplacement.objects.filter(replaced=document, document__state=DocumentState.ISSUED)
        .select_related("document")
        .first()
    )
    return said.document if said else None


# ---- when it holds, in words ----
def replaced_by_this(document: SteeringDocument) -> list[SteeringDocument]:
    """The instructions this one says it replaces, oldest first (R-02). One query."""
    rows = InstructionReplacement.objects.filter(document=document).select_related("replaced", "replaced__recipient")
    return [row.replaced for row in rows.order_by("replaced__document_date", "id")]


def period_words(document: SteeringDocument, replaces: Sequence[SteeringDocument]) -> str:
    """«I kraft fra …, erstatter … og …»; empty for a draft that says neither."""
    first = first_day(document)
    parts = [_("I kraft fra %(first)s") % {"first": full_date(first)}] if first else []
    if replaces:
        parts.append(_("erstatter %(which)s") % {"which": listing([titled(row) for row in replaces])})
    words = ", ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def titled(document: SteeringDocument) -> str:
    """An instruction by title and date, as others refer to it."""
    if document.document_date is None:
        return f"«{document.title}»"
    return _("«%(title)s» av %(date)s") % {"title": document.title, "date": full_date(document.document_date)}


# ---- what a letter cites ----
@dataclass(frozen=True)
class CitedAndCurrent:
    """The instruction a letter cites, the one in force on its date, and the one in force now (R-03).

    ``missing`` is the date of a cited instruction that is not registered. ``replaced_on`` is the first day the cited
    one no longer held.
    """

    cited: SteeringDocument | None
    cited_date: date | None
    on_date: SteeringDocument | None
    now: SteeringDocument | None
    replaced_on: date | None = None

    @property
    def missing(self) -> date | None:
        """The cited date when no such instruction is registered."""
        return self.cited_date if self.cited is None else None

    @property
    def in_force_on_date(self) -> bool:
        """The cited one was the one in force on the letter's date."""
        return self.cited is not None and self.on_date is not None and self.cited.pk == self.on_date.pk

    @property
    def stale(self) -> bool:
        """What was in force on the letter's date (or is cited) is no longer the one in force."""
        then = self.cited or self.on_date
        return then is not None and self.now is not None and then.pk != self.now.pk


def cited_and_current(document: SteeringDocument, day: date) -> CitedAndCurrent:
    """What a letter (or a draft of one) says its instruction is, and what holds. Four queries at most."""
    agency = document.recipient_id
    citation = (
        Citation.objects.filter(document=document, kind=CitationKind.INSTRUCTION)
        .select_related("cited_document")
        .order_by("ordinal", "id")
        .first()
    )
    cited, dated = None, None
    if citation is not None:
        dated = citation.cited_date
        cited = citation.cited_document or _registered(agency, dated)
        dated = dated or (cited.document_date if cited else None)
    period = InstructionPeriod.objects.filter(document=cited).first() if cited else None
    ended = period.valid_to + timedelta(days=1) if period is not None and period.valid_to is not None else None
    letter_day = document.document_date or day
    return CitedAndCurrent(cited, dated, _on(agency, letter_day), _on(agency, day), ended)


def _registered(agency_id: int, dated: date | None) -> SteeringDocument | None:
    if dated is None:
        return None
    found: SteeringDocument | None = SteeringDocument.objects.filter(
        recipient_id=agency_id,
        state=DocumentState.ISSUED,
        kind__family=DocumentFamily.INSTRUCTION,
        document_date=dated,
    ).first()
    return found


def citing(document: SteeringDocument) -> list[SteeringDocument]:
    """Issued and open letters that cite an instruction, newest first. The caller narrows to what the reader sees."""
    if document.document_date is None:
        return []
    cites = Citation.objects.filter(
        Q(cited_document=document) | Q(cited_document__isnull=True, cited_date=document.document_date),
        kind=CitationKind.INSTRUCTION,
    )
    rows = (
        SteeringDocument.objects.filter(pk__in=cites.values("document"), recipient_id=document.recipient_id)
        .exclude(state=DocumentState.DISCARDED)
        .exclude(kind__family=DocumentFamily.INSTRUCTION)
        .select_related("kind", "recipient")
        .defer("canonical_text", "search")
    )
    return list(rows.order_by("-document_date", "-id"))


OPEN_STATES = (DocumentState.DRAFT, DocumentState.HEARING, DocumentState.APPROVAL, DocumentState.APPROVED)


def followed_up(day: date) -> Q:
    """Open letters: those being written, and issued ones of this budget year and the one before."""
    return Q(state=DocumentState.ISSUED, year__gte=day.year - 1) | Q(state__in=OPEN_STATES)


def is_followed_up(document: SteeringDocument, day: date) -> bool:
    """The same for one letter."""
    return document.state in OPEN_STATES or (document.is_issued and (document.year or 0) >= day.year - 1)
