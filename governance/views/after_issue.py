"""After issue: a wrong copy list put right, and a failed dispatch sent again."""

from __future__ import annotations

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
from core.visuals.parts import Link, PageHead
from governance.actions import copy_correction, sending
from governance.forms.issue import CorrectCopiesForm, ResendForm
from governance.models import Dispatch, SteeringDocument
from governance.selectors import after_issue as selectors

SENDERS = holds(Right.REGISTER_DOCUMENTS, Right.ISSUE_DOCUMENTS)
RESENDERS = holds(Right.REGISTER_DOCUMENTS, Right.REGISTER_SUBMISSIONS, Right.JOURNAL)


@page(SENDERS, methods=("GET", "POST"))
def correct_copies(request: PageRequest, uuid: object) -> HttpResponse:
    """Send the copy to those who lack it, call it back from those who should not have it."""
    day = clock.today()
    document: SteeringDocument = get_or_404(SteeringDocument.objects.visible_to(request.actor, day).for_detail(), uuid)
    others, holders = selectors.copy_choices(document, day)
    form = CorrectCopiesForm(request.POST or None, others=others, holders=holders)
    error, problems = None, []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        add, recall = list(values["add"]), list(values.get("recall", ()))
        try:
            copy_correction.correct_copies(
                document=document, add=add, recall=recall, reason=values["reason"], actor=request.actor, at=clock.now()
            )
            receipts.give(request, _("Kopilisten er rettet med en ny utsending."))
            return redirect("governance:document_archive", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:document_archive", args=[document.uuid])
    head = selectors.correction_head(document, back)
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Rett kopilisten")}
    return show(request, "governance/draft_form.html", context, error)


@page(RESENDERS, methods=("GET", "POST"))
def resend(request: PageRequest, uuid: object) -> HttpResponse:
    """Try a failed dispatch again, at the same or a corrected mailbox."""
    seen = Dispatch.objects.visible_to(request.actor, clock.today()).select_related("recipient", "sender")
    found: Dispatch = get_or_404(seen, uuid)
    initial = {"address": found.recipient.mailbox or found.address}
    form = ResendForm(request.POST or None, initial=initial)
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            sending.resend(dispatch=found, address=form.cleaned_data["address"], actor=request.actor, at=clock.now())
            receipts.give(request, _("Forsendelsen er satt i gang på nytt."))
            return redirect(selectors.about(found))
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(
        title=_("Send på nytt til %(name)s") % {"name": found.recipient.name},
        overline=found.title,
        lead=found.receipt,
        crumbs=[Link(_("Utsending"), selectors.about(found))],
    )
    context = {"head": head, "form": form, "problems": problems, "back": selectors.about(found), "submit": _("Send")}
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/kopiliste/", correct_copies, name="correct_copies"),
    path("utsending/<uuid:uuid>/pa-nytt/", resend, name="resend"),
]
