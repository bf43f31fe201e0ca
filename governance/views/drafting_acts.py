"""Small acts in the workspace: up, down, out, in again; who is here; who answers for a chapter; directives; preview."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Department
from core import clock, receipts
from core.errors import DomainError, NotFound
from core.formwork import show, take_problems
from core.pages import PageRequest, page, signed_in
from core.visuals.parts import Link, PageHead
from governance.actions import draft_order, draft_passages, draft_rows, draft_side
from governance.actions.directives import attach_directives
from governance.actions.findings import refresh_document_findings
from governance.forms.draft_start import DirectivesForm, OwnersForm
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors import draft_moves, workspace
from governance.selectors.draft_start import editions_to_choose, owners_now
from governance.views.drafting import found_draft


@page(signed_in, methods=("POST",))
def draft_act(request: PageRequest, uuid: object, key: str, item: UUID) -> HttpResponseBase:
    """Up, down, out or in again; then back to the chapter."""
    document = found_draft(request, uuid)
    wish = request.POST.get("gjor", "")
    common: dict[str, Any] = {"document": document, "actor": request.actor, "at": clock.now()}
    chapter = draft_moves.chapter_of(document, key, item)
    if wish in ("opp", "ned"):
        _move(document, key, item, wish, common)
    elif wish == "ut":
        _take_out(key, item, common)
        receipts.give(request, _("Tatt ut av utkastet."), _("Det kan settes inn igjen nederst i kapittelet."))
    elif wish == "inn":
        _put_back(key, item, common)
        receipts.give(request, _("Satt inn igjen."))
    else:
        raise NotFound(_("Velg hva du vil gjøre, og prøv igjen."))
    refresh_document_findings(document, day=clock.today())
    return redirect(f"{workspace.chapter_url(document, chapter)}#rad-{item}")


def _move(document: SteeringDocument, key: str, item: UUID, wish: str, common: dict[str, Any]) -> None:
    after, possible = draft_moves.neighbour(document, key, item, up=wish == "opp")
    if not possible:
        return
    if key == draft_moves.TEXT:
        draft_passages.move_passage(passage=item, after=after, **common)
    else:
        draft_order.move_row(item_type=key, item=item, after=after, **common)


def _take_out(key: str, item: UUID, common: dict[str, Any]) -> None:
    if key == draft_moves.TEXT:
        draft_passages.remove_passage(passage=item, **common)
    else:
        draft_rows.remove_row(item_type=draft_moves.known(key), item=item, **common)


def _put_back(key: str, item: UUID, common: dict[str, Any]) -> None:
    if key == draft_moves.TEXT:
        draft_passages.restore_passage(passage=item, **common)
    else:
        draft_rows.restore_row(item=item, **common)


@page(signed_in)
def draft_here(request: PageRequest, uuid: object) -> HttpResponse:
    """Who else is here, in plain words; asking is itself a sign of life."""
    document, at = found_draft(request, uuid), clock.now()
    place = workspace.place_words(document, request.GET.get("kapittel", ""), clock.local_date(at))
    draft_side.be_here(document=document, place=place, actor=request.actor, at=at)
    words = workspace.presence_words(document, request.actor, at)
    return HttpResponse(words or _("Ingen andre er her nå."), content_type="text/plain; charset=utf-8")


def _head(document: SteeringDocument, title: str, lead: str = "") -> PageHead:
    crumbs = [Link(document.title, reverse("governance:draft_start", args=[document.uuid]))]
    return PageHead(title=title, lead=lead, crumbs=crumbs)


@page(signed_in, methods=("GET", "POST"))
def draft_owners(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Which department answers for each chapter."""
    document, day = found_draft(request, uuid), clock.today()
    departments = Department.objects.valid_on(day).filter(organisation=document.issuer)
    lines, held = owners_now(document, day)
    form = OwnersForm(request.POST or None, lines=lines, held=held, departments=departments)
    error = None
    if form.is_valid():
        try:
            for chapter, department in form.changed().items():
                draft_side.set_owner(
                    document=document, chapter=chapter, department=department, actor=request.actor, at=clock.now()
                )
            receipts.give(request, _("Ansvaret for kapitlene er lagret."))
            return redirect("governance:draft_start", uuid=document.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    lead = _("Avdelingen som har ansvar for et kapittel, kan skrive i det og ser utkastet.")
    context = {"head": _head(document, _("Ansvar for kapitler"), lead), "form": form, "submit": _("Lagre")}
    context["back"] = reverse("governance:draft_start", args=[document.uuid])
    return show(request, "governance/draft_form.html", context, error)


@page(signed_in, methods=("GET", "POST"))
def draft_editions(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Attach this year's common directives to a letter; a supplement has a page of its own for it."""
    document = found_draft(request, uuid)
    if document.kind.family == DocumentFamily.SUPPLEMENT:
        return redirect("governance:draft_directives", uuid=document.uuid)
    editions = editions_to_choose(document)
    form = DirectivesForm(request.POST or None, editions=editions)
    error = None
    if form.is_valid():
        chosen = [row for row in editions if str(row.uuid) in form.cleaned_data["editions"]]
        try:
            made = attach_directives(document=document, editions=chosen, actor=request.actor, at=clock.now())
            receipts.give(request, _("%(count)s fellesføringer er lagt til.") % {"count": len(made)})
            return redirect("governance:draft_start", uuid=document.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    lead = _("Velg utgaven brevet skal ha. En eldre utgave av samme fellesføring byttes ut.")
    context = {"head": _head(document, _("Fellesføringer"), lead), "form": form, "submit": _("Legg til")}
    context["back"] = reverse("governance:draft_start", args=[document.uuid])
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("utkast/<uuid:uuid>/rad/<slug:key>/<uuid:item>/", draft_act, name="draft_act"),
    path("utkast/<uuid:uuid>/her/", draft_here, name="draft_here"),
    path("utkast/<uuid:uuid>/kapittelansvar/", draft_owners, name="draft_owners"),
    path("utkast/<uuid:uuid>/fellesforinger/utgaver/", draft_editions, name="draft_editions"),
]
