"""Between a plain Django form and an action: what the action refused lands at the form's fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError, NotFound


def take_problems(form: forms.Form, error: DomainError) -> list[Any]:
    """Put each problem at its field, and give back those that have none on this form.

    Nothing typed is lost: the form keeps its data. An error that is not about input (404) is raised again.
    """
    if isinstance(error, NotFound):
        raise error
    loose = []
    for problem in error.problems:
        if problem.field in form.fields:
            form.add_error(problem.field, str(problem.message))
        else:
            loose.append(problem)
    if not error.problems:
        form.add_error(None, str(error.message))
    return loose


def show(
    request: HttpRequest, template: str, context: dict[str, Any], error: DomainError | None = None
) -> HttpResponse:
    """Render a page with its form; after a refusal with the status of the error (422 for form errors)."""
    status = 200
    if error is not None:
        status = error.status
    elif any(isinstance(value, forms.Form) and value.is_bound and value.errors for value in context.values()):
        status = 422
    return render(request, template, context, status=status)


def needs[FormT: type[forms.Form]](*names: str) -> Callable[[FormT], FormT]:
    """Class decorator: these fields are needed although the form lets them stand empty.

    The rule that refuses an empty one lives in the action, which tells everything that is wrong at once; the page
    only leaves out the word «valgfritt». Raises KeyError for a field the form does not have.
    """

    def mark(form: FormT) -> FormT:
        for name in names:
            form.base_fields[name].needed = True  # type: ignore[attr-defined]
        return form

    return mark
