"""What a letter's rows point at outside the letter, by permanent id: a few queries however many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from agencies.models import Department, Organisation
from core import reference
from core.pdf.inline import Inline, Language, Span, Text
from governance.letters.paid_for import PaidFor, assignments_paid
from governance.models import ChapterTemplate, DirectiveEdition, SteeringDocument
from governance.roundtrip.letter import Letter

_POINTERS = {"department": Department, "financing_ministry": Organisation, "recipient": Organisation}


@dataclass(frozen=True)
class Lookup:
    """Names by permanent id, titles known to be in another language, and where each type of row is written.

    ``assignments``: those the letter's money is for.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Language] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    assignments: Mapping[str, PaidFor] = field(default_factory=dict)

    def name(self, uuid: Any, otherwise: str = "") -> str:
        """The name of what a row points at."""
        return self.names.get(str(uuid), otherwise) if uuid else otherwise

    def marked(self, text: str, language: str) -> Text:
        """The text with each known title of another language as a span of its own."""
        for title, other in self.titles.items():
            if other != language and title in text:
                before, _title, after = text.partition(title)
                rest = self.marked(after, language)
                parts: list[Inline] = [before, Span(title, lang=other, verbatim=True)]
                parts.extend([rest] if isinstance(rest, str) else rest)
                return tuple(part for part in parts if part)
        return text


def lookup_for(document: SteeringDocument, letter: Letter) -> Lookup:
    """Everything the rows of this letter name."""
    names: dict[str, str] = {}
    wanted = list(_pointers(letter))
    for model, label in ((Department, "code"), (Organisation, "name")):
        uuids = [uuid for kind, uuid in wanted if kind is model]
        if uuids:
            names |= {
                str(uuid): name
                for uuid, name in model._default_manager.filter(uuid__in=uuids).values_list("uuid", label)
            }
    return Lookup(names=names, titles=_titles(), homes=_homes(document), assignments=assignments_paid(letter))


def _pointers(letter: Letter) -> Iterator[tuple[type, UUID]]:
    for row in letter.items:
        for name, model in _POINTERS.items():
            if row["data"].get(name):
                yield model, UUID(str(row["data"][name]))


def _titles() -> dict[str, Language]:
    """Titles of documents in another written norm than the letters that name them, longest first."""
    found: dict[str, Language] = {row["title"]: row["language"] for row in reference.read("reference/titles.json")}
    editions = DirectiveEdition.objects.exclude(title_nn="").values_list("title_nb", "title_nn")
    found |= {nn: "nn" for nb, nn in editions if nn != nb}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _homes(document: SteeringDocument) -> dict[str, str]:
    """Type of row → chapter of the template that holds it, the organisation's own templates first."""
    rows: Iterable[ChapterTemplate] = ChapterTemplate.objects.filter(kind=document.kind).order_by("ordinal", "id")
    homes: dict[str, str] = {}
    for own in (True, False):
        for row in rows:
            if (row.organisation_id == document.issuer_id) == own:
                for key in row.holds:
                    homes.setdefault(key, row.code)
    return homes
