"""The components page: what everything looks like, for those who build and those who check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.gallery import example_context
from core.pages import page, signed_in


@page(signed_in)
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states."""
    return render(request, "core/components.html", example_context())
