"""Needs for steering from expert meetings: the register of an agency, and one need (R-51)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting as fmt
from core.actor import Actor
from core.models import Audience, Event
from core.visuals.badges import ACCENT, SUCCESS, Badge
from core.visuals.parts import Action, Empty, Link, PageHead
from core.visuals.parts import Event as EventLine
from governance.models import DocumentState, SteeringDocument
from reporting.addresses import address
from reporting.models import NeedState, SteeringNeed
from reporting.permissions.meetings import departments_to_note_for, may_give, may_keep_need

SHOWN = 200
#: the word in the address of each list, and the state it shows
VIEWS = {"apne": NeedState.OPEN, "gitt": NeedState.GIVEN, "trukket": NeedState.WITHDRAWN}


# ---- the register ----
@dataclass(frozen=True)
class NeedLine:
    """One need: what, from which meeting, whose, and what has become of it. ``where`` is the letter, if one sees it."""

    title: str
    url: str
    meeting: str
    held_on: date
    department: str
    badge: Badge
    where: Link | None
    detail: str
    act: Link | None = None


@dataclass(frozen=True)
class NeedsPage:
    """The register of one agency."""

    head: PageHead
    tabs: Sequence[Link]
    rows: Sequence[NeedLine]
    more: str
    empty: Empty


def needs_page(actor: Actor, today: date, agency: Organisation, view: str) -> NeedsPage:
    """Open, given and withdrawn needs, each with its count. The agency's own side sees those given. Six queries."""
    own_side = actor.organisation == agency.uuid
    seen = SteeringNeed.objects.visible_to(actor, today).filter(agency=agency)
    counts = dict(seen.order_by().values_list("state").annotate(n=Count("pk")))
    view = "gitt" if own_side else view if view in VIEWS else "apne"
    order = ("held_on", "id") if view == "apne" else ("-settled_at", "-id")
    rows = list(seen.for_list().filter(state=VIEWS[view]).order_by(*order)[:SHOWN])
    may_note = not own_side and departments_to_note_for(actor, agency, today).exists()
    gives = bool(rows) and view == "apne" and may_give(actor, agency, rows[0].superior, today)
    letters = _letters(rows, actor, today)
    base = address("reporting:needs", agency.uuid)
    total = counts.get(VIEWS[view], 0)
    return NeedsPage(
        head=_register_head(agency, may_note=may_note, own_side=own_side),
        tabs=[
            Link(_view_words(name), f"{base}?vis={name}", count=counts.get(state, 0), current=name == view)
            for name, state in VIEWS.items()
            if not own_side or name == "gitt"
        ],
        rows=[_line(row, letters, own_side=own_side, gives=gives) for row in rows],
        more=_("Viser %(shown)s av %(total)s.") % {"shown": SHOWN, "total": total} if total > SHOWN else "",
        empty=_nothing(view, agency, may_note=may_note),
    )


def _view_words(name: str) -> str:
    return {"apne": _("Åpne"), "gitt": _("Gitt skriftlig"), "trukket": _("Trukket")}[name]


def _register_head(agency: Organisation, *, may_note: bool, own_side: bool) -> PageHead:
    lead = _("Et fagmøte gir ingen styringssignaler. Det som krever styring, gis skriftlig i et brev etterpå.")
    if not own_side:
        lead = f"{lead} {_('%(agency)s ser ikke behovet før brevet er utstedt.') % {'agency': agency.short}}"
    new = Action(_("Noter behov"), address("reporting:need_new", agency.uuid), icon="plus", primary=True)
    return PageHead(
        title=_("Styringsbehov fra fagmøter"),
        overline=agency.name,
        lead=lead,
        crumbs=agency_crumbs(agency),
        actions=[new] if may_note else [],
    )


def agency_crumbs(agency: Organisation) -> list[Link]:
    """The agencies, and this one."""
    return [
        Link(_("Virksomheter"), address("reporting:agencies")),
        Link(agency.short, address("reporting:agency", agency.uuid)),
    ]


def _nothing(view: str, agency: Organisation, *, may_note: bool) -> Empty:
    titles = {
        "apne": _("Ingen åpne behov"),
        "gitt": _("Ingen behov er gitt skriftlig"),
        "trukket": _("Ingen behov er trukket"),
    }
    text = _("Kommer det opp i et fagmøte at virksomheten trenger styring, noteres det her og tas inn i neste brev.")
    new = Action(_("Noter behov"), address("reporting:need_new", agency.uuid)) if may_note and view == "apne" else None
    return Empty(titles[view], text, action=new)


def _letters(rows: Iterable[SteeringNeed], actor: Actor, today: date) -> dict[int, Link]:
    """The letters and drafts among them that the actor sees. One query."""
    wanted = {row.document_id for row in rows if row.document_id}
    seen = SteeringDocument.objects.visible_to(actor, today).filter(pk__in=wanted)
    found = {}
    for pk, uuid, title, state in seen.values_list("pk", "uuid", "title", "state"):
        name = "governance:document" if state == DocumentState.ISSUED else "governance:draft"
        found[pk] = Link(title, address(name, uuid))
    return found


def badge_of(row: SteeringNeed) -> Badge:
    """How it stands. With ``held``."""
    if row.state == NeedState.GIVEN:
        return Badge("closed", _("Gitt skriftlig"), SUCCESS)
    if row.state == NeedState.WITHDRAWN:
        return Badge("withdrawn", _("Trukket"))
    return Badge("page-dashed", _("Tatt inn i utkast"), ACCENT) if row.held else Badge("given", _("Åpent"))


def _line(row: SteeringNeed, letters: dict[int, Link], *, own_side: bool, gives: bool) -> NeedLine:
    given = row.state == NeedState.GIVEN
    stands = given or row.held
    act = None
    if gives and row.state == NeedState.OPEN and not row.held:
        act = Link(_("Ta inn i et brev"), address("reporting:need_take", row.uuid))
    return NeedLine(
        title=title_of(row, own_side=own_side),
        url=address("reporting:need", row.uuid),
        meeting=row.meeting,
        held_on=row.held_on,
        department=row.department.code,
        badge=badge_of(row),
        where=letters.get(row.document_id or 0) if stands else None,
        detail=_outcome(row),
        act=act,
    )


def title_of(row: SteeringNeed, *, own_side: bool) -> str:
    """The ministry's words; to the agency only that the meeting led to a letter."""
    return _("Behov fra møtet %(day)s") % {"day": fmt.full_date(row.held_on)} if own_side else row.words


def _outcome(row: SteeringNeed) -> str:
    if row.state == NeedState.WITHDRAWN:
        return row.reason
    dated = row.document.document_date if row.state == NeedState.GIVEN and row.document else None
    return fmt.full_date(dated) if dated else ""


# ---- one need ----
@dataclass(frozen=True)
class NeedPage:
    """Facts as label, words and perhaps a link; what can be done; what has happened."""

    head: PageHead
    badge: Badge
    words: str
    facts: Sequence[tuple[Any, ...]]
    events: Sequence[EventLine]


def need_page(row: SteeringNeed, actor: Actor, today: date) -> NeedPage:
    """One need with its history. To the agency: the meeting and the letter, never the ministry's words."""
    own_side = actor.organisation != row.superior.uuid
    letter = _letters([row], actor, today).get(row.document_id or 0)
    entry = Link(row.meeting, address("reporting:entry", row.entry.uuid)) if row.entry else None
    facts: list[tuple[Any, ...]] = [(_("Møte"), row.meeting, entry)]
    facts.append((_("Møtedato"), fmt.date_with_weekday(row.held_on)))
    if not own_side:
        noted = f"{row.noted_by}, {fmt.moment(row.noted_at)}"
        facts += [(_("Avdeling"), f"{row.department.name} ({row.department.code})"), (_("Notert av"), noted)]
    if row.state == NeedState.GIVEN:
        facts.append((_("Gitt skriftlig i"), "", letter) if letter else (_("Gitt skriftlig i"), _("et brev")))
    elif row.held:
        facts.append((_("Tatt inn i"), "", letter) if letter else (_("Tatt inn i"), _("et utkast")))
    if row.state == NeedState.WITHDRAWN:
        facts.append((_("Hvorfor trukket"), row.reason))
    return NeedPage(
        head=PageHead(
            title=_("Styringsbehov fra fagmøte"),
            overline=row.agency.name,
            crumbs=register_crumbs(row.agency),
            actions=[] if own_side else _acts(row, actor, today),
        ),
        badge=badge_of(row),
        words="" if own_side else row.words,
        facts=facts,
        events=_events(row, actor, today),
    )


def register_crumbs(agency: Organisation) -> list[Link]:
    """The agencies, this one, and its register."""
    return [*agency_crumbs(agency), Link(_("Styringsbehov"), address("reporting:needs", agency.uuid))]


def form_head(row: SteeringNeed, title: str) -> PageHead:
    """The head of a form about a need."""
    crumbs = register_crumbs(row.agency)
    return PageHead(title=title, overline=f"{row.meeting}, {fmt.full_date(row.held_on)}", lead=row.words, crumbs=crumbs)


def no_draft() -> Empty:
    """There is no draft to take a need into."""
    text = _("Et behov tas inn i et utkast til brev til virksomheten. Start et brev, og kom tilbake hit.")
    start = Link(_("Nytt brev"), address("governance:new_letter"))
    return Empty(_("Ingen utkast å skrive i"), text, start)


def _acts(row: SteeringNeed, actor: Actor, today: date) -> list[Action]:
    if row.state != NeedState.OPEN or row.held:
        return []
    gives = may_give(actor, row.agency, row.superior, today)
    keeps = may_keep_need(actor, row.agency, row.department_id, today)
    found = []
    if gives:
        found.append(Action(_("Ta inn i et brev"), address("reporting:need_take", row.uuid), primary=True))
        found.append(Action(_("Gitt i et brev som er sendt"), address("reporting:need_point", row.uuid)))
    if keeps:
        found.append(Action(_("Trekk behovet"), address("reporting:need_withdraw", row.uuid)))
    return found


def _events(row: SteeringNeed, actor: Actor, today: date) -> list[EventLine]:
    words = {
        "need.noted": ("note-pencil", _("Notert")),
        "need.taken_in": ("file-plus", _("Tatt inn i et utkast")),
        "need.given": ("file-text", _("Gitt skriftlig")),
        "need.withdrawn": ("archive", _("Trukket")),
    }
    mine = Q(audience=Audience.SHARED) | Q(organisation=actor.organisation)
    return [
        EventLine(
            day=fmt.moment_near(event.at, today),
            icon=words.get(event.type, ("file", ""))[0],
            title=words.get(event.type, ("", event.type))[1],
            details=" · ".join(part for part in (event.reason, event.actor_name) if part),
        )
        for event in Event.objects.filter(mine, subject=row.uuid).order_by("-id")
    ]
