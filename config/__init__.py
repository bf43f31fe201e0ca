"""Wiring only: settings, addresses, Celery and logging. Imported by nobody below."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
