"""Where the words stand: shown to both persons before anything is taken out (A16). Reads, never writes."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core import files
from core.erasing import TAG, Words, text_fields
from core.errors import DomainError
from core.models import StoredFile
from governance.importing.extraction.door import extract
from governance.importing.records import SourceFile
from governance.models import DocumentFile, EnclosureDispatch, SteeringDocument
from governance.removal.reach import Held, around, beside, content, files_of

#: Characters shown on each side of the words.
AROUND = 60


@dataclass(frozen=True)
class Place:
    """One column of one row where the words stand.

    ``inside`` is true for the document itself, ``own`` for what the agency has not shared.
    """

    model: type[models.Model]
    pk: int
    column: models.Field[Any, Any]
    value: Any
    inside: bool
    own: bool = False

    @property
    def what(self) -> str:
        """The kind of row, in words."""
        return str(self.model._meta.verbose_name)


@dataclass
class Found:
    """Everything that is changed when the words go; ``own_files`` are keys of files the agency has not shared.

    ``later`` are files that came after those were read, and are read when the words go.
    """

    places: list[Place] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    unread: list[StoredFile] = field(default_factory=list)
    later: list[StoredFile] = field(default_factory=list)
    own_files: frozenset[int] = frozenset()

    @property
    def inside(self) -> list[Place]:
        """Places in the document itself."""
        return [place for place in self.places if place.inside]

    @property
    def shared(self) -> list[Place]:
        """Places that both sides, or the issuer alone, know of."""
        return [place for place in self.places if not place.own]

    @property
    def counts(self) -> dict[str, int]:
        """How many places of each kind outside the document, without what the agency has not shared."""
        return _counted(place for place in self.shared if not place.inside)

    @property
    def own_counts(self) -> dict[str, int]:
        """How many places of each kind, and files, of what the agency has not shared."""
        counted = _counted(place for place in self.places if place.own)
        if files := sum(1 for stored in self.files if stored.pk in self.own_files):
            counted[_("filer slettet")] = files
        return counted


def _counted(places: Iterable[Place]) -> dict[str, int]:
    return dict(sorted(Counter(place.what for place in places).items()))


def in_document(document: SteeringDocument, words: Words) -> list[Place]:
    """The places in the document itself; no file is opened."""
    return list(_in_rows(content(document), words, set(), inside=True, lock=False))


@dataclass(frozen=True)
class LineCount:
    """One line of what is asked for, with the number of places in the document and elsewhere."""

    words: str
    inside: int
    outside: int


def by_line(places: Sequence[Place], words: Words) -> list[LineCount]:
    """Where each line stands; a place with two of them counts for both."""
    counted = []
    for line in words.each:
        held = [place.inside for place in places if line.stand_in(place.value)]
        counted.append(LineCount(line.text, sum(held), len(held) - sum(held)))
    return counted


#: permanent ids of the files that were read: "held" with the words, "clear" without, "unread" not to be read
Looked = Mapping[str, Sequence[str]]


def find(document: SteeringDocument, words: Words, *, lock: bool = False, looked: Looked | None = None) -> Found:
    """Every place and file that holds the words. The number of queries does not grow with the document.

    ``lock`` holds the rows until the transaction ends: what others write at the same moment is waited for.
    ``looked`` is what ``look`` found before: no file is opened then, and those that have come since are told apart.
    """
    found, subjects = Found(), set[UUID]()
    inner, outer = content(document), around(document)
    found.places += _in_rows(inner, words, subjects, inside=True, lock=lock)
    found.places += _in_rows(outer, words, subjects, inside=False, lock=lock)
    found.places += _in_rows(beside(document, subjects), words, set(), inside=False, lock=lock)
    lying = files_of(document, [*inner, *outer], subjects)
    found.files += lying.whole
    found.own_files = lying.own
    before = _by_file(looked) if looked is not None else None
    for stored in lying.other:
        if before is not None and str(stored.uuid) not in before:
            found.later.append(stored)
            continue
        holds = before[str(stored.uuid)] if before is not None else _holds(stored, words)
        if holds is None:
            found.unread.append(stored)
        elif holds:
            found.files.append(stored)
    return found


def _by_file(looked: Looked) -> dict[str, bool | None]:
    """The answer for each file: held, not held, or not readable (None)."""
    answers: tuple[tuple[str, bool | None], ...] = (("held", True), ("clear", False), ("unread", None))
    return {uuid: answer for name, answer in answers for uuid in looked.get(name, ())}


def look(document: SteeringDocument, words: Words) -> Looked:
    """Read every file that may hold the words, once, and tell what is in each."""
    subjects = set[UUID]()
    tables = [*content(document), *around(document)]
    for held in tables:
        subjects.update(held.rows.values_list("uuid", flat=True))
    looked: dict[str, list[str]] = {"held": [], "clear": [], "unread": []}
    for stored in files_of(document, tables, subjects).other:
        holds = _holds(stored, words)
        looked["unread" if holds is None else "held" if holds else "clear"].append(str(stored.uuid))
    return looked


def removable_files(document: SteeringDocument) -> list[StoredFile]:
    """Files that can be taken out whole: originals, annexes and what was sent later."""
    own = Q(pk__in=DocumentFile.objects.filter(document=document).values("file"))
    later = Q(pk__in=EnclosureDispatch.objects.filter(document=document).values("file"))
    return list(StoredFile.objects.filter(own | later, removed_at__isnull=True).order_by("name", "pk"))


def _in_rows(tables: Sequence[Held], words: Words, subjects: set[UUID], *, inside: bool, lock: bool) -> Iterator[Place]:
    for held in tables:
        rows, columns = held.rows.order_by("pk"), text_fields(held.rows.model)
        if lock:
            rows = rows.select_for_update(of=("self",))
        names = [column.attname for column in columns]
        for pk, uuid, *values in rows.values_list("pk", "uuid", *names):
            subjects.add(uuid)
            for column, value in zip(columns, values, strict=True):
                if value and words.stand_in(value):
                    yield Place(rows.model, pk, column, value, inside, held.own)


def _holds(stored: StoredFile, words: Words) -> bool | None:
    """Whether the words stand in a file; None when it cannot be read."""
    if words.stand_in(stored.name):
        return True
    try:
        data = files.read(stored)
        text = _text(stored, data)
    except (DomainError, OSError):
        return None
    return words.stand_in(text) or words.stand_in(text.replace("-\n", ""))


def _text(stored: StoredFile, data: bytes) -> str:
    if stored.content_type.startswith("text/") or stored.content_type == "application/json":
        return data.decode(errors="replace")
    return extract([SourceFile(stored.name, data)]).text


def shown_around(place: Place, words: Words) -> list[tuple[str, str, str]]:
    """The words of one place with what stands before and after: exactly what goes."""
    found = []
    for text in _strings(place.value):
        for start, end in words.spans(text):
            before, hit, after = (_as_read(part, text) for part in (text[:start], text[start:end], text[end:]))
            found.append((("… " if len(before) > AROUND else "") + before[-AROUND:], hit, after[:AROUND]))
    return found


def _as_read(part: str, whole: str) -> str:
    """A part of a text as a person reads it: without the mark-up, when the whole is mark-up."""
    return html.unescape(re.sub(TAG, "", part)) if whole.lstrip().startswith("<") else part


def shortened(line: str) -> str:
    """The beginning of a passage, to know it by."""
    return line if len(line) <= AROUND else f"{line[:AROUND]} …"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
