"""Domain errors become pages here, once; the API maps them in core.api."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError


class DomainErrorMiddleware:
    """Show ``errors/domain.html`` with the sentence, the problems and the right status code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Map our errors; leave all others to Django."""
        if not isinstance(exception, DomainError) or request.path.startswith("/api/"):
            return None
        return render(request, "errors/domain.html", {"error": exception}, status=exception.status)
