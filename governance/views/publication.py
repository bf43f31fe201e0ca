"""Deciding whether and when the public can read a document, and taking it down again (V-30)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from governance.actions import publication
from governance.forms.issue import PublicationForm, WithdrawForm
from governance.models import SteeringDocument
from governance.selectors import after_issue as selectors

PUBLISHERS = holds(Right.PUBLISH_DOCUMENTS)


def _document(request: PageRequest, uuid: object) -> SteeringDocument:
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


def _choice(values: dict[str, Any]) -> publication.PublicationChoice:
    names = ("public_title", "exempt_basis", "wider_access", "issuer_url", "recipient_url")
    return publication.PublicationChoice(
        publish_on=values["publish_on"] if values["how"] == PublicationForm.ON_DATE else None,
        exempt=values["how"] == PublicationForm.EXEMPT,
        **{name: values[name] for name in names},
    )


@page(PUBLISHERS, methods=("GET", "POST"))
def decide(request: PageRequest, uuid: object) -> HttpResponse:
    """Now, on a date, or exempt with basis, public title and assessment."""
    document = _document(request, uuid)
    form = PublicationForm(request.POST or None, initial=selectors.publication_values(document))
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            publication.decide_publication(
                document=document,
                choice=_choice(form.cleaned_data),
                actor=request.actor,
                at=clock.now(),
                expected_version=form.cleaned_data["version"],
            )
            receipts.give(request, _("Beslutningen om publisering er lagret."))
            return redirect(selectors.after_publication(document))
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = selectors.after_publication(document)
    head = selectors.publication_head(document, back)
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Lagre beslutningen")}
    return show(request, "governance/draft_form.html", context, error)


@page(PUBLISHERS, methods=("GET", "POST"))
def withdraw(request: PageRequest, uuid: object) -> HttpResponse:
    """Take the document down, with a reason."""
    document = _document(request, uuid)
    form = WithdrawForm(request.POST or None, initial=selectors.publication_values(document))
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            publication.withdraw_publication(
                document=document,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=clock.now(),
                expected_version=form.cleaned_data["version"],
            )
            receipts.give(request, _("Dokumentet er avpublisert."))
            return redirect("governance:document_archive", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:document_archive", args=[document.uuid])
    head = selectors.withdraw_head(document, back)
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Avpubliser")}
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/publisering/", decide, name="publication"),
    path("styringsdokumenter/<uuid:uuid>/avpubliser/", withdraw, name="withdraw_publication"),
]
