"""The list of assignments, its board and timeline, its download and the person's own views."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import held_rights
from agencies.rights import Right
from assignments.actions.views import remove_view, save_view
from assignments.forms import FilterForm, SaveViewForm
from assignments.selectors import boards, export
from assignments.selectors.criteria import read_criteria
from assignments.selectors.listing import Facets, assignment_list, facets_of, saved_views
from core import clock, receipts
from core.errors import Problem, RuleBroken
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Action, Link, PageHead


def _switch(request: PageRequest, current: str) -> list[Link]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    names = (("list", _("Liste")), ("board", _("Tavle")), ("timeline", _("Tidslinje")))
    return [Link(label, reverse(f"assignments:{name}") + query, current=name == current) for name, label in names]


def _head(request: PageRequest, lead: str, current: str) -> PageHead:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    download = Action(_("Last ned"), reverse("assignments:download") + query, icon="download")
    views = _switch(request, current)
    return PageHead(title=_("Oppdrag"), lead=lead, views=views, views_label=_("Visning"), actions=[download])


def _form(request: PageRequest, facets: Facets) -> FilterForm:
    criteria = read_criteria(request.GET)
    initial = {
        "sok": criteria.q,
        "virksomhet": str(criteria.agency or ""),
        "brevar": str(criteria.year or (facets.years[0] if facets.years else "")),
        "avdeling": str(criteria.department or ""),
        "status": criteria.status,
        "frist": criteria.deadline,
    }
    return FilterForm(initial=initial, facets=facets, agency_side=boards.is_agency_side(request.actor, facets))


@page(signed_in)
def listing(request: PageRequest) -> HttpResponse:
    """Oppdrag: who has been asked what, what is late, what is due, what has no date."""
    today = clock.today()
    facets = facets_of(request.actor, today)
    may_assign = Right.ASSIGN_OWNERS.value in held_rights(request)
    head = _head(request, "", "list")
    found = assignment_list(request.actor, read_criteria(request.GET), today, facets, head, may_assign=may_assign)
    return render(request, "assignments/list.html", {"listing": found, "form": _form(request, facets)})


@page(signed_in)
def board(request: PageRequest) -> HttpResponse:
    """Tavle: the same rows in columns by status."""
    found = boards.board(request.actor, read_criteria(request.GET), clock.today())
    context = {"head": _head(request, found.lead, "board"), "board": found, "form": _form(request, found.facets)}
    return render(request, "assignments/board.html", context)


@page(signed_in)
def timeline(request: PageRequest) -> HttpResponse:
    """Tidslinje: the same rows by month of their deadline."""
    found = boards.timeline(request.actor, read_criteria(request.GET), clock.today())
    form = _form(request, found.facets)
    context = {"head": _head(request, found.lead, "timeline"), "timeline": found, "form": form}
    return render(request, "assignments/timeline.html", context)


@page(signed_in)
def download(request: PageRequest) -> HttpResponse:
    """The rows one may read, as Excel or CSV."""
    kind = export.KINDS.get(request.GET.get("format", "xlsx"), export.KINDS["xlsx"])
    criteria, today = read_criteria(request.GET), clock.today()
    response = HttpResponse(kind.write(request.actor, criteria, today), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="oppdrag-{today.isoformat()}.{kind.extension}"'
    return response


@page(signed_in, methods=("GET", "POST"))
def save(request: PageRequest) -> HttpResponse:
    """Give a filter a name."""
    form, problems = SaveViewForm(request.POST or None), []
    query = read_criteria(request.GET).query(sort="frist", more="")
    if request.method == "POST" and form.is_valid():
        try:
            save_view(name=form.cleaned_data["name"], query=query, actor=request.actor, at=clock.now())
        except RuleBroken as error:
            problems = [Problem(item.code, item.message) for item in error.problems]
        else:
            receipts.give(request, _("Visningen er lagret. Bare du ser den."))
            return redirect(reverse("assignments:list") + query)
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list"))]
    context = {
        "head": PageHead(title=_("Lagre visning"), crumbs=crumbs),
        "form": form,
        "problems": problems,
        "saved": saved_views(request.actor),
        "cancel": reverse("assignments:list") + query,
    }
    return render(request, "assignments/save_view.html", context, status=422 if problems or form.errors else 200)


@page(signed_in, methods=("POST",))
def remove(request: PageRequest, uuid: object) -> HttpResponse:
    """Take one of one's own views away."""
    remove_view(view=get_or_404(saved_views(request.actor), uuid), actor=request.actor, at=clock.now())
    receipts.give(request, _("Visningen er fjernet."))
    return redirect("assignments:list")


urlpatterns = [
    path("oppdrag/", listing, name="list"),
    path("oppdrag/tavle/", board, name="board"),
    path("oppdrag/tidslinje/", timeline, name="timeline"),
    path("oppdrag/last-ned/", download, name="download"),
    path("oppdrag/visning/", save, name="save_view"),
    path("oppdrag/visning/<uuid:uuid>/fjern/", remove, name="remove_view"),
]
