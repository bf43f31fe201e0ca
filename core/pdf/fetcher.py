"""What a document may draw on: our static files, our fonts and images given in memory.

Everything else is refused and stops the rendering: no file of the machine, no network."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from core.pdf.blocks import StoredImage

SCHEME = "doc:"
_FONTS = {
    "SourceSans3-Regular.ttf": "source-sans",
    "SourceSans3-Semibold.ttf": "source-sans",
    "SourceSans3-It.ttf": "source-sans",
    "SourceSerif4-Regular.ttf": "source-serif",
    "SourceSerif4-Semibold.ttf": "source-serif",
    "SourceSerif4-It.ttf": "source-serif",
}
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css", ".ttf": "font/ttf"}


class Refused(Exception):
    """The document asked for something outside what it may use."""


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


def static_root() -> Path:
    """The folder of our own static files."""
    return Path(settings.BASE_DIR) / "static"


def read_font(name: str) -> bytes:
    """A font file by its exact name. Only the six files of the house are known."""
    package = _FONTS.get(name)
    if package is None:
        raise Refused(f"Not one of our fonts: {name}")
    return _read(Path(settings.NODE_MODULES) / package / "TTF" / name)


def read_static(name: str) -> bytes:
    """One of our static files; a name that climbs out of the folder is refused."""
    root = static_root().resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise Refused(f"Not one of our static files: {name}")
    return _read(path)


def resolve(address: str, images: Mapping[str, StoredImage]) -> tuple[bytes, str]:
    """Content and type for an address in our own scheme. Raises :class:`Refused` for the rest."""
    if not address.startswith(SCHEME):
        raise Refused(f"Documents use only what they are given, not {address[:80]}")
    kind, _, name = address.removeprefix(SCHEME).partition("/")
    if kind == "font":
        return read_font(name), "font/ttf"
    if kind == "static":
        return read_static(name), _TYPES.get(Path(name).suffix, "application/octet-stream")
    if kind == "image" and name in images:
        return images[name].content, images[name].media_type
    raise Refused(f"The document has nothing called {address[:80]}")
