"""Amounts in whole kroner (decision A12), never floats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+"
_NUMBER = rf"(?:{_DIGITS})(?:,\d+)?"
_SCALE = r"mrd\.?|milliard(?:er|ar)?|mill\.?|million(?:er|ar)?|tusen|1[ \u00a0]?000"
_AMOUNT = re.compile(
    rf"(?:\b(?P<kr>kr\.?|NOK)\s*)?(?<![\d.,/])(?P<number>{_NUMBER})(?:\s*(?P<scale>{_SCALE})(?![a-zæøå]))?"
    r"\s*(?P<unit>kroner|kr\b\.?|,-)?",
    re.IGNORECASE,
)
_TABLE_AMOUNT = re.compile(rf"[-–−+]?\s?(?:{_DIGITS})(?:,\d+)?")
_FACTORS = {"t": 1_000, "1": 1_000, "m": 1_000_000}
_UNIT_NOTE = re.compile(
    r"(?:tall|beløp|sum(?:mer)?)?\s*(?:er\s+)?(?:oppgitt\s+)?i\s+(?P<unit>hele\s+kroner|heile\s+kroner|"
    r"1[ .\u00a0]?000\s*(?:kroner|kr\.?)|tusen(?:\s+(?:kroner|kr\.?))?|1000-kroner|mill\.?\s*(?:kroner|kr\.?)|"
    r"millioner(?:\s+kroner)?|millionar(?:\s+kroner)?|kroner|kr)(?![a-zæøå])",
    re.IGNORECASE,
)
_UNIT_SHORT = re.compile(
    r"(?<![\d,])(?<![\d,] )\(?\b(?P<unit>1[ .\u00a0]?000\s*(?:kroner|kr)|mill\.\s*(?:kroner|kr)|tusen\s*kroner)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AmountHit:
    """An amount in running text: whole kroner, and both parts as written."""

    start: int
    end: int
    kroner: int
    amount_as_written: str
    unit_as_written: str


def to_decimal(written: str) -> Decimal:
    """«1 556 792», «458.591» and «41,6» as numbers. A dot before three digits parts thousands."""
    text = re.sub(r"[ \u00a0\u202f]", "", written).replace("−", "-").replace("–", "-").lstrip("+")
    text = re.sub(r"\.(?=\d{3}(?:\D|$))", "", text)
    return Decimal(text.replace(",", "."))


def _factor(scale: str) -> int:
    lowered = scale.lower()
    if lowered.startswith(("mrd", "milliard")):
        return 1_000_000_000
    return _FACTORS.get(lowered[:1], 1)


def find_amounts(text: str) -> list[AmountHit]:
    """Amounts with a unit («1,7 mill. kroner», «500 000 kroner», «kr 184 250 000»).

    A number without kr, kroner or a scale is no amount. Fractions of a krone are rounded.
    """
    found = []
    for match in _AMOUNT.finditer(text):
        scale, unit, prefix = match["scale"], match["unit"], match["kr"]
        if not (unit or prefix or (scale and not scale[0].isdigit() and scale.lower() != "tusen")):
            continue
        number = to_decimal(match["number"])
        kroner = int((number * (_factor(scale) if scale else 1)).to_integral_value())
        words = " ".join(part for part in (prefix, scale, unit) if part)
        found.append(AmountHit(match.start(), match.end(), kroner, match["number"], words))
    return found


_CROWNS_HEAD = re.compile(r"^(?:beløp\s*\(?\s*)?(?:hele\s+|heile\s+)?(?P<unit>kroner|kr\.?|NOK)\)?$", re.IGNORECASE)
_ROUND_CROWNS = re.compile(
    r"^[-–−+]?\s?\d{2,3}(?:[ \u00a0.]\d{3}){2,}$|^[-–−+]?\s?\d{1,3}(?:[ \u00a0.]\d{3})+[ \u00a0.]000$"
)


def head_unit(text: str) -> tuple[int, str] | None:
    """(1, unit as written) for the head of a column of amounts in kroner: «Kroner», «Beløp (kr)»."""
    match = _CROWNS_HEAD.match(text.strip())
    return (1, match["unit"]) if match else None


def look_like_crowns(amounts: Iterable[str]) -> bool:
    """True when amounts without a unit can hardly be thousands: all are round thousands, and one is ten million."""
    written = list(amounts)
    large = any(len(re.sub(r"\D", "", amount)) >= 8 for amount in written)
    return len(written) > 1 and large and all(_ROUND_CROWNS.match(amount.strip()) for amount in written)


def table_unit(text: str) -> tuple[int, str] | None:
    """(factor to whole kroner, unit as written) from a note such as «(i 1 000 kroner)»."""
    match = _UNIT_NOTE.search(text) or _UNIT_SHORT.search(text)
    if not match:
        return None
    unit = match["unit"].lower()
    if unit.startswith(("1", "tusen")):
        return 1_000, match["unit"]
    if unit.startswith("mill"):
        return 1_000_000, match["unit"]
    return 1, match["unit"]


def table_amount(cell: str, factor: int) -> tuple[int, str] | None:
    """(whole kroner, as written) of a table cell holding one number, or None."""
    text = cell.strip()
    negative = text.startswith("(") and text.endswith(")")
    text = re.sub(r"(?:\s*(?:kroner|kr\.?|,-))$", "", text.strip("() "), flags=re.IGNORECASE)
    text = re.sub(r"^kr\.?\s*", "", text, flags=re.IGNORECASE)
    if not text or not _TABLE_AMOUNT.fullmatch(text):
        return None
    number = to_decimal(re.sub(r"^([-–−+])\s+", r"\1", text))
    value = int((number * factor).to_integral_value())
    return (-value if negative and value > 0 else value), cell.strip()
