"""What is shown of hearings: the rounds beside a draft, the agency's list, and one round from its frozen bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import access
from agencies.rights import Right
from core import formatting
from core.actor import Actor
from core.visuals.badges import ACCENT, DANGER, SUCCESS, Badge
from core.visuals.parts import Action, Empty, Link, PageHead
from governance import permissions, shown
from governance.models import DocumentState, HearingRound, SteeringDocument
from governance.selectors.comments import CommentedRow, ThreadView, commented_rows, frozen_snapshot
from governance.selectors.draft_tabs import draft_head, draft_tabs


@dataclass(frozen=True)
class HearingLine:
    """One round in a list."""

    title: str
    url: str
    badge: Badge
    details: Sequence[str]
    answer: str = ""
    sha256: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class HearingsPage:
    """The rounds of a draft, or of an agency."""

    head: PageHead
    lines: Sequence[HearingLine]
    tabs: Sequence[Link] = ()
    actions: Sequence[Action] = ()
    empty: Empty | None = None


@dataclass(frozen=True)
class HearingPage:
    """One round: what was shown, row by row, with what has been said."""

    head: PageHead
    hearing: HearingRound
    rows: Sequence[CommentedRow]
    loose: Sequence[ThreadView]
    write: str
    answers: bool
    line: HearingLine
    back: str
    title: str
    tabs: Sequence[Link] = ()


def badge_of(hearing: HearingRound, day: date) -> Badge:
    """Where a round stands, in a word."""
    if hearing.answered_at is not None:
        return Badge("closed", _("Ingen merknader") if hearing.no_remarks else _("Uttalelse sendt"), SUCCESS)
    if hearing.closed_at is not None:
        return Badge("withdrawn", _("Avsluttet uten svar"))
    if hearing.deadline < day:
        return Badge("late", _("Fristen er ute"), DANGER, strong=True)
    return Badge("in-progress", _("Til uttalelse"), ACCENT)


def _line(hearing: HearingRound, day: date, title: str, *, drafting: bool = False) -> HearingLine:
    details = [_("frist %(date)s") % {"date": formatting.date_with_weekday(hearing.deadline)}]
    details.append(_("sendt %(at)s") % {"at": formatting.moment(hearing.opened_at)})
    if hearing.answered_at is not None:
        words = _("uttalt av %(name)s %(at)s")
        details.append(words % {"name": hearing.answered_by_name, "at": formatting.moment(hearing.answered_at)})
    if hearing.closed_at is not None:
        details.append(_("avsluttet %(at)s") % {"at": formatting.moment(hearing.closed_at)})
    actions = []
    if drafting and hearing.closed_at is None:
        url = reverse("governance:hearing_close", args=[hearing.uuid])
        fields = (("version", str(hearing.version)),)
        actions.append(Action(_("Avslutt uttalelsen"), url, post=True, fields=fields))
    return HearingLine(
        title=title,
        url=reverse("governance:hearing", args=[hearing.uuid]),
        badge=badge_of(hearing, day),
        details=details,
        answer=hearing.answer if hearing.answered_at is not None else "",
        sha256=hearing.sha256,
        actions=actions,
    )


def hearings_of_draft(*, document: SteeringDocument, actor: Actor, day: date) -> HearingsPage:
    """The rounds of a draft, newest first, and the way to a new one."""
    drafting = permissions.may_draft(actor, document, day)
    rows = HearingRound.objects.visible_to(actor, day).filter(document=document).order_by("-number")
    lines = [_line(row, day, _("Runde %(n)s") % {"n": row.number}, drafting=drafting) for row in rows]
    actions = []
    if drafting and document.state == DocumentState.DRAFT:
        url = reverse("governance:hearing_open", args=[document.uuid])
        actions.append(Action(_("Send til uttalelse"), url, primary=True))
    lead = _("%(agency)s ser det som ble sendt, slik det sto da, og aldri utkastet.")
    empty = Empty(
        _("Ikke sendt til uttalelse"),
        _("Virksomheten kan uttale seg om utkastet før det utstedes, rad for rad."),
    )
    return HearingsPage(
        head=draft_head(document, _("Uttalelse"), lead % {"agency": document.recipient.short}),
        lines=lines,
        tabs=draft_tabs(document, "hearings"),
        actions=actions,
        empty=None if lines else empty,
    )


def hearings_of_agency(actor: Actor, day: date) -> HearingsPage:
    """What one's own agency has been asked to say something of, open rounds first."""
    rows = (
        HearingRound.objects.visible_to(actor, day)
        .filter(document__recipient__uuid=actor.organisation)
        .for_detail()
        .order_by("closed_at", "-opened_at", "-id")
    )
    lines = [_line(row, day, f"{frozen_title(row)} · {_('runde')} {row.number}") for row in rows]
    lines.sort(key=lambda line: line.badge.tone == "success")
    empty = Empty(_("Ingen utkast til uttalelse"), _("Når departementet sender et utkast til uttalelse, står det her."))
    return HearingsPage(head=PageHead(title=_("Uttalelser")), lines=lines, empty=None if lines else empty)


def frozen_title(hearing: HearingRound) -> str:
    """The title the agency was shown; a later title of the draft does not reach it."""
    return str(frozen_snapshot(hearing)["document"]["title"])


def hearing_page(*, hearing: HearingRound, actor: Actor, day: date) -> HearingPage:
    """One round from its frozen bytes, for either side."""
    document = hearing.document
    data = frozen_snapshot(hearing)
    rows, loose = commented_rows(rows=shown.shown_rows(data), document=document, actor=actor, day=day, hearing=hearing)
    own = actor.organisation == document.issuer.uuid
    title = str(data["document"]["title"])
    back = reverse("governance:hearings", args=[document.uuid]) if own else reverse("governance:my_hearings")
    open_ = hearing.closed_at is None
    answers = not own and open_ and hearing.answered_at is None
    answers = answers and access.may(actor, Right.ANSWER_HEARING, document.recipient_id, day)
    write = reverse("governance:hearing_comment", args=[hearing.uuid]) if open_ else ""
    lead = _("Utkastet slik det ble sendt %(at)s. Senere endringer i utkastet vises ikke her.")
    return HearingPage(
        head=PageHead(
            title=title,
            overline=_("Til uttalelse fra %(issuer)s, runde %(n)s")
            % {"issuer": document.issuer.name, "n": hearing.number},
            lead=lead % {"at": formatting.moment(hearing.opened_at)},
            crumbs=[Link(_("Uttalelse") if own else _("Uttalelser"), back)],
        ),
        hearing=hearing,
        rows=rows,
        loose=loose,
        write=write,
        answers=answers,
        line=_line(hearing, day, title, drafting=own and permissions.may_draft(actor, document, day)),
        back=back,
        title=title,
        tabs=draft_tabs(document, "hearings") if own else (),
    )
