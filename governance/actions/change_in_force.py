"""A supplement changes what is in force: change, row, text and number are made in one act (A2, V-34)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotFound, Problem, RuleBroken
from core.formatting import full_date
from governance.actions import draft_changes, draft_rows
from governance.actions.change_amounts import change_amount
from governance.actions.change_base import (
    Wish,
    Work,
    save,
    start,
    withhold_with,
    write_change,
    write_passage,
)
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft, require_seen
from governance.actions.draft_changes import EXEMPTION, owner_of_changed
from governance.drafting.acts import AMOUNT, DATED, LATER_DAY, MOVE, REPLACE, WITHDRAW, possible
from governance.drafting.change_words import moved_deadline
from governance.items import Item, find_type
from governance.models import (
    Change,
    ChangeKind,
    DocumentFamily,
    ItemChange,
    SteeringDocument,
)


@transaction.atomic
def change_in_force(
    *, document: SteeringDocument, wishes: Iterable[Wish], actor: Actor, at: datetime, expected_version: int | None
) -> list[Change]:
    """Write all these changes into a draft supplement, or none of them.

    Each becomes a change row with its text, and where something new stands instead, a row of its own. Raises
    NotAllowed, NotInThisState, StaleVersion, RuleBroken with every problem; a problem's field begins with the id of
    the row it is about.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    require_supplement(document)
    work = start(document, actor, at)
    chosen = list(wishes)
    if not chosen:
        raise RuleBroken(problems=[Problem("none_chosen", _("Velg minst én rad som skal endres."), "")])
    problems: list[Problem] = []
    for wish in chosen:
        try:
            _one(work, wish)
        except RuleBroken as broken:
            problems += [replace(p, field=f"{wish.target}-{p.field}") for p in broken.problems]
    if problems:
        raise RuleBroken(problems=problems)
    touch(document, actor=actor)
    return work.made


def require_supplement(document: SteeringDocument) -> None:
    """Raises RuleBroken unless the draft is a supplement to an issued letter to the same agency (V-34)."""
    if document.kind.family != DocumentFamily.SUPPLEMENT:
        sentence = _("Bare et supplerende brev endrer det som gjelder. Skriv endringen rett inn i dette utkastet.")
        raise RuleBroken(problems=[Problem("V-34", sentence)])
    letter = document.supplements
    if letter is None:
        return
    if not letter.is_issued:
        sentence = _("«%(title)s» er ikke utstedt. Endre utkastet i stedet for å supplere det.")
        raise RuleBroken(problems=[Problem("V-34", sentence % {"title": letter.title})])
    if letter.recipient_id != document.recipient_id or letter.issuer_id != document.issuer_id:
        sentence = _("«%(title)s» er et brev til en annen virksomhet. Velg et brev til mottakeren av dette brevet.")
        raise RuleBroken(problems=[Problem("other_agency", sentence % {"title": letter.title})])


def _one(work: Work, wish: Wish) -> None:
    entry = next((row for row in work.entries if row.item.uuid == wish.target), None)
    if entry is None or entry.item.uuid in work.hidden:
        sentence = _("Raden er ikke i kraft for %(agency)s. Last siden på nytt og velg en rad som gjelder.")
        raise RuleBroken(problems=[Problem("not_in_force", sentence % {"agency": work.document.recipient.name})])
    if owner_of_changed(work.document, entry):
        sentence = _("Brevet endrer allerede «%(name)s». Fjern den endringen først.")
        raise RuleBroken(problems=[Problem("changed_already", sentence % {"name": entry.item.name})])
    if wish.effective_on is not None and entry.item.key not in LATER_DAY:
        sentence = _("Denne endringen gjelder fra brevets dato. La feltet for dato stå tomt.")
        raise RuleBroken(problems=[Problem("effective_on", sentence, "effective_on")])
    acts: dict[str, Callable[[Work, Wish, Item], None]] = {
        MOVE: _move, WITHDRAW: _withdraw, REPLACE: _replace, AMOUNT: change_amount,
    }  # fmt: skip
    if wish.what not in acts or wish.what not in possible(entry.item):
        sentence = _("Dette kan ikke gjøres med «%(name)s».")
        raise RuleBroken(problems=[Problem("not_possible", sentence % {"name": entry.item.name}, "what")])
    acts[wish.what](work, wish, entry.item)


# ---- each kind of change ----
def _move(work: Work, wish: Wish, item: Item) -> None:
    if not wish.dates:
        raise RuleBroken(problems=[Problem("deadline_missing", _("Skriv den nye datoen."), "date")])
    _require_dates(work, wish, item)
    if item.key == "assignment":
        _move_deliveries(work, wish, item)
        return
    name = DATED[item.key]
    new = wish.dates[item.uuid]
    what, old = work.say.what(item), work.say.day(item.data.get(name))
    text = work.say.change("calendar", what=what, old=old, new=work.say.day(new)) + work.say.tail(reason=wish.reason)
    write_change(work, item.key, ChangeKind.MOVE_DEADLINE, text, target=item.uuid, new_date=new)


def _require_dates(work: Work, wish: Wish, item: Item) -> None:
    problems = []
    known = {str(item.uuid): item.data.get(DATED.get(item.key, ""))}
    known |= {str(row["uuid"]): row.get("deadline") for row in item.data.get("deliveries") or ()}
    for target, new in wish.dates.items():
        where = "date" if target == item.uuid else f"date-{target}"
        if str(target) not in known:
            problems.append(Problem("unknown_delivery", _("Leveransen hører ikke til oppdraget."), where))
        elif new <= work.day:
            sentence = _("Den nye datoen %(day)s er ikke etter i dag. Skriv en senere dato.")
            problems.append(Problem("V-03", sentence % {"day": full_date(new)}, where))
        elif str(known[str(target)] or "") == new.isoformat():
            problems.append(Problem("deadline_same", _("Dette er allerede gjeldende dato."), where))
    if not wish.reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor datoen flyttes."), "reason"))
    if problems:
        raise RuleBroken(problems=problems)


def _move_deliveries(work: Work, wish: Wish, item: Item) -> None:
    """One change for each delivery, each with a row of its own that says the new deadline."""
    for delivery in item.data["deliveries"]:
        new = wish.dates.get(UUID(str(delivery["uuid"])))
        if new is None:
            continue
        text = moved_deadline(item, delivery, new, work.say) + work.say.tail(reason=wish.reason)
        passage = write_passage(work, item.key, text)
        kept = {name: delivery.get(name) for name in ("part", "anchor", "title", "product", "not_extendable")}
        written = {"deadline_kind": "date", "deadline": new.isoformat(), "deadline_text": work.say.day(new)}
        data = {
            **_same_assignment(item, wish),
            "title": item.data["title"],
            "body": wish.reason.strip(),
            "change": ItemChange.MOVED.value,
            "deliveries": [{**kept, **written}],
        }
        row = save(work, item.key, data, [passage])
        target = UUID(str(delivery["uuid"]))
        write_change(
            work, item.key, ChangeKind.MOVE_DEADLINE, text, passage, target=target, new_item=row.uuid, new_date=new
        )


def _same_assignment(item: Item, wish: Wish) -> dict[str, Any]:
    """What makes it the same assignment: number, department, and what it is exempt by.

    What an exemption lacks, as in a letter that was read in, is asked for with the change.
    """
    names = ("reference", "series", "year", "number", "suffix", "department", "department_text", "goal")
    same = {name: item.data.get(name) for name in names} | {"changes_reference": item.data.get("reference") or ""}
    if not item.data.get("restricted"):
        return same
    said = {name: item.data.get(name) or wish.values.get(name) or "" for name in EXEMPTION}
    return {**same, **said, "restricted": True}


def _withdraw(work: Work, wish: Wish, item: Item) -> None:
    """An exempt assignment is withdrawn by a row of its own, exempt too, so that its words are held back."""
    if not wish.reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor dette trekkes."), "reason")])
    tail = work.say.tail(reason=wish.reason, day=wish.effective_on)
    text = work.say.change("withdrawn", what=work.say.what(item)) + tail
    common: dict[str, Any] = {"target": item.uuid, "effective_on": wish.effective_on}
    if not (item.key == "assignment" and item.data.get("restricted")):
        write_change(work, item.key, ChangeKind.WITHDRAW, text, **common)
        return
    passage = write_passage(work, item.key, text)
    said = {"title": item.data["title"], "body": wish.reason.strip(), "change": ItemChange.WITHDRAWN.value}
    row = save(work, item.key, {**_same_assignment(item, wish), **said, "deliveries": []}, [passage])
    write_change(work, item.key, ChangeKind.WITHDRAW, text, passage, new_item=row.uuid, **common)


def _replace(work: Work, wish: Wish, item: Item) -> None:
    """The new row stands in full after the sentence that says what it takes the place of."""
    names = {*item.type.fields, *(child.key for child in item.type.children)}
    values = {name: value for name, value in wish.values.items() if name in names and name not in EXEMPTION}
    if all(_plain(_copy(item).get(name)) == _plain(value) for name, value in values.items()):
        raise RuleBroken(problems=[Problem("nothing_new", _("Ingenting er endret i forhold til det som gjelder."), "")])
    word = "clarified" if item.key == "assignment" else "replaced"
    tail = work.say.tail(reason=wish.reason, day=wish.effective_on)
    text = work.say.change(word, what=work.say.what(item))
    passage = write_passage(work, item.key, f"{tail.strip()} {text}".strip())
    data = {**_copy(item), **values}
    if item.key == "assignment":
        data |= {**_same_assignment(item, wish), "change": ItemChange.CLARIFIED.value}
        data |= {name: values[name] for name in ("department", "goal") if name in values}
    row = save(work, item.key, data)
    if data.get("restricted"):
        withhold_with(work, row.uuid, passage)
    write_change(
        work, item.key, ChangeKind.REPLACE, text, passage, target=item.uuid, new_item=row.uuid,
        effective_on=wish.effective_on,
    )  # fmt: skip


def _plain(value: Any) -> str:
    return "" if value in (None, "", []) else str(value.isoformat() if isinstance(value, date) else value).strip()


def _copy(item: Item) -> dict[str, Any]:
    """The row's values; its parts get new ids, since the old ones belong to the old row."""
    data = dict(item.data)
    for child in item.type.children:
        data[child.key] = [{k: v for k, v in part.items() if k != "uuid"} for part in data.get(child.key) or ()]
    return data


# ---- taking a change out again ----
@transaction.atomic
def remove_change(
    *, document: SteeringDocument, change: UUID, actor: Actor, at: datetime, expected_version: int | None
) -> None:
    """Take a change out of the draft with its text and its row. What was in force stands as before.

    Raises NotAllowed, NotInThisState, StaleVersion, NotFound.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    require_seen(document, change, actor, clock.local_date(at))
    row = Change.objects.filter(document=document, uuid=change).first()
    if row is None:
        raise NotFound(_("Endringen er ikke lenger i utkastet."))
    kind = find_type(row.new_item) if row.new_item else None
    if kind is not None and row.new_item is not None:
        draft_rows.remove_row(document=document, item_type=kind.key, item=row.new_item, actor=actor, at=at)
    else:
        draft_changes.drop_change(document, row, clock.local_date(at))
        touch(document, actor=actor)
