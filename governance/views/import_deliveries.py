"""The deliveries of one assignment at review, part by part: each act is a form with a page in answer (decision A6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError, NotFound, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, page
from core.visuals.parts import Link, PageHead
from governance.actions import import_deliveries as acts
from governance.forms.deliveries import PRODUCT_WORDS, DeliveryForm
from governance.intake import deliveries
from governance.intake.row_words import deadline_words, number_of, title_of
from governance.models import DocumentImport, ImportRow
from governance.views.import_review import chosen_row, rows_url
from governance.views.imports import IMPORTERS, imports_link

ACTS = {
    "lagre": acts.CHANGE, "ny": acts.ADD, "fjern": acts.REJECT, "tilbake": acts.RESTORE, "del": acts.SPLIT,
    "sammen": acts.MERGE,
}  # fmt: skip
TYPED = ("lagre", "ny")


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery: its words, the text it rests on, its form; ``next`` is the place of the one to merge with it."""

    place: int
    heading: str
    said: str
    passages: list[tuple[int, str]]
    form: DeliveryForm | None
    rejected: bool
    next: int | None


def _forms(row: ImportRow, found: DocumentImport, typed: Any = None, at: str = "") -> tuple[list[Any], DeliveryForm]:
    """The lines with a form each, and the form of a new one; what was typed stands in the one it was typed in."""
    texts = {passage["ordinal"]: " ".join(passage["plain"].split()) for passage in found.passages}
    choices = [(ordinal, texts.get(ordinal, "")) for ordinal in row.passages]
    held = list(row.data.get("deliveries") or [])
    standing = [place for place, one in enumerate(held) if not one.get("rejected")]
    lines = []
    for place, one in enumerate(held):
        resting = deliveries.passages_of(one, row.passages, found.passages)
        data = typed if at == str(place) else None
        gone = bool(one.get("rejected"))
        form = None if gone else DeliveryForm(data, delivery=one, passages=choices, resting=resting, place=str(place))
        heading = " · ".join(
            part
            for part in (one.get("part"), one.get("title") or str(PRODUCT_WORDS.get(one.get("product") or "", "")))
            if part
        )
        later = next((other for other in standing if other > place), None)
        quoted = [(ordinal + 1, texts.get(ordinal, "")) for ordinal in resting]
        lines.append(DeliveryLine(place, heading, deadline_words(one), quoted, form, gone, None if gone else later))
    new = DeliveryForm(typed if at == "ny" else None, delivery={"kind": "date"}, passages=choices)
    return lines, new


def _place(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def said(refused: DomainError) -> list[Problem]:
    """What was refused, where there is no form to say it at."""
    return list(refused.problems) or [Problem(refused.code, refused.message)]


@page(IMPORTERS, methods=("GET", "POST"))
def import_deliveries(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Each delivery with its passage: change, add, take away, take back, split and merge."""
    found, chosen, _rows = chosen_row(request, uuid, row)
    if chosen.kind != "assignment":
        raise NotFound(_("Bare oppdrag har leveranser."))
    wish, at = request.POST.get("gjor", ""), request.POST.get("leveranse", "")
    lines, new = _forms(chosen, found, request.POST if wish in TYPED else None, "ny" if wish == "ny" else at)
    form = new if wish == "ny" else next((line.form for line in lines if str(line.place) == at), None)
    error, problems = None, list[Problem]()
    if request.method == "POST" and (wish not in TYPED or (form is not None and form.is_valid())):
        try:
            _do(request, found, chosen, wish, form)
            return redirect(f"{request.path}#leveranser")
        except DomainError as refused:
            error = refused
            typed = form is not None and form.is_bound
            problems = take_problems(form, refused) if form is not None and typed else said(refused)
    review = rows_url(found, chosen)
    head = PageHead(
        title=_("Leveranser i %(number)s") % {"number": number_of(chosen)},
        lead=title_of(chosen),
        overline=found.title,
        crumbs=[imports_link(), Link(_("Gå gjennom"), review)],
    )
    context = {
        "head": head, "lines": lines, "new": new, "form": form, "problems": problems, "row": chosen, "back": review,
        "recipients": chosen.data.get("joint_recipients") or [],
        "undo": reverse("governance:import_undo", args=[found.uuid]),
    }  # fmt: skip
    return show(request, "governance/import_deliveries.html", context, error)


def _do(request: PageRequest, found: DocumentImport, row: ImportRow, wish: str, form: DeliveryForm | None) -> ImportRow:
    version = request.POST.get("version", "")
    return acts.act_on_delivery(
        document_import=found,
        row=row.uuid,
        act=ACTS.get(wish, ""),
        place=_place(request.POST.get("leveranse", "")),
        other=_place(request.POST.get("med", "")),
        values=form.values() if form is not None and form.is_bound else None,
        actor=request.actor,
        at=clock.now(),
        expected_version=int(version) if version.isdigit() else None,
    )


urlpatterns = [
    path("importer/<uuid:uuid>/rad/<uuid:row>/leveranser/", import_deliveries, name="import_deliveries"),
]
