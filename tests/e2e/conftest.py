"""A running site and a real Chromium for journeys. Run in their own pytest process (`scripts/test.py`)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser import Site, chromium
from tests.cast import load_cast

# Playwright's synchronous interface runs inside an event loop, and Django then refuses its ORM unless told.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs in the process of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("worker") is None:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, also as root."""
    return {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


@pytest.fixture
def site(live_server: LiveServer, browser: Browser) -> Iterator[Site]:
    """The site with the cast, emptied of everything else after the test."""
    opened = Site(address=live_server.url, browser=browser, cast=load_cast())
    yield opened
    opened.close()
