"""A row of a reading as the item it would be registered as, held instead of saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from governance.content import ContentWriter
from governance.intake.convert import Conversion
from governance.intake.convert_items import CONVERTERS
from governance.intake.convert_rules import RULE_CONVERTERS
from governance.intake.differing import GONE, rows_of
from governance.intake.lines import KINDS as LINED
from governance.intake.lines import Registry
from governance.intake.matching import Pair
from governance.models import (
    CalendarItem,
    CalendarKind,
    DeliveryItem,
    DocumentImport,
    Goal,
    GoalLevel,
    ImportRow,
    SteeringDocument,
)
from governance.models.document import DocumentPart

P = TypeVar("P", bound=DocumentPart)
ALL = {**CONVERTERS, **RULE_CONVERTERS}


class Held(ContentWriter):
    """Holds the rows a converter makes; nothing is saved."""

    def __init__(self, document: SteeringDocument) -> None:
        super().__init__(document)
        self.made: list[DocumentPart] = []

    def add(self, model: type[P], /, *, passages: Any = None, **fields: Any) -> P:
        """The row, unsaved."""
        row = model(document=self.document, **fields)
        self.made.append(row)
        return row


class _Line:
    """A registered row stays on its line."""

    def __init__(self, line: Any) -> None:
        self.line = line

    def line_for(self, _row: ImportRow) -> Any:
        return self.line


class Rereading(Conversion):
    """One new reading over a registered document: what its rows would have been registered as."""

    def __init__(self, found: DocumentImport, document: SteeringDocument, pairs: Iterable[Pair]) -> None:
        super().__init__(found, document)
        self.pairs = list(pairs)
        self.sections = {row["ordinal"]: str(row.get("section_number") or "") for row in found.passages}
        goals = {row.uuid: row for row in Goal.objects.filter(document=document).order_by("ordinal", "id")}
        for pair in self.pairs:
            goal = goals.get(pair.before.uuid) if pair.before is not None else None
            if goal is not None and pair.now is not None:
                self._know(goal, pair.now.data)
        for goal in goals.values():
            self._know(goal, {"reference": goal.reference, "title": goal.title})
        for item in CalendarItem.objects.filter(document=document, kind=CalendarKind.REPORT):
            if item.date is not None:
                self.calendar.setdefault(item.date, item)

    def _know(self, goal: Goal, data: Mapping[str, Any]) -> None:
        for name in ("reference", "title", "key"):
            if data.get(name):
                self.goals.setdefault(str(data[name]).strip().casefold(), goal)

    def made(self, row: ImportRow, data: Mapping[str, Any], item: DocumentPart | None) -> list[DocumentPart]:
        """The item of a row with its children, unsaved; the item first. ``item`` is the registered one, if any."""
        self.writer = held = Held(self.document)
        self.last_goal = self._main_goal(row, item)
        if row.kind in LINED:
            self.lines = _Line(getattr(item, "line", None)) if item is not None else self._registry()  # type: ignore[assignment]
        shadow = ImportRow(uuid=item.uuid if item else row.uuid, kind=row.kind, data=dict(data), passages=row.passages)
        ALL[row.kind](self, shadow)
        return held.made

    def _registry(self) -> Registry:
        return Registry(self.agency, self.found, [row for row in rows_of(self.found) if row.state not in GONE])

    def _main_goal(self, row: ImportRow, item: DocumentPart | None) -> Goal | None:
        """The main goal a sub goal hangs under: the one it has, else the one before it in the reading."""
        if isinstance(item, Goal):
            return item.parent
        known = None
        for pair in self.pairs:
            if pair.now is row:
                return known
            if pair.now is not None and pair.before is not None and pair.now.kind == "goal":
                goal = Goal.objects.filter(document=self.document, uuid=pair.before.uuid, level=GoalLevel.MAIN).first()
                known = goal or known
        return known

    def section_of(self, row: ImportRow) -> str:
        """Number of the section the row stands in, in the new reading."""
        return self.sections.get(row.passages[0], "") if row.passages else ""

    def rest_delivery(self, item: DeliveryItem, delivery: Mapping[str, Any], row: ImportRow) -> None:
        """A delivery rests on what its assignment rests on."""
