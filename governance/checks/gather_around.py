"""Collects what lies around a document for the checks. The same number of queries however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q

from agencies.models import Organisation
from agencies.querysets import valid_on
from agencies.rights import RIGHTS, Right
from governance import lives, snapshot
from governance.checks.gather_changes import changes_of
from governance.checks.surroundings import (
    Earlier,
    MeetingsAsked,
    PostTotal,
    SentFile,
    Signature,
    Surroundings,
    Words,
)
from governance.importing.values.references import reference_key
from governance.instructions import instruction_in_force
from governance.models import (
    AssignmentItem,
    BudgetLine,
    DirectiveEdition,
    Dispatch,
    DispatchState,
    DocumentFamily,
    DocumentImport,
    DocumentState,
    ItemChange,
    MeetingRule,
    Origin,
    Passage,
    Rendition,
    Signatory,
    SteeringDocument,
)

_SIGNING = tuple(role.value for role, rights in RIGHTS.items() if Right.ISSUE_DOCUMENTS in rights)
RENDER_WITHIN = timedelta(days=1)


def of_document(
    document: SteeringDocument, passages: Sequence[Passage], *, day: date, verify: bool = False
) -> Surroundings:
    """Around a draft or an issued document; ``verify`` also recomputes the seal, for the nightly look."""
    dated = document.document_date or day
    is_letter = document.kind.family != DocumentFamily.INSTRUCTION
    issued = document.is_issued
    return Surroundings(
        words=tuple(Words(str(p.uuid), p.section_number, p.text, bool(p.heading_level)) for p in passages),
        changes=tuple(changes_of(document, day)),
        earlier=tuple(earlier_assignments(document.issuer, document.recipient, day, document)) if is_letter else (),
        editions=_editions(document.year, dated) if document.kind.family == DocumentFamily.LETTER else (),
        meetings=tuple(_meetings(document, dated)) if is_letter else (),
        totals=tuple(_totals(document)) if issued and document.kind.family == DocumentFamily.LETTER else (),
        files=tuple(_files(document)) if issued else (),
        files_due=_files_due(document, day),
        signatures=tuple(_signatures(document)) if issued else (),
        needs=tuple(lives.needs_from_meetings(document, day)),
        unsettled=frozenset(str(uuid) for uuid in lives.unsettled(document)) if issued else frozenset(),
        lapse_through_year=document.lapse_through_year,
        parent_known=document.supplements_id is not None,
        made_here=document.origin == Origin.MADE_HERE,
        seal_broken=verify and issued and not snapshot.verify(document),
        copies_outside=_copied_past_ministry(document) if issued else (),
        language=document.language,
        title=document.title,
    )


def of_import(found: DocumentImport, family: str, year: int | None, *, day: date) -> Surroundings:
    """Around a letter that is being read in."""
    details = found.details
    words = tuple(
        Words(str(p["uuid"]), p.get("section_number", ""), p["text"], bool(p.get("heading_level")))
        for p in found.passages
    )
    known = found.agency is not None and family != DocumentFamily.INSTRUCTION.value
    earlier = tuple(earlier_assignments(found.organisation, found.agency, day)) if known and found.agency else ()
    return Surroundings(
        words=words,
        earlier=earlier,
        editions=_editions(year, day) if family == DocumentFamily.LETTER.value else (),
        meetings=tuple(_meetings_of_instruction(found.agency, day)) if known and found.agency else (),
        signatures=tuple(_typed_signatures(details.get("signatories") or ())),
        lapse_through_year=details.get("lapse_through_year"),
        parent_known=bool(details.get("supplements")) or "supplements" not in details,
        made_here=False,
        language=str(details.get("language") or ""),
        title=found.title,
    )


def earlier_assignments(
    issuer: Organisation, agency: Organisation, day: date, document: SteeringDocument | None = None
) -> Iterable[Earlier]:
    """What earlier letters have given the agency. Three queries."""
    rows = AssignmentItem.objects.filter(
        document__issuer=issuer,
        document__recipient=agency,
        document__state=DocumentState.ISSUED,
        change=ItemChange.NEW,
        restricted=False,
    )
    if document is not None:
        rows = rows.exclude(document=document)
        if document.is_issued and document.document_date is not None:
            rows = rows.filter(document__document_date__lt=document.document_date)
    fates = lives.fates(agency, day, None)
    names = ("uuid", "reference", "title", "year", "document__year", "document__title", "first_due")
    for row in rows.annotate(first_due=Min("delivery_items__deadline")).values(*names):
        yield Earlier(
            reference=row["reference"],
            key=reference_key(row["reference"]),
            title=row["title"],
            year=row["year"] or row["document__year"],
            document=row["document__title"],
            due=row["first_due"],
            ended=row["uuid"] in fates.ended,
            kept=row["uuid"] in fates.kept,
        )


def _editions(year: int | None, day: date) -> tuple[str, ...]:
    rows = DirectiveEdition.objects.filter(valid_on(day), year=year) if year else DirectiveEdition.objects.none()
    return tuple(rows.order_by("id").values_list("title_nb", flat=True))


def _meetings(document: SteeringDocument, day: date) -> Iterable[MeetingsAsked]:
    sources = [document]
    instruction = instruction_in_force(document.recipient, day)
    if instruction is not None:
        sources.append(instruction)
    return _rules(sources)


def _meetings_of_instruction(agency: Organisation, day: date) -> Iterable[MeetingsAsked]:
    instruction = instruction_in_force(agency, day)
    return _rules([instruction] if instruction else [])


def _rules(sources: Sequence[SteeringDocument]) -> Iterable[MeetingsAsked]:
    for rule in MeetingRule.objects.filter(document__in=sources).select_related("document"):
        yield MeetingsAsked(rule.kind, str(rule.get_kind_display()), rule.minimum, rule.document.title)


def _totals(letter: SteeringDocument) -> Iterable[PostTotal]:
    """Per post of the letter's year: carried over + the letter + its issued supplements, each amount once."""
    lines = (
        BudgetLine.objects.filter(
            Q(document=letter) | Q(document__supplements=letter, document__state=DocumentState.ISSUED), unclear=False
        )
        .select_related("document")
        .order_by("document__document_date", "document_id", "ordinal", "id")
    )
    by_post: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_post[line.code].append(line)
    for code, rows in by_post.items():
        said = [row for row in rows if row.total_after is not None]
        last = said[-1] if said else None
        until = rows.index(last) + 1 if last else len(rows)
        given = sum(row.amount for row in rows[:until])
        yield PostTotal(code, given, last.total_after if last else None, last.document.title if last else letter.title)


def _files(document: SteeringDocument) -> Iterable[SentFile]:
    made = Rendition.objects.filter(document=document, file__removed_at__isnull=True)
    for row in made.select_related("file"):
        yield SentFile(row.role, row.file.sha256, row.pages)


def _files_due(document: SteeringDocument, day: date) -> bool:
    made_here = document.is_issued and document.origin == Origin.MADE_HERE
    return made_here and document.document_date is not None and day - document.document_date > RENDER_WITHIN


def _signatures(document: SteeringDocument) -> Iterable[Signature]:
    rows = Signatory.objects.filter(document=document).select_related("appointment", "appointment__role")
    for row in rows:
        authorised = None
        if row.appointment is not None and document.document_date is not None:
            held, day = row.appointment, document.document_date
            in_time = held.valid_from <= day and (held.valid_to is None or held.valid_to >= day)
            authorised = in_time and held.role.code in _SIGNING
        yield Signature(row.name, row.by_authority, row.represented_name, authorised)


def _typed_signatures(rows: Iterable[Mapping[str, Any]]) -> Iterable[Signature]:
    for row in rows:
        yield Signature(str(row.get("name", "")), bool(row.get("by_authority")), str(row.get("represented_name", "")))


def _copied_past_ministry(letter: SteeringDocument) -> tuple[str, ...]:
    """What the agency sent the auditor in the letter's year and never sent the ministry (V-14, R-24)."""
    if letter.kind.family != DocumentFamily.LETTER or letter.year is None:
        return ()
    sent = Dispatch.objects.filter(
        sender=letter.recipient, state__in=(DispatchState.SENT, DispatchState.REGISTERED, DispatchState.PLANNED)
    )
    to_auditor = sent.filter(recipient__kind__code="auditor", planned_at__year=letter.year)
    missing = to_auditor.exclude(subject__in=sent.filter(recipient=letter.issuer).values("subject"))
    return tuple(missing.order_by("title").values_list("title", flat=True).distinct())
