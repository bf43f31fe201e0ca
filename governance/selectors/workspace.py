"""The draft workspace: one chapter at a time, so that a letter of two hundred pages stays usable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Finding, Link, PageHead
from governance import links, permissions
from governance.drafting import chapters
from governance.items import ITEM_TYPES
from governance.models import (
    DirectiveEdition,
    ItemPassage,
    Passage,
    RowRevision,
    SectionOwner,
    SteeringDocument,
)
from governance.restricted import passages_of
from governance.selectors.comments import open_counts
from governance.selectors.draft_beside import others_here
from governance.selectors.draft_choices import words_for_add
from governance.selectors.draft_hidden import hidden_ids, hidden_rows, removed_and_hidden, without_hidden
from governance.selectors.live_findings import Live, live_findings, show_one

_EXEMPT = gettext_lazy("Oppdraget er unntatt offentlighet. En av dem som kan lese det, må se på endringen.")
#: the room for text that stands in no chapter of the template
REST = "annet"


@dataclass(frozen=True)
class ChapterLine:
    """A line of the outline: number and title, how much stands there, who answers for it, what is open."""

    code: str
    number: str
    title: str
    url: str
    current: bool
    count: int
    owner: str = ""
    open: int = 0
    lang: str = ""


@dataclass
class Block:
    """A row with its text, or a piece of running text. ``key`` is the row's type, "passage" for text."""

    key: str
    uuid: UUID
    kind: str
    passages: list[Passage] = field(default_factory=list)
    name: str = ""
    edit: str = ""
    act: str = ""
    first: bool = False
    last: bool = False
    chosen: bool = False
    fixed: bool = False
    comments: int = 0
    talk: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Workspace:
    """The page."""

    document: SteeringDocument
    head: PageHead
    chapter: str
    title: str
    number: str
    guidance: str
    outline: Sequence[ChapterLine]
    blocks: Sequence[Block]
    additions: Sequence[Link]
    acts: Sequence[Action]
    findings: Sequence[Finding]
    acknowledged: int
    removed: Sequence[Block]
    others: str
    here_url: str
    close_url: str
    may_write: bool
    why_not: str
    owner: str
    lang: str = ""


def chapter_url(document: SteeringDocument, chapter: str) -> str:
    """The address of a chapter of the workspace."""
    return reverse("governance:draft_write", args=[document.uuid, chapter or REST])


def outline(
    document: SteeringDocument, current: str, day: date, findings: Mapping[str | None, int] | None = None
) -> list[ChapterLine]:
    """All chapters with what stands there, and how many ``findings`` are open in each. A fixed number of queries."""
    known = chapters.chapters_of(document, day)
    counted = Passage.objects.filter(document=document, heading_level__gte=0).values("chapter").annotate(n=Count("id"))
    counts = {row["chapter"]: row["n"] for row in counted.order_by()}
    owners: dict[str, str] = {}
    rows = SectionOwner.objects.filter(document=document, ended_at__isnull=True).select_related("department", "user")
    for row in rows.order_by("id"):
        owners[row.chapter] = f"{row.department.code}{f', {row.user}' if row.user else ''}"
    findings = findings or {}
    lang = document.language if document.language != "nb" else ""
    lines = [
        ChapterLine(
            row.code, row.number, chapters.title_of(row, document.language), chapter_url(document, row.code),
            row.code == current, counts.get(row.code, 0), owners.get(row.code, ""), findings.get(row.code, 0), lang,
        )
        for row in known
    ]  # fmt: skip
    rest = sum(count for code, count in counts.items() if code not in {row.code for row in known})
    if rest or not known:
        url = chapter_url(document, REST)
        lines.append(ChapterLine(REST, "", _("Uten kapittel"), url, current == REST, rest, "", findings.get("", 0)))
    return lines


def blocks_of(document: SteeringDocument, chapter: str, known: set[str]) -> list[Block]:
    """Rows and running text of a chapter in reading order; rows that make no text stand last."""
    rows = Passage.objects.filter(document=document)
    rows = rows.exclude(chapter__in=known) if chapter == REST else rows.filter(chapter=chapter)
    passages = list(rows.order_by("ordinal", "id"))
    links = ItemPassage.objects.filter(passage__in=[row.pk for row in passages], field="").order_by("ordinal", "id")
    owner: dict[int, UUID] = {}
    for passage_id, resting in links.values_list("passage_id", "item"):
        owner.setdefault(passage_id, resting)
    kinds = kinds_of(set(owner.values()))
    found: list[Block] = []
    for passage in passages:
        item = owner.get(passage.pk)
        if item is None or item not in kinds:
            fixed = passage.heading_level == 1
            found.append(Block("passage", passage.uuid, _("Tekst"), [passage], passage.text[:80], fixed=fixed))
        elif found and found[-1].uuid == item:
            found[-1].passages.append(passage)
        else:
            key = kinds[item]
            found.append(Block(key, item, str(ITEM_TYPES[key].one), [passage], passage.text[:80]))
    return found


def kinds_of(items: set[UUID]) -> dict[UUID, str]:
    """The type of each row: one query per type, never per row."""
    found: dict[UUID, str] = {}
    for key, kind in ITEM_TYPES.items():
        if len(found) == len(items):
            break
        rows = kind.model._default_manager.filter(uuid__in=items - set(found))
        found |= dict.fromkeys(rows.values_list("uuid", flat=True), key)
    return found


def silent_rows(document: SteeringDocument, keys: Sequence[str]) -> list[Block]:
    """Rows of these types that make no text and rest on none: citations, mostly."""
    resting = ItemPassage.objects.filter(document=document, field="").values("item")
    found = []
    for key in keys:
        kind = ITEM_TYPES[key]
        rows = kind.model._default_manager.filter(document=document).exclude(uuid__in=resting)
        found += [Block(key, row.uuid, str(kind.one), [], str(row)) for row in rows.order_by("ordinal", "id")]
    return found


def _closed(found: list[Block], hidden: Mapping[UUID | None, str]) -> list[Block]:
    """What is hidden from the reader as its shell, with nothing that can be done to it."""
    without_hidden([passage for block in found for passage in block.passages], hidden)
    closed = set(passages_of(row for row in hidden if row is not None))
    for block in found:
        block.closed = block.uuid in hidden or any(passage.pk in closed for passage in block.passages)
        if block.closed:
            block.name = block.passages[0].text[:80] if block.passages else hidden[block.uuid]
            block.passages = block.passages[:1]
    return found


def _addressed(
    found: list[Block], document: SteeringDocument, chapter: str, chosen: str, comments: Mapping[UUID, int]
) -> list[Block]:
    """With addresses, open comments, and whether it may go up or down among its own kind."""
    last: dict[str, int] = {}
    first: dict[str, int] = {}
    for number, block in enumerate(found):
        first.setdefault(block.key, number)
        last[block.key] = number
    url, talk = chapter_url(document, chapter), reverse("governance:comments", args=[document.uuid])
    write = reverse("governance:comment_write", args=[document.uuid])
    for number, block in enumerate(found):
        block.edit = f"{url}?rad={block.key}:{block.uuid}#skjema"
        block.act = reverse("governance:draft_act", args=[document.uuid, block.key, block.uuid])
        block.first, block.last = number == first[block.key], number == last[block.key]
        block.chosen = chosen == f"{block.key}:{block.uuid}"
        block.comments = sum(comments.get(uuid, 0) for uuid in {block.uuid, *(row.uuid for row in block.passages)})
        block.talk = f"{talk}#rad-{block.uuid}" if block.comments else f"{write}?rad={block.uuid}"
    return found


def removed_rows(document: SteeringDocument, chapter: str, actor: Actor, day: date) -> list[Block]:
    """What was taken out of the chapter and can be put back, newest first. Never what the actor may not read."""
    newest = RowRevision.objects.filter(document=document).order_by("item", "-number").distinct("item").values("pk")
    rows = RowRevision.objects.filter(pk__in=newest, removed=True).select_related("saved_by").order_by("-saved_at")[:20]
    hidden = removed_and_hidden(document, {row.item: row.data for row in rows}, actor, day)
    found = []
    for row in rows:
        if row.item in hidden or ((row.data.get("_place") or {}).get("chapter") or REST) != chapter:
            continue
        kind = ITEM_TYPES.get(row.item_type)
        data = row.data
        name = str(data.get("title") or data.get("name") or data.get("text") or "")[:80]
        who = _("tatt ut av %(who)s") % {"who": row.saved_by} if row.saved_by else ""
        act = reverse("governance:draft_act", args=[document.uuid, row.item_type, row.item])
        words = f"{data.get('reference') or ''} {name}".strip()
        found.append(Block(row.item_type, row.item, str(kind.one) if kind else _("tekst"), [], words, who, act))
    return found


def place_words(document: SteeringDocument, chapter: str, day: date) -> str:
    """How the others read where one is: the chapter's number, else its heading. Empty for an unknown one."""
    found = chapters.chapter_of(document, chapter, day)
    return (found.number or chapters.title_of(found, document.language)) if found else ""


def presence_words(document: SteeringDocument, actor: Actor, at: datetime) -> str:
    """«Jonas Brekke skriver i kapittel 3»; empty when one is alone."""
    rows = others_here(document=document, actor=actor, at=at)
    parts = [
        _("%(who)s skriver i kapittel %(place)s") % {"who": row.user, "place": row.place}
        if row.place
        else _("%(who)s leser utkastet") % {"who": row.user}
        for row in rows
    ]
    return " · ".join(parts)


def places_of(document: SteeringDocument, rows: Sequence[Live]) -> dict[UUID, tuple[str, str]]:
    """Chapter and kind of the row or passage each finding points at. A fixed number of queries."""
    items = {row.item for row in rows if row.item}
    links = ItemPassage.objects.filter(document=document, field="", item__in=items).order_by("-id")
    chapter = dict(links.values_list("item", "passage__chapter"))
    kinds = kinds_of(items)
    found = {item: (chapter.get(item, ""), kinds[item]) for item in items if item in kinds}
    texts = Passage.objects.filter(document=document, uuid__in={row.passage for row in rows if row.passage})
    return found | {uuid: (code, "passage") for uuid, code in texts.values_list("uuid", "chapter")}


def _chapter_of(row: Live, places: Mapping[UUID, tuple[str, str]]) -> str | None:
    """The chapter a finding stands in; None when it is about the letter as a whole."""
    return next((places[target][0] for target in (row.item, row.passage) if target and target in places), None)


def shown_findings(
    document: SteeringDocument, rows: Sequence[Live], *, closed: Collection[UUID], may_decide: bool
) -> list[Finding]:
    """Open findings, those that stop first, each leading to its row and each warning to where it is acknowledged.

    Of a row in ``closed`` one is told that there is something, not what.
    """
    return _shown(document, rows, places_of(document, rows), closed, may_decide)


def _shown(
    document: SteeringDocument,
    rows: Sequence[Live],
    places: Mapping[UUID, tuple[str, str]],
    closed: Collection[UUID],
    may_decide: bool,
) -> list[Finding]:
    found = []
    for row in rows:
        if closed and (row.item in closed or row.passage in closed):
            if not row.acknowledged:
                found.append(show_one(document, replace(row, sentence=str(_EXEMPT), place=""), may_decide=False))
            continue
        target = row.item if row.item in places else row.passage
        chapter, kind = places.get(target, ("", "")) if target else ("", "")
        url = f"{chapter_url(document, chapter)}?rad={kind}:{target}#skjema" if kind else ""
        if not row.acknowledged:
            found.append(show_one(document, row, may_decide=may_decide, url=url))
    return found


def workspace(
    document: SteeringDocument, chapter: str, *, actor: Actor, day: date, at: datetime, chosen: str = ""
) -> Workspace | None:
    """One chapter of a draft with everything around it; None when the draft has no such chapter."""
    live = live_findings(document, day=day)
    places = places_of(document, live)
    hinder = Counter(_chapter_of(row, places) for row in live if row.hinders)
    lines = outline(document, chapter, day, hinder)
    line = next((line for line in lines if line.code == chapter), None)
    if line is None:
        return None
    known = {row.code for row in lines if row.code != REST}
    template = chapters.chapter_of(document, chapter, day)
    holds = list(template.holds) if template else ([] if known else list(ITEM_TYPES))
    may = permissions.may_write_chapter(actor, document, "" if chapter == REST else chapter, day)
    drafting = permissions.may_draft(actor, document, day)
    judges = actor.organisation == document.issuer.uuid and permissions.may_acknowledge(
        actor, document.recipient_id, day
    )
    hidden = hidden_rows(document, actor, day)
    found = _closed([*blocks_of(document, chapter, known), *silent_rows(document, holds)], hidden)
    comments = open_counts(document, actor, day)
    url = chapter_url(document, chapter)
    return Workspace(
        document=document,
        head=_head(document),
        chapter=chapter,
        title=line.title,
        number=line.number,
        guidance=template.guidance if template else "",
        outline=lines,
        blocks=_addressed(found, document, chapter, chosen, comments),
        additions=_additions(url, holds) if may and document.is_editable else [],
        acts=_acts(document, drafting=drafting),
        findings=_shown(document, live, places, hidden_ids(document, actor, day), judges),
        acknowledged=sum(row.acknowledged for row in live),
        removed=removed_rows(document, chapter, actor, day) if may and document.is_editable else [],
        others=presence_words(document, actor, at),
        here_url=f"{reverse('governance:draft_here', args=[document.uuid])}?kapittel={chapter}",
        close_url=url,
        may_write=may and document.is_editable,
        why_not=_why_not(document, may),
        owner=line.owner,
        lang=line.lang,
    )


def _additions(url: str, holds: Sequence[str]) -> list[Link]:
    text = Link(_("Legg til tekst"), f"{url}?ny=passage#skjema", icon="file-text")
    return [*(Link(words_for_add(key), f"{url}?ny={key}#skjema") for key in holds), text]


def _acts(document: SteeringDocument, *, drafting: bool) -> list[Action]:
    """A preview for everyone who reads the draft; what concerns the whole letter for those who draft it."""
    pdf = Action(_("Forhåndsvis som PDF"), reverse("governance:document_pdf", args=[document.uuid]), post=True)
    if not drafting or not document.is_editable:
        return [pdf]
    found = [pdf, Action(_("Ansvar for kapitler"), reverse("governance:draft_owners", args=[document.uuid]))]
    if DirectiveEdition.objects.filter(year__lte=document.year or 0).exists():
        found.append(Action(_("Fellesføringer"), reverse("governance:draft_editions", args=[document.uuid])))
    return [*found, *links.draft_acts(document)]


def _why_not(document: SteeringDocument, may: bool) -> str:
    if not document.is_editable:
        return _("Utkastet er %(state)s og kan ikke skrives i nå.") % {"state": document.get_state_display().lower()}
    return "" if may else _("Dette kapittelet skriver andre i. Du kan lese det.")


def _head(document: SteeringDocument) -> PageHead:
    count = Passage.objects.filter(document=document).count()
    words = ngettext("%(count)s avsnitt", "%(count)s avsnitt", count) % {"count": formatting.thousands(count)}
    lead = _("Utkast til %(agency)s · %(words)s · internt til brevet er utstedt") % {
        "agency": document.recipient.name,
        "words": words,
    }
    crumbs = [
        Link(_("Styringsdokumenter"), reverse("governance:documents")),
        Link(_("Utkastet"), reverse("governance:draft", args=[document.uuid])),
    ]
    return PageHead(title=document.title, lead=lead, crumbs=crumbs)


def first_chapter(document: SteeringDocument, *, actor: Actor, day: date) -> str:
    """Where the work begins: the first chapter the person answers for, else the first."""
    own: Any = permissions.owned_chapters(actor, document, day)
    codes = [row.code for row in chapters.chapters_of(document, day)]
    return next((code for code in codes if code in own), codes[0] if codes else REST)
