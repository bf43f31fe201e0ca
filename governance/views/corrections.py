"""The record of a registered letter: how it has been put right, and one row put right by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError, NotAllowed, NotFound
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from governance.actions import registration_corrections as acts
from governance.forms.corrections import NoteForm
from governance.forms.rows import FORMS, RowForm
from governance.forms.rule_rows import RULE_FORMS
from governance.intake import differing
from governance.intake.row_words import title_of
from governance.models import ImportRow, SteeringDocument
from governance.selectors import corrections as selectors
from governance.views.imports import IMPORTERS

ALL_FORMS = FORMS | RULE_FORMS


def _document(request: PageRequest, uuid: object) -> SteeringDocument:
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


@page(signed_in)
def corrections(request: PageRequest, uuid: object) -> HttpResponse:
    """What the record said before, who put it right, when and why."""
    document = _document(request, uuid)
    if not document.is_issued:
        return redirect("governance:draft", uuid=document.uuid)
    locked = acts.why_not(document, request.actor, clock.now())
    found = selectors.corrections_page(document, request.actor, clock.today(), locked)
    return render(request, "governance/corrections.html", {"head": found.head, "page": found})


@page(IMPORTERS, methods=("GET", "POST"))
def correct_reading(request: PageRequest, uuid: object, item: UUID) -> HttpResponse:
    """One row as it should have been read."""
    document = _document(request, uuid)
    if reason := acts.why_not(document, request.actor, clock.now()):
        raise NotAllowed(reason)
    row, form = _row_and_form(request, document, item)
    note = NoteForm(request.POST or None)
    error: DomainError | None = None
    problems: list[Any] = []
    if form.is_bound and form.is_valid() and note.is_valid():
        try:
            acts.correct_reading(
                document=document, item=item, values=form.changes(), note=note.cleaned_data["note"],
                actor=request.actor, at=clock.now(),
            )  # fmt: skip
            receipts.give(request, _("Raden er rettet."), _("Slik den var, står nedenfor."))
            return redirect("governance:corrections", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = selectors.reading_head(document, row)
    back = reverse("governance:corrections", args=[document.uuid])
    context = {"head": head, "form": form, "note": note, "forms": [note], "problems": problems, "back": back}
    return show(request, "governance/correct_reading.html", context, error)


def _row_and_form(request: PageRequest, document: SteeringDocument, item: UUID) -> tuple[ImportRow, RowForm]:
    """The registered row and its whole form. Raises NotFound."""
    rows = _rows(document)
    row = next((one for one in rows if one.uuid == item), None)
    if row is None:
        raise NotFound(_("Raden finnes ikke i det som er registrert."))
    known = [one for one in rows if one.kind == "goal"]
    goals = [(str(one.data.get("reference") or one.data.get("key")), title_of(one)[:90]) for one in known]
    return row, ALL_FORMS[row.kind](request.POST or None, values=row.data, goals=goals, whole=True)


def _rows(document: SteeringDocument) -> list[ImportRow]:
    """The rows as the record has them; none when the letter was not read in from a file."""
    base = differing.base_of(document)
    return [row for row in differing.rows_of(base) if row.state not in differing.GONE] if base else []


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/rettelser/", corrections, name="corrections"),
    path("styringsdokumenter/<uuid:uuid>/rett-lesing/<uuid:item>/", correct_reading, name="correct_reading"),
]
