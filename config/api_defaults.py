"""What the API does where a view has declared nothing: refuse."""

from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import ImproperlyConfigured
from rest_framework.permissions import BasePermission

if TYPE_CHECKING:  # rest_framework.views reads its settings, and so this module, while it is imported
    from rest_framework.request import Request
    from rest_framework.views import APIView


class RefuseUndeclared(BasePermission):
    """Django's login middleware skips API views, so one without its own permission must not answer."""

    def has_permission(self, request: "Request", view: "APIView") -> NoReturn:
        """Stop with an error that names the view: a forgotten permission is a bug, not a refusal."""
        raise ImproperlyConfigured(f"{type(view).__qualname__} has not declared its permission.")
