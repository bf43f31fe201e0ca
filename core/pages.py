"""Every page declares who may open it; a page without a declaration does not start (architecture 6.4).

``@page(check)`` wraps a view function. ``check(request)`` answers True, or the sentence why not. What a person
may *see* is decided by ``visible_to`` in the view, what they may *do* by the action it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import NotAllowed, NotFound, Text

Check = Callable[["PageRequest"], "bool | Text"]


class PageRequest(HttpRequest):
    """A request with an actor on it (see agencies.middleware)."""

    actor: Actor


def signed_in(request: PageRequest) -> bool:
    """Any signed-in person; the rows are limited by ``visible_to``."""
    return request.actor.is_person


def page(check: Check, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[..., Callable[..., HttpResponseBase]]:
    """Declare who may open a page and by which methods. Other methods get 405."""
    if not callable(check):
        raise ImproperlyConfigured("a page needs a permission check")
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(allowed))})
            answer = check(cast(PageRequest, request))
            if answer is not True:
                raise NotAllowed(answer or _("Rollen din gir ikke tilgang til denne siden."))
            return view(request, *args, **kwargs)

        wrapped.declared_permission = check  # type: ignore[attr-defined]
        return wrapped

    return decorate


def get_or_404(queryset: QuerySet[Any], uuid: object) -> Any:
    """The row with this id among those the actor sees, else NotFound: unseen is 404."""
    row = queryset.filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("Siden finnes ikke, eller du har ikke tilgang til den."))
    return row
