"""Errors as RFC 9457 ``application/problem+json``, with a stable ``type`` and all field errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.errors import DomainError, NotFound, Problem

CONTENT_TYPE = "application/problem+json"


def problem_response(
    *, code: str, title: str, http_status: int, detail: str = "", errors: Sequence[Mapping[str, Any]] = (), **extra: Any
) -> Response:
    """One problem document."""
    body: dict[str, Any] = {"type": f"urn:styringsdialog:problem:{code}", "title": title, "status": http_status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return Response({**body, **extra}, status=http_status, content_type=CONTENT_TYPE)


def _error(problem: Problem) -> dict[str, str]:
    row = {"code": problem.code, "detail": str(problem.message), "field": problem.field, "pointer": problem.pointer}
    return {key: value for key, value in row.items() if value}


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is not an error of ours or of DRF's becomes a 500 elsewhere."""
    if isinstance(exception, Http404):
        exception = NotFound(_("Ressursen finnes ikke, eller du har ikke tilgang til den."))
    if isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if isinstance(exception, DomainError):
        set_rollback()
        return problem_response(
            code=exception.code,
            title=str(exception.title),
            http_status=exception.status,
            detail=str(exception.message),
            errors=[_error(problem) for problem in exception.problems],
        )
    if isinstance(exception, exceptions.APIException):
        set_rollback()
        response = problem_response(
            code=str(getattr(exception, "default_code", "error")),
            title=_title(exception.status_code),
            http_status=exception.status_code,
            detail=exception.detail if isinstance(exception.detail, str) else str(exception.detail),
        )
        if header := getattr(exception, "auth_header", None):
            response["WWW-Authenticate"] = header
        if wait := getattr(exception, "wait", None):
            response["Retry-After"] = str(int(wait))
        return response
    return None


def _title(code: int) -> str:
    titles = {
        status.HTTP_401_UNAUTHORIZED: _("Du må vise hvem du er"),
        status.HTTP_403_FORBIDDEN: _("Du har ikke tilgang"),
        status.HTTP_405_METHOD_NOT_ALLOWED: _("Denne metoden finnes ikke her"),
        status.HTTP_406_NOT_ACCEPTABLE: _("Formatet finnes ikke"),
        status.HTTP_429_TOO_MANY_REQUESTS: _("For mange kall"),
    }
    return titles.get(code, _("Kallet kan ikke besvares"))
