"""The passport as a document: shared content only, whoever asks (product K2, ui.md 9)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from assignments.contexts import DeliveryRow, Passport
from assignments.models import Assignment
from assignments.selectors.history import history
from assignments.selectors.passport import passport
from core import formatting as fmt
from core.actor import Actor
from core.pdf import blocks as b
from core.visuals.badges import Badge

_MARKS: dict[str, Literal["open", "half", "done", "late", "lapsed"]] = {
    "given": "open",
    "received": "open",
    "in-progress": "half",
    "assessing": "half",
    "delivered": "done",
    "assessed": "done",
    "followed-up": "done",
    "closed": "done",
    "returned": "late",
    "lapsed": "lapsed",
    "withdrawn": "lapsed",
    "replaced": "lapsed",
}


def passport_document(assignment: Assignment, actor: Actor, at: datetime) -> b.Document:
    """Blocks of the passport; nothing internal of either side is in it."""
    today = at.astimezone(fmt.OSLO).date()
    page = passport(assignment, actor, today)
    reference = assignment.reference or _("uten nummer")
    meta = b.Meta(
        title=_("Oppdragspass %(reference)s: %(title)s") % {"reference": reference, "title": assignment.title},
        author=assignment.issuer.name,
        lang="nb",
        created=at,
        name=_("Skrevet ut %(when)s") % {"when": fmt.moment(at)},
        organisation=actor.name,
        head=_("Oppdragspass %(reference)s, %(agency)s")
        % {"reference": reference, "agency": assignment.responsible.short},
    )
    blocks = (*_top(assignment, page), *_deliveries(page), *_about(page), *_events(assignment, actor, today))
    return b.Document(meta=meta, blocks=blocks)


def _status(badge: Badge) -> b.Status:
    return b.Status(str(badge.label), _MARKS.get(badge.glyph, "none"))


def _top(assignment: Assignment, page: Passport) -> tuple[b.Block, ...]:
    over = (b.Span(assignment.reference or _("Oppdrag uten nummer"), code=True), f" til {assignment.given_to.name}")
    chips: list[b.Status | str] = [_status(page.badge)] if page.badge else []
    chips += [str(tag.label) for tag in page.tags]
    if page.meter:
        chips.append(
            " · ".join(part for part in (page.meter.words, page.meter.late_words, page.meter.next_words) if part)
        )
    blocks: list[b.Block] = [
        b.TitleBlock(over=over, title=assignment.title, compact=True),
        b.Chips(tuple(chips)),
        b.Paragraph(_("Oppdragspass med delt innhold. Interne notater er ikke med."), "note"),
        b.Section(_("Dette sier brevet")),
    ]
    if page.letter:
        blocks.append(b.Quote(tuple(page.letter), source=str(page.source)))
    else:
        blocks.append(b.Paragraph(_("Brevets tekst er ikke registrert."), "note"))
    blocks.extend(b.Quote(tuple(words.text for words in later.paragraphs), source=later.title) for later in page.later)
    if page.deadlines:
        two = page.deadlines
        letter_note = f"{_('Endres aldri.')} {two.letter_note}"
        facts = (
            (_("Frist i brevet"), two.letter, letter_note),
            (str(two.current_label), two.current, two.current_note),
        )
        blocks.append(b.BoxedFacts(facts, title=_("Frister")))
    return tuple(blocks)


def _deliveries(page: Passport) -> tuple[b.Block, ...]:
    table = b.Table(
        columns=(
            b.Column(_("Nr."), 10, "code"),
            b.Column(_("Hva"), 56),
            b.Column(_("Frist i brevet"), 28),
            b.Column(_("Gjeldende frist"), 36),
            b.Column(_("Status"), 36, "status"),
        ),
        rows=tuple(_row(row) for row in page.deliveries),
        title=str(page.deliveries_note),
        row_headers=False,
    )
    blocks: list[b.Block] = [b.Section(_("Leveranser")), table]
    blocks.extend(
        b.Notice(str(note.title), str(note.audience), tuple(note.text.split("\n")), str(note.byline))
        for note in page.notes
        if note.shared and note.text
    )
    return tuple(blocks)


def _row(row: DeliveryRow) -> b.Row:
    lines = (
        (row.deadline.first, b.Span(row.deadline.second, muted=True)) if row.deadline.second else (row.deadline.first,)
    )
    status = _status(row.badge)
    last = b.Cell((status, str(row.link.label))) if row.link else status
    return b.Row((str(row.number), b.Span(row.title, strong=True), row.in_letter, b.Cell(lines), last))


def _about(page: Passport) -> tuple[b.Block, ...]:
    facts = tuple(b.Fact(str(fact[0]), str(fact[1])) for fact in page.facts if fact[1])
    return (b.Section(_("Om oppdraget")), b.FactList(facts, lines=False))


def _events(assignment: Assignment, actor: Actor, today: date) -> tuple[b.Block, ...]:
    events, _count = history(assignment, actor, today)
    shared = tuple(b.Event(event.day, str(event.title), str(event.details)) for event in events if not event.internal)
    return (b.Section(_("Hendelser")), b.EventList(shared)) if shared else ()
