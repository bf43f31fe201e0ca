"""What the pages around a draft share: find the document on one's own side, show a form, take its act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from core import clock, receipts
from core.errors import DomainError, Text
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404
from governance.models import SteeringDocument
from governance.selectors.draft_tabs import draft_head, own_documents


def own_document(request: PageRequest, uuid: object) -> SteeringDocument:
    """The document, when it is written by the actor's own side and seen by the actor; else NotFound."""
    found: SteeringDocument = get_or_404(own_documents(request.actor, clock.today()).for_detail(), uuid)
    return found


@dataclass(frozen=True)
class Work:
    """A page with one form and one act: its words, and where one goes after."""

    title: Text
    submit: Text
    done: Text
    back: str
    lead: Text = ""
    template: str = "governance/draft_form.html"


def one_form(
    request: PageRequest,
    document: SteeringDocument,
    form: forms.Form,
    work: Work,
    act: Callable[[dict[str, Any]], Any],
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is right, do the act and go back with a receipt. A refused form keeps what was typed."""
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            act(dict(form.cleaned_data))
            receipts.give(request, str(work.done))
            return redirect(work.back)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = context.pop("head", None) or draft_head(document, str(work.title), str(work.lead))
    shown = {"head": head, "form": form, "problems": problems, "back": work.back, "submit": work.submit, **context}
    return show(request, work.template, shown, error)


def one_act(request: PageRequest, act: Callable[[], Any], done: Text, back: str) -> HttpResponse:
    """A button without a form: do the act and go back with a receipt. A refusal gets its own page with the reason."""
    act()
    receipts.give(request, str(done))
    return redirect(back)


def posted_version(request: PageRequest) -> int | None:
    """The version the button carried; None when it carries none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None
