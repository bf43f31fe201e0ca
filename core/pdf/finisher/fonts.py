"""Character maps: which character a glyph stands for when text is searched, copied or read aloud.

Several characters share a glyph (the no-break space and the space, the soft hyphen and the hyphen),
and the first one used names the glyph for the whole file. Then "TB2026-5" cannot be found. Marks
without width can also stick to the letter before them."""

import re
from typing import Any

_ENTRY = re.compile(rb"^<([0-9a-f]+)> <([0-9a-f]+)>$")
_SAME = {"\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u00ad": "-"}
_WITHOUT_WIDTH = "\u00ad\u2060\u200b"


def repair_character_maps(pdf: Any) -> None:
    """All fonts of the file."""
    for entry in list(pdf.objects):
        if isinstance(entry, dict) and entry.get("Type") == "/Font" and "ToUnicode" in entry:
            number = int(entry["ToUnicode"].split()[0])
            stream = pdf.objects[number].stream
            stream[:] = [_repaired(line) for line in stream]


def _repaired(line: bytes) -> bytes:
    match = _ENTRY.match(line) if isinstance(line, bytes) else None
    if match is None:
        return line
    text = bytes.fromhex(match.group(2).decode()).decode("utf-16-be")
    mended = plain_character(text)
    return (
        line
        if mended == text
        else b"<%s> <%s>"
        % (
            match.group(1),
            mended.encode("utf-16-be").hex().encode(),
        )
    )


def plain_character(text: str) -> str:
    """The character people search for; marks without width go when they stuck to another one."""
    if len(text) > 1:
        text = "".join(c for c in text if c not in _WITHOUT_WIDTH) or text[:1]
    return "".join(_SAME.get(c, c) for c in text)
