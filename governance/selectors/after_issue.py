"""What the pages after issue show."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core.visuals.parts import Link, PageHead
from governance.models import Dispatch, DispatchState, SteeringDocument


def copy_choices(document: SteeringDocument, day: date) -> tuple[QuerySet[Organisation], QuerySet[Organisation]]:
    """Those who may be sent the copy now, and those who hold one."""
    held = (
        Dispatch.objects.copies_held()
        .filter(subject=document.uuid, state__in=(DispatchState.PLANNED, DispatchState.SENT))
        .order_by()
        .values("recipient")
    )
    parties = (document.issuer_id, document.recipient_id)
    others = Organisation.objects.active_on(day).exclude(pk__in=parties).exclude(pk__in=held).order_by("name")
    return others, Organisation.objects.filter(pk__in=held).order_by("name")


def correction_head(document: SteeringDocument, back: str) -> PageHead:
    """The head of the page where a copy list is put right."""
    return PageHead(
        title=_("Rett kopilisten"),
        overline=document.title,
        lead=_("Det som er sendt, endres aldri. Rettelsen er en ny utsending med begrunnelse."),
        crumbs=[Link(document.title, reverse("governance:document", args=[document.uuid])), Link(_("Utsending"), back)],
    )


def about(dispatch: Dispatch) -> str:
    """Where one goes back to: the letter's archive page, or the list of what was received and sent."""
    if dispatch.subject_type == "governance.steeringdocument":
        return reverse("governance:document_archive", args=[dispatch.subject])
    return reverse("governance:copies")
