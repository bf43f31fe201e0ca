"""Organisation numbers: nine digits with a modulus 11 check digit (V-33)."""

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_valid(number: str) -> bool:
    """True when the check digit is right. Spaces are not allowed here; forms strip them."""
    if len(number) != 9 or not number.isascii() or not number.isdigit():
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(number[:8], WEIGHTS, strict=True)) % 11
    check = 0 if rest == 0 else 11 - rest
    return check == int(number[8])
