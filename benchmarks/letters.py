"""A long letter: opened, folded with its supplements, laid against another, checked and rendered (issue 3, E5).

Every figure is a ratio against a bound measured in the same run, alternating, medians of both:

* the letter's page, with nothing kept and again, with exempt assignments and without, against a bare view
  (``bare_letter``): same middleware, session, visibility, rows and template;
* the text in force, and what differs between two letters, against fetching the same rows by hand-written SQL;
* checks and PDF of 200 pages against those of 85, for each page: the cost is to grow no faster than the letter.

Run ``.venv/bin/python -m benchmarks.letters``; it uses a database of its own. People are those of the tests' cast:
none has more than a role. Ends with 1 when a limit is broken.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import django

WARM_UPS, REQUESTS, HEAVY = 5, 60, 12
#: The issue's limits: of the page, and in seconds of the difference of two letters.
LIMIT_PAGE, LIMIT_DIFFERENCE, LIMIT_DRAFT = 1.5, 1.0, 1.0
#: For each page of the letter, 200 pages may cost at most so much more than 85.
LIMIT_GROWTH = 1.5
PEOPLE = ("co_ministry", "controller", "department_officer")
TABLES = (
    "goal", "steeringparameter", "target", "keyfigure", "assignmentitem", "deliveryitem", "budgetline", "budgetsplit",
    "authorisation", "calendaritem", "reportingrequirement", "commondirective", "copyrule", "meetingrule",
    "noticeduty", "lockrule", "promisedenclosure", "citation", "instructionreplacement", "change", "itempassage",
    "passage",
)  # fmt: skip


def main() -> None:
    """Print one JSON object for each figure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    settings.ROOT_URLCONF = "benchmarks.urls"
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    broken = False
    try:
        for row in measure():
            broken |= row.get("kept") is False
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    finally:
        runner.teardown_databases(old)
    sys.exit(1 if broken else 0)


def measure() -> Iterator[dict[str, Any]]:
    """All figures."""
    from django.db import connection

    from benchmarks import long_letter
    from tests.cast import load_cast

    cast = load_cast()
    letter = long_letter.make_year(cast, long_letter.LETTER)
    next_year = long_letter.make_letter(cast, long_letter.LETTER, year=2027)
    large = long_letter.make_letter(cast, long_letter.LARGE, year=2028)
    exempt = long_letter.make_letter(cast, long_letter.WITH_EXEMPT, year=2029)
    draft = long_letter.make_letter(cast, long_letter.LETTER, year=2030, draft=True)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    pages = {document.pk: 0 for document in (letter, large)}
    costs = {}
    for document in (letter, large):
        costs[document.pk], pages[document.pk] = _whole(document)
    for document in (letter, large):
        for part in PEOPLE:
            yield from _opened(cast, part, document, "letter opened", pages[document.pk])
    for part in PEOPLE:
        yield from _opened(cast, part, exempt, "letter with 6 exempt assignments opened", pages[letter.pk])
    yield _written(cast, draft)
    yield _in_force(cast, letter)
    yield _difference(cast, letter, next_year)
    yield from _grown(costs, pages, letter.pk, large.pk)


def _alternating(count: int, **calls: Callable[[], Any]) -> dict[str, float]:
    """Medians in seconds."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(min(WARM_UPS, count)):
        for call in calls.values():
            call()
    for _ in range(count):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def _row(what: str, medians: dict[str, float], **more: Any) -> dict[str, Any]:
    return {
        "what": what,
        **more,
        "median_ms": round(medians["ours"] * 1000, 1),
        "bound_ms": round(medians["bound"] * 1000, 1),
        "ratio": round(medians["ours"] / medians["bound"], 2),
    }


# ---- the page ----
def _opened(cast: Any, part: str, letter: Any, what: str, pages: int) -> Iterator[dict[str, Any]]:
    """The page as one reads it again, and as the first in this process reads it (nothing kept)."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(cast.user(part), backend="django.contrib.auth.backends.ModelBackend")
    url, bare = reverse("governance:document", args=[letter.uuid]), f"/bare/{letter.uuid}/"
    size, other = len(client.get(url).content), len(client.get(bare).content)
    if abs(size - other) > 100:  # what marks the page in the menu, and random tokens
        raise AssertionError(f"The bound answers something else: {size} and {other} bytes as {part}")

    def first() -> None:
        caches["rows"].clear()
        client.get(url)

    statements: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        first()
    more = {"as": part, "pages": pages, "bytes": size, "queries": len(statements), "limit": LIMIT_PAGE}
    for words, ours in ((what, lambda: client.get(url)), (f"{what}, first in its process", first)):
        row = _row(words, _alternating(REQUESTS, ours=ours, bound=lambda: client.get(bare)), **more)
        yield row | {"kept": row["ratio"] <= LIMIT_PAGE}


# ---- the draft ----
def _written(cast: Any, draft: Any) -> dict[str, Any]:
    """A chapter of a long draft in the workspace: all checks of the whole draft are run each time it is opened."""
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(cast.user("officer"), backend="django.contrib.auth.backends.ModelBackend")
    url = client.get(reverse("governance:draft_start", args=[draft.uuid]))["Location"]
    times = []
    for _ in range(HEAVY):
        start = time.perf_counter()
        answer = client.get(url)
        times.append(time.perf_counter() - start)
    if answer.status_code != 200:
        raise AssertionError(f"The workspace answers {answer.status_code}")
    found = statistics.median(times)
    return {
        "what": "chapter of a long draft opened", "as": "officer", "bytes": len(answer.content),
        "median_ms": round(found * 1000, 1), "limit_ms": LIMIT_DRAFT * 1000, "kept": found < LIMIT_DRAFT,
    }  # fmt: skip


# ---- folding and differences ----
def _fetched(ids: list[int]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select * from governance_{table} where document_id = any(%s)", [ids])  # noqa: S608  ours
            cursor.fetchall()


def _in_force(cast: Any, letter: Any) -> dict[str, Any]:
    from governance.consolidation import canonical, in_force

    agency, day = cast.org("DMP"), date(2026, 12, 31)
    found = in_force(agency=agency, valid_on=day)
    ids = [document.id for document in found.documents]
    medians = _alternating(
        HEAVY, ours=lambda: in_force(agency=agency, valid_on=day), bound=lambda: _fetched(ids)
    )  # fmt: skip
    return _row(
        "text in force", medians, documents=len(ids), rows=len(found.rows), passages=len(found.passages),
        bytes=len(canonical(found)),
    )  # fmt: skip


def _difference(cast: Any, letter: Any, other: Any) -> dict[str, Any]:
    from core import clock
    from governance.selectors.reading.compare import comparison, document_side
    from governance.selectors.reading.scope import Reader

    reader = Reader(cast.actor("co_ministry"), clock.today())
    found = comparison(document_side(reader, letter), document_side(reader, other))

    def ours() -> None:
        comparison(document_side(reader, letter), document_side(reader, other))

    medians = _alternating(HEAVY, ours=ours, bound=lambda: _fetched([letter.pk, other.pk]))
    counts = {str(words): count for count, words in (*found.counts, *found.text_counts)}
    row = _row("difference of two letters", medians, **counts)
    return row | {"limit_ms": LIMIT_DIFFERENCE * 1000, "kept": medians["ours"] < LIMIT_DIFFERENCE}


# ---- checks and PDF ----
def _whole(letter: Any) -> tuple[dict[str, float], int]:
    """Seconds of processor for the checks and for the PDFs (both files from one layout), and pages."""
    from core.pdf import render_document
    from governance import checks, letters
    from governance.checks import gather

    times: dict[str, float] = {}
    start = time.process_time()
    found = checks.run(gather.from_document(letter, day=date(2026, 6, 1)))
    times["checks"] = time.process_time() - start
    start = time.process_time()
    rendered = render_document(letters.letter_document(letter, created=letter.issued_at or letter.frozen_at))
    times["pdf"] = time.process_time() - start
    times["findings"] = len(found)
    return times, rendered.pages


def _grown(
    costs: dict[int, dict[str, float]], pages: dict[int, int], small: int, large: int
) -> Iterator[dict[str, Any]]:
    for what in ("checks", "pdf"):
        one, other = (costs[key][what] / pages[key] for key in (small, large))
        yield {
            "what": what,
            "pages": [pages[small], pages[large]],
            "seconds": [round(costs[small][what], 2), round(costs[large][what], 2)],
            "findings": [costs[small]["findings"], costs[large]["findings"]],
            "growth_per_page": round(other / one, 2),
            "limit": LIMIT_GROWTH,
            "kept": other / one <= LIMIT_GROWTH,
        }


if __name__ == "__main__":
    main()
