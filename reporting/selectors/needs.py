"""Needs for steering from expert meetings: what V-26 asks about, and which letter can give them (R-51)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation
from agencies.querysets import organisations_with
from agencies.rights import Right
from core.actor import Actor
from core.visuals.parts import Action, Link
from governance.checks.surroundings import Need
from governance.models import CalendarKind, DocumentFamily, DocumentState, ItemPassage, Passage, SteeringDocument
from governance.selectors.workspace import chapter_url
from reporting.addresses import address
from reporting.contexts import TodoRow
from reporting.models import CalendarEntry, NeedState, SteeringNeed
from reporting.permissions.meetings import agencies_with_register

#: what an expert meeting is called in a calendar
EXPERT_MEETING = r"fagm[øo]te"
MOST_OF_A_KIND = 20
TITLE_LENGTH = 100


def title_from(words: str) -> str:
    """The first sentence as a title, cut at a word when it is long."""
    first = re.split(r"(?<=[.!?])\s|\n", words.strip(), maxsplit=1)[0].rstrip(".")
    return first if len(first) <= TITLE_LENGTH else first[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:")


def needs_for(document: SteeringDocument, day: date) -> list[Need]:
    """Open needs of the agency from meetings before the letter's date; those that stand in a draft are answered.

    A draft is dated the day it is issued, so never before ``day``.
    """
    steers = document.kind.family != DocumentFamily.INSTRUCTION
    if not steers or document.state in (DocumentState.ISSUED, DocumentState.DISCARDED):
        return []
    rows = SteeringNeed.objects.with_place().filter(
        superior=document.issuer_id,
        agency=document.recipient_id,
        state=NeedState.OPEN,
        held_on__lt=max(document.document_date or day, day),
    )
    return [Need(str(row.uuid), row.words, row.held_on, answered=row.held) for row in rows.order_by("held_on", "id")]


def take_in(document: SteeringDocument, need: UUID) -> Action | None:
    """The way from the finding to the page where the need is taken into this draft."""
    if not document.is_editable:
        return None
    return Action(_("Ta inn i brevet"), address("reporting:need_take", need, brev=document.uuid))


def page_of(need: UUID) -> str:
    """The page of the need, where it can also be withdrawn."""
    return address("reporting:need", need)


def register_of(document: SteeringDocument) -> list[Action]:
    """The way from a draft to the agency's register."""
    if document.kind.family == DocumentFamily.INSTRUCTION:
        return []
    return [Action(_("Styringsbehov fra fagmøter"), address("reporting:needs", document.recipient.uuid))]


def drafts_to_take_into(need: SteeringNeed, actor: Actor, day: date) -> QuerySet[SteeringDocument]:
    """Drafts of letters to the agency that are open for writing, the last one made first."""
    rows = SteeringDocument.objects.visible_to(actor, day).filter(
        issuer_id=need.superior_id, recipient_id=need.agency_id, state__in=(DocumentState.DRAFT, DocumentState.HEARING)
    )
    found: QuerySet[SteeringDocument] = rows.exclude(kind__family=DocumentFamily.INSTRUCTION).order_by("-id")
    return found.select_related("recipient", "kind")


def letters_after(need: SteeringNeed) -> QuerySet[SteeringDocument]:
    """Issued documents from the superior to the agency, dated on the day of the meeting or later, newest first."""
    rows: QuerySet[SteeringDocument] = SteeringDocument.objects.filter(
        issuer_id=need.superior_id, recipient_id=need.agency_id, state=DocumentState.ISSUED
    )
    return rows.filter(document_date__gte=need.held_on).order_by("-document_date", "-id")


def meetings_to_choose(actor: Actor, today: date, agency: Organisation) -> QuerySet[CalendarEntry]:
    """Expert meetings of the agency's calendar that have been, newest first."""
    rows = CalendarEntry.objects.visible_to(actor, today).filter(
        agency=agency, kind=CalendarKind.MEETING, date__lte=today, title__iregex=EXPERT_MEETING
    )
    found: QuerySet[CalendarEntry] = rows.order_by("-date", "-id")
    return found


def place_in_draft(need: SteeringNeed) -> str:
    """The address in the draft's workspace where the row it was taken in as is open for writing."""
    assert need.document is not None
    if need.item_type == "passage":
        rows = Passage.objects.filter(document=need.document, uuid=need.item).values_list("chapter", flat=True)
    else:
        links = ItemPassage.objects.filter(document=need.document, item=need.item, field="").order_by("ordinal", "id")
        rows = links.values_list("passage__chapter", flat=True)
    return f"{chapter_url(need.document, rows.first() or '')}?rad={need.item_type}:{need.item}#skjema"


def only_one(drafts: QuerySet[SteeringDocument]) -> UUID | str:
    """The draft to choose beforehand: the one there is."""
    uuids = list(drafts.values_list("uuid", flat=True)[:2])
    return uuids[0] if len(uuids) == 1 else ""


# ---- other pages ----
def register_link(actor: Actor, today: date, agency: Organisation) -> Link | None:
    """The way from the agency's page, with how many are open; None for those the register is not for."""
    if not agencies_with_register(actor, today).filter(pk=agency.pk).exists():
        return None
    url = address("reporting:needs", agency.uuid)
    count = SteeringNeed.objects.visible_to(actor, today).filter(agency=agency, state=NeedState.OPEN).count()
    words = ngettext("%(n)s åpent styringsbehov", "%(n)s åpne styringsbehov", count) % {"n": count}
    return Link(words if count else _("Styringsbehov"), url)


def waiting_rows(actor: Actor, today: date) -> list[TodoRow]:
    """Needs no letter has given though the meeting is a while ago, for those who draft letters to the agency."""
    drafting = organisations_with(actor, Right.DRAFT_DOCUMENTS, today)
    rows = (
        SteeringNeed.objects.visible_to(actor, today)
        .for_list()
        .filter(superior__uuid=actor.organisation, agency__in=drafting, state=NeedState.OPEN)
        .filter(held_on__lte=today - timedelta(days=settings.NEEDS_WAIT_DAYS))
        .order_by("held_on", "id")
    )
    return [_waiting(row, today) for row in rows[:MOST_OF_A_KIND]]


def _waiting(row: SteeringNeed, today: date) -> TodoRow:
    url, meta, action = address("reporting:need", row.uuid), [row.agency.short, row.meeting], _("Åpne")
    address_of_act = url
    if row.held and row.document is not None:
        meta.append(_("tatt inn i «%(title)s»") % {"title": row.document.title})
        action, address_of_act = _("Se utkastet"), address("governance:draft", row.document.uuid)
    days = (today - row.held_on).days
    since = ngettext("%(n)s dag siden møtet", "%(n)s dager siden møtet", days) % {"n": days}
    return TodoRow(
        title=_("Gi skriftlig: %(words)s") % {"words": title_from(row.words)},
        url=url,
        meta=" · ".join(meta),
        action=Action(action, address_of_act),
        icon="person-group",
        since=since,
    )
