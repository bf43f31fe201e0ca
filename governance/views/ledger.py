"""Bevilgninger: the ledger of one's own organisation, a post's page, and tables in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.files import check_size
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Empty, Link, PageHead
from governance import permissions
from governance.actions import ledger, renumbering
from governance.forms.ledger import (
    FIRST,
    AppropriationForm,
    ChangeForm,
    EndForm,
    RenumberForm,
    TableForm,
)
from governance.ledger.table import file_as_text, read_table
from governance.models import Appropriation
from governance.selectors import ledger as selectors


def reads(request: PageRequest) -> bool:
    """Sees the ledger of one's own organisation."""
    return permissions.may_see_ledger(request.actor, clock.today())


def keeps(request: PageRequest) -> bool:
    """Keeps the ledger of one's own organisation."""
    return permissions.may_manage_ledger(request.actor, clock.today())


def _year(request: PageRequest) -> int:
    asked = request.GET.get("ar", "")
    return int(asked) if asked.isdigit() and 1990 <= int(asked) <= 2199 else clock.today().year


def _crumb() -> Link:
    return Link(_("Bevilgninger"), reverse("governance:ledger"))


def _found(request: PageRequest, uuid: object) -> Appropriation:
    seen = Appropriation.objects.visible_to(request.actor, clock.today()).select_related("owner")
    found: Appropriation = get_or_404(seen, uuid)
    return found


@page(reads)
def ledger_list(request: PageRequest) -> HttpResponse:
    """A year's posts per chapter."""
    found = selectors.ledger_page(actor=request.actor, year=_year(request), today=clock.today())
    empty = Empty(
        _("Ingen bevilgninger er ført for dette året"),
        _("Lim inn tabellen over årets bevilgninger, eller før en post om gangen."),
        Link(_("Les inn tabell"), f"{reverse('governance:ledger_table')}?ar={found.year}")
        if found.may_manage
        else None,
    )
    return render(request, "governance/ledger.html", {"head": found.head, "page": found, "empty": empty})


@page(reads)
def appropriation(request: PageRequest, uuid: object) -> HttpResponse:
    """One post with every movement."""
    found = selectors.post_page(row=_found(request, uuid), actor=request.actor, today=clock.today())
    return render(request, "governance/appropriation.html", {"head": found.head, "page": found})


def _act(
    request: PageRequest, form: forms.Form, title: str, back: str, act: Callable[[dict[str, Any]], tuple[str, str]]
) -> HttpResponse:
    """One form, one action, on to where the action says; a refused form keeps what was typed."""
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        try:
            words, target = act(dict(form.cleaned_data))
            receipts.give(request, words)
            return redirect(target)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=title, crumbs=[_crumb()])
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": title}
    return show(request, "governance/draft_form.html", context, error)


@page(keeps, methods=("GET", "POST"))
def add(request: PageRequest) -> HttpResponse:
    """A new post."""
    form = AppropriationForm(request.POST or None, initial={"year": _year(request)})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        row = ledger.add_appropriation(new=ledger.NewAppropriation(**values), actor=request.actor, at=clock.now())
        return _("Bevilgningen er ført."), reverse("governance:appropriation", args=[row.uuid])

    return _act(request, form, _("Ny post"), reverse("governance:ledger"), act)


@page(keeps, methods=("GET", "POST"))
def change(request: PageRequest, uuid: object) -> HttpResponse:
    """A change of a post."""
    row = _found(request, uuid)
    form = ChangeForm(request.POST or None, initial={"version": row.version})
    back = reverse("governance:appropriation", args=[row.uuid])

    def act(values: dict[str, Any]) -> tuple[str, str]:
        version = values.pop("version")
        ledger.add_change(
            appropriation=row, change=ledger.NewChange(**values), actor=request.actor, at=clock.now(),
            expected_version=version,
        )  # fmt: skip
        return _("Endringen er ført."), back

    return _act(request, form, _("Før endring på %(code)s") % {"code": row.code}, back, act)


@page(keeps, methods=("GET", "POST"))
def end(request: PageRequest, uuid: object) -> HttpResponse:
    """A post that counts no more."""
    row = _found(request, uuid)
    form = EndForm(request.POST or None, initial={"version": row.version})
    back = reverse("governance:appropriation", args=[row.uuid])

    def act(values: dict[str, Any]) -> tuple[str, str]:
        ledger.end_appropriation(
            appropriation=row, reason=values["reason"], actor=request.actor, at=clock.now(),
            expected_version=values["version"],
        )  # fmt: skip
        return _("Posten er ført som utgått."), back

    return _act(request, form, _("Før %(code)s som utgått") % {"code": row.code}, back, act)


@page(keeps, methods=("POST",))
def reopen(request: PageRequest, uuid: object) -> HttpResponse:
    """A post that counts again."""
    row = _found(request, uuid)
    asked = request.POST.get("version", "")
    ledger.reopen_appropriation(
        appropriation=row, actor=request.actor, at=clock.now(), expected_version=int(asked) if asked.isdigit() else None
    )
    receipts.give(request, _("Posten er åpnet igjen."))
    return redirect("governance:appropriation", uuid=row.uuid)


@page(keeps, methods=("GET", "POST"))
def renumber(request: PageRequest) -> HttpResponse:
    """A post that goes on under another number."""
    agencies = Organisation.objects.with_right(request.actor, Right.MANAGE_LEDGER, clock.today())
    form = RenumberForm(request.POST or None, agencies=agencies)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        renumbering.renumber_post(renumber=renumbering.Renumber(**values), actor=request.actor, at=clock.now())
        return _("Postene er koblet. Historikken løper videre på det nye nummeret."), reverse("governance:ledger")

    return _act(request, form, _("Omnummerer post"), reverse("governance:ledger"), act)


# ---- a whole table ----
@page(keeps, methods=("GET", "POST"))
def table(request: PageRequest) -> HttpResponse:
    """Paste or upload, look it over, confirm. Whatever was given stays in the box until it is entered."""
    form = TableForm(request.POST or None, request.FILES or None, initial={"year": _year(request)})
    planned: list[Any] = []
    problems, error = list[Problem](), None
    if form.is_bound and form.is_valid():
        try:
            form = _with_file(form)
            planned, problems = _look_over(request, form)
            if "confirm" in request.POST and not problems:
                return _enter(request, form)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=_("Les inn bevilgninger"), crumbs=[_crumb()])
    context = {"head": head, "form": form, "problems": problems, "planned": planned, "ready": planned and not problems}
    answer = show(request, "governance/ledger_table.html", context, error)
    answer.status_code = 422 if problems and error is None else answer.status_code
    return answer


def _with_file(form: TableForm) -> TableForm:
    """The form with the uploaded table in its box, where it can be read and mended. Raises Unreadable, TooLarge."""
    upload = form.cleaned_data.get("file")
    if not upload:
        return form
    check_size(upload.name, upload.size)
    data = cast(QueryDict, form.data).copy()
    data["text"] = file_as_text(upload.name, upload.read())
    filled = TableForm(data)
    filled.is_valid()
    return filled


def _entry(form: TableForm) -> tuple[ledger.TableEntry, list[Problem]]:
    values = form.cleaned_data
    read = read_table(values["text"])
    kind = "" if values["what"] == FIRST else values["what"]
    entry = ledger.TableEntry(values["year"], read.rows, kind, values["basis"], values["decided_on"])
    return entry, read.problems


def _look_over(request: PageRequest, form: TableForm) -> tuple[list[ledger.Planned], list[Problem]]:
    entry, problems = _entry(form)
    planned, more = ledger.look_over_table(entry=entry, actor=request.actor, day=clock.today())
    return planned, [*problems, *more]


def _enter(request: PageRequest, form: TableForm) -> HttpResponse:
    entry, _problems = _entry(form)
    count = ledger.enter_table(entry=entry, actor=request.actor, at=clock.now())
    words = (
        _("%(count)s rader er ført.") % {"count": count} if count else _("Ingenting nytt: alle radene var ført før.")
    )
    receipts.give(request, words)
    return redirect(f"{reverse('governance:ledger')}?ar={entry.year}")


urlpatterns = [
    path("budsjett/bevilgninger/", ledger_list, name="ledger"),
    path("budsjett/bevilgninger/ny/", add, name="appropriation_new"),
    path("budsjett/bevilgninger/tabell/", table, name="ledger_table"),
    path("budsjett/bevilgninger/omnummerer/", renumber, name="renumber"),
    path("budsjett/bevilgninger/<uuid:uuid>/", appropriation, name="appropriation"),
    path("budsjett/bevilgninger/<uuid:uuid>/endring/", change, name="appropriation_change"),
    path("budsjett/bevilgninger/<uuid:uuid>/utgatt/", end, name="appropriation_end"),
    path("budsjett/bevilgninger/<uuid:uuid>/apne/", reopen, name="appropriation_reopen"),
]
