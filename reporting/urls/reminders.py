"""Addresses of reminders and purring."""

from reporting.views.reminders import urlpatterns

__all__ = ["urlpatterns"]
