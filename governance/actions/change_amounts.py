"""Changed amounts of a supplement: on a line in force or a post that is new, tied to the assignment they pay for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions.change_base import Wish, Work, save, start, write_change, write_passage
from governance.consolidation import post_totals
from governance.drafting.acts import AMOUNT
from governance.drafting.change_words import amount_text
from governance.items import Item
from governance.models import AssignmentItem, BudgetLine, BudgetLineKind, ChangeKind, SteeringDocument


def change_amount(work: Work, wish: Wish, item: Item) -> None:
    problems = amount_problems(work.document, wish)
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


def amount_problems(document: SteeringDocument, wish: Wish) -> list[Problem]:
    """What is wrong with a changed amount."""
    problems = []
    if wish.amount == 0:
        problems.append(Problem("amount", _("Skriv hvor mye beløpet økes eller reduseres med."), "amount"))
    if not wish.basis and not wish.reason.strip():
        problems.append(
            Problem("basis_missing", _("Velg hva endringen følger av, eller skriv en begrunnelse."), "basis")
        )
    if wish.assignment is not None and not _assignment_row(document, wish.assignment):
        problems.append(
            Problem("assignment", _("Velg et oppdrag i dette brevet eller brevet det supplerer."), "assignment")
        )
    return problems


def _assignment_row(document: SteeringDocument, uuid: UUID) -> AssignmentItem | None:
    rows = AssignmentItem.objects.filter(uuid=uuid, document__recipient=document.recipient, restricted=False)
    return rows.first()


def write_amount(work: Work, wish: Wish, post: Mapping[str, Any], before: int | None, *, target: UUID | None) -> None:
    """The changed amount as a line with the sum after, tied to the assignment it pays for."""
    say = work.say
    text = amount_text(post, wish.amount, before, say)
    row = _assignment_row(work.document, wish.assignment) if wish.assignment else None
    if row is not None:
        word = "to_point" if wish.anchor else "to_assignment"
        text += " " + say.change(word, reference=row.reference or row.title, anchor=wish.anchor)
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
    if wish.assignment is not None and not _assignment_row(document, wish.assignment):
        sentence = _("Velg et oppdrag i dette brevet eller brevet det supplerer.")
        raise RuleBroken(problems=[Problem("assignment", sentence, "assignment")])
    write_amount(work, wish, post, _before(work, post), target=line.uuid if line else None)
