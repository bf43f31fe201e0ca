"""Ettersendelser: what the letter promised, sent later from the letter's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.files import check_size
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from governance.actions import enclosures
from governance.forms.enclosures import EnclosureForm
from governance.models import PromisedEnclosure, SteeringDocument

SENDERS = holds(Right.REGISTER_DOCUMENTS)


@page(SENDERS, methods=("GET", "POST"))
def send(request: PageRequest, uuid: object, enclosure: Any) -> HttpResponse:
    """Upload and send one promised enclosure."""
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today())
    document: SteeringDocument = get_or_404(seen.for_detail(), uuid)
    row: PromisedEnclosure = get_or_404(PromisedEnclosure.objects.filter(document=document), enclosure)
    form = EnclosureForm(request.POST, request.FILES) if request.method == "POST" else EnclosureForm()
    error, problems = None, list[Problem]()
    back = reverse("governance:document", args=[document.uuid])
    if form.is_bound and form.is_valid():
        try:
            enclosures.send_enclosure(enclosure=row, upload=_upload(form), actor=request.actor, at=clock.now())
            receipts.give(
                request, _("Ettersendelsen er sendt."), _("Forsendelse, kopier og journalføring er planlagt.")
            )
            return redirect(back)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    crumbs = [Link(_("Styringsdokumenter"), reverse("governance:documents")), Link(document.title, back)]
    lead = _("Sendes til %(agency)s og dem som skal ha kopi. Brevet selv endres ikke.")
    head = PageHead(
        title=_("Ettersend: %(title)s") % {"title": row.title},
        overline=document.title,
        lead=lead % {"agency": document.recipient.name},
        crumbs=crumbs,
    )
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Send")}
    return show(request, "governance/draft_form.html", context, error)


def _upload(form: EnclosureForm) -> enclosures.EnclosureFile | None:
    """The bytes, read only when the size is allowed. Raises Unreadable, TooLarge."""
    file = form.cleaned_data.get("file")
    if file is None:
        return None
    check_size(file.name, file.size)
    return enclosures.EnclosureFile(file.name, file.read())


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/ettersend/<uuid:enclosure>/", send, name="send_enclosure"),
]
