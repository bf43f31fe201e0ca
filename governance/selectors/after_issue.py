"""What the pages after issue show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Link, PageHead
from governance import permissions
from governance.models import Dispatch, DispatchState, Publication, PublicationState, SteeringDocument


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


# ---- publication ----
def publication_values(document: SteeringDocument) -> dict[str, Any]:
    """What the form starts from: the decision that stands, or the letter's own public title."""
    row = Publication.objects.filter(document=document).first()
    if row is None:
        return {"how": "now", "public_title": document.public_title or document.title, "version": 0}
    how = {PublicationState.EXEMPT: "exempt", PublicationState.PLANNED: "on_date"}.get(
        PublicationState(row.state), "now"
    )
    names = ("public_title", "publish_on", "exempt_basis", "wider_access", "issuer_url", "recipient_url", "version")
    return {"how": how, **{name: getattr(row, name) for name in names}}


def after_publication(document: SteeringDocument) -> str:
    """Back to where the decision was taken from."""
    name = "governance:document_archive" if document.is_issued else "governance:draft"
    return reverse(name, args=[document.uuid])


def publication_head(document: SteeringDocument, back: str) -> PageHead:
    """The head of the page where publication is decided."""
    return PageHead(
        title=_("Publisering"),
        overline=document.title,
        lead=_("Den som bestemmer, står som ansvarlig. Oppdrag som er unntatt, publiseres bare som nummer og hjemmel."),
        crumbs=[Link(document.title, back)],
    )


def withdraw_head(document: SteeringDocument, back: str) -> PageHead:
    """The head of the page where a document is taken down."""
    return PageHead(title=_("Avpubliser"), overline=document.title, crumbs=[Link(document.title, back)])


def publication_words(document: SteeringDocument) -> list[tuple[object, ...]]:
    """What is decided, as facts for the archive page."""
    row = Publication.objects.filter(document=document).select_related("responsible").first()
    if row is None:
        return [(_("Tilstand"), _("ikke bestemt"))]
    when = ""
    if row.state == PublicationState.PLANNED and row.publish_on:
        when = formatting.full_date(row.publish_on)
    elif row.state == PublicationState.PUBLISHED and row.published_at:
        when = formatting.moment(row.published_at)
    public = Link(_("Se den publiserte siden"), reverse("governance:published_document", args=[document.uuid]))
    pairs: list[tuple[object, ...]] = [
        (_("Tilstand"), str(row.get_state_display())),
        (_("Når"), when),
        (_("Offentlig tittel"), row.public_title),
        (_("Hjemmel"), row.exempt_basis),
        (_("Merinnsyn"), row.wider_access),
        (_("Ansvarlig"), str(row.responsible)),
        (_("Begrunnelse"), row.reason),
        (_("Hos avsenderen"), row.issuer_url),
        (_("Hos virksomheten"), row.recipient_url),
    ]
    pairs = [pair for pair in pairs if pair[1]]
    return [*pairs, (_("Offentlig side"), "", public)] if row.state == PublicationState.PUBLISHED else pairs


def publication_actions(document: SteeringDocument, actor: Actor, day: date) -> list[Action]:
    """What the actor may decide about publication, before and after issue."""
    if not permissions.may_publish(actor, document, day):
        return []
    made = [Action(_("Bestem publisering"), reverse("governance:publication", args=[document.uuid]))]
    if Publication.objects.filter(document=document, state__in=("published", "planned")).exists():
        made.append(Action(_("Avpubliser"), reverse("governance:withdraw_publication", args=[document.uuid])))
    return made
