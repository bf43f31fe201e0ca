"""Risk matrix: words and numbers on both axes, every cell says its level, arrows to the residual."""

from collections import defaultdict
from dataclasses import dataclass

from core.charts.base import ChartTable, Palette
from core.charts.canvas import Canvas
from core.charts.words import chart_words

LEFT = 368
RIGHT = 1554
TOP = 35
CELL_HEIGHT = 122
RADIUS = 29
SPREAD = 66


@dataclass(frozen=True, slots=True)
class RiskScale:
    """The scale as data: words for both axes from lowest up, the words for the levels from lowest
    up, and for each likelihood (lowest first) the level index of each consequence."""

    likelihood: tuple[str, ...]
    consequence: tuple[str, ...]
    level_words: tuple[str, ...]
    levels: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.levels) != len(self.likelihood):
            raise ValueError("One row of levels for each likelihood")
        for row in self.levels:
            if len(row) != len(self.consequence) or max(row) >= len(self.level_words):
                raise ValueError("One known level for each consequence")

    def level(self, likelihood: int, consequence: int) -> str:
        """The word for a cell; both numbers count from 1."""
        return self.level_words[self.levels[likelihood - 1][consequence - 1]]


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk now and, when given, where it is expected to be after measures. Numbers from 1."""

    code: str
    name: str
    likelihood: int
    consequence: int
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RiskChart:
    """``now_label`` says when "now" is ("Risiko ved årets slutt")."""

    scale: RiskScale
    risks: tuple[Risk, ...]
    now_label: str
    lang: str = "nb"

    @property
    def height(self) -> int:
        """The matrix, two lines of words under it, the legend."""
        return TOP + CELL_HEIGHT * len(self.scale.likelihood) + 140

    @property
    def _cell_width(self) -> float:
        return (RIGHT - LEFT) / len(self.scale.consequence)

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """Cells, axes, arrows, then circles over the arrows' ends."""
        self._draw_cells(canvas, palette)
        self._draw_axes(canvas, palette)
        places = self._places()
        for risk in self.risks:
            if ("after", risk.code) in places:
                _arrow_between(canvas, palette, places["now", risk.code], places["after", risk.code])
        for (kind, code), (x, y) in places.items():
            fill, ink = (palette.main, "#ffffff") if kind == "now" else ("#ffffff", palette.main)
            canvas.circle(x, y, RADIUS, fill=fill, stroke=palette.main, width=4)
            canvas.text(x, y + 9, code, size=7.5, fill=ink, anchor="middle", bold=True)
        self._draw_legend(canvas, palette)

    def _draw_cells(self, canvas: Canvas, palette: Palette) -> None:
        tints = self._tints(palette)
        count = len(self.scale.likelihood)
        for row, levels in enumerate(self.scale.levels):
            y = TOP + CELL_HEIGHT * (count - 1 - row)
            for column, level in enumerate(levels):
                x = LEFT + self._cell_width * column
                canvas.rect(x, y, self._cell_width - 5, CELL_HEIGHT - 5, fill=tints[level])
                word = self.scale.level_words[level]
                canvas.text(x + 11, y + 27, word, size=7.5, fill=palette.ink)

    def _tints(self, palette: Palette) -> list[str]:
        hues = (palette.low, palette.medium, palette.high)
        count = len(self.scale.level_words)
        if count == 1:
            return [palette.low]
        return [hues[round(index * 2 / (count - 1))] for index in range(count)]

    def _draw_axes(self, canvas: Canvas, palette: Palette) -> None:
        words = chart_words(self.lang)
        count = len(self.scale.likelihood)
        for row, word in enumerate(self.scale.likelihood):
            y = TOP + CELL_HEIGHT * (count - 1 - row) + CELL_HEIGHT / 2 + 6
            canvas.text(353, y, f"{row + 1} {word}", size=8.5, fill=palette.ink, anchor="end")
        middle = TOP + CELL_HEIGHT * count / 2 + 6
        canvas.text(0, middle, words.likelihood, size=8.5, fill=palette.ink, bold=True)
        bottom = TOP + CELL_HEIGHT * count
        for column, word in enumerate(self.scale.consequence):
            x = LEFT + self._cell_width * (column + 0.5) - 2
            canvas.text(x, bottom + 33, f"{column + 1} {word}", size=8.5, fill=palette.ink, anchor="middle")
        x = (LEFT + RIGHT) / 2
        canvas.text(x, bottom + 74, words.consequence, size=8.5, fill=palette.ink, anchor="middle", bold=True)

    def _draw_legend(self, canvas: Canvas, palette: Palette) -> None:
        words = chart_words(self.lang)
        y = self.height - 18
        canvas.circle(LEFT + 26, y, 17, fill=palette.main)
        canvas.text(LEFT + 55, y + 10, self.now_label, size=8.5, fill=palette.grey)
        x = LEFT + 55 + 12.2 * len(self.now_label) + 60
        canvas.circle(x, y, 15.5, fill="#ffffff", stroke=palette.main, width=3.6)
        canvas.text(x + 29, y + 10, words.after, size=8.5, fill=palette.grey)

    def _places(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Where each circle and ring stands: those in one cell are spread side by side, ordered by
        where their arrows come from, so that arrows do not cross."""
        cells: dict[tuple[int, int], list[tuple[tuple[int, int], str, str]]] = defaultdict(list)
        for risk in self.risks:
            now = (risk.likelihood, risk.consequence)
            source = (risk.consequence, -risk.likelihood)
            cells[now].append((source, "now", risk.code))
            if risk.after is not None and risk.after != now:
                cells[risk.after].append((source, "after", risk.code))
        places: dict[tuple[str, str], tuple[float, float]] = {}
        for (likelihood, consequence), marks in cells.items():
            middle = LEFT + self._cell_width * (consequence - 0.5) - 2
            y = TOP + CELL_HEIGHT * (len(self.scale.likelihood) - likelihood) + 78
            for index, (_source, kind, code) in enumerate(sorted(marks)):
                places[kind, code] = (middle + SPREAD * (index - (len(marks) - 1) / 2), y)
        return places

    def describe(self) -> str:
        """Each risk in words: likelihood, consequence, level, and where it is expected to go."""
        words = chart_words(self.lang)
        if not self.risks:
            return words.nothing
        parts = []
        for risk in self.risks:
            sentence = words.risk_sentence.format(
                name=f"{risk.code} {risk.name}",
                likelihood=self.scale.likelihood[risk.likelihood - 1].lower(),
                consequence=self.scale.consequence[risk.consequence - 1].lower(),
                level=self.scale.level(risk.likelihood, risk.consequence).lower(),
            )
            parts.append(f"{sentence}, {self._after_words(risk)}.")
        return " ".join(parts)

    def _after_words(self, risk: Risk) -> str:
        words = chart_words(self.lang)
        if risk.after is None or risk.after == (risk.likelihood, risk.consequence):
            return words.stays
        return words.moves.format(level=self.scale.level(*risk.after).lower())

    def table(self) -> ChartTable:
        """Risk, likelihood times consequence, level, and both after measures."""
        words = chart_words(self.lang)
        heads = (words.risk, "S × K", words.level, words.after)
        rows = []
        for risk in self.risks:
            after = risk.after or (risk.likelihood, risk.consequence)
            rows.append(
                (
                    f"{risk.code} {risk.name}",
                    f"{risk.likelihood} × {risk.consequence}",
                    self.scale.level(risk.likelihood, risk.consequence),
                    f"{after[0]} × {after[1]} {self.scale.level(*after)}",
                )
            )
        return ChartTable(heads=heads, rows=tuple(rows), widths=(76, 20, 24, 46))


def _arrow_between(canvas: Canvas, palette: Palette, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From the edge of one circle to the edge of the other."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length <= 2 * RADIUS:
        return
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    canvas.arrow(
        x1 + RADIUS * ux, y1 + RADIUS * uy, x2 - (RADIUS + 3) * ux, y2 - (RADIUS + 3) * uy,
        stroke=palette.ink,
    )  # fmt: skip
