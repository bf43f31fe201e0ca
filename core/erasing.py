"""Taking words out of stored text: found whatever the white space, mark-up and case, and replaced by a marker (A16).

The same words stand as plain text in one column, as sanitised HTML in another and inside JSON in a third. One
pattern finds them in all three; mark-up between the words is kept, so that what is left is still well formed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

#: One tag of mark-up.
TAG = r"<[^<>]*>"
#: The marker when the long one does not fit the column.
SHORT = "[Fjernet]"


def marker(day: date, basis: str) -> str:
    """What stands where the content stood: the day and the legal basis, nothing else."""
    return _("[Fjernet %(day)s, %(basis)s]") % {"day": f"{day:%d.%m.%Y}", "basis": basis}


@dataclass(frozen=True)
class Words:
    """Words and passages to be found and taken out, one a line, as a person wrote or pasted them."""

    written: str
    lines: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        lines = (" ".join(unicodedata.normalize("NFC", line).split()) for line in self.written.splitlines())
        object.__setattr__(self, "lines", tuple(dict.fromkeys(line for line in lines if line)))

    @property
    def text(self) -> str:
        """All of them, one a line, without what white space and repetition there was around."""
        return "\n".join(self.lines)

    @cached_property
    def each(self) -> tuple[Words, ...]:
        """Each line alone, to count by."""
        return (self,) if len(self.lines) == 1 else tuple(Words(line) for line in self.lines)

    @cached_property
    def _plain(self) -> list[re.Pattern[str]]:
        return [re.compile(_edge(line, _plain(line)), re.IGNORECASE) for line in self.lines]

    @cached_property
    def _marked_up(self) -> list[re.Pattern[str]]:
        return [re.compile(_edge(line, _marked_up(line)), re.IGNORECASE) for line in self.lines]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in one text, in code points; passages that overlap are one."""
        found: list[tuple[int, int]] = []
        for start, end in sorted(match.span() for one in self._patterns(text) for match in one.finditer(text)):
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found

    def _patterns(self, text: str) -> list[re.Pattern[str]]:
        return self._marked_up if "<" in text or "&" in text else self._plain

    def stand_in(self, value: Any) -> bool:
        """Whether any of the words stands in a text, or anywhere in a list or mapping."""
        return any(one.search(text) for text in _texts(value) for one in self._patterns(text))

    def replaced(self, value: Any, by: str) -> Any:
        """The value with the marker for the words; lists and mappings all the way down."""
        if isinstance(value, str):
            return self._replaced(value, by)
        if isinstance(value, list | tuple):
            return [self.replaced(part, by) for part in value]
        if isinstance(value, dict):
            return {self.replaced(key, by): self.replaced(part, by) for key, part in value.items()}
        return value

    def _replaced(self, text: str, by: str) -> str:
        parts, last = [], 0
        for start, end in self.spans(text):
            parts += [text[last:start], by, *re.findall(TAG, text[start:end])]
            last = end
        return "".join([*parts, text[last:]])

    def fitted(self, value: str, by: str, limit: int | None) -> str:
        """The text with the marker, in a column that takes ``limit`` characters; a shorter marker when it must."""
        for text in (self.replaced(value, by), self.replaced(value, SHORT), by, SHORT):
            if limit is None or len(text) <= limit:
                return str(text)
        return ""


def _edge(line: str, pattern: str) -> str:
    """Whole words only: «Dahl» is not taken out of «Dahle»."""
    first = r"(?<!\w)" if re.match(r"\w", line[0]) else ""
    last = r"(?!\w)" if re.match(r"\w", line[-1]) else ""
    return f"{first}{pattern}{last}"


def _plain(line: str) -> str:
    return r"(?:\s|\u00ad)+".join("\u00ad?".join(map(re.escape, word)) for word in line.split())


def _marked_up(line: str) -> str:
    between = rf"(?:{TAG}|&shy;|\u00ad)*"
    gap = rf"(?:{TAG}|\s|&nbsp;|&\#160;)+"
    return gap.join(between.join(_letter(letter) for letter in word) for word in line.split())


def _letter(letter: str) -> str:
    """A letter as it is, or as HTML writes it."""
    named = {re.escape(letter), re.escape(html.escape(letter)), f"&\\#{ord(letter)};"}
    return re.escape(letter) if letter.isalnum() else f"(?:{'|'.join(sorted(named, key=len, reverse=True))})"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def moved(offset: int, spans: list[tuple[int, int]], length: int) -> int:
    """Where an offset in a text lands after each span has become a marker of ``length`` characters."""
    shift = 0
    for start, end in spans:
        if offset >= end:
            shift += length - (end - start)
        elif offset > start:
            return start + shift + min(offset - start, length)
        else:
            break
    return offset + shift


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a model that hold words: text, JSON, and lists of text; not choices, codes or addresses."""
    found = []
    for column in model._meta.concrete_fields:
        if isinstance(column, models.SlugField | models.EmailField) or column.choices:
            continue
        inner = column.base_field if isinstance(column, ArrayField) else column
        if isinstance(inner, models.TextField | models.CharField | models.JSONField):
            found.append(column)
    return found
