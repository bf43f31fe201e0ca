"""The event list of a document: one sentence per kind of event; internal ones only on the side they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formatting
from core.actor import Actor
from core.models import Audience
from core.models import Event as EventRow
from core.models.base import BaseModel
from core.visuals.parts import Event, Text

#: type of event → icon and words
WORDS: dict[str, tuple[str, Text]] = {
    "document.drafted": ("file-plus", gettext_lazy("Utkast laget")),
    "document.registered": ("file-import", gettext_lazy("Registrert, signert utenfor systemet")),
    "document.issued": ("file-text", gettext_lazy("Utstedt")),
    "document.sent_for_approval": ("pencil-writing", gettext_lazy("Sendt til godkjenning")),
    "document.approved": ("checkmark-circle", gettext_lazy("Godkjent")),
    "document.returned": ("arrow-undo", gettext_lazy("Sendt tilbake fra godkjenning")),
    "document.taken_back": ("arrow-undo", gettext_lazy("Tatt tilbake til utkast; godkjenningene falt bort")),
    "document.hearing_opened": ("paperplane", gettext_lazy("Sendt til uttalelse")),
    "document.hearing_closed": ("checkmark", gettext_lazy("Uttalelsen er avsluttet")),
    "approval.step_added": ("file-plus", gettext_lazy("Trinn i godkjenningen lagt til")),
    "approval.step_removed": ("archive", gettext_lazy("Trinn i godkjenningen fjernet")),
    "approval.template_used": ("tasklist", gettext_lazy("Vanlig godkjenningsrute satt opp")),
    "approval.template_saved": ("tasklist", gettext_lazy("Godkjenningsruten lagret som den vanlige")),
    "approval.given": ("checkmark", gettext_lazy("Trinn godkjent")),
    "hearing.answered": ("inbox-down", gettext_lazy("Uttalelse mottatt")),
    "input.round_opened": ("paperplane", gettext_lazy("Innspill bestilt")),
    "input.round_closed": ("checkmark", gettext_lazy("Innspillsrunden avsluttet")),
    "input.given": ("inbox-down", gettext_lazy("Innspill mottatt")),
    "input.reminded": ("bell", gettext_lazy("Purret på innspill")),
    "proposal.made": ("file-plus", gettext_lazy("Forslag mottatt")),
    "proposal.accepted": ("checkmark", gettext_lazy("Forslag tatt inn")),
    "proposal.declined": ("archive", gettext_lazy("Forslag ikke tatt inn")),
    "proposal.withdrawn": ("archive", gettext_lazy("Forslag trukket")),
    "comment.thread_closed": ("checkmark", gettext_lazy("Kommentartråd avsluttet")),
    "document.enclosure_sent": ("paperclip", gettext_lazy("Ettersendelse sendt")),
    "document.discarded": ("archive", gettext_lazy("Utkast forkastet")),
    "document.instruction_replaced": ("arrow-forward", gettext_lazy("Instruksen brevet viser til, erstattes")),
    "instruction.replaced": ("arrow-forward", gettext_lazy("Erstattet av en ny instruks")),
    "document.removal_asked": ("eye", gettext_lazy("Bedt om fjerning av innhold")),
    "document.removal_declined": ("arrow-undo", gettext_lazy("Innhold ikke fjernet")),
    "document.removal_withdrawn": ("arrow-undo", gettext_lazy("Forslag om fjerning trukket")),
    "document.content_removed": ("archive", gettext_lazy("Innhold fjernet")),
    "document.own_content_removed": ("archive", gettext_lazy("Innhold fjernet i egne tekster")),
    "document.registration_corrected": ("pencil-writing", gettext_lazy("Registreringen er rettet")),
    "finding.acknowledged": ("checkmark-circle", gettext_lazy("Funn bekreftet")),
    "finding.reopened": ("arrow-undo", gettext_lazy("Bekreftet funn åpnet igjen: innholdet er endret")),
    "import.started": ("file-import", gettext_lazy("Lest inn")),
}


def event_lines(subject: BaseModel, actor: Actor, parties: Sequence[UUID]) -> list[Event]:
    """Newest first. A third body with a copy sees no events; the other side never sees internal ones."""
    if actor.organisation not in parties:
        return []
    rows = EventRow.objects.filter(subject=subject.uuid).filter(
        Q(audience=Audience.SHARED) | Q(organisation=actor.organisation)
    )
    return [_line(row) for row in rows.order_by("-id")[:100]]


def _line(row: EventRow) -> Event:
    icon, title = WORDS.get(row.type, ("file", row.type))
    details = [part for part in (row.reason, row.actor_name, _about(row)) if part]
    return Event(
        day=formatting.moment(row.at),
        icon=icon,
        title=title,
        details=" · ".join(details),
        internal=row.audience == Audience.INTERNAL,
    )


def _about(row: EventRow) -> str:
    return _("internt") if row.audience == Audience.INTERNAL else ""
