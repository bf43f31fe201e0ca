"""Collects what the checks read: from an import's rows, or from a document's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Department, Organisation
from agencies.querysets import valid_on
from governance import copying
from governance.checks import gather_around, gather_money, gather_rules
from governance.checks.content import Content, Instruction, Number, Party, Row, Stage
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    BudgetSplit,
    CalendarItem,
    Citation,
    CommonDirective,
    CorrespondenceType,
    DeliveryItem,
    DocumentFamily,
    DocumentImport,
    DocumentKind,
    DocumentState,
    ImportRow,
    InstructionPeriod,
    Passage,
    ReportingRequirement,
    RowState,
    Signatory,
    SteeringDocument,
)

_DATES = ("date", "end_date", "due", "valid_from", "valid_to")
_GONE = (RowState.PROSE, RowState.MERGED)
_CORRESPONDENCE = {
    DocumentFamily.INSTRUCTION.value: CorrespondenceType.INSTRUCTION.value,
    DocumentFamily.LETTER.value: CorrespondenceType.LETTER.value,
    DocumentFamily.SUPPLEMENT.value: CorrespondenceType.SUPPLEMENT.value,
}


# ---- an import ----
def from_import(found: DocumentImport, *, day: date) -> Content:
    """The import as it stands now; the details a person has filled in win over what the letter says."""
    facts, details = found.facts, found.details
    texts = {p["ordinal"]: p for p in found.passages}
    dated = _date(details.get("document_date")) or _date(fact(facts, "date"))
    kind = str(details.get("kind") or fact(facts, "kind") or "")
    family = DocumentKind.objects.filter(code=kind).values_list("family", flat=True).first() or ""
    year = year_of(found)
    number = details.get("number") or fact(facts, "letter_number")
    rows = ImportRow.objects.filter(document_import=found).exclude(state__in=_GONE)
    return Content(
        stage=Stage.IMPORT,
        day=day,
        family=family,
        year=year,
        dated=dated,
        effective_on=_date(details.get("effective_on")) or _date(fact(facts, "effective_on")),
        issuer=party(found.organisation),
        recipient=party(found.agency),
        rows=tuple(_import_row(row, texts) for row in rows),
        citations=tuple(_citation(row, texts) for row in facts.get("citations") or ()),
        sections=tuple((row["number"], row["title"]) for row in facts.get("sections") or ()),
        signers=tuple(details.get("signatories") or ()),
        signers_known="signatories" in details,
        copies_named=tuple(fact(facts, "copies") or ()),
        lost_lines=tuple(found.coverage.get("lost") or ()),
        replaces=tuple(details.get("replaces") or ()),
        money=gather_money.money_of_import(found, family, year, dated=dated, number=number),
        around=gather_around.of_import(found, family, year, day=dated or day),
        **_around(found.organisation, found.agency, family, dated or day),
    )


def year_of(found: DocumentImport) -> int | None:
    """The budget year a person has set, else the one the letter says."""
    year: int | None = found.details.get("year") or fact(found.facts, "year")
    return year


def fact(facts: Mapping[str, Any], name: str) -> Any:
    """The value of one fact the letter states about itself."""
    held = facts.get(name)
    return held.get("value") if isinstance(held, Mapping) else None


def _import_row(row: ImportRow, texts: Mapping[int, Any]) -> Row:
    data = as_dated(row.data)
    section = texts[row.passages[0]]["section_number"] if row.passages and row.passages[0] in texts else ""
    return Row(str(row.uuid), row.kind, place_of(row.kind, data, section), data, tuple(row.passages))


def as_dated(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values with ISO text turned into dates, also in deliveries."""
    made: dict[str, Any] = {name: _date(value) if name in _DATES else value for name, value in data.items()}
    if isinstance(made.get("deliveries"), list):
        made["deliveries"] = [as_dated(row) for row in made["deliveries"] if not row.get("rejected")]
    return made


def _citation(row: Mapping[str, Any], texts: Mapping[int, Any]) -> Row:
    ordinals = tuple(row.get("passages") or ())
    passage = texts.get(ordinals[0]) if ordinals else None
    place = _section_place(passage["section_number"]) if passage else _("brevet")
    return Row(passage["uuid"] if passage else "", "citation", place, as_dated(row), ordinals)


def _date(value: Any) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value or None
    return date.fromisoformat(str(value)[:10])


def _section_place(number: str) -> str:
    return _("punkt %(number)s") % {"number": number.rstrip(".")} if number else _("brevet")


def place_of(kind: str, data: Mapping[str, Any], section: str) -> str:
    """Where a row stands, in words a person can find it by."""
    reference = data.get("reference")
    if kind == "assignment":
        written = reference.get("written") if isinstance(reference, Mapping) else ""
        return str(written or data.get("title") or "")[:200]
    if kind == "budget_line":
        return _("kap. %(chapter)s post %(post)s") % {
            "chapter": data.get("chapter") or "?",
            "post": str(data.get("post") or "?").zfill(2),
        }
    if kind == "calendar":
        return _("kalenderen, %(date)s") % {"date": str(data.get("date_text") or data.get("title") or "")[:60]}
    return _section_place(section)


# ---- a document ----
def from_document(document: SteeringDocument, *, day: date, stage: Stage | None = None) -> Content:
    """A draft or an issued document, by its rows. As many queries however many rows."""
    passages = list(Passage.objects.filter(document=document).only("uuid", "section_number", "heading_level", "text"))
    sections = tuple((p.section_number, p.text) for p in passages if p.heading_level)
    return Content(
        stage=stage or (Stage.ISSUED if document.is_issued else Stage.DRAFT),
        day=day,
        uuid=str(document.uuid),
        family=document.kind.family,
        year=document.year,
        dated=document.document_date,
        effective_on=document.effective_on,
        issuer=party(document.issuer),
        recipient=party(document.recipient),
        rows=tuple(_document_rows(document)),
        rules=gather_rules.rules_of(document),
        citations=tuple(_document_citations(document, {n.rstrip(".") for n, _t in sections})),
        sections=sections,
        signers=tuple(Signatory.objects.filter(document=document).values("name", "by_authority")),
        signers_known=document.is_issued,
        money=gather_money.money_of(document, passages, day=day),
        around=gather_around.of_document(document, passages, day=day, verify=stage is Stage.PORTFOLIO),
        **_around(document.issuer, document.recipient, document.kind.family, document.document_date or day, document),
    )


def _document_rows(document: SteeringDocument) -> Iterable[Row]:
    deliveries = _by_parent(DeliveryItem.objects.filter(document=document), "assignment_item_id")
    for item in AssignmentItem.objects.filter(document=document).select_related("department"):
        data = {
            "reference": {"written": item.reference, "series": item.series, "year": item.year, "number": item.number,
                          "suffix": item.suffix},
            "title": item.title,
            "department_code": item.department.code if item.department else "",
            "department": item.department_text,
            "change": item.change,
            "changes_reference": item.changes_reference,
            "exempt": item.restricted,
            "exempt_basis": item.restricted_basis,
            "deliveries": [
                {"date": d.deadline, "deadline_text": d.deadline_text, "kind": d.deadline_kind}
                for d in deliveries.get(item.pk, ())
            ],
        }  # fmt: skip
        yield Row(str(item.uuid), "assignment", place_of("assignment", data, ""), data)
    parts = _by_parent(BudgetSplit.objects.filter(document=document), "line_id")
    for line in BudgetLine.objects.filter(document=document):
        of_kind = {
            kind: [{"amount": p.amount} for p in parts.get(line.pk, ()) if p.kind == kind]
            for kind in BudgetSplit.Kind.values
        }
        data = {
            "chapter": line.chapter, "post": f"{line.post:02d}", "amount": line.amount, "kind": line.kind,
            "splits": of_kind["split"], "earmarks": of_kind["earmark"], "total_after": line.total_after,
            "financed_by_other": line.financing_ministry_id not in (None, document.issuer_id), "name": line.name,
        }  # fmt: skip
        yield Row(str(line.uuid), "budget_line", place_of("budget_line", data, ""), data)
    for entry in CalendarItem.objects.filter(document=document):
        data = {
            "title": entry.title, "date": entry.date, "date_text": entry.date_text, "end_date": entry.end_date,
            "time": entry.time, "end_time": entry.end_time, "kind": entry.kind,
        }  # fmt: skip
        yield Row(str(entry.uuid), "calendar", place_of("calendar", data, ""), data)
    for claim in ReportingRequirement.objects.filter(document=document):
        data = {"title": claim.title, "date": claim.due}
        yield Row(str(claim.uuid), "reporting", place_of("reporting", data, claim.section), data)
    for power in Authorisation.objects.filter(document=document):
        data = {
            "title": power.title, "text": power.text, "limit": power.limit, "valid_from": power.valid_from,
            "valid_to": power.valid_to, "expense_posts": power.expense_posts, "income_posts": power.income_posts,
        }  # fmt: skip
        yield Row(str(power.uuid), "authorisation", place_of("authorisation", data, ""), data)
    yield from gather_money.promised_rows(document)
    for directive in CommonDirective.objects.filter(document=document):
        data = {"title": directive.title, "year": directive.year}
        yield Row(str(directive.uuid), "common_directive", place_of("common_directive", data, ""), data)


def _by_parent(rows: QuerySet[Any], column: str) -> dict[int, list[Any]]:
    grouped: dict[int, list[Model]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, column), []).append(row)
    return grouped


def _document_citations(document: SteeringDocument, sections: set[str]) -> Iterable[Row]:
    from governance.models import ItemPassage

    citations = list(Citation.objects.filter(document=document))
    links = {
        link.item: link.passage
        for link in ItemPassage.objects.filter(
            document=document, item__in=[row.uuid for row in citations]
        ).select_related("passage")
    }
    for row in citations:
        passage = links.get(row.uuid)
        number = re.search(r"\d+(\.\d+)*", row.text)
        data = {
            "kind": row.kind, "written": row.text, "date": row.cited_date,
            "resolved": not (sections and number) or number.group() in sections,
        }  # fmt: skip
        place = _section_place(passage.section_number) if passage else _("brevet")
        yield Row(str(passage.uuid) if passage else "", "citation", place, data)


# ---- around both ----
def party(organisation: Organisation | None) -> Party | None:
    """A body as the checks need it."""
    if organisation is None:
        return None
    return Party(
        uuid=str(organisation.uuid),
        name=organisation.name,
        short=organisation.short,
        number=organisation.number,
        active_from=organisation.active_from,
        active_to=organisation.active_to,
        has_mailbox=bool(organisation.mailbox),
    )


def _around(
    issuer: Organisation,
    recipient: Organisation | None,
    family: str,
    dated: date,
    document: SteeringDocument | None = None,
) -> dict[str, Any]:
    """What the database holds beside the document."""
    departments = Department.objects.filter(valid_on(dated), organisation=issuer).values_list("code", "name")
    if recipient is None:
        return {"departments": dict(departments)}
    correspondence = _CORRESPONDENCE.get(family, CorrespondenceType.LETTER.value)
    copies = copying.effective_copies(agency=recipient, correspondence=correspondence, day=dated, document=document)
    return {
        "departments": dict(departments),
        "copies_by_rule": tuple(filter(None, (party(row.organisation) for row in copies))),
        "copies_lacking": tuple(copying.missing_by_statute(correspondence=correspondence, day=dated, copies=copies)),
        "instructions": tuple(instructions_of(recipient)),
        "numbers": tuple(_numbers(issuer, recipient, document)),
    }


def instructions_of(agency: Organisation) -> list[Instruction]:
    """The agency's registered instructions, oldest first, each with the first day it no longer held (R-02)."""
    rows = InstructionPeriod.objects.filter(agency=agency).order_by("valid_from")
    columns = ("document__uuid", "document__document_date", "document__title", "valid_from", "valid_to")
    return [
        Instruction(
            uuid=str(uuid),
            dated=dated or first,
            effective_on=first,
            title=title,
            replaced_on=last + timedelta(days=1) if last else None,
        )
        for uuid, dated, title, first, last in rows.values_list(*columns)
    ]


def _numbers(issuer: Organisation, recipient: Organisation, document: SteeringDocument | None) -> Iterable[Number]:
    given = AssignmentItem.objects.filter(
        document__issuer=issuer,
        document__recipient=recipient,
        document__state=DocumentState.ISSUED,
        number__isnull=False,
        change="new",
    )
    if document is not None:
        given = given.exclude(document=document)
    for series, year, number, suffix, title in given.values_list(
        "series", "year", "number", "suffix", "document__title"
    ):
        yield Number(series, year, number, suffix, title)
