"""Sample documents are set once for all tests that read them."""

from functools import cache
from pathlib import Path

import pytest

from core.pdf import RenderedPdf, render_document
from tests.core.documents import samples
from tests.core.pdf_reading import Read

NAMES = tuple(samples())


@cache
def _rendered(name: str) -> RenderedPdf:
    return render_document(samples()[name])


@cache
def _read(name: str) -> Read:
    return Read(_rendered(name).reading.content)


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest) -> str:
    """The name of each sample document in turn."""
    return str(request.param)


@pytest.fixture
def rendered(sample: str) -> RenderedPdf:
    """Both files of a sample."""
    return _rendered(sample)


@pytest.fixture
def read(sample: str) -> Read:
    """The reading file of a sample, read back."""
    return _read(sample)


@pytest.fixture(scope="session")
def annual() -> Read:
    """The annual report in bokmål, read back."""
    return _read("arsrapport")


@pytest.fixture(scope="session")
def letter() -> Read:
    """The allocation letter, read back."""
    return _read("tildelingsbrev")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Name → the reading file and the archive file on disk, for the outside checkers."""
    folder = tmp_path_factory.mktemp("documents")
    paths = {}
    for name in NAMES:
        both = _rendered(name)
        reading, archive = folder / f"{name}.pdf", folder / f"{name}-arkiv.pdf"
        reading.write_bytes(both.reading.content)
        archive.write_bytes(both.archive.content)
        paths[name] = reading, archive
    return paths
