"""Changed amounts of a supplement: on a line in force or a post that is new, tied to the assignment they pay for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions.change_base import Wish, Work, save, start, write_change, write_passage
from governance.consolidation import post_totals
from governance.drafting.acts import AMOUNT
from governance.drafting.change_words import ChangeSpeaker, amount_text
from governance.items import Item
from governance.models import AssignmentItem, BudgetLine, BudgetLineKind, ChangeKind, SteeringDocument
from governance.restricted import hidden_in_draft, may_read_restricted


def change_amount(work: Work, wish: Wish, item: Item) -> None:
    problems = amount_problems(work, wish)
    if problems:
        raise RuleBroken(problems=problems)
    write_amount(work, wish, item.data, _before(work, item.data), target=item.uuid)


def _before(work: Work, post: Mapping[str, Any]) -> int | None:
    """What is on the post before this amount: what stands, and what the draft has given already. None: nothing is."""
    total = post_totals(work.stands).find(f"{post['chapter']}.{int(post['post']):02d}")
    kinds = (BudgetLineKind.CHANGE, BudgetLineKind.CARRIED_OVER)
    rows = BudgetLine.objects.filter(
        document=work.document, chapter=post["chapter"], post=post["post"], kind__in=kinds, unclear=False
    )
    given = rows.aggregate(sum=Sum("amount"))["sum"]
    if total is None and given is None:
        return None
    return (total.sums.total if total else 0) + (given or 0)


def amount_problems(work: Work, wish: Wish) -> list[Problem]:
    """What is wrong with a changed amount."""
    problems = []
    if wish.amount == 0:
        problems.append(Problem("amount", _("Skriv hvor mye beløpet økes eller reduseres med."), "amount"))
    if not wish.basis and not wish.reason.strip():
        problems.append(
            Problem("basis_missing", _("Velg hva endringen følger av, eller skriv en begrunnelse."), "basis")
        )
    return [*problems, *assignment_problems(work, wish)]


def assignment_problems(work: Work, wish: Wish) -> list[Problem]:
    """What is wrong with the assignment the amount pays for.

    The words about money are open, so of an exempt assignment the letter says its number and nothing else (B2).
    """
    if wish.assignment is None:
        return []
    row = assignment_row(work.document, wish.assignment, work.actor, work.day)
    if row is None:
        return [Problem("assignment", _("Velg et oppdrag i dette brevet eller brevet det supplerer."), "assignment")]
    if row.restricted and (wish.reason.strip() or wish.anchor.strip()):
        sentence = _(
            "Oppdraget er unntatt offentlighet, og teksten om penger er åpen. Velg hva endringen følger av, og la "
            "begrunnelse og underpunkt stå tomme."
        )
        return [Problem("exempt_words", sentence, "assignment")]
    return []


def assignment_row(document: SteeringDocument, uuid: UUID, actor: Actor, day: date) -> AssignmentItem | None:
    """The assignment to the agency that money may be tied to; an exempt one for those who may read it."""
    row = AssignmentItem.objects.filter(uuid=uuid, document__recipient=document.recipient).first()
    if row is None or not row.restricted:
        return row
    if row.document_id == document.pk and row.uuid not in hidden_in_draft(document, actor, day):
        return row
    return row if row.uuid in may_read_restricted(actor, [row.uuid], day) else None


def write_amount(work: Work, wish: Wish, post: Mapping[str, Any], before: int | None, *, target: UUID | None) -> None:
    """The changed amount as a line with the sum after, tied to the assignment it pays for."""
    say = work.say
    text = amount_text(post, wish.amount, before, say)
    row = assignment_row(work.document, wish.assignment, work.actor, work.day) if wish.assignment else None
    if row is not None:
        word = "to_point" if wish.anchor else "to_assignment"
        text += " " + say.change(word, reference=_known_by(row, say), anchor=wish.anchor)
    text += say.tail(reason=wish.reason, basis=wish.basis, day=wish.effective_on)
    passage = write_passage(work, "budget_line", text)
    data = {
        "chapter": post["chapter"],
        "post": post["post"],
        "name": post.get("name") or "",
        "series": post.get("series"),
        "financing_ministry": post.get("financing_ministry"),
        "kind": "change",
        "amount": wish.amount,
        "total_after": (before or 0) + wish.amount,
        "amount_as_written": str(wish.amount // 1000),
        "unit_as_written": "1 000 kroner",
        "comment": wish.reason.strip(),
        "assignment_item": str(row.uuid) if row else None,
        "anchor": wish.anchor.strip(),
    }
    line = save(work, "budget_line", data, [passage])
    write_change(
        work, "budget_line", ChangeKind.AMOUNT_DELTA, text, passage, target=target, new_item=line.uuid,
        amount=wish.amount, effective_on=wish.effective_on,
    )  # fmt: skip


def _known_by(row: AssignmentItem, say: ChangeSpeaker) -> str:
    return row.reference or (say.inside("exempt") if row.restricted else row.title)


def change_post(*, document: SteeringDocument, change: Any, actor: Actor, at: datetime) -> None:
    """A changed amount on a chapter and post, also one that is not in force (supplements.AmountChange).

    The draft is locked and checked by the caller.
    """
    work = start(document, actor, at)
    total = post_totals(work.stands).find(f"{change.chapter}.{change.post:02d}")
    parts = list(total.parts) if total else []
    line = parts[0].entry.item if parts else None
    post = {**(line.data if line else {}), "chapter": change.chapter, "post": change.post}
    post["name"] = change.name.strip() or post.get("name") or ""
    wish = Wish(
        AMOUNT,
        line.uuid if line else document.uuid,
        reason=change.comment,
        amount=change.amount,
        basis=change.basis,
        assignment=change.assignment,
        anchor=change.anchor,
    )
    problems = assignment_problems(work, wish)
    if problems:
        raise RuleBroken(problems=problems)
    write_amount(work, wish, post, _before(work, post), target=line.uuid if line else None)
