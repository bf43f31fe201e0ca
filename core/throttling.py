"""How often one address may ask for pages that are open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from rest_framework.throttling import AnonRateThrottle


class OpenPagesThrottle(AnonRateThrottle):
    """Two a second on average, per address; those who are signed in are not counted."""

    scope = "open_pages"
    rate = "120/min"


def for_everybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 429 with a sentence when an address asks too often, and let proxies keep the answer a while."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        throttle = OpenPagesThrottle()
        if not throttle.allow_request(request, None):  # type: ignore[arg-type]
            busy: HttpResponse = render(request, "errors/429.html", status=429)
            busy.headers["Retry-After"] = str(int(throttle.wait() or 60))
            return busy
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "public, max-age=300")
            patch_vary_headers(response, ("Cookie",))
        return response

    return wrapped
