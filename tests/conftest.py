"""What every test may use."""

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, load_cast

# Nothing is judged by the clock: a shared machine is slow at times.
hypothesis.settings.register_profile("styringsdialog", deadline=None)
hypothesis.settings.load_profile("styringsdialog")

BASE_DIR = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder of real documents beside the project; `STYRINGSDIALOG_SHARED` names another place."""
    named = os.environ.get("STYRINGSDIALOG_SHARED")
    if named:
        return Path(named)
    places = [BASE_DIR.parent / "shared"]
    link = BASE_DIR / ".git"
    if link.is_file():  # a git worktree: the folder lies beside the repository it belongs to
        repository = Path(link.read_text(encoding="utf-8").partition("gitdir:")[2].strip())
        places.append(repository.parents[2].parent / "shared")
    return next((place for place in places if place.is_dir()), places[0])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents. Where the folder is missing the test is skipped, except in CI."""
    folder = shared_folder()
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"The real documents are missing: {folder} (STYRINGSDIALOG_SHARED names another place).")
        pytest.skip("The real documents are not on this machine.")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The cast is made once; each test then runs in a transaction on top of it."""
    with django_db_blocker.unblock():
        load_cast()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast of people and bodies."""
    return load_cast()


@pytest.fixture
def log_in(cast: Cast) -> Callable[[str], Client]:
    """``log_in("officer")`` gives a browser where that person is signed in."""

    def open_browser(part: str) -> Client:
        client = Client()
        client.force_login(cast.user(part), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_browser
