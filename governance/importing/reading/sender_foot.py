"""The sender's address at the foot of a first page, when each part of it came out on a line of its own (I-01)."""

from __future__ import annotations

import re

from governance.importing.reading.units import Line

_HEAD = re.compile(
    r"^(?:Postadresse|Kontoradresse|Besøksadresse|Telefon\b|Telefaks|Sentralbord|Saksbehandler|Saksbehandlar|"
    r"Sakshandsamar|Org\.?\s?n(?:r|o)\b|Avdeling$|Avdeling/)"
)
_ADDRESS = re.compile(r"^(?:Postboks|Pb\.?\s|Postadresse|Besøksadresse)")
_MAIL = re.compile(r"^postmottak@\S+$")
_WIDEST = 48
_LONGEST = 18
_NEAR = 8
_HEADS = 3


def stacked_sender_foot(lines: list[Line], at: int) -> int:
    """How many lines from here are a sender's address; 0 when this line opens none."""
    line = lines[at]
    if line.columns or line.furniture or not (line.gap or _HEAD.match(line.text)):
        return 0
    block = [line]
    for following in lines[at + 1 : at + _LONGEST]:
        if following.gap or following.columns or len(following.text) > _WIDEST:
            break
        block.append(following)
    heads = sum(1 for inside in block[:_NEAR] if _HEAD.match(inside.text))
    mailed = _ADDRESS.match(line.text) and len(block) > 2 and any(_MAIL.match(inside.text.strip()) for inside in block)
    return len(block) if mailed or (heads >= _HEADS and _HEAD.match(line.text)) else 0
