"""A counted share of the work, for a job's row: blocks written, pages laid out, pages painted.

How many pages a document has is known only when it is laid out; until then the total rests on an
estimate, and the share never goes back when the estimate turns out wrong."""

from collections.abc import Callable
from math import ceil

Report = Callable[[int, int], None]
_CHARACTERS_PER_PAGE = 4200


class Progress:
    """Counts and reports. ``report(done, total)`` is called at most once for each step."""

    def __init__(self, report: Report | None, *, blocks: int) -> None:
        self._report = report
        self._blocks = blocks
        self._written = 0
        self._pages = max(blocks // 4, 1)
        self._laid_out = 0
        self._painted = 0
        self._best = 0.0

    def block_written(self, number: int) -> None:
        """``number`` top-level blocks have been written."""
        self._written = number
        self._tell()

    def body_written(self, characters: int) -> None:
        """The body is this long: a better estimate of the number of pages."""
        self._pages = max(characters // _CHARACTERS_PER_PAGE, 1)

    def page_laid_out(self, number: int) -> None:
        """Page ``number`` is being laid out. Later rounds over the same pages do not count."""
        if number > self._laid_out:
            self._laid_out = number
            self._pages = max(self._pages, number)
            self._tell()

    def pages_known(self, pages: int) -> None:
        """Layout is done."""
        self._pages = self._laid_out = pages
        self._tell()

    def page_painted(self) -> None:
        """One page has been painted."""
        self._painted += 1
        self._tell()

    def finished(self) -> None:
        """Both files are written."""
        self._painted = self._pages
        self._tell()

    def _tell(self) -> None:
        if self._report is None:
            return
        total = self._blocks + 2 * self._pages
        done = min(self._written + self._laid_out + self._painted, total)
        if done / total < self._best:
            done = min(ceil(self._best * total), total)
        self._best = done / total
        self._report(done, total)
