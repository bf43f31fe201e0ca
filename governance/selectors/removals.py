"""What the pages of removal show: the requests, and exactly what goes (decision A16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agencies import access
from core import formatting
from core.actor import Actor
from core.erasing import Words
from core.models import StoredFile
from core.visuals.parts import Action, Empty, Link, PageHead
from governance import permissions
from governance.models import (
    LOOKED,
    AssignmentItem,
    Dispatch,
    DispatchState,
    Passage,
    Removal,
    RemovalState,
    SteeringDocument,
)
from governance.removal.finding import Found, LineCount, by_line, find, shown_around
from governance.restricted import may_read_restricted, withheld_from
from governance.snapshot import Seal

SHOWN = 200


@dataclass(frozen=True)
class RemovalLine:
    """One request in the list."""

    removal: Removal
    url: str
    state: str


@dataclass(frozen=True)
class RemovalsPage:
    """The page of requests."""

    head: PageHead
    tabs: Sequence[Link]
    rows: Sequence[RemovalLine]
    waiting: bool
    empty: Empty | None


def removals_page(*, actor: Actor, day: date, state: str) -> RemovalsPage:
    """Those that wait, oldest first, or those that are decided, newest first."""
    seen = Removal.objects.visible_to(actor, day).for_list()
    waiting = state != "avgjort"
    open_ones = seen.filter(state=RemovalState.ASKED)
    chosen = open_ones.order_by("id") if waiting else seen.exclude(state=RemovalState.ASKED).order_by("-decided_at")
    mine = {row.pk for row in waiting_for(actor, day)} if waiting else set()
    rows = [_line(row, mine) for row in chosen[:SHOWN]]
    base = reverse("governance:removals")
    nothing = Empty(
        _("Ingen forslag venter") if waiting else _("Ingenting er fjernet"),
        _("Fjerning foreslås fra dokumentets side under «Utsending og arkiv»."),
    )
    return RemovalsPage(
        head=PageHead(
            title=_("Fjerning av innhold"),
            lead=_("Det som er sendt, endres ikke. Innhold som aldri skulle vært der, kan to personer ta ut sammen."),
        ),
        tabs=[
            Link(_("Venter"), base, count=open_ones.count(), current=waiting),
            Link(_("Avgjort"), f"{base}?vis=avgjort", current=not waiting),
        ],
        rows=rows,
        waiting=waiting,
        empty=None if rows else nothing,
    )


def _line(row: Removal, mine: set[int]) -> RemovalLine:
    state = _("venter på deg") if row.pk in mine else str(row.get_state_display())
    return RemovalLine(row, reverse("governance:removal", args=[row.uuid]), state)


def waiting_for(actor: Actor, day: date) -> list[Removal]:
    """Another person's requests in documents one reads all of, oldest first. A fixed number of queries."""
    seen = Removal.objects.visible_to(actor, day).filter(state=RemovalState.ASKED)
    rows = list(seen.exclude(asked_by__in=access.counted_as(actor, day)).for_list().order_by("id")[:SHOWN])
    documents = {row.document_id for row in rows}
    exempt = dict(
        AssignmentItem.objects.filter(document__in=documents, restricted=True).values_list("uuid", "document_id")
    )
    readable = may_read_restricted(actor, exempt, day)
    withheld = {document for item, document in exempt.items() if item not in readable}
    return [row for row in rows if row.document_id not in withheld]


@dataclass(frozen=True)
class Goes:
    """One place in the document: what row, and the words with what stands around them."""

    what: str
    hits: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class RemovalPage:
    """One request: what is asked, what goes, who decides."""

    head: PageHead
    removal: Removal
    facts: Sequence[tuple[object, ...]]
    waiting: bool
    locked: str
    lines: Sequence[LineCount] = ()
    places: Sequence[Goes] = ()
    counts: Sequence[tuple[str, int]] = ()
    files: Sequence[StoredFile] = ()
    unread: Sequence[StoredFile] = ()
    later: Sequence[StoredFile] = ()
    holders: Sequence[str] = ()
    others: Sequence[Link] = ()
    decline: str = ""
    withdraw: str = ""
    gone: Sequence[tuple[str, int]] = ()
    seals: Sequence[dict[str, str]] = ()


def removal_page(*, removal: Removal, actor: Actor, day: date, locked: str, own: bool) -> RemovalPage:
    """The request. ``locked`` is why this person cannot decide it, ``own`` that they asked for it and may withdraw it.

    The words are shown to those who read all of the document. What the files hold was found when it was asked for;
    they are read again when the words go.
    """
    document = removal.document
    waiting = removal.state == RemovalState.ASKED
    reads = waiting and not withheld_from(document, actor, day)
    words = Words(removal.words) if reads and removal.words else None
    found = Found(files=[removal.file] if removal.file and waiting else [])
    if words:
        found = find(document, words, looked=removal.removed.get(LOOKED))
    return RemovalPage(
        head=PageHead(
            title=_("Fjern innhold") if waiting else _("Fjerning av innhold"),
            overline=document.title,
            crumbs=[
                Link(_("Fjerning av innhold"), reverse("governance:removals")),
                Link(document.title, reverse("governance:document_archive", args=[document.uuid])),
            ],
        ),
        removal=removal,
        facts=_facts(removal, mine=waiting and not locked),
        waiting=waiting,
        locked=locked,
        lines=by_line(found.shared, words) if words else (),
        places=[Goes(place.what, shown_around(place, words)) for place in found.inside] if words else (),
        counts=list(found.counts.items()),
        files=[stored for stored in found.files if stored.pk not in found.own_files],
        unread=[stored for stored in found.unread if stored.pk not in found.own_files],
        later=[stored for stored in found.later if stored.pk not in found.own_files],
        holders=_holders(document),
        others=_others(document, words, actor, day) if words else (),
        decline=reverse("governance:decline_removal", args=[removal.uuid]),
        withdraw=reverse("governance:withdraw_removal", args=[removal.uuid]) if own and waiting else "",
        gone=_gone(removal),
        seals=removal.removed.get("seals", ()),
    )


def _gone(removal: Removal) -> list[tuple[str, int]]:
    """What was taken out where, from the protocol; nothing when nothing was."""
    if removal.state != RemovalState.DONE:
        return []
    first = [(_("Steder i dokumentet"), removal.removed.get("document", 0))]
    kinds = [(what[:1].upper() + what[1:], number) for what, number in removal.removed.get("places", {}).items()]
    last = [(_("Filer slettet"), removal.removed.get("files", 0))]
    return [pair for pair in (*first, *kinds, *last) if pair[1]]


def _facts(removal: Removal, *, mine: bool) -> list[tuple[object, ...]]:
    pairs: list[tuple[object, ...]] = [
        (_("Gjelder"), removal.label),
        (_("Hjemmel"), removal.basis),
        (_("Begrunnelse"), removal.reason),
        (_("Foreslått av"), f"{removal.asked_by}, {formatting.moment(removal.asked_at)}"),
        (_("Tilstand"), _("venter på deg") if mine else str(removal.get_state_display())),
    ]
    withdrawn = removal.state == RemovalState.WITHDRAWN
    if removal.decided_by and removal.decided_at:
        who = _("Trukket av") if withdrawn else _("Avgjort av")
        pairs.append((who, f"{removal.decided_by}, {formatting.moment(removal.decided_at)}"))
    after = (
        (_("Hvorfor trukket") if withdrawn else _("Hvorfor ikke"), removal.decision_reason),
        (_("Står i stedet"), removal.marker),
        (_("Kontrollsum av det som er fjernet"), removal.sha256),
        (_("Kontrollsum av det som står igjen"), removal.sha256_after),
        (_("Eldre kopier"), removal.backups),
    )
    return [*pairs, *(pair for pair in after if pair[1])]


def _holders(document: SteeringDocument) -> list[str]:
    """Those who have got the document by e-mail: their own copies are theirs to delete."""
    sent = Dispatch.objects.filter(subject=document.uuid, state=DispatchState.SENT).exclude(role=Dispatch.Role.RECALL)
    return sorted(set(sent.values_list("recipient__name", flat=True)))


def _others(document: SteeringDocument, words: Words, actor: Actor, day: date) -> list[Link]:
    """Other documents with the same words: each is asked for on its own. Those with exempt rows are not searched."""
    exempt = AssignmentItem.objects.filter(restricted=True).values("document_id")
    seen = SteeringDocument.objects.visible_to(actor, day).exclude(pk=document.pk).exclude(pk__in=exempt)
    any_line = reduce(or_, (Q(text__icontains=line) for line in words.lines))
    rows = (
        seen.filter(pk__in=Passage.objects.filter(any_line).values("document_id"))
        .order_by("-document_date", "-id")
        .defer("canonical_text", "search")
    )
    return [
        Link(row.title, reverse("governance:document" if row.is_issued else "governance:draft", args=[row.uuid]))
        for row in rows[:20]
    ]


def ask_head(document: SteeringDocument, back: str) -> PageHead:
    """The head of the page where one asks."""
    return PageHead(
        title=_("Foreslå fjerning av innhold"),
        overline=document.title,
        lead=_("En annen person må fjerne det. Til det er gjort, står dokumentet som det er."),
        crumbs=[Link(document.title, back)],
    )


def end_head(removal: Removal, title: str, back: str) -> PageHead:
    """The head of the page where one says no, or takes the request back."""
    crumbs = [Link(_("Fjerning av innhold"), reverse("governance:removals")), Link(removal.document.title, back)]
    return PageHead(title=title, overline=removal.document.title, crumbs=crumbs)


# ---- on the document's own page ----
@dataclass(frozen=True)
class RemovalBlock:
    """What the archive page says: what has been taken out, and the way to ask."""

    done: Sequence[Removal]
    actions: Sequence[Action]


def removal_block(document: SteeringDocument, actor: Actor, day: date, locked: str) -> RemovalBlock:
    """Everyone who sees the document sees what was taken out, and the basis. ``locked``: why one cannot ask."""
    done = Removal.objects.filter(document=document, state=RemovalState.DONE).order_by("decided_at", "id")
    actions = []
    if document.is_issued:
        url = reverse("governance:ask_removal", args=[document.uuid])
        actions.append(Action(_("Foreslå fjerning av innhold"), url, locked=locked))
    if permissions.may_remove(actor, document, day):
        actions.append(Action(_("Se forslag om fjerning"), reverse("governance:removals")))
    return RemovalBlock(list(done), actions)


# ---- the seal ----
_SEALS = {
    Seal.INTACT: _lazy("Innholdet er det samme som da dokumentet ble sendt."),
    Seal.CORRECTED: _lazy(
        "Registreringen er rettet etter at dokumentet ble ført inn. Siden «Rettelser» viser hva, og slik det var."
    ),
    Seal.REMOVED: _lazy(
        "Bortsett fra det to personer har fjernet, er innholdet det samme som da dokumentet ble sendt."
    ),
    Seal.BROKEN: _lazy("Innholdet er endret etter at dokumentet ble sendt. Meld fra til den som drifter systemet."),
}


def seal_page(document: SteeringDocument, seal: Seal | None) -> dict[str, object]:
    """The answer of the check, in words, with what has been taken out. ``seal`` is None for a draft."""
    sentence = _SEALS[seal] if seal is not None else _("Utkastet er ikke sendt, og har ikke kontrollsum.")
    name = "governance:document_archive" if document.is_issued else "governance:draft"
    head = PageHead(
        title=_("Kontroll av kontrollsum"),
        overline=document.title,
        crumbs=[Link(document.title, reverse(name, args=[document.uuid]))],
    )
    done = Removal.objects.filter(document=document, state=RemovalState.DONE).order_by("decided_at", "id")
    return {"head": head, "seal": seal, "sentence": sentence, "sha256": document.sha256, "done": done}
