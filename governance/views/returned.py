"""An edited file comes back: upload, the marked diff, and one decision at a time or all of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, RuleBroken
from core.files import check_size
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from governance.actions import returned as actions
from governance.forms.returned import ReturnForm
from governance.models import ReturnedChange, ReturnedFile, SteeringDocument
from governance.selectors import documents as documents_selectors
from governance.selectors.returned import returned_page

DRAFTERS = holds(Right.DRAFT_DOCUMENTS)


def _document(request: PageRequest, uuid: UUID) -> SteeringDocument:
    found: SteeringDocument = get_or_404(
        documents_selectors.seen(request.actor, clock.today()).for_detail(),  # type: ignore[attr-defined]
        uuid,
    )
    return found


@page(DRAFTERS, methods=("GET", "POST"))
def return_file(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send in an edited file of this draft."""
    document = _document(request, uuid)
    form = ReturnForm(request.POST, request.FILES) if request.method == "POST" else ReturnForm()
    error, problems = None, []
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            check_size(upload.name, upload.size)
            made = actions.receive_file(
                document=document, name=upload.name, data=upload.read(), actor=request.actor, at=clock.now()
            )
            return redirect("governance:returned", uuid=document.uuid, returned=made.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:draft", args=[document.uuid])
    head = PageHead(title=_("Send inn redigert fil"), overline=document.title, crumbs=[Link(document.title, back)])
    earlier = ReturnedFile.objects.filter(document=document).select_related("file", "returned_by")
    context = {"head": head, "form": form, "problems": problems, "back": back, "earlier": earlier, "error": error}
    return show(request, "governance/return_file.html", {**context, "document": document}, error)


def _page(
    request: PageRequest, document: SteeringDocument, found: ReturnedFile, error: DomainError | None
) -> HttpResponse:
    shown = returned_page(found, document, request.actor, clock.today())
    context = {"head": shown.head, "page": shown, "problems": error.problems if error else [], "error": error}
    return show(request, "governance/returned.html", context, error)


def _returned(document: SteeringDocument, uuid: UUID) -> ReturnedFile:
    found: ReturnedFile = get_or_404(ReturnedFile.objects.filter(document=document).select_related("file"), uuid)
    return found


@page(DRAFTERS)
def returned(request: PageRequest, uuid: UUID, returned: UUID) -> HttpResponse:
    """The differences; one may leave and come back."""
    document = _document(request, uuid)
    return _page(request, document, _returned(document, returned), None)


@page(DRAFTERS, methods=("POST",))
def returned_change(request: PageRequest, uuid: UUID, change: UUID) -> HttpResponse:
    """Take one difference in, or leave it."""
    document = _document(request, uuid)
    rows = ReturnedChange.objects.filter(returned__document=document).select_related("returned__file")
    row: ReturnedChange = get_or_404(rows, change)
    choice = request.POST.get("valg", "")
    try:
        actions.decide_change(
            change=row, accept=choice != "nei", overwrite=choice == "over", actor=request.actor, at=clock.now()
        )
    except DomainError as refused:
        return _page(request, document, row.returned, refused)
    return redirect("governance:returned", uuid=document.uuid, returned=row.returned.uuid)


@page(DRAFTERS, methods=("POST",))
def returned_all(request: PageRequest, uuid: UUID, returned: UUID) -> HttpResponse:
    """Decide everything that is open."""
    document = _document(request, uuid)
    found = _returned(document, returned)
    accept = request.POST.get("valg", "") != "nei"
    try:
        problems = actions.decide_all(returned=found, accept=accept, actor=request.actor, at=clock.now())
    except DomainError as refused:
        return _page(request, document, found, refused)
    if problems:
        return _page(request, document, found, RuleBroken(problems=problems))
    receipts.give(request, _("Endringene er tatt inn.") if accept else _("Endringene er ikke tatt inn."))
    return redirect("governance:returned", uuid=document.uuid, returned=found.uuid)


_DRAFT = "utkast/<uuid:uuid>/redigert-fil/"
urlpatterns = [
    path(_DRAFT, return_file, name="return_file"),
    path(f"{_DRAFT}<uuid:returned>/", returned, name="returned"),
    path(f"{_DRAFT}<uuid:returned>/alle/", returned_all, name="returned_all"),
    path(f"{_DRAFT}forskjell/<uuid:change>/", returned_change, name="returned_change"),
]
