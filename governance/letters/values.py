"""What every writer of rows shares: words, names, a row's values, and the smallest writing tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from core import calendars, formatting
from core.pdf import blocks as b
from core.pdf.inline import Text
from governance.items import ITEM_TYPES
from governance.letters.lookup import Lookup
from governance.letters.words import LetterWords, value_words
from governance.roundtrip.letter import Row

NOTHING = "–"


@dataclass(frozen=True)
class Setting:
    """What every writer needs: the words, the names, the level of headings here, and what stands right above."""

    words: LetterWords
    lookup: Lookup
    language: str
    issuer: str
    year: int | None
    level: int = 2
    above: str = ""

    def text(self, text: str) -> Text:
        """Running text with titles in another language marked."""
        return self.lookup.marked(text, self.language)

    def choice(self, key: str, name: str, value: str) -> str:
        """The word for a value of a closed list."""
        field: Any = ITEM_TYPES[key].model._meta.get_field(name)
        return value_words(str(dict(field.flatchoices).get(value, value)), self.language)

    def is_new(self, title: str) -> bool:
        """Whether a small heading would say something the heading above has not said."""
        return title.casefold() not in self.above.casefold()


class Data:
    """A row's values by name, and whether it is a shell."""

    def __init__(self, row: Row) -> None:
        self.row, self.data = row, row["data"]
        self.withheld = bool(row.get("withheld"))

    def __getattr__(self, name: str) -> Any:
        return self.data[name]

    def day(self, name: str) -> date:
        """A date that is there."""
        return date.fromisoformat(self.data[name])

    def clock(self, name: str) -> time:
        """A time of day that is there."""
        return time.fromisoformat(self.data[name])

    def whole(self, name: str) -> int:
        """A whole number; large ones are text in JSON."""
        return int(self.data[name])


def small_heading(setting: Setting, title: str) -> list[b.Block]:
    """A line in bold over a list, unless the heading right above says the same."""
    strong = b.Paragraph((b.Span(title, strong=True),), keep_with_next=True)
    return [strong] if setting.is_new(title) else []


def numbered(row: Data) -> str:
    """Number and title, the number once."""
    reference = str(row.reference).strip()
    return f"{reference} {row.title}".strip() if reference and not row.title.startswith(reference) else str(row.title)


def joined(parts: Iterable[str], separator: str = "; ") -> str:
    """The parts that say something, or a dash."""
    return separator.join(part for part in parts if part) or NOTHING


def paragraphs(text: str) -> list[str]:
    """Paragraphs are parted by an empty line."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def table(title: str, columns: Sequence[b.Column], lines: Iterable[Sequence[Any]], **values: Any) -> b.Table:
    """A table whose first column does not head its rows. A column where nothing is said is left out, and its width
    goes to the first wide one."""
    rows = [tuple(line) for line in lines]
    kept = [n for n in range(len(columns)) if n == 0 or any(row[n] not in (NOTHING, None) for row in rows)]
    chosen = [columns[n] for n in kept]
    spare = sum(column.width for column in columns) - sum(column.width for column in chosen)
    widest = max(range(len(chosen)), key=lambda n: chosen[n].width)
    chosen[widest] = replace(chosen[widest], width=chosen[widest].width + spare)
    lines_kept = tuple(b.Row(tuple(row[n] for n in kept)) for row in rows)
    return b.Table(tuple(chosen), lines_kept, title=title, row_headers=False, **values)


def weekday_before(day: date, words: LetterWords) -> str:
    """«Siste virkedag før: 13. mars» when the day is no working day, else nothing."""
    if calendars.day_off(day) is None:
        return ""
    return f"{words.last_working_day}: {formatting.day_month(calendars.last_working_day_on_or_before(day))}"
