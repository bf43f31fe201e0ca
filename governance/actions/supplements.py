"""A letter made here: paragraphs, assignments, amounts and moved deadlines added to a draft (decision A2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.models import Department
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken
from core.transitions import check_version
from governance import permissions
from governance.actions.documents import touch
from governance.actions.draft_numbers import reserve_assignment_number
from governance.content import ContentWriter
from governance.models import (
    AssignmentItem,
    BudgetLine,
    BudgetLineKind,
    Change,
    ChangeKind,
    DeadlineKind,
    DeliveryItem,
    DocumentState,
    ItemChange,
    Passage,
    PassageKind,
    ProductKind,
    SteeringDocument,
)
from governance.states import require_editable


@dataclass(frozen=True)
class NewAssignment:
    """What the form asks for. A deadline is a date, or words («avtales i dialog»), or nothing."""

    title: str
    body: str
    department: Department | None = None
    deadline: date | None = None
    deadline_text: str = ""


@transaction.atomic
def draft_for_editing(
    *, document: SteeringDocument, actor: Actor, at: datetime, expected_version: int | None
) -> SteeringDocument:
    """Lock a draft for an edit. Raises NotAllowed, StaleVersion, NotInThisState."""
    found: SteeringDocument = (
        SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements")
        .locked()
        .get(pk=document.pk)
    )
    if not permissions.may_draft(actor, found, clock.local_date(at)):
        raise NotAllowed(_("Utkastet endres av den som har etatsstyringen av virksomheten."))
    check_version(found, expected_version)
    require_editable(found)
    return found


def _writer(document: SteeringDocument) -> ContentWriter:
    return ContentWriter(document)


def _next_ordinal(model: type[Passage] | type[AssignmentItem] | type[BudgetLine], document: SteeringDocument) -> int:
    top = model._default_manager.filter(document=document).aggregate(top=Max("ordinal"))["top"]
    return int(top or 0) + 1


@transaction.atomic
def add_paragraph(
    *, document: SteeringDocument, text: str, heading: str, actor: Actor, at: datetime, expected_version: int | None
) -> Passage:
    """Add running text, with a heading or without. Raises RuleBroken for an empty text."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    if not text.strip():
        raise RuleBroken(problems=[Problem("text_missing", _("Skriv teksten som skal stå i brevet."), "text")])
    writer, ordinal = _writer(document), _next_ordinal(Passage, document)
    if heading.strip():
        writer.passage(heading.strip(), kind=PassageKind.PROSE, heading_level=2, ordinal=ordinal)
        ordinal += 1
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    rows = [writer.passage(part, kind=PassageKind.PROSE, ordinal=ordinal + n) for n, part in enumerate(paragraphs)]
    touch(document, actor=actor)
    return rows[0]


@transaction.atomic
def add_assignment(
    *, document: SteeringDocument, new: NewAssignment, actor: Actor, at: datetime, expected_version: int | None
) -> AssignmentItem:
    """Add an assignment with its number reserved now and never used again. Raises RuleBroken with all problems."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = _assignment_problems(document, new, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    number = reserve_assignment_number(document, at=at)
    series, year = document.kind.series, document.year or clock.local_date(at).year
    reference = f"{series}{year}-{number}"
    writer, first = _writer(document), _next_ordinal(Passage, document)
    heading = writer.passage(
        f"{reference} {new.title.strip()}", kind=PassageKind.STRUCTURED, heading_level=3, ordinal=first
    )
    texts = [part.strip() for part in new.body.replace("\r\n", "\n").split("\n\n") if part.strip()]
    deadline_text = new.deadline_text.strip() or (f"{new.deadline:%-d.%-m.%Y}" if new.deadline else "")
    if deadline_text:
        texts.append(_("Frist: %(deadline)s") % {"deadline": deadline_text})
    body = [
        writer.passage(text, kind=PassageKind.STRUCTURED, ordinal=first + n) for n, text in enumerate(texts, start=1)
    ]
    item = writer.add(
        AssignmentItem,
        passages=[heading, *body],
        ordinal=_next_ordinal(AssignmentItem, document),
        reference=reference,
        series=series,
        year=year,
        number=number,
        title=new.title.strip(),
        body=new.body.strip(),
        department=new.department,
        department_text=new.department.code if new.department else "",
        change=ItemChange.NEW,
        no_deadline_text=not deadline_text,
    )
    writer.add(
        DeliveryItem,
        assignment_item=item,
        ordinal=item.ordinal,
        title=new.title.strip()[:300],
        product=ProductKind.FINAL,
        deadline_kind=_deadline_kind(new),
        deadline_text=deadline_text,
        deadline=new.deadline,
    )
    writer.add(Change, kind=ChangeKind.ADD, new_item=item.uuid, item_type="assignmentitem", ordinal=item.ordinal)
    touch(document, actor=actor)
    return item


def _deadline_kind(new: NewAssignment) -> DeadlineKind:
    if new.deadline is not None:
        return DeadlineKind.DATE
    if "dialog" in new.deadline_text.lower():
        return DeadlineKind.DIALOG
    return DeadlineKind.ONGOING if new.deadline_text.strip() else DeadlineKind.NONE


def _assignment_problems(document: SteeringDocument, new: NewAssignment, day: date) -> list[Problem]:
    problems = []
    if not new.title.strip():
        problems.append(Problem("title_missing", _("Skriv tittelen på oppdraget."), "title"))
    if not new.body.strip():
        problems.append(Problem("body_missing", _("Skriv hva virksomheten skal gjøre."), "body"))
    if new.deadline is not None and new.deadline <= day:
        sentence = _("Fristen må være en dag som ikke er passert. Skriv en senere dato.")
        problems.append(Problem("V-03", sentence, "deadline"))
    if new.department is not None and new.department.organisation_id != document.issuer_id:
        problems.append(Problem("V-32", _("Avdelingen hører ikke til avsenderen av brevet."), "department"))
    return problems


@dataclass(frozen=True)
class AmountChange:
    """A changed amount on a chapter and post; ``amount`` is whole kroner with sign."""

    chapter: int
    post: int
    amount: int
    name: str = ""
    comment: str = ""


@transaction.atomic
def add_amount(
    *, document: SteeringDocument, change: AmountChange, actor: Actor, at: datetime, expected_version: int | None
) -> BudgetLine:
    """Add a changed amount, with the new total where the letter's own line is known. Raises RuleBroken."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    problems = []
    if not 1 <= change.chapter <= 9999:
        problems.append(Problem("chapter", _("Kapittel er et tall fra 1 til 9999."), "chapter"))
    if not 0 <= change.post <= 99:
        problems.append(Problem("post", _("Post er to sifre, for eksempel 01."), "post"))
    if change.amount == 0:
        problems.append(Problem("amount", _("Skriv hvor mye bevilgningen økes eller reduseres med."), "amount"))
    if problems:
        raise RuleBroken(problems=problems)
    before = _amount_before(document, change)
    total = None if before is None else before + change.amount
    writer = _writer(document)
    passage = writer.passage(
        _amount_text(change, total), kind=PassageKind.STRUCTURED, ordinal=_next_ordinal(Passage, document)
    )
    line = writer.add(
        BudgetLine,
        passages=[passage],
        ordinal=_next_ordinal(BudgetLine, document),
        chapter=change.chapter,
        post=change.post,
        name=change.name.strip(),
        kind=BudgetLineKind.CHANGE,
        amount=change.amount,
        total_after=total,
        amount_as_written=str(change.amount // 1000),
        unit_as_written="1 000 kroner",
        comment=change.comment.strip(),
    )
    writer.add(
        Change, kind=ChangeKind.AMOUNT_DELTA, new_item=line.uuid, item_type="budgetline", amount=change.amount,
        ordinal=line.ordinal,
    )  # fmt: skip
    touch(document, actor=actor)
    return line


def _amount_before(document: SteeringDocument, change: AmountChange) -> int | None:
    lines = BudgetLine.objects.filter(
        document__recipient=document.recipient,
        document__year=document.year,
        document__state=DocumentState.ISSUED,
        chapter=change.chapter,
        post=change.post,
        unclear=False,
    ).values_list("amount", flat=True)
    amounts = list(lines)
    return sum(amounts) if amounts else None


def _amount_text(change: AmountChange, total: int | None) -> str:
    thousands = f"{abs(change.amount) // 1000:,}".replace(",", "\u00a0")
    values = {"chapter": change.chapter, "post": f"{change.post:02d}", "amount": thousands}
    words = _("Kap. %(chapter)s post %(post)s økes med %(amount)s 1 000 kroner.")
    if change.amount < 0:
        words = _("Kap. %(chapter)s post %(post)s reduseres med %(amount)s 1 000 kroner.")
    text = words % values
    if total is not None:
        new = f"{total // 1000:,}".replace(",", "\u00a0")
        text = f"{text} " + _("Ny samlet tildeling på posten er %(total)s 1 000 kroner.") % {"total": new}
    return f"{text} {change.comment.strip()}".strip()


@transaction.atomic
def move_deadline(
    *,
    document: SteeringDocument,
    earlier: AssignmentItem,
    deadline: date,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> AssignmentItem:
    """Move the deadline of an assignment an earlier letter gave; at issue the delivery gets its new current date."""
    document = draft_for_editing(document=document, actor=actor, at=at, expected_version=expected_version)
    earlier = AssignmentItem.objects.select_related("document", "department").get(pk=earlier.pk)
    problems = []
    if earlier.document.recipient_id != document.recipient_id or not earlier.document.is_issued:
        problems.append(Problem("assignment", _("Velg et oppdrag som er gitt til denne virksomheten."), "earlier"))
    if deadline <= clock.local_date(at):
        problems.append(Problem("V-03", _("Den nye fristen må være en dag som ikke er passert."), "deadline"))
    if not reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor fristen flyttes."), "reason"))
    if problems:
        raise RuleBroken(problems=problems)
    writer = _writer(document)
    day = f"{deadline:%-d.%-m.%Y}"
    words = _("Fristen for %(reference)s %(title)s flyttes til %(day)s. %(reason)s")
    text = words % {"reference": earlier.reference, "title": earlier.title, "day": day, "reason": reason.strip()}
    passage = writer.passage(text, kind=PassageKind.STRUCTURED, ordinal=_next_ordinal(Passage, document))
    item = writer.add(
        AssignmentItem,
        passages=[passage],
        ordinal=_next_ordinal(AssignmentItem, document),
        reference=earlier.reference,
        series=earlier.series,
        year=earlier.year,
        number=earlier.number,
        suffix=earlier.suffix,
        title=earlier.title,
        body=reason.strip(),
        department=earlier.department,
        department_text=earlier.department_text,
        change=ItemChange.MOVED,
        changes_reference=earlier.reference,
    )
    writer.add(
        DeliveryItem, assignment_item=item, ordinal=item.ordinal, deadline_kind=DeadlineKind.DATE, deadline_text=day,
        deadline=deadline,
    )  # fmt: skip
    writer.add(
        Change, kind=ChangeKind.MOVE_DEADLINE, target=earlier.uuid, new_item=item.uuid, item_type="assignmentitem",
        new_date=deadline, text=text, ordinal=item.ordinal,
    )  # fmt: skip
    touch(document, actor=actor)
    return item
