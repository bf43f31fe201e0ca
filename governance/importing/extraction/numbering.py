"""Word's automatic numbers, which stand in numbering.xml and not in the text (decision G7)."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _roman(number: int) -> str:
    parts = []
    for value, sign in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while number >= value:
            parts.append(sign)
            number -= value
    return "".join(parts)


def _letters(number: int) -> str:
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


def written(number: int, form: str) -> str:
    """A number in one of Word's forms."""
    if form == "lowerLetter":
        return _letters(number)
    if form == "upperLetter":
        return _letters(number).upper()
    if form == "lowerRoman":
        return _roman(number)
    if form == "upperRoman":
        return _roman(number).upper()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


class Numbering:
    """Counts as Word counts: one counter for each list and level."""

    def __init__(self, root: Any | None) -> None:
        self.abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.seen: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.findall(f"{_W}abstractNum"):
            levels = {}
            for level in element.findall(f"{_W}lvl"):
                levels[int(level.get(f"{_W}ilvl", "0"))] = (
                    self._value(level, "numFmt", "decimal"),
                    self._value(level, "lvlText", ""),
                    int(self._value(level, "start", "1")),
                )
            self.abstract[element.get(f"{_W}abstractNumId", "")] = levels
        for element in root.findall(f"{_W}num"):
            number = element.get(f"{_W}numId", "")
            self.lists[number] = self._value(element, "abstractNumId", "")
            for override in element.findall(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self.starts[number, int(override.get(f"{_W}ilvl", "0"))] = int(start.get(f"{_W}val", "1"))

    @staticmethod
    def _value(element: Any, name: str, default: str) -> str:
        found = element.find(f"{_W}{name}")
        return str(found.get(f"{_W}val", default)) if found is not None else default

    def next(self, number: str, level: int) -> str:
        """The mark of the next paragraph on a list and level: «3.1.», «a)», «•», or empty."""
        key = self.lists.get(number)
        levels = self.abstract.get(key or "")
        if not levels or level not in levels:
            return ""
        form, pattern, start = levels[level]
        if form == "none":
            return ""
        if form == "bullet":
            return "•" if level == 0 else "o"
        counters = self.counters.setdefault(key or "", {})
        if (number, level) not in self.seen and (number, level) in self.starts:
            counters[level] = self.starts[number, level] - 1
        self.seen.add((number, level))
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        text = pattern
        for upper in range(level + 1):
            upper_form, _, upper_start = levels.get(upper, ("decimal", "", 1))
            text = text.replace(f"%{upper + 1}", written(counters.get(upper, upper_start), upper_form))
        return text.strip()
