"""A supplement in ten minutes: choose what changes, write it, see before and after (V-34)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from governance import permissions
from governance.actions import change_in_force, supplement_extras, supplements
from governance.actions.directives import attach_directives
from governance.forms.letters import AssignmentForm
from governance.forms.supplement_changes import DirectivesForm, NumbersForm, WishForm
from governance.models import SteeringDocument
from governance.selectors import supplement_pages as selectors

DRAFTERS = holds(Right.DRAFT_DOCUMENTS)
UUID_LENGTH = 36
AT_ONCE = 3


def _draft(request: PageRequest, uuid: object) -> SteeringDocument:
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


def _valid(forms: Sequence[Form]) -> bool:
    """Every form is looked over, also after one that is wrong: all problems at once."""
    answers = [form.is_valid() for form in forms]
    return all(answers)


def _version(request: PageRequest) -> int | None:
    asked = request.POST.get("version", "")
    return int(asked) if asked.isdecimal() else None


@page(DRAFTERS)
def changes(request: PageRequest, uuid: object) -> HttpResponse:
    """Choose what changes from what is in force."""
    document = _draft(request, uuid)
    found = selectors.choose_page(
        document=document,
        actor=request.actor,
        day=clock.today(),
        kind=request.GET.get("slag", ""),
        words=request.GET.get("q", "").strip(),
        picked=request.GET.get("rad", ""),
        chosen=request.GET.getlist("endre"),
    )
    context = {"head": found.head, "page": found, "q": request.GET.get("q", ""), "slag": request.GET.get("slag", "")}
    return render(request, "governance/supplement_choose.html", context)


@page(DRAFTERS, methods=("GET", "POST"))
def write_changes(request: PageRequest, uuid: object) -> HttpResponseBase:
    """One form for each chosen row; all are saved, or none."""
    document, at = _draft(request, uuid), clock.now()
    chosen = request.GET.getlist("endre")
    forms = _forms(request, document, chosen)
    if not forms:
        return redirect("governance:draft_changes", uuid=document.uuid)
    error, problems = None, list[Problem]()
    if request.method == "POST" and _valid(forms):
        try:
            wishes = [form.wish() for form in forms]
            change_in_force.change_in_force(
                document=document, wishes=wishes, actor=request.actor, at=at, expected_version=_version(request)
            )
            receipts.give(request, _("Endringene er skrevet inn i brevet."))
            return redirect("governance:draft_effect", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, _spread(forms, refused)
    head = selectors.head_of(document, _("Skriv endringene"))
    back = f"{reverse('governance:draft_changes', args=[document.uuid])}?{request.GET.urlencode()}"
    version = request.POST.get("version") or document.version
    context = {"head": head, "forms": forms, "problems": problems, "document": document, "acts": selectors.ACT_WORDS,
               "version": version, "back": back}  # fmt: skip
    answer = show(request, "governance/supplement_write.html", context, error)
    answer.status_code = 422 if any(form.errors for form in forms) and error is None else answer.status_code
    return answer


def _forms(request: PageRequest, document: SteeringDocument, chosen: list[str]) -> list[WishForm]:
    today = clock.today()
    departments = selectors.departments_of(document, today)
    assignments = selectors.assignment_choices(document, request.actor, today)
    return [
        WishForm(request.POST or None, item=item, what=act, departments=departments, assignments=assignments)
        for item, act in selectors.chosen_rows(document, request.actor, today, chosen)
    ]


def _spread(forms: list[WishForm], refused: DomainError) -> list[Problem]:
    """Each problem at the row and field it is about; the rest stand at the top."""
    by_row = {str(form.item.uuid): form for form in forms}
    loose = []
    for problem in refused.problems:
        form, name = by_row.get(problem.field[:UUID_LENGTH]), problem.field[UUID_LENGTH + 1 :]
        if form is None:
            loose.append(problem)
        else:
            form.add_error(name if name in form.fields else None, str(problem.message))
    return loose or ([] if refused.problems else [Problem(refused.code, refused.message)])


@page(DRAFTERS)
def effect(request: PageRequest, uuid: object) -> HttpResponse:
    """Before and after, side by side."""
    document, today = _draft(request, uuid), clock.today()
    may_write = permissions.may_draft(request.actor, document, today) and document.is_editable
    found = selectors.effect_page(document=document, actor=request.actor, day=today, may_write=may_write)
    return render(request, "governance/supplement_effect.html", {"head": found.head, "page": found})


@page(DRAFTERS, methods=("POST",))
def remove_change(request: PageRequest, uuid: object, change: Any) -> HttpResponseBase:
    """Take a change out of the draft."""
    document = _draft(request, uuid)
    change_in_force.remove_change(
        document=document, change=change, actor=request.actor, at=clock.now(), expected_version=_version(request)
    )
    receipts.give(request, _("Endringen er tatt ut av utkastet."))
    return redirect("governance:draft_effect", uuid=document.uuid)


@page(DRAFTERS, methods=("GET", "POST"))
def assignments(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Several new assignments at once; rows left empty are no assignments."""
    document = _draft(request, uuid)
    asked = request.GET.get("antall", "")
    many = min(int(asked), 20) if asked.isdecimal() and int(asked) else AT_ONCE
    departments = selectors.departments_of(document, clock.today())
    initial = {"version": document.version}
    forms = [
        AssignmentForm(request.POST or None, prefix=str(n), departments=departments, initial=initial)
        for n in range(many)
    ]
    error, problems = None, list[Problem]()
    if request.method == "POST" and _valid(forms):
        filled = [form for form in forms if _filled(form)]
        try:
            _add(request, document, filled)
            return redirect("governance:draft_effect", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, _to_rows(filled or forms, refused)
    head = selectors.head_of(
        document, _("Nye oppdrag"), _("Hvert oppdrag får neste nummer i serien. Tomme rader blir ikke med.")
    )
    context = {"head": head, "forms": forms, "problems": problems, "document": document, "more": many + AT_ONCE,
               "numbers": selectors.number_lines(document)}  # fmt: skip
    return show(request, "governance/supplement_assignments.html", context, error)


def _filled(form: AssignmentForm) -> bool:
    return any(value for name, value in form.cleaned_data.items() if name != "version")


def _add(request: PageRequest, document: SteeringDocument, forms: list[AssignmentForm]) -> None:
    new = []
    for form in forms:
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        new.append(supplements.NewAssignment(**values))
    version = forms[0].cleaned_data["version"] if forms else None
    made = supplements.add_assignments(
        document=document, new=new, actor=request.actor, at=clock.now(), expected_version=version
    )
    numbers = ", ".join(str(item.data["reference"]) for item in made)
    receipts.give(request, _("Oppdragene er lagt til: %(numbers)s.") % {"numbers": numbers})


def _to_rows(forms: list[AssignmentForm], refused: DomainError) -> list[Problem]:
    """A problem of the list stands at its row; of one assignment alone at that one."""
    loose = []
    for problem in refused.problems:
        place, sep, name = problem.field.partition("-")
        form = forms[int(place)] if sep and place.isdecimal() and int(place) < len(forms) else forms[0]
        name = name if sep else problem.field
        if name in form.fields:
            form.add_error(name, str(problem.message))
        else:
            loose.append(problem)
    return loose or ([] if refused.problems else [Problem(refused.code, refused.message)])


@page(DRAFTERS, methods=("GET", "POST"))
def numbers(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Reserve numbers before the assignments are written."""
    document = _draft(request, uuid)
    form = NumbersForm(request.POST or None, initial={"version": document.version, "count": 1})
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            made = supplement_extras.reserve_ahead(
                document=document, count=values["count"], actor=request.actor, at=clock.now(),
                expected_version=values["version"],
            )  # fmt: skip
            receipts.give(request, _("Reservert: %(numbers)s.") % {"numbers": ", ".join(str(row) for row in made)})
            return redirect("governance:draft_numbers", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    lead = _("Et reservert nummer kan vises til i teksten om penger før brevet er utstedt. Det brukes aldri om igjen.")
    context = {"head": selectors.head_of(document, _("Reserverte numre"), lead), "form": form, "problems": problems,
               "numbers": selectors.number_lines(document), "document": document}  # fmt: skip
    return show(request, "governance/supplement_numbers.html", context, error)


@page(DRAFTERS, methods=("GET", "POST"))
def directives(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Attach editions of common directives to the letter."""
    document = _draft(request, uuid)
    form = DirectivesForm(
        request.POST or None, initial={"version": document.version}, editions=selectors.attachable(document)
    )
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        try:
            attach_directives(
                document=document, editions=list(form.cleaned_data["editions"]), actor=request.actor, at=clock.now(),
                expected_version=form.cleaned_data["version"],
            )  # fmt: skip
            receipts.give(request, _("Fellesføringene er med i brevet."))
            return redirect("governance:draft_effect", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:draft", args=[document.uuid])
    context = {"head": selectors.head_of(document, _("Legg ved fellesføringer")), "form": form, "problems": problems,
               "back": back, "submit": _("Legg ved")}  # fmt: skip
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("utkast/<uuid:uuid>/endringer/", changes, name="draft_changes"),
    path("utkast/<uuid:uuid>/endringer/skriv/", write_changes, name="draft_changes_write"),
    path("utkast/<uuid:uuid>/endringer/<uuid:change>/fjern/", remove_change, name="draft_change_remove"),
    path("utkast/<uuid:uuid>/for-og-etter/", effect, name="draft_effect"),
    path("utkast/<uuid:uuid>/nye-oppdrag/", assignments, name="draft_assignments"),
    path("utkast/<uuid:uuid>/nummer/", numbers, name="draft_numbers"),
    path("utkast/<uuid:uuid>/fellesforinger/", directives, name="draft_directives"),
]
