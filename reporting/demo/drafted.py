"""Demo text and rows from fixture data, written by the acts a person uses: every row by the registry of item types.

A document's ``body`` is a list in reading order. Each entry has one of the keys in ``DraftWriter.acts``; values that
point at something name it as a reader would: a department by code, a body by short form, a goal by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from agencies.models import Department, Organisation
from core.actor import Actor
from governance.actions import draft_passages, draft_rows, supplements
from governance.actions.change_base import Wish
from governance.actions.change_in_force import change_in_force
from governance.actions.directives import attach_directives
from governance.consolidation import Entry
from governance.drafting import last_year
from governance.drafting.effect import changeable, standing
from governance.drafting.values import model_fields
from governance.items import ITEM_TYPES, ItemType
from governance.models import DirectiveEdition, DocumentState, Passage, SteeringDocument
from governance.models.document import DocumentPart
from governance.models.goals import ItemLine
from reporting.demo import shorthand
from reporting.demo.people import World

Data = Mapping[str, Any]


class DraftWriter:
    """Writes the body of one draft as the officer who has it."""

    def __init__(self, world: World, document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
        self.world, self.document, self.actor, self.at = world, document, actor, at
        self.chapter = ""
        self.acts: dict[str, Callable[[Data], Any]] = {
            "row": self._row,
            "chapter": self._chapter,
            "h": self._heading,
            "p": self._paragraph,
            "amount": self._amount,
            "change": self._change,
            "directives": self._directives,
        }

    def write(self, body: list[Data]) -> None:
        """Every entry, first to last. A row is known first: an amount has a chapter of its own."""
        for entry in body:
            act = next(act for key, act in self.acts.items() if key in entry)
            act(entry)

    # ---- text ----
    def _chapter(self, entry: Data) -> None:
        self.chapter = entry["chapter"]

    def _heading(self, entry: Data) -> None:
        number = entry.get("number", "")
        self._passage(f"{number} {entry['h']}".strip(), heading_level=entry.get("level", 1), section_number=number)

    def _paragraph(self, entry: Data) -> None:
        passage = self._passage(entry["p"], language=entry.get("language", ""))
        for row in entry.get("rows", []):
            self.save(row, passages=[passage])

    def _passage(self, text: str, **values: Any) -> Passage:
        return draft_passages.add_passage(
            document=self.document, text=text, chapter=self.chapter, actor=self.actor, at=self.at, **values
        )

    # ---- rows ----
    def _row(self, entry: Data) -> None:
        self.save(entry)

    def save(self, row: Data, *, passages: list[Passage] | None = None) -> None:
        """One row of the registry; its type is the value of ``row``."""
        kind = ITEM_TYPES[row["row"]]
        draft_rows.save_row(
            document=self.document, item_type=kind.key, data=self.values(kind, row), actor=self.actor, at=self.at,
            passages=passages, chapter=self.chapter,
        )  # fmt: skip

    def values(self, kind: ItemType, row: Data) -> dict[str, Any]:
        """Plain data by the registry, with what the fixture names looked up."""
        data = shorthand.expand(kind.key, {name: value for name, value in row.items() if name != "row"})
        if kind.key == "common_directive" and "edition" in data:
            return last_year.directive_data(edition(data["edition"]), self.document.language)
        found = self._pointed(kind.model, data)
        for child in kind.children:
            found[child.key] = [self._pointed(child.model, part) for part in data.get(child.key, [])]
        return found

    def _pointed(self, model: type[DocumentPart], data: Data) -> dict[str, Any]:
        pointers = {f.name: f for f in model_fields(model) if isinstance(f, models.ForeignKey)}
        return {
            name: str(self._target(pointers[name].related_model, value).uuid) if name in pointers and value else value
            for name, value in data.items()
        }

    def _target(self, model: Any, name: str) -> Any:
        if issubclass(model, Organisation):
            return self.world.organisations[name]
        if issubclass(model, SteeringDocument):
            return self.world.documents[name]
        if issubclass(model, Department):
            return Department.objects.get(organisation=self.document.issuer, code=name)
        if issubclass(model, ItemLine):
            return self.world.line(model, self.document.recipient, name)
        if issubclass(model, DirectiveEdition):
            return edition(name)
        return self._named(model, name)

    def _named(self, model: type[DocumentPart], name: str) -> DocumentPart:
        """A row of this document, or of an issued one to the same agency, by number or title."""
        field = "reference" if any(f.name == "reference" for f in model._meta.concrete_fields) else "title"
        rows = model._default_manager.filter(document__recipient=self.document.recipient)
        rows = rows.filter(models.Q(**{field: name}) | models.Q(title=name))
        issued = rows.filter(document__state=DocumentState.ISSUED).order_by("-id")
        found = rows.filter(document=self.document).first() or issued.first()
        if found is None:
            raise LookupError(f"{model.__name__} {name} stands in no document to {self.document.recipient}")
        return found

    # ---- what a supplement does ----
    def _amount(self, entry: Data) -> None:
        row = dict(entry["amount"])
        assignment = row.pop("assignment", "")
        change = supplements.AmountChange(
            amount=row.pop("thousands") * 1000,
            assignment=self._target(ITEM_TYPES["assignment"].model, assignment).uuid if assignment else None,
            **row,
        )
        supplements.add_amount(
            document=self.document, change=change, actor=self.actor, at=self.at, expected_version=None
        )

    def _change(self, entry: Data) -> None:
        row = entry["change"]
        held = self._in_force(row["row"], row["name"])
        dates = {
            UUID(held.item.data["deliveries"][int(n)]["uuid"]): day(text) for n, text in row.get("dates", {}).items()
        }
        values = self.values(ITEM_TYPES[row["row"]], row["values"]) if "values" in row else {}
        wish = Wish(row["what"], held.item.uuid, reason=row.get("reason", ""), dates=dates, values=values)
        change_in_force(document=self.document, wishes=[wish], actor=self.actor, at=self.at, expected_version=None)

    def _in_force(self, key: str, name: str) -> Entry:
        for entry in changeable(standing(self.document, self.at.date())):
            data = entry.item.data
            if entry.item.key != key:
                continue
            post = f"{data['chapter']}.{int(data['post']):02d}" if key == "budget_line" else ""
            if name in (data.get("reference"), data.get("title"), post):
                return entry
        raise LookupError(f"{key} {name} is not in force for {self.document.recipient}")

    def _directives(self, entry: Data) -> None:
        attach_directives(
            document=self.document, editions=[edition(name) for name in entry["directives"]], actor=self.actor,
            at=self.at,
        )  # fmt: skip


def edition(name: str) -> DirectiveEdition:
    """An edition by code and circular: «klima D-1/25»."""
    code, _sep, circular = name.partition(" ")
    return DirectiveEdition.objects.get(code=code, circular=circular)


def day(text: str) -> date:
    """A date from ISO text."""
    return date.fromisoformat(text)
