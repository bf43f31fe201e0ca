"""Comments on the rows of a document or a hearing, as the one who looks may read them (K10)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import files, formatting
from core.actor import Actor
from core.models import Audience
from core.visuals.parts import Action, Link, PageHead
from governance import permissions, shown
from governance.models import AssignmentItem, HearingRound, RowComment, SteeringDocument
from governance.restricted import hidden_in_draft, may_read_restricted
from governance.selectors.draft_tabs import draft_head, draft_tabs


@dataclass(frozen=True)
class Said:
    """One comment or answer."""

    name: str
    organisation: str
    at: str
    text: str


@dataclass(frozen=True)
class ThreadView:
    """A thread: the first comment and the answers, who reads it, and what one can do."""

    uuid: UUID
    said: Sequence[Said]
    shared: bool
    audience: str
    closed: str = ""
    place: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class CommentedRow:
    """A row with its threads and the way to a new comment."""

    row: shown.ShownRow
    threads: Sequence[ThreadView] = ()
    write: str = ""
    open_count: int = 0


@dataclass(frozen=True)
class CommentsPage:
    """The page of comments on a document."""

    head: PageHead
    tabs: Sequence[Link]
    document: SteeringDocument
    rows: Sequence[CommentedRow]
    loose: Sequence[ThreadView]
    write: str
    only_open: bool
    switch: Sequence[Link] = ()
    shown_words: str = ""


@dataclass(frozen=True)
class _Reader:
    """What decides the buttons of every thread, asked once."""

    actor: Actor
    document: SteeringDocument
    hearing: HearingRound | None
    day: date
    writes: Mapping[str, bool] = field(default_factory=dict)
    drafts: bool = False


def held_back(document: SteeringDocument, actor: Actor, day: date) -> set[UUID]:
    """Exempt rows the actor may not read. In a draft those who write it read all that is not told of an earlier one."""
    items = list(AssignmentItem.objects.filter(document=document, restricted=True).values_list("uuid", flat=True))
    if not items:
        return set()
    if not document.is_issued and permissions.may_draft(actor, document, day):
        return set(hidden_in_draft(document, actor, day))
    return set(items) - may_read_restricted(actor, items, day)


def threads_seen(
    document: SteeringDocument, actor: Actor, day: date, hearing: HearingRound | None = None
) -> QuerySet[RowComment]:
    """Comments of a document (all hearings too, for its own side), without those on exempt rows."""
    rows: QuerySet[RowComment] = RowComment.objects.visible_to(actor, day).filter(document=document)
    if hearing is not None:
        rows = rows.filter(hearing=hearing)
    elif actor.organisation != document.issuer.uuid:
        rows = rows.filter(hearing__isnull=True)
    return rows.exclude(item__in=held_back(document, actor, day))


def frozen_snapshot(hearing: HearingRound) -> dict[str, Any]:
    """Exactly what the agency was shown; the bytes are checked against their hash."""
    found: dict[str, Any] = json.loads(files.read(hearing.shown))
    return found


def living_snapshot(document: SteeringDocument, actor: Actor, day: date) -> dict[str, Any]:
    """The document as it stands, without what the actor may not read."""
    return shown.without(shown.plain_snapshot(document), {str(uuid) for uuid in held_back(document, actor, day)})


def commented_rows(
    *,
    rows: Sequence[shown.ShownRow],
    document: SteeringDocument,
    actor: Actor,
    day: date,
    hearing: HearingRound | None = None,
) -> tuple[list[CommentedRow], list[ThreadView]]:
    """Rows with their threads, and threads on the whole or on rows that are gone. A fixed number of queries."""
    reader = _reader(document, actor, day, hearing)
    threads = _threads(reader)
    by_item: dict[UUID | None, list[ThreadView]] = defaultdict(list)
    for item, thread in threads:
        by_item[item].append(thread)
    known = {row.target for row in rows}
    found = [
        CommentedRow(
            row,
            by_item.get(row.target, []),
            _write_url(reader, row.target),
            sum(not thread.closed for thread in by_item.get(row.target, [])),
        )
        for row in rows
    ]
    loose = [thread for item, thread in threads if item is None or item not in known]
    return found, loose


def _reader(document: SteeringDocument, actor: Actor, day: date, hearing: HearingRound | None) -> _Reader:
    writes = {
        audience: permissions.may_comment(actor, document, hearing, audience, day) for audience in Audience.values
    }
    drafts = permissions.may_draft(actor, document, day)
    return _Reader(actor, document, hearing, day, writes, drafts)


def _write_url(reader: _Reader, target: UUID | None = None, thread: UUID | None = None) -> str:
    """The address of the form for a new comment or an answer; empty when nothing can be written."""
    if not any(reader.writes.values()) or (reader.hearing is not None and reader.hearing.closed_at is not None):
        return ""
    if reader.hearing is not None:
        url = reverse("governance:hearing_comment", args=[reader.hearing.uuid])
    else:
        url = reverse("governance:comment_write", args=[reader.document.uuid])
    if thread is not None:
        return f"{url}?trad={thread}"
    return f"{url}?rad={target}" if target is not None else url


def _threads(reader: _Reader) -> list[tuple[UUID | None, ThreadView]]:
    rows = list(
        threads_seen(reader.document, reader.actor, reader.day, reader.hearing)
        .select_related("organisation", "hearing", "closed_by")
        .order_by("id")
    )
    answers: dict[int, list[RowComment]] = defaultdict(list)
    for row in rows:
        if row.thread_id is not None:
            answers[row.thread_id].append(row)
    return [(row.item, _thread(row, answers[row.pk], reader)) for row in rows if row.thread_id is None]


def _thread(root: RowComment, answers: Sequence[RowComment], reader: _Reader) -> ThreadView:
    shared = root.audience == Audience.SHARED
    closed = ""
    if root.closed_at is not None:
        values = {"name": root.closed_by, "at": formatting.moment(root.closed_at)}
        closed = _("Avsluttet av %(name)s %(at)s") % values
    return ThreadView(
        uuid=root.uuid,
        said=[
            Said(row.author_name, row.organisation.short, formatting.moment(row.at), row.text)
            for row in (root, *answers)
        ],
        shared=shared,
        audience=_audience_words(root, reader),
        closed=closed,
        place=root.place,
        actions=[] if closed else _actions(root, reader),
    )


def _audience_words(root: RowComment, reader: _Reader) -> str:
    document = reader.document
    other = document.recipient if reader.actor.organisation == document.issuer.uuid else document.issuer
    if root.audience == Audience.INTERNAL:
        return _("%(other)s ser ikke dette") % {"other": other.short}
    if root.hearing is not None and root.hearing.answered_at is None and root.organisation_id == document.recipient_id:
        return _("%(other)s ser dette når uttalelsen er sendt") % {"other": other.short}
    return _("Delt mellom %(one)s og %(two)s") % {"one": document.issuer.short, "two": document.recipient.short}


def _actions(root: RowComment, reader: _Reader) -> list[Action]:
    actions = []
    hearing_open = root.hearing is None or root.hearing.closed_at is None
    if reader.writes.get(root.audience) and hearing_open:
        url = _write_url(reader, thread=root.uuid) if reader.hearing == root.hearing else _answer_url(root)
        actions.append(Action(_("Svar"), url))
    own = root.organisation.uuid == reader.actor.organisation
    may_close = reader.drafts if root.audience == Audience.SHARED else own and reader.writes.get(root.audience)
    if may_close:
        label = _("Avslutt tråden") if root.hearing_id is None else _("Merk som behandlet")
        actions.append(Action(label, reverse("governance:comment_close", args=[root.uuid]), post=True))
    if reader.drafts and reader.document.is_issued and root.audience == Audience.SHARED:
        url = reverse("governance:comment_proposal", args=[root.uuid])
        actions.append(Action(_("Gjør om til forslag i supplerende brev"), url, post=True))
    return actions


def _answer_url(root: RowComment) -> str:
    assert root.hearing is not None  # a thread of another round than the page's
    return f"{reverse('governance:hearing_comment', args=[root.hearing.uuid])}?trad={root.uuid}"


def comments_page(*, document: SteeringDocument, actor: Actor, day: date, only_open: bool) -> CommentsPage:
    """Every row of a document with what has been said of it; ``only_open`` leaves out rows without open threads."""
    rows = shown.shown_rows(living_snapshot(document, actor, day))
    commented, loose = commented_rows(rows=rows, document=document, actor=actor, day=day)
    kept = [row for row in commented if row.open_count] if only_open else commented
    reader = _reader(document, actor, day, None)
    url = reverse("governance:comments", args=[document.uuid])
    own = actor.organisation == document.issuer.uuid
    open_ones = sum(row.open_count for row in commented) + sum(not thread.closed for thread in loose)
    head = draft_head(document, _("Kommentarer"), _lead(document, own=own))
    if not own:
        crumbs = [
            Link(_("Styringsdokumenter"), reverse("governance:documents")),
            Link(document.title, reverse("governance:document", args=[document.uuid])),
        ]
        head = PageHead(title=head.title, overline=head.overline, lead=head.lead, crumbs=crumbs)
    return CommentsPage(
        head=head,
        tabs=draft_tabs(document, "comments") if own else [],
        document=document,
        rows=kept,
        loose=loose,
        write=_write_url(reader),
        only_open=only_open,
        switch=[
            Link(_("Alle rader"), url, current=not only_open),
            Link(_("Bare åpne tråder"), f"{url}?vis=apne", open_ones, current=only_open),
        ],
        shown_words=_("%(n)s åpne tråder") % {"n": open_ones},
    )


def _lead(document: SteeringDocument, *, own: bool) -> str:
    if document.is_issued:
        return _("En kommentar er ikke et styringssignal og endrer ingen oppgave og ingen frist.")
    words = _("Kommentarer på utkastet er interne. %(agency)s skriver sine i uttalelsen.")
    return words % {"agency": document.recipient.short} if own else ""


def place_of(rows: Sequence[shown.ShownRow], target: UUID | None) -> shown.ShownRow | None:
    """The row a comment is to point at; None when the document has no such row."""
    return next((row for row in rows if row.target == target), None)


def open_counts(document: SteeringDocument, actor: Actor, day: date) -> dict[UUID, int]:
    """How many open threads each row has, for marks beside the rows of other pages. One query more than visibility."""
    counts: dict[UUID, int] = defaultdict(int)
    rows = threads_seen(document, actor, day).filter(thread__isnull=True, closed_at__isnull=True, item__isnull=False)
    for item in rows.values_list("item", flat=True):
        if item is not None:
            counts[item] += 1
    return dict(counts)


def said_in(
    document: SteeringDocument, actor: Actor, day: date, root: RowComment, hearing: HearingRound | None = None
) -> list[Said]:
    """What has been said in one thread, for the form of an answer."""
    rows = threads_seen(document, actor, day, hearing).filter(pk=root.pk) | threads_seen(
        document, actor, day, hearing
    ).filter(thread=root)
    return [
        Said(row.author_name, row.organisation.short, formatting.moment(row.at), row.text)
        for row in rows.select_related("organisation").order_by("id")
    ]
