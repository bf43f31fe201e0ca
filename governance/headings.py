"""The number of a heading that does not stand in its words, printed in front of them.

A letter made here keeps the number of a chapter or goal beside its title. One that was read in has the number in the
words already, or has none: nothing is put in front of those.
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?\s+\S")


def unsaid_number(text: str, number: str, chapter: str) -> str:
    """The number to print in front of a heading: «1», «3.1», «Vedlegg I»; empty when the words say one already."""
    words = " ".join(text.split())
    if not chapter or not number or _NUMBERED.match(words) or words.startswith(f"{number} "):
        return ""
    return number


def numbered(text: str, number: str, chapter: str) -> str:
    """A heading as it is read: «1 Innledning»."""
    return f"{unsaid_number(text, number, chapter)} {text}".strip()
