"""Receipts: what was done, said in a band under the heading that stays until the next page.

A receipt is one message of Django's framework. Its first line is the sentence, the second the details, the
third and fourth a link's words and address. A plain ``messages.success(request, "Setning")`` works as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

# Django's level tag -> tone and glyph of the band
LOOKS = {
    "success": ("success", "closed"),
    "info": ("info", "info"),
    "debug": ("info", "info"),
    "warning": ("warning", "warn"),
    "error": ("danger", "stop"),
}


@dataclass(frozen=True)
class Receipt:
    """One band: tone, glyph, sentence, details and a link."""

    tone: str
    glyph: str
    title: str
    details: str = ""
    link: str = ""
    url: str = ""


def give(  # the parts of the band are its arguments
    request: HttpRequest,
    title: str,
    details: str = "",
    *,
    link: str = "",
    url: str = "",
    level: int = messages.SUCCESS,
) -> None:
    """Put a receipt on the next page the person sees."""
    messages.add_message(request, level, "\n".join([str(title), str(details), str(link), str(url)]))


def read(message: Any) -> Receipt:
    """Take a stored message apart again."""
    tone, glyph = LOOKS.get(message.level_tag, LOOKS["info"])
    parts = [*str(message.message).split("\n"), "", "", ""]
    return Receipt(tone, glyph, parts[0], parts[1], parts[2], parts[3])
