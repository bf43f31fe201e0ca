"""What one's organisation has been sent: dispatches that really left, with the way to what they carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.models import MessageFile
from core.visuals.parts import Empty, Link, PageHead
from governance.models import Dispatch, DispatchState

SHOWN = 500
_READERS: dict[str, Callable[[str], str]] = {
    "governance.steeringdocument": lambda uuid: reverse("governance:document", args=[uuid]),
}


def register_reader(subject_type: str, address: Callable[[str], str]) -> None:
    """Tell which page shows a kind of thing that is dispatched (used by the apps above)."""
    _READERS[subject_type] = address


@dataclass(frozen=True)
class CopyRow:
    """One thing that was received."""

    dispatch: Dispatch
    url: str


@dataclass(frozen=True)
class CopiesPage:
    """The page."""

    head: PageHead
    rows: Sequence[CopyRow]
    senders: Sequence[str]
    text: str
    empty: Empty | None


@dataclass(frozen=True)
class SentFile:
    """A file as it went with the e-mail."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class CopyPage:
    """One thing that was received: what it is, by which rule, and the files that came with it."""

    head: PageHead
    facts: Sequence[tuple[object, ...]]
    files: Sequence[SentFile]


def _address(row: Dispatch) -> str:
    """The thing's own page where it has one; else the page of the dispatch. A called-back copy has none."""
    if row.role == Dispatch.Role.RECALL:
        return ""
    if row.subject_type in _READERS:
        return _READERS[row.subject_type](str(row.subject))
    return reverse("governance:copy", args=[row.uuid])


def readable_dispatches(actor: Actor, day: date) -> QuerySet[Dispatch]:
    """What has been sent to the actor's organisation and may be opened."""
    found: QuerySet[Dispatch] = (
        Dispatch.objects.visible_to(actor, day)
        .filter(recipient__uuid=actor.organisation, state=DispatchState.SENT)
        .exclude(role=Dispatch.Role.RECALL)
        .select_related("sender", "recipient")
    )
    return found


def copy_page(dispatch: Dispatch) -> CopyPage:
    """The dispatch with its files. Reading it leaves no trace."""
    rows = (
        MessageFile.objects.filter(message__message_id=dispatch.message_id).select_related("file")
        if dispatch.message_id
        else MessageFile.objects.none()
    )
    facts: list[tuple[object, ...]] = [
        (_("Fra"), dispatch.sender.name),
        (_("Sendt"), formatting.moment(dispatch.sent_at) if dispatch.sent_at else ""),
        (_("Som"), str(dispatch.get_role_display())),
        (_("Regel"), dispatch.basis),
        (_("Begrunnelse"), dispatch.reason),
    ]
    return CopyPage(
        head=PageHead(
            title=dispatch.title, overline=_("Innsyn"), crumbs=[Link(_("Innsyn"), reverse("governance:copies"))]
        ),
        facts=[pair for pair in facts if pair[1]],
        files=[
            SentFile(row.file.name, row.file.size, reverse("governance:file", args=[row.file.uuid])) for row in rows
        ],
    )


def received(*, actor: Actor, day: date, query: Mapping[str, str]) -> CopiesPage:
    """Everything sent to the actor's organisation, filtered by words in the title."""
    sent = Dispatch.objects.visible_to(actor, day).filter(recipient__uuid=actor.organisation, state=DispatchState.SENT)
    text = query.get("tekst", "").strip()
    if text:
        sent = sent.filter(title__icontains=text)
    rows = [CopyRow(row, _address(row)) for row in sent.select_related("sender").order_by("-sent_at", "-id")[:SHOWN]]
    empty = None
    if not rows:
        sentence = _("Her kommer brev og rapporter når de er sendt til organisasjonen din.")
        empty = Empty(_("Ingenting er mottatt"), sentence)
    return CopiesPage(
        head=PageHead(title=_("Innsyn"), lead=_("Kopiene organisasjonen din er sendt, fullstendige og uendret.")),
        rows=rows,
        senders=sorted({row.dispatch.sender.name for row in rows}),
        text=text,
        empty=empty,
    )
