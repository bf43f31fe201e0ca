"""Addresses of pages in the rooms to the right, by name; a page that is not installed leads home."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object, anchor: str = "", **query: object) -> str:
    """The path of a named page with a query string; empty values are left out."""
    try:
        path = reverse(name, args=[str(arg) for arg in args])
    except NoReverseMatch:
        return "/"
    words = urlencode({key: value for key, value in query.items() if value not in (None, "")})
    return f"{path}{'?' + words if words else ''}{'#' + anchor if anchor else ''}"
