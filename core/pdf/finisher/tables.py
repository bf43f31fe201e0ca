"""Tables: every heading says what it heads; where headings span, every cell names its headings."""

from dataclasses import dataclass

from core.pdf.finisher.tree import Node

_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


@dataclass(slots=True)
class Placed:
    """A cell and where it starts in the grid."""

    cell: Node
    row: int
    column: int
    rows: int
    columns: int

    @property
    def scope(self) -> str:
        """What the HTML says this heading heads."""
        return self.cell.element.get("scope") or "" if self.cell.kind == "TH" else ""

    def covers_column(self, other: "Placed") -> bool:
        """Whether this cell stands over any column of the other."""
        return self.column < other.column + other.columns and other.column < self.column + self.columns


def repair_tables(root: Node) -> None:
    """All tables of the document; identifiers are unique in it."""
    number = 0
    for node in root.walk():
        if node.kind == "Table":
            number += 1
            _repair_table(node, f"t{number}")


def grid(table: Node) -> list[Placed]:
    """Every cell with its place, rows counted through head and bodies."""
    rows = [node for node in table.walk() if node.kind == "TR"]
    taken: dict[tuple[int, int], bool] = {}
    placed = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.nodes:
            if cell.kind not in {"TH", "TD"}:
                continue
            while taken.get((number, column)):
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            placed.append(Placed(cell, number, column, down, across))
            for r in range(number, number + down):
                for c in range(column, column + across):
                    taken[r, c] = True
            column += across
    return placed


def _span(cell: Node, name: str) -> int:
    value = cell.element.get(name) or "1"
    return max(int(value), 1) if value.isdigit() else 1


def _repair_table(table: Node, prefix: str) -> None:
    cells = grid(table)
    for placed in cells:
        if placed.rows > 1:
            placed.cell.attributes["RowSpan"] = placed.rows
        if placed.columns > 1:
            placed.cell.attributes["ColSpan"] = placed.columns
        if placed.cell.kind == "TH":
            placed.cell.attributes["Scope"] = _SCOPES.get(placed.scope, "/Column")
    if any(_needs_names(placed) for placed in cells):
        _name_headings(table, cells, prefix)


def _needs_names(placed: Placed) -> bool:
    spans = placed.rows > 1 or placed.columns > 1
    return placed.scope in {"colgroup", "rowgroup"} or (spans and placed.scope == "col")


def _name_headings(table: Node, cells: list[Placed], prefix: str) -> None:
    """Identifiers on headings; on every other cell the headings over it, of its group and row."""
    for placed in cells:
        if placed.cell.kind == "TH":
            placed.cell.identifier = f"{prefix}-{placed.row + 1}-{placed.column + 1}"
    group_of_row = _groups(table, cells)
    for placed in cells:
        over = [
            other.cell.identifier
            for other in cells
            if other.scope in {"col", "colgroup"} and other.row < placed.row and other.covers_column(placed)
        ]
        beside = [
            other.cell.identifier
            for other in cells
            if other.scope == "row" and other.row <= placed.row < other.row + other.rows
        ]
        group = group_of_row.get(placed.row, [])
        names = [*over, *group, *beside] if placed.cell.kind == "TD" else []
        if placed.scope == "col":
            names = over
        elif placed.scope == "row":
            names = group
        if names:
            placed.cell.attributes["Headers"] = [n for n in names if n != placed.cell.identifier]


def _groups(table: Node, cells: list[Placed]) -> dict[int, list[str]]:
    """Row number → identifier of the group heading it stands under (in the same body)."""
    rows = [node for node in table.walk() if node.kind == "TR"]
    heads = {placed.row: placed for placed in cells if placed.scope == "rowgroup"}
    found: dict[int, list[str]] = {}
    current: Placed | None = None
    for number, row in enumerate(rows):
        if number in heads:
            current = heads[number]
        elif current is not None and rows[current.row].parent is not row.parent:
            current = None
        elif current is not None:
            found[number] = [current.cell.identifier]
    return found
