"""Taking content out of a sent document: asked for on one page, done or declined by another person on another."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotAllowed
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from governance import snapshot
from governance.actions import removals
from governance.forms.removals import AskRemovalForm, RemoveForm, WithReasonForm
from governance.models import Removal, SteeringDocument
from governance.removal.finding import removable_files
from governance.selectors import removals as selectors

REMOVERS = holds(Right.REMOVE_CONTENT)


def _document(request: PageRequest, uuid: object) -> SteeringDocument:
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


def _removal(request: PageRequest, uuid: object) -> Removal:
    found: Removal = get_or_404(Removal.objects.visible_to(request.actor, clock.today()).for_list(), uuid)
    return found


@page(REMOVERS)
def waiting(request: PageRequest) -> HttpResponse:
    """Requests that wait for another person, and those decided."""
    found = selectors.removals_page(actor=request.actor, day=clock.today(), state=request.GET.get("vis", ""))
    return render(request, "governance/removals.html", {"head": found.head, "page": found})


@page(REMOVERS, methods=("GET", "POST"))
def ask(request: PageRequest, uuid: object) -> HttpResponse:
    """Ask for words or a file to be taken out."""
    document = _document(request, uuid)
    form = AskRemovalForm(request.POST or None, files=removable_files(document))
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            row = removals.ask_for_removal(
                document=document,
                request=removals.RemovalRequest(**form.cleaned_data),
                actor=request.actor,
                at=clock.now(),
            )
            receipts.give(request, _("Forslaget er lagret."), _("En annen person må fjerne innholdet."))
            return redirect("governance:removal", uuid=row.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:document_archive", args=[document.uuid])
    context = {"head": selectors.ask_head(document, back), "form": form, "problems": problems, "back": back}
    return show(request, "governance/draft_form.html", {**context, "submit": _("Foreslå fjerning")}, error)


@page(REMOVERS, methods=("GET", "POST"))
def removal(request: PageRequest, uuid: object) -> HttpResponse:
    """Exactly what goes, and the act of the second person."""
    row, day = _removal(request, uuid), clock.today()
    form = RemoveForm(request.POST or None, initial={"version": row.version})
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            removals.remove_content(removal=row, actor=request.actor, at=clock.now(), expected_version=version)
            receipts.give(request, _("Innholdet er fjernet."), _("Nye PDF-er blir laget."))
            return redirect("governance:removal", uuid=row.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    own = removals.same_person(row, request.actor, day)
    locked = removals.why_not(row.document, request.actor, day) or own
    found = selectors.removal_page(removal=row, actor=request.actor, day=day, locked=locked, own=bool(own))
    context = {"head": found.head, "page": found, "form": form, "problems": problems}
    return show(request, "governance/removal.html", context, error)


@page(REMOVERS, methods=("GET", "POST"))
def decline(request: PageRequest, uuid: object) -> HttpResponse:
    """Say no, with a reason."""
    row = _removal(request, uuid)
    given = _("Forslaget er avslått. Dokumentet står som det er.")
    return _with_reason(request, row, removals.decline_removal, _("Avslå fjerning"), _("Avslå"), given)


@page(REMOVERS, methods=("GET", "POST"))
def withdraw(request: PageRequest, uuid: object) -> HttpResponse:
    """Take one's own request back, with a reason."""
    row = _removal(request, uuid)
    if sentence := removals.why_not_withdraw(row, request.actor, clock.today()):
        raise NotAllowed(sentence)
    given = _("Forslaget er trukket. Dokumentet står som det er.")
    return _with_reason(request, row, removals.withdraw_removal, _("Trekk forslaget"), _("Trekk"), given)


def _with_reason(
    request: PageRequest, row: Removal, act: Callable[..., Removal], title: str, submit: str, given: str
) -> HttpResponse:
    form = WithReasonForm(request.POST or None, initial={"version": row.version})
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            values = {"reason": form.cleaned_data["reason"], "expected_version": form.cleaned_data["version"]}
            act(removal=row, actor=request.actor, at=clock.now(), **values)
            receipts.give(request, given)
            return redirect("governance:removal", uuid=row.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:removal", args=[row.uuid])
    context = {"head": selectors.end_head(row, title, back), "form": form, "problems": problems, "back": back}
    return show(request, "governance/draft_form.html", {**context, "submit": submit}, error)


@page(signed_in)
def seal(request: PageRequest, uuid: object) -> HttpResponse:
    """Check the sent document against its checksum, byte by byte."""
    document = _document(request, uuid)
    found = snapshot.seal(document) if document.is_issued else None
    return render(request, "governance/seal.html", selectors.seal_page(document, found))


urlpatterns = [
    path("fjerning/", waiting, name="removals"),
    path("fjerning/<uuid:uuid>/", removal, name="removal"),
    path("fjerning/<uuid:uuid>/avslag/", decline, name="decline_removal"),
    path("fjerning/<uuid:uuid>/trekk/", withdraw, name="withdraw_removal"),
    path("styringsdokumenter/<uuid:uuid>/fjern-innhold/", ask, name="ask_removal"),
    path("styringsdokumenter/<uuid:uuid>/kontrollsum/", seal, name="seal"),
]
