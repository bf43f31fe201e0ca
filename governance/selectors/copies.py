"""What one's organisation has been sent: dispatches that really left, with the way to what they carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.visuals.parts import Empty, PageHead
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


def received(*, actor: Actor, day: date, query: Mapping[str, str]) -> CopiesPage:
    """Everything sent to the actor's organisation, filtered by words in the title."""
    sent = Dispatch.objects.visible_to(actor, day).filter(recipient__uuid=actor.organisation, state=DispatchState.SENT)
    text = query.get("tekst", "").strip()
    if text:
        sent = sent.filter(title__icontains=text)
    rows = [
        CopyRow(row, _READERS[row.subject_type](str(row.subject)) if row.subject_type in _READERS else "")
        for row in sent.select_related("sender").order_by("-sent_at", "-id")[:SHOWN]
    ]
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
