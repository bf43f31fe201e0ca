"""Addresses of needs from expert meetings."""

from reporting.views.needs import urlpatterns

__all__ = ["urlpatterns"]
