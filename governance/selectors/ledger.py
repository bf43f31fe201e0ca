"""What the pages of the ledger show: a year's posts, one post's movements, and a table before it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation
from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Action, Link, PageHead
from governance import permissions
from governance.ledger.balance import Allotment, PostBalance
from governance.ledger.gather import balances_of
from governance.models import Appropriation, AppropriationChange, SteeringDocument


@dataclass(frozen=True)
class LedgerLine:
    """A post of the year; amounts in whole kroner, None where the post is not in the ledger."""

    code: str
    name: str
    url: str
    granted: int | None
    changes: int | None
    current: int | None
    agencies: Sequence[tuple[str, int]]
    allotted: int
    reserved: int
    free: int | None
    exceeded: bool
    missing: bool


@dataclass(frozen=True)
class Chapter:
    """The posts of a chapter with their sum."""

    number: str
    lines: Sequence[LedgerLine]
    current: int
    allotted: int
    reserved: int
    free: int


@dataclass(frozen=True)
class LedgerPage:
    """A year's ledger."""

    head: PageHead
    year: int
    years: Sequence[Link]
    expenses: Sequence[Chapter]
    incomes: Sequence[Chapter]
    ended: Sequence[Link]
    empty: bool
    may_manage: bool


def ledger_page(*, actor: Actor, year: int, today: date) -> LedgerPage:
    """Everything of one year, per chapter. A fixed number of queries."""
    owner = Organisation.objects.get(uuid=actor.organisation)
    seen = Appropriation.objects.visible_to(actor, today)
    found = balances_of(owner, year)
    lines = [_line(balance) for balance in found]
    manage = permissions.may_manage_ledger(actor, today)
    page = reverse("governance:ledger")
    known = sorted({*seen.values_list("year", flat=True), year, today.year}, reverse=True)
    return LedgerPage(
        head=_head(owner, year, manage),
        year=year,
        years=[Link(str(one), f"{page}?ar={one}", current=one == year) for one in known],
        expenses=_chapters([pair for pair in zip(found, lines, strict=True) if not pair[0].is_income]),
        incomes=_chapters([pair for pair in zip(found, lines, strict=True) if pair[0].is_income]),
        ended=[Link(str(row), _url(row.uuid)) for row in seen.filter(year=year, ended=True)],
        empty=not found,
        may_manage=manage,
    )


def _url(uuid: UUID) -> str:
    return reverse("governance:appropriation", args=[uuid])


def _head(owner: Organisation, year: int, manage: bool) -> PageHead:
    actions = []
    if manage:
        actions = [
            Action(_("Ny post"), f"{reverse('governance:appropriation_new')}?ar={year}", icon="plus"),
            Action(_("Les inn tabell"), f"{reverse('governance:ledger_table')}?ar={year}", icon="file-import"),
            Action(_("Omnummerer post"), reverse("governance:renumber")),
        ]
    return PageHead(
        title=_("Bevilgninger %(year)s") % {"year": year},
        lead=_("Regnskapet til %(owner)s. Alle beløp i 1 000 kroner. Virksomhetene ser det ikke.")
        % {"owner": owner.name},
        actions=actions,
    )


def _line(balance: PostBalance) -> LedgerLine:
    grant = balance.grant
    return LedgerLine(
        code=balance.code,
        name=balance.name,
        url=_url(grant.uuid) if grant and grant.uuid else "",
        granted=grant.first if grant else None,
        changes=grant.changes + grant.carried if grant else None,
        current=grant.current if grant else None,
        agencies=balance.agencies,
        allotted=balance.allotted,
        reserved=balance.reserved,
        free=balance.free if grant else None,
        exceeded=balance.exceeded and grant is not None,
        missing=grant is None,
    )


def _chapters(pairs: Sequence[tuple[PostBalance, LedgerLine]]) -> list[Chapter]:
    made = []
    for number, group in groupby(pairs, key=lambda pair: pair[0].chapter):
        rows = list(group)
        made.append(
            Chapter(
                number=str(number),
                lines=[line for _balance, line in rows],
                current=sum(balance.granted for balance, _line in rows),
                allotted=sum(balance.allotted for balance, _line in rows),
                reserved=sum(balance.reserved for balance, _line in rows),
                free=sum(balance.free for balance, _line in rows),
            )
        )
    return made


# ---- one post ----
@dataclass(frozen=True)
class Movement:
    """One movement of a post: what, by which decision or letter, and the amount with sign."""

    day: str
    what: str
    basis: str
    amount: int
    link: Link | None = None


@dataclass(frozen=True)
class PostPage:
    """A post with every movement."""

    head: PageHead
    row: Appropriation
    facts: Sequence[tuple[str, str]]
    grants: Sequence[Movement]
    allotments: Sequence[Movement]
    reservations: Sequence[Movement]
    balance: PostBalance | None


def post_page(*, row: Appropriation, actor: Actor, today: date) -> PostPage:
    """Everything that has happened to one post."""
    found = {(one.chapter, one.post): one for one in balances_of(row.owner, row.year)}.get((row.chapter, row.post))
    rows = list(found.rows) if found else []
    documents = {
        one.uuid: one
        for one in SteeringDocument.objects.visible_to(actor, today)
        .filter(uuid__in=[r.document for r in rows])
        .for_list()
    }
    return PostPage(
        head=_post_head(row, actor, today),
        row=row,
        facts=[
            (_("Vedtak"), row.basis or _("ikke oppgitt")),
            (_("Kan overføres"), _("ja") if row.transferable else _("nei")),
        ],
        grants=_grants(row),
        allotments=[_given(one, documents) for one in rows if not one.draft],
        reservations=[_given(one, documents) for one in rows if one.draft],
        balance=found,
    )


def _post_head(row: Appropriation, actor: Actor, today: date) -> PageHead:
    back = f"{reverse('governance:ledger')}?ar={row.year}"
    actions = []
    if permissions.may_manage_ledger(actor, today):
        args = [row.uuid]
        if row.ended:
            version = (("version", str(row.version)),)
            reopen = reverse("governance:appropriation_reopen", args=args)
            actions = [Action(_("Åpne posten igjen"), reopen, post=True, fields=version)]
        else:
            actions = [
                Action(_("Før endring"), reverse("governance:appropriation_change", args=args), icon="plus"),
                Action(_("Før som utgått"), reverse("governance:appropriation_end", args=args)),
            ]
    return PageHead(
        title=f"{row.code} {row.name}",
        overline=_("Bevilgning %(year)s") % {"year": row.year},
        lead=_("Posten er ført som utgått. Alle beløp i 1 000 kroner.")
        if row.ended
        else _("Alle beløp i 1 000 kroner."),
        crumbs=[Link(_("Bevilgninger"), back)],
        actions=actions,
    )


def capital(words: str) -> str:
    """The first letter large, the rest as it stands."""
    return words[:1].upper() + words[1:]


def _grants(row: Appropriation) -> list[Movement]:
    first = Movement(
        fmt.full_date(row.decided_on) if row.decided_on else "", _("Årets bevilgning"), row.basis, row.amount
    )
    changes = AppropriationChange.objects.filter(appropriation=row)
    return [first] + [
        Movement(fmt.full_date(one.decided_on), capital(str(one.get_kind_display())), one.basis, one.amount)
        for one in changes
    ]


COLUMN_WORDS = {
    "carried": gettext_lazy("Overført fra i fjor"),
    "letter": gettext_lazy("Tildelt i brev"),
    "supplements": gettext_lazy("Endret i brev"),
}


def _given(row: Allotment, documents: dict[UUID, SteeringDocument]) -> Movement:
    """An amount in a letter. A draft the reader does not see is named by its agency alone."""
    document = documents.get(row.document)
    words = _("Utkast til %(agency)s") if row.draft else _("%(what)s til %(agency)s")
    link = None
    if document is not None:
        name = "governance:document" if document.is_issued else "governance:draft"
        link = Link(document.title, reverse(name, args=[document.uuid]))
    dated = document.document_date if document is not None and document.is_issued else None
    return Movement(
        day=fmt.full_date(dated) if dated else "",
        what=words % {"what": COLUMN_WORDS.get(row.column, ""), "agency": row.agency},
        basis="",
        amount=row.amount,
        link=link,
    )
