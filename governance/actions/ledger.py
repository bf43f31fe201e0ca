"""The ledger of appropriations: what the Storting granted, changed and moved. Amounts are whole kroner (A12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.formatting import full_date, in_thousand_kroner
from core.models import Audience
from core.transitions import bump, check_version
from governance import permissions
from governance.ledger.gather import balances_of
from governance.ledger.table import LedgerRow
from governance.models import Appropriation, AppropriationChange, AppropriationChangeKind


@dataclass(frozen=True)
class NewAppropriation:
    """A post as the Storting first granted it for the year. ``amount`` is whole kroner."""

    year: int
    chapter: int
    post: int
    name: str
    amount: int
    transferable: bool = False
    basis: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class NewChange:
    """One change with sign, in whole kroner: why, by which decision, and when."""

    kind: str
    amount: int
    basis: str
    decided_on: date


def _owner(actor: Actor, at: datetime) -> Organisation:
    """The organisation whose ledger is kept, locked so that two windows keep one account. Raises NotAllowed."""
    if not permissions.may_manage_ledger(actor, clock.local_date(at)):
        raise NotAllowed(_("Bevilgninger føres av budsjettmedarbeider eller etatsstyrer i egen organisasjon."))
    owner: Organisation = Organisation.objects.select_for_update(no_key=True).get(uuid=actor.organisation)
    return owner


@transaction.atomic
def add_appropriation(*, new: NewAppropriation, actor: Actor, at: datetime) -> Appropriation:
    """Enter a post for a year. Raises NotAllowed, RuleBroken with every problem."""
    owner = _owner(actor, at)
    problems = _new_problems(owner, new)
    if problems:
        raise RuleBroken(problems=problems)
    return _add(owner, new, actor, at)


def _new_problems(owner: Organisation, new: NewAppropriation) -> list[Problem]:
    problems = []
    if not 1 <= new.chapter <= 9999:
        problems.append(Problem("chapter", _("Kapittel er et tall fra 1 til 9999."), "chapter"))
    if not 0 <= new.post <= 99:
        problems.append(Problem("post", _("Post er to sifre, for eksempel 01."), "post"))
    if not new.name.strip():
        problems.append(Problem("name_missing", _("Skriv postteksten."), "name"))
    if new.amount < 0:
        problems.append(Problem("amount", _("Bevilgningen kan ikke være negativ."), "amount"))
    held = Appropriation.objects.filter(owner=owner, year=new.year, chapter=new.chapter, post=new.post).first()
    if held is not None:
        sentence = _("%(code)s er ført for %(year)s fra før. Før en endring på posten i stedet.")
        if held.ended:
            sentence = _("%(code)s er ført som utgått for %(year)s. Åpne posten igjen i stedet.")
        problems.append(Problem("post_known", sentence % {"code": held.code, "year": new.year}, "post"))
    return problems


def _add(owner: Organisation, new: NewAppropriation, actor: Actor, at: datetime) -> Appropriation:
    row = Appropriation.objects.create(
        owner=owner,
        year=new.year,
        chapter=new.chapter,
        post=new.post,
        name=new.name.strip(),
        amount=new.amount,
        transferable=new.transferable,
        basis=new.basis.strip(),
        decided_on=new.decided_on,
    )
    _tell("appropriation.added", row, actor, at, after={"amount": row.amount, "basis": row.basis})
    return row


def _locked(appropriation: Appropriation, owner: Organisation) -> Appropriation:
    found: Appropriation = Appropriation.objects.select_related("owner").locked().get(pk=appropriation.pk)
    if found.owner_id != owner.pk:
        raise NotAllowed(_("Bevilgningen tilhører en annen organisasjons regnskap."))
    return found


@transaction.atomic
def add_change(
    *, appropriation: Appropriation, change: NewChange, actor: Actor, at: datetime, expected_version: int | None
) -> AppropriationChange:
    """Change an appropriation, with sign and basis. Rows are only ever added; a mistake is righted by another row.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken (no amount, no basis, the same change entered before,
    less than nothing left).
    """
    row = _locked(appropriation, _owner(actor, at))
    check_version(row, expected_version)
    if row.ended:
        raise NotInThisState(_("Posten er ført som utgått. Åpne den igjen før du fører endringer."))
    problems = _change_problems(row, change, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    return _change(row, change, actor, at)


def _change_problems(row: Appropriation, change: NewChange, day: date) -> list[Problem]:
    problems = []
    if change.amount == 0:
        problems.append(Problem("amount", _("Skriv hvor mye bevilgningen økes eller reduseres med."), "amount"))
    if not change.basis.strip():
        problems.append(Problem("basis_missing", _("Skriv vedtaket, for eksempel proposisjon og dato."), "basis"))
    if change.decided_on > day:
        problems.append(Problem("decided_ahead", _("Vedtaket kan ikke ha en dato etter i dag."), "decided_on"))
    if change.kind not in AppropriationChangeKind.values:
        problems.append(Problem("kind", _("Velg hva slags endring det er."), "kind"))
    made = list(AppropriationChange.objects.filter(appropriation=row))
    if any(_same(other, change) for other in made):
        words = {"code": row.code, "date": full_date(change.decided_on)}
        sentence = _("Den samme endringen på %(code)s er ført før, med vedtak %(date)s. Er dette en ny, skriv hva som "
                     "skiller dem.")  # fmt: skip
        problems.append(Problem("change_known", sentence % words, "basis"))
    elif row.amount + sum(other.amount for other in made) + change.amount < 0:
        now = in_thousand_kroner(row.amount + sum(other.amount for other in made))
        sentence = _("%(code)s står med %(now)s (i 1 000 kroner) og kan ikke reduseres med mer enn det.")
        problems.append(Problem("below_zero", sentence % {"code": row.code, "now": now}, "amount"))
    return problems


def _same(other: AppropriationChange, change: NewChange) -> bool:
    mine = (change.kind, change.amount, change.basis.strip(), change.decided_on)
    return (other.kind, other.amount, other.basis, other.decided_on) == mine


def _change(row: Appropriation, change: NewChange, actor: Actor, at: datetime) -> AppropriationChange:
    made = AppropriationChange.objects.create(
        appropriation=row,
        kind=change.kind,
        amount=change.amount,
        basis=change.basis.strip(),
        decided_on=change.decided_on,
        entered_by_id=actor.user_id,
        entered_at=at,
    )
    bump(row)
    after = {"kind": made.kind, "amount": made.amount, "basis": made.basis, "decided_on": made.decided_on}
    _tell("appropriation.changed", row, actor, at, after=after)
    return made


@transaction.atomic
def end_appropriation(
    *, appropriation: Appropriation, reason: str, actor: Actor, at: datetime, expected_version: int | None
) -> Appropriation:
    """Say that a post counts no more this year; its history stays. Refused while letters or drafts give of it."""
    owner = _owner(actor, at)
    row = _locked(appropriation, owner)
    check_version(row, expected_version)
    if row.ended:
        return row
    problems = []
    if not reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor posten er utgått."), "reason"))
    found = next((b for b in balances_of(owner, row.year) if (b.chapter, b.post) == (row.chapter, row.post)), None)
    if found is not None and (found.allotted or found.reserved):
        sentence = _("Det er tildelt eller reservert %(sum)s (i 1 000 kroner) på posten. Trekk det i et brev først.")
        words = {"sum": in_thousand_kroner(found.allotted + found.reserved)}
        problems.append(Problem("post_in_use", sentence % words, "reason"))
    if problems:
        raise RuleBroken(problems=problems)
    row.ended = True
    bump(row, fields=("ended",))
    _tell("appropriation.ended", row, actor, at, reason=reason.strip())
    return row


@transaction.atomic
def reopen_appropriation(
    *, appropriation: Appropriation, actor: Actor, at: datetime, expected_version: int | None
) -> Appropriation:
    """A post that was ended by mistake counts again. Raises NotAllowed, StaleVersion, NotInThisState."""
    row = _locked(appropriation, _owner(actor, at))
    check_version(row, expected_version)
    if not row.ended:
        raise NotInThisState(_("Posten er ikke ført som utgått."))
    row.ended = False
    bump(row, fields=("ended",))
    _tell("appropriation.reopened", row, actor, at)
    return row


# ---- a whole table at once ----
@dataclass(frozen=True)
class TableEntry:
    """A table to enter: first appropriations of a year, or (``change_kind``) one change of each post."""

    year: int
    rows: Sequence[LedgerRow]
    change_kind: str = ""
    basis: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Planned:
    """What a row of the table would do: new, same (nothing), change. ``before`` is the post's sum now."""

    row: LedgerRow
    what: str
    before: int = 0


def look_over_table(*, entry: TableEntry, actor: Actor, day: date) -> tuple[list[Planned], list[Problem]]:
    """What the table would do in the actor's own organisation's ledger. Writes nothing. Raises NotAllowed."""
    if not permissions.may_manage_ledger(actor, day):
        raise NotAllowed(_("Bevilgninger føres av budsjettmedarbeider eller etatsstyrer i egen organisasjon."))
    return plan_table(entry=entry, owner=Organisation.objects.get(uuid=actor.organisation), day=day)


def plan_table(*, entry: TableEntry, owner: Organisation, day: date) -> tuple[list[Planned], list[Problem]]:
    """What each row would do, and every row that cannot be entered, with its line number. Writes nothing."""
    held = {
        (row.chapter, row.post): row
        for row in Appropriation.objects.filter(owner=owner, year=entry.year).prefetch_related("changes")
    }
    planned: list[Planned] = []
    problems: list[Problem] = []
    if entry.change_kind and (not entry.basis.strip() or entry.decided_on is None):
        problems.append(Problem("basis_missing", _("Skriv vedtaket og datoen for endringene."), "basis"))
    if entry.decided_on is not None and entry.decided_on > day:
        problems.append(Problem("decided_ahead", _("Vedtaket kan ikke ha en dato etter i dag."), "decided_on"))
    for row in entry.rows:
        known = held.get((row.chapter, row.post))
        sentence, what = _plan_change(row, known, entry) if entry.change_kind else _plan_first(row, known)
        if sentence:
            line = _("Linje %(line)s: %(what)s") % {"line": row.line, "what": sentence}
            problems.append(Problem("bad_line", line, "text"))
        else:
            planned.append(Planned(row, what, _sum(known)))
    return planned, problems


def _sum(row: Appropriation | None) -> int:
    return row.amount + sum(change.amount for change in row.changes.all()) if row else 0


def _plan_first(row: LedgerRow, known: Appropriation | None) -> tuple[str, str]:
    code = {"code": row.code}
    if row.amount < 0:
        return _("%(code)s har et negativt beløp.") % code, ""
    if known is None:
        return ("", "new") if row.name.strip() else (_("%(code)s mangler posttekst.") % code, "")
    if known.ended:
        return _("%(code)s er ført som utgått. Åpne posten igjen først.") % code, ""
    if known.amount == row.amount:
        return "", "same"
    words = {**code, "held": in_thousand_kroner(known.amount)}
    return _("%(code)s er ført med %(held)s fra før. Før forskjellen som en endring.") % words, ""


def _plan_change(row: LedgerRow, known: Appropriation | None, entry: TableEntry) -> tuple[str, str]:
    if known is None or known.ended:
        return _("%(code)s står ikke i regnskapet for året. Før bevilgningen først.") % {"code": row.code}, ""
    if entry.decided_on is None:
        return "", "change"
    change = NewChange(entry.change_kind, row.amount, entry.basis.strip(), entry.decided_on)
    if any(_same(other, change) for other in known.changes.all()):
        return "", "same"
    if row.amount == 0:
        return _("%(code)s har ingen endring.") % {"code": row.code}, ""
    if _sum(known) + row.amount < 0:
        words = {"code": row.code, "now": in_thousand_kroner(_sum(known))}
        return _("%(code)s står med %(now)s og kan ikke reduseres med mer enn det.") % words, ""
    return "", "change"


@transaction.atomic
def enter_table(*, entry: TableEntry, actor: Actor, at: datetime) -> int:
    """Enter a whole table, or nothing of it. Entering the same table twice adds nothing the second time.

    Returns how many rows were written. Raises NotAllowed, RuleBroken with every bad line.
    """
    owner = _owner(actor, at)
    planned, problems = plan_table(entry=entry, owner=owner, day=clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    held = {(row.chapter, row.post): row for row in _year(owner, entry.year)}
    count = 0
    for plan in planned:
        row = plan.row
        if plan.what == "new":
            new = NewAppropriation(entry.year, row.chapter, row.post, row.name, row.amount, basis=entry.basis,
                                   decided_on=entry.decided_on)  # fmt: skip
            _add(owner, new, actor, at)
        elif plan.what == "change" and entry.decided_on is not None:
            change = NewChange(entry.change_kind, row.amount, entry.basis, entry.decided_on)
            _change(held[row.chapter, row.post], change, actor, at)
        count += plan.what != "same"
    return count


def _year(owner: Organisation, year: int) -> list[Appropriation]:
    rows = Appropriation.objects.select_related("owner").locked()
    return list(rows.filter(owner=owner, year=year).order_by("pk"))


def _tell(
    event: str,
    row: Appropriation,
    actor: Actor,
    at: datetime,
    *,
    reason: str = "",
    after: dict[str, object] | None = None,
) -> None:
    events.record(
        event=event,
        subject=row,
        actor=actor,
        at=at,
        organisation=actor.organisation,
        reason=reason,
        after={"year": row.year, "code": row.code, **(after or {})},
        audience=Audience.INTERNAL,
    )
