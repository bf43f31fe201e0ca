"""Collects every problem of a page for the error summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm

register = template.Library()


@dataclass(frozen=True)
class ErrorLine:
    """One line of the summary; ``target`` is the id of the field it leads to."""

    text: str
    target: str = ""


@register.simple_tag(takes_context=True)
def error_lines(context: Mapping[str, Any]) -> list[ErrorLine]:
    """All problems of ``form``, ``forms`` (or formsets) and ``problems`` in the context, in page order."""
    forms: list[BaseForm] = []
    for given in (context.get("form"), *(context.get("forms") or ())):
        if given is not None:
            forms.extend(_flatten(given))
    lines = [line for form in forms if form.is_bound for line in _form_lines(form)]
    lines.extend(_problem_line(problem, forms) for problem in context.get("problems") or ())
    return list(dict.fromkeys(lines))


def _flatten(given: Any) -> Iterable[BaseForm]:
    return list(given.forms) if hasattr(given, "management_form") else [given]


def _form_lines(form: BaseForm) -> Iterator[ErrorLine]:
    for error in form.non_field_errors():
        yield ErrorLine(str(error))
    for field in form:
        for error in field.errors:
            text = str(error) if field.is_hidden else f"{field.label}: {error}"
            yield ErrorLine(text, field.auto_id)


def _problem_line(problem: Any, forms: list[BaseForm]) -> ErrorLine:
    """A rule's problem (core.errors.Problem) leads to the field it names, if the page has it."""
    for form in forms:
        if problem.field and problem.field in form.fields:
            return ErrorLine(str(problem.message), form[problem.field].auto_id)
    return ErrorLine(str(problem.message), problem.pointer)
