"""The assignment list and the agency page on 8,000 assignments, as the weakest users (decision E5).

The bound is an address behind the same middleware and session that runs one SQL statement with the same
visibility condition and answers as many bytes. Five warm-ups, then 60 alternating requests of each; the figure
is the ratio of medians. Run with ``make bench`` or ``python -m benchmarks.pages``; it uses a database of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from typing import Any

import django

WARM_UPS, REQUESTS = 5, 60


def main() -> None:
    """Print one JSON object a page and person."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    settings.ROOT_URLCONF = "benchmarks.urls"
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        for row in measure():
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    finally:
        runner.teardown_databases(old)


def measure() -> list[dict[str, Any]]:
    """All pages as all people."""
    from django.core.management import call_command
    from django.urls import reverse

    from agencies.models import Organisation
    from benchmarks import volume

    call_command("load_reference", verbosity=0)
    people = volume.load()
    agency = Organisation.objects.get(short_name="MV0")
    pages = {
        "assignment list": reverse("assignments:list"),
        "agency page": reverse("reporting:agency_year", args=[agency.uuid, volume.YEARS[-1]]),
    }
    return [_one(name, url, part, user) for name, url in pages.items() for part, user in people.items()]


def _one(name: str, url: str, part: str, user: Any) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    statements: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    client.get(url)
    with connection.execute_wrapper(count):
        answer = client.get(url)
    size = len(answer.content)

    def ours() -> Any:
        return client.get(url)

    def bound() -> Any:
        return client.get(f"/bound/?bytes={size}")

    for _ in range(WARM_UPS):
        ours(), bound()
    times: dict[str, list[float]] = {"ours": [], "bound": []}
    for _ in range(REQUESTS):
        for key, call in (("ours", ours), ("bound", bound)):
            start = time.perf_counter()
            call()
            times[key].append(time.perf_counter() - start)
    medians = {key: statistics.median(values) for key, values in times.items()}
    return {
        "page": name,
        "as": part,
        "status": answer.status_code,
        "bytes": size,
        "queries": len(statements),
        "median_ms": round(medians["ours"] * 1000, 1),
        "bound_ms": round(medians["bound"] * 1000, 1),
        "ratio": round(medians["ours"] / medians["bound"], 2),
    }


if __name__ == "__main__":
    main()
