"""What the pages of one assignment share: finding it among the visible, and a form that leads to one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.actions.answers import Upload
from assignments.models import Assignment, Delivery
from assignments.permissions import may_read, powers_on, require
from assignments.rights import Powers
from assignments.selectors.passport import find
from assignments.selectors.words import delivery_title, shown_title
from core import clock, files, receipts
from core.errors import NotAllowed, NotFound, Problem, RuleBroken, StaleVersion, Text
from core.pages import PageRequest, get_or_404
from core.visuals.parts import Link, PageHead


def load(request: PageRequest, uuid: UUID) -> Assignment:
    """The assignment if the reader may know of it, else 404."""
    found: Assignment = get_or_404(find(request.actor, clock.today()), uuid)
    return found


def load_readable(request: PageRequest, uuid: UUID) -> Assignment:
    """The assignment if the reader may read it; of an exempt one the shell says how to ask (403)."""
    assignment = load(request, uuid)
    if not may_read(request.actor, assignment):
        raise NotAllowed(_("Oppdraget er unntatt offentlighet. Bare navngitte lesere kan arbeide med det."))
    return assignment


def load_delivery(assignment: Assignment, uuid: UUID) -> Delivery:
    """One of the assignment's own deliveries, else 404."""
    for row in assignment.deliveries.all():
        if row.uuid == uuid:
            row.assignment = assignment
            found: Delivery = row
            return found
    raise NotFound(_("Leveransen finnes ikke på dette oppdraget."))


def passport_url(assignment: Assignment) -> str:
    """Where one comes back to after an act."""
    return reverse("assignments:passport", args=[assignment.uuid])


def uploads_of(request: PageRequest, name: str = "attachments") -> list[Upload]:
    """The uploaded files as bytes; a file over the limit is refused before it is read. Raises TooLarge, Unreadable."""
    found = request.FILES.getlist(name)
    for item in found:
        files.check_size(str(item.name), int(item.size or 0))
    return [Upload(str(item.name), item.read()) for item in found]


@dataclass(frozen=True)
class Receipt:
    """What is said after the act."""

    title: str
    details: str = ""


@dataclass(frozen=True)
class FormPage:
    """A page with one form: its words, and the act the form leads to."""

    title: str
    submit: str
    act: Callable[[dict[str, Any]], Receipt]
    lead: str = ""
    delivery: Delivery | None = None
    shows_both: bool = False
    rule: Callable[[Powers, Any], bool] | None = None
    who: Text = ""
    template: str = "assignments/form.html"
    context: dict[str, Any] | None = None


def serve(request: PageRequest, assignment: Assignment, form: Form, page: FormPage) -> HttpResponse:
    """Show the form, or do the act: 422 with every problem, 412 when somebody saved in between, nothing lost.

    A page whose act is not for the reader says who can (403) before anything is typed.
    """
    if page.rule is not None:
        powers = powers_on(request.actor, assignment, clock.today())
        require(page.rule(powers, page.delivery or assignment), page.who or _("Rollen din gir ikke rett til dette."))
    if request.method != "POST":
        return show(request, assignment, form, page)
    if not form.is_valid():
        return show(request, assignment, form, page, status=422)
    try:
        receipt = page.act(form.cleaned_data)
    except StaleVersion as error:
        if page.shows_both:  # the page has both texts to show
            raise
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(load(request, assignment.uuid).version)  # type: ignore[index]
        return show(request, assignment, form, page, [Problem(error.code, error.message)], status=412)
    except RuleBroken as error:
        problems = error.problems or [Problem(error.code, error.message)]
        return show(request, assignment, form, page, problems, status=error.status)
    receipts.give(request, receipt.title, receipt.details)
    return redirect(passport_url(assignment))


def _words_over(request: PageRequest, assignment: Assignment, page: FormPage) -> tuple[str, str]:
    """What the assignment is called in the crumbs, and the line over the heading."""
    readable = may_read(request.actor, assignment)
    title = shown_title(assignment, readable)
    over = f"{assignment.reference} {title}".strip()
    if page.delivery is not None and assignment.delivery_count > 1:
        over = f"{over} · {_('leveranse')} {page.delivery.ordinal}: {delivery_title(page.delivery)}"
    return title, over


def show(
    request: PageRequest,
    assignment: Assignment,
    form: Form,
    page: FormPage,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a form."""
    for problem in problems or []:
        if problem.field in form.fields and not form.errors.get(problem.field):
            form.add_error(problem.field, str(problem.message))
    left = [problem for problem in problems or [] if problem.field not in form.fields]
    title, over = _words_over(request, assignment, page)
    crumbs = [
        Link(_("Oppdrag"), reverse("assignments:list")),
        Link(assignment.reference or title, passport_url(assignment)),
    ]
    context = {
        "head": PageHead(title=page.title, overline=over, lead=page.lead, crumbs=crumbs),
        "form": form,
        "problems": left,
        "assignment_url": passport_url(assignment),
        "submit": page.submit,
        **(page.context or {}),
    }
    return render(request, page.template, context, status=status)
