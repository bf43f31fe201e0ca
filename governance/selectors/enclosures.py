"""What a letter said would come later: on the letter's page for both sides, and among what must be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.querysets import organisations_with
from agencies.rights import Right
from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Action, Link
from governance import permissions
from governance.models import DocumentState, PromisedEnclosure, SteeringDocument


@dataclass(frozen=True)
class EnclosureLine:
    """One promised enclosure: what, when, and the file once it has been sent."""

    title: str
    note: str
    words: str
    late: bool
    file: Link | None = None
    sha256: str = ""
    send: Action | None = None


def enclosure_lines(document: SteeringDocument, actor: Actor, day: date, *, whole: bool) -> Sequence[EnclosureLine]:
    """All that the letter promises, with what has been sent. ``whole``: the actor may read all that is in it (B2)."""
    rows = PromisedEnclosure.objects.filter(document=document).select_related("sent__file").order_by("ordinal", "id")
    found = list(rows)
    may_send = bool(found) and document.is_issued and permissions.may_register(actor, document, day)
    return [_line(row, document, day, may_send=may_send, whole=whole) for row in found]


def _line(
    row: PromisedEnclosure, document: SteeringDocument, day: date, *, may_send: bool, whole: bool
) -> EnclosureLine:
    """One promise. ``whole``: the actor may read all that stands in the letter, and so its files (B2)."""
    sent = getattr(row, "sent", None)
    if sent is not None:
        words = _("sendt %(at)s av %(name)s") % {"at": fmt.moment(sent.sent_at), "name": sent.sent_by_name}
        link = Link(sent.file.name, reverse("governance:file", args=[sent.file.uuid])) if whole else None
        return EnclosureLine(row.title, row.note, words, late=False, file=link, sha256=sent.sha256)
    late = row.expected_on is not None and row.expected_on < day
    words = _("ettersendes")
    if row.expected_on is not None:
        words = _("ettersendes innen %(day)s") % {"day": fmt.full_date(row.expected_on)}
    url = reverse("governance:send_enclosure", args=[document.uuid, row.uuid])
    return EnclosureLine(row.title, row.note, words, late=late, send=Action(_("Send"), url) if may_send else None)


def enclosures_to_send(actor: Actor, day: date) -> QuerySet[PromisedEnclosure]:
    """What one's own issued letters promise and that is not sent, for those who look after the agency."""
    documents = SteeringDocument.objects.visible_to(actor, day).filter(
        state=DocumentState.ISSUED,
        issuer__uuid=actor.organisation,
        recipient_id__in=organisations_with(actor, Right.REGISTER_DOCUMENTS, day),
    )
    rows: QuerySet[PromisedEnclosure] = PromisedEnclosure.objects.filter(document__in=documents, sent__isnull=True)
    return rows.select_related("document__recipient").order_by("expected_on", "id")
