"""Addresses in the rooms of the governing documents."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def document_url(uuid: UUID) -> str:
    """The page of a document."""
    return _address("governance:document", uuid)


def new_supplement_url() -> str:
    """Where a supplement is begun."""
    return _address("governance:new_supplement")


def _address(name: str, *args: object) -> str:
    """The address, or nothing where that room has no page of this name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
