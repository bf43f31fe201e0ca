"""The tabs of a draft: the text, and the work around it."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.visuals.parts import Link, PageHead
from governance.models import SteeringDocument
from governance.querysets import SteeringDocumentQuerySet


def draft_tabs(document: SteeringDocument, current: str = "draft") -> list[Link]:
    """Utkast, Innspill, Uttalelse, Godkjenning, Kommentarer; ``current`` is the address's name."""
    names = {
        "draft": _("Utkast"),
        "inputs": _("Innspill"),
        "hearings": _("Uttalelse"),
        "approval": _("Godkjenning"),
        "comments": _("Kommentarer"),
    }
    if document.is_issued:
        names["draft"] = _("Brevet")
    return [
        Link(label, reverse(f"governance:{name}", args=[document.uuid]), current=name == current)
        for name, label in names.items()
    ]


def draft_head(document: SteeringDocument, title: str, lead: str = "") -> PageHead:
    """The head of a page around a draft: the letter's name above, the way back as crumbs."""
    return PageHead(
        title=title,
        overline=_("%(title)s til %(agency)s") % {"title": document.title, "agency": document.recipient.name},
        lead=lead,
        crumbs=[
            Link(_("Styringsdokumenter"), reverse("governance:documents")),
            Link(document.title, reverse("governance:draft", args=[document.uuid])),
        ],
    )


def own_documents(actor: Actor, day: date) -> SteeringDocumentQuerySet:
    """Documents of the actor's own organisation that the actor sees: the work around them is that side's alone."""
    found: SteeringDocumentQuerySet = SteeringDocument.objects.visible_to(actor, day).filter(
        issuer__uuid=actor.organisation
    )
    return found


def party_tabs(document: SteeringDocument, actor: Actor) -> list[Link]:
    """Comments on the rows are between the two sides; a third body with a copy has no such tab."""
    if actor.organisation not in (document.issuer.uuid, document.recipient.uuid):
        return []
    tabs = [Link(_("Kommentarer"), reverse("governance:comments", args=[document.uuid]))]
    if actor.organisation == document.issuer.uuid:
        tabs.append(Link(_("Godkjenning"), reverse("governance:approval", args=[document.uuid])))
    return tabs
