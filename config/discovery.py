"""Find the optional modules of our own apps, so that wiring need not know which app has which."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLResolver, include, path


def include_each(module: str) -> list[URLResolver]:
    """Include `<app>.<module>` of each of our apps that has one, in the order of the apps."""
    return [path("", include(name)) for app in settings.OUR_APPS if has_module(name := f"{app}.{module}")]


def has_module(name: str) -> bool:
    """Whether a module exists, without importing it (its package is imported)."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
