"""Processes and mailbox for the kill tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mailbox import Mailbox, running_mailbox
from tests.worker.processes import Processes


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server."""
    with running_mailbox() as box:
        yield box


@pytest.fixture
def processes(transactional_db: None, mailbox: Mailbox) -> Iterator[Processes]:
    """Redis, ready for a worker and beat; all are gone when the test is over."""
    started = Processes(smtp_url=mailbox.url)
    try:
        started.redis()
        yield started
    finally:
        started.stop()
