"""Addresses of Min arbeidsdag and the agencies."""

from reporting.views.overview import urlpatterns

__all__ = ["urlpatterns"]
