"""Addresses of the calendar."""

from reporting.views.calendar import urlpatterns

__all__ = ["urlpatterns"]
