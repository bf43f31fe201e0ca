"""The words of a passage as running text, for reading beside an answer. What is stored stays as the letter has it."""

from __future__ import annotations

import re

from governance.importing.values.text import join_lines

_BLANK = re.compile(r"\n\s*\n")


def flowing(text: str, *, read_in: bool = True) -> str:
    """The text without the hard line breaks of a file that was read in; a hyphen at a line's end joins the word.

    ``read_in``: the document came from a file. What was drafted here keeps the breaks its writer made.
    """
    if not read_in:
        return text
    return "\n\n".join(part for part in (join_lines(block.splitlines()) for block in _BLANK.split(text)) if part)
