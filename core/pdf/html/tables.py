"""Tables as HTML: fixed widths, a caption with number and unit, headings that say what they head."""

from decimal import Decimal

from core.pdf.html.inline import write_span, write_text
from core.pdf.html.state import Setting, safe, tag
from core.pdf.inline import Span, words_of
from core.pdf.tables import (
    Cell,
    CellContent,
    Column,
    Figures,
    Quoted,
    Row,
    Status,
    Table,
    span_of,
)
from core.text import NOTHING, format_number, squeeze, typeset, typeset_quote

_KEEP_UP_TO = 14


def write_table(setting: Setting, table: Table) -> str:
    """The whole table with its note. A long one repeats its head and breaks between rows only."""
    key = setting.composed.keys.get(id(table)) or f"t-{len(setting.column_widths) + 1}"
    setting.column_widths[key] = tuple(column.width for column in table.columns)
    keep = table.keep if table.keep is not None else len(table.rows) <= _KEEP_UP_TO
    columns = tag("colgroup", *("<col>" for _ in table.columns))
    body = [_write_row(setting, table, row) for row in table.rows]
    html = tag(
        "table",
        _caption(setting, table),
        columns,
        tag("thead", *_head(setting, table)),
        *_bodies(table, body),
        id=key,
        class_="data keep" if keep else "data",
    )
    if setting.screen:
        html = tag("div", html, class_="table-scroll", tabindex=0, role="region", aria_labelledby=key)
    if words_of(table.note):
        html += tag("p", write_text(setting, table.note), class_="tablenote")
    return tag("div", html, class_="tableblock keep" if keep else "tableblock")


def _bodies(table: Table, rows: list[str]) -> list[str]:
    """One body for each group of rows, so that a group heading heads its own rows."""
    bodies: list[list[str]] = [[]]
    for row, html in zip(table.rows, rows, strict=True):
        if row.kind == "group" and bodies[-1]:
            bodies.append([])
        bodies[-1].append(html)
    return [tag("tbody", *body) for body in bodies if body]


def _caption(setting: Setting, table: Table) -> str:
    if not words_of(table.title):
        return ""
    number = setting.composed.numbers.get(id(table))
    label = tag("span", f"{setting.words.table} {number} ", class_="label") if number else ""
    unit = tag("span", safe(typeset(f"({table.unit})")), class_="unit") if table.unit else ""
    space = " " if unit else ""
    title = tag("span", write_text(setting, table.title, heading=True) + space, class_="title")
    return tag("caption", label, title, unit)


def _head(setting: Setting, table: Table) -> list[str]:
    """One level of headings, or two when columns are grouped."""
    if not table.has_groups:
        return [tag("tr", *(_head_cell(setting, table, i) for i in range(len(table.columns))))]
    upper, index = [], 0
    while index < len(table.columns):
        group = table.columns[index].group
        span = 1
        while group and index + span < len(table.columns) and table.columns[index + span].group == group:
            span += 1
        if group:
            inner = tag("p", safe(typeset(group)))
            upper.append(tag("th", inner, scope="colgroup", colspan=span, class_="group"))
        else:
            upper.append(tag("td"))
        index += span
    lower = tag("tr", *(_head_cell(setting, table, i) for i in range(len(table.columns))))
    return [tag("tr", *upper), lower]


def _head_cell(setting: Setting, table: Table, index: int) -> str:
    column = table.columns[index]
    content = write_text(setting, column.title, end=False)
    if not content:
        return tag("td")
    return tag("th", content, scope="col", class_=_classes(table, index))


def _classes(table: Table, index: int) -> str:
    """Kind of the column, and ``after`` for text that follows a number column (3 mm more)."""
    kind = table.columns[index].kind
    after = index > 0 and kind != "number" and table.columns[index - 1].kind == "number"
    return f"{kind} after" if after else kind


def _write_row(setting: Setting, table: Table, row: Row) -> str:
    cells, column = [], 0
    for position, cell in enumerate(row.cells):
        span = _span(table, row, position, cell)
        cells.append(_write_cell(setting, table, row, cell, column, span))
        column += span
    return tag("tr", *cells, class_="" if row.kind == "data" else row.kind, lang=row.lang, id=row.key)


def _span(table: Table, row: Row, position: int, cell: CellContent | Cell) -> int:
    """The label of a sum spans the text columns before the numbers; a lone group heading takes the
    first column and leaves one empty cell over the rest."""
    given = span_of(cell)
    missing = len(table.columns) - sum(span_of(each) for each in row.cells)
    if row.kind == "sum" and position == 0 and missing > 0:
        return given + missing
    return given


def _write_cell(setting: Setting, table: Table, row: Row, cell: CellContent | Cell, column: int, span: int) -> str:
    kind = table.columns[column]
    lang = cell.lang if isinstance(cell, Cell) else None
    content = _content(setting, kind, cell)
    colspan = span if span > 1 else None
    classes = _classes(table, column)
    if row.kind == "group" and column == 0:
        rest = len(table.columns) - span
        head = tag("th", content, scope="rowgroup", class_="text", colspan=colspan)
        return head + (tag("td", colspan=rest) if len(row.cells) == 1 and rest else "")
    if column == 0 and content and _heads_rows(table):
        return tag("th", content, scope="row", class_=f"{classes} row", colspan=colspan, lang=lang)
    return tag("td", content, class_=classes, colspan=colspan, lang=lang)


def _heads_rows(table: Table) -> bool:
    """Whether first cells are headings of their rows. In a small table they would outnumber the
    cells they head, and a reader would hear mostly headings (outloud's TBL-010)."""
    columns = len(table.columns)
    rows = sum(row.kind != "group" for row in table.rows)
    groups = len(table.rows) - rows
    return table.row_headers and columns + rows + groups < rows * (columns - 1)


def _content(setting: Setting, column: Column, cell: CellContent | Cell) -> str:
    if isinstance(cell, Cell):
        return "".join(_line(setting, column, line) for line in cell.lines)
    if isinstance(cell, Quoted):
        return _quoted(setting, cell)
    return _words(setting, column, cell)


def _line(setting: Setting, column: Column, line: CellContent) -> str:
    if isinstance(line, Quoted):
        return _quoted(setting, line)
    return tag("p", _words(setting, column, line))


def _words(setting: Setting, column: Column, cell: CellContent) -> str:
    if cell is None:
        return NOTHING
    if isinstance(cell, Status):
        return write_status(cell)
    if isinstance(cell, Figures):
        return _figures(column, cell)
    if isinstance(cell, Span):
        return write_span(cell)
    if isinstance(cell, int | float | Decimal):
        return format_number(cell, decimals=column.decimals)
    if isinstance(cell, str) and column.kind == "code":
        return tag("span", safe(squeeze(cell)), class_="code") if cell else ""
    if isinstance(cell, Quoted):
        return _quoted(setting, cell)
    return write_text(setting, cell, end=False)


def write_status(status: Status) -> str:
    """The word, with its mark as a background picture (read aloud as the word only)."""
    word = safe(typeset(squeeze(status.word)))
    inner = tag("strong", word) if status.strong else word
    return inner if status.mark == "none" else tag("span", inner, class_=f"state mark-{status.mark}")


def _figures(column: Column, cell: Figures) -> str:
    decimals = column.decimals if cell.decimals is None else cell.decimals
    text = format_number(cell.value, decimals=decimals, sign=cell.sign)
    if cell.percent and cell.value is not None:
        text = f"{text}\u00a0%"
    return text + (tag("span", safe(cell.flag), class_="flag") if cell.flag else "")


def _quoted(setting: Setting, cell: Quoted) -> str:
    text = typeset_quote(squeeze(cell.text))
    if cell.quotation_marks:
        text = f"«{text}»"
    place = tag("p", safe(typeset(cell.place)), class_="place") if cell.place else ""
    return tag("p", safe(text), class_="quoted", lang=cell.lang) + place
