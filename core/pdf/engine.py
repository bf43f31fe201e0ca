"""The only place that touches WeasyPrint: one layout, two files, every warning heard.

WeasyPrint's own tagging is replaced (see core/pdf/finisher): its function ``add_tags`` is the one
private name we rely on, and a test fails when the pinned version changes."""

import gc
import json
import logging
import re
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import weasyprint
import weasyprint.pdf
from django.conf import settings
from weasyprint.css import ColorProfile
from weasyprint.text.ffi import harfbuzz, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.pdf import finisher
from core.pdf.blocks import StoredImage
from core.pdf.fetcher import Refused, read_static, resolve
from core.pdf.progress import Progress

PINNED = "70.0"
OUR_FONTS = frozenset({"Source Sans", "Source Serif"})
_ENGINE_LOG = "weasyprint"
_PROGRESS_LOG = "weasyprint.progress"
_PAGE = re.compile(r"Creating layout - Page (\d+)")
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """What to lay out: a whole HTML document, the document's own rules, its images."""

    html: str
    css: str
    images: Mapping[str, StoredImage]
    progress: Progress


@dataclass(slots=True)
class Result:
    """Both files, or what went wrong."""

    reading: bytes = b""
    archive: bytes = b""
    pages: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class _Fetcher(URLFetcher):
    """Serves our own scheme and nothing else."""

    def __init__(self, images: Mapping[str, StoredImage]) -> None:
        super().__init__()
        self._images = images

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        try:
            content, media_type = resolve(url, self._images)
        except Refused as refusal:
            raise FatalURLFetchingError(str(refusal)) from refusal
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


class _Ear(logging.Handler):
    """Hears warnings as problems and pages as progress."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(level=logging.INFO)
        self.problems: list[str] = []
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.problems.append(message)
        elif match := _PAGE.search(message):
            self._progress.page_laid_out(int(match.group(1)))


@contextmanager
def _listening(progress: Progress) -> Iterator[_Ear]:
    ear = _Ear(progress)
    engine, steps = logging.getLogger(_ENGINE_LOG), logging.getLogger(_PROGRESS_LOG)
    before = engine.propagate, engine.level, steps.level
    engine.propagate = False
    engine.setLevel(logging.INFO)
    steps.setLevel(logging.INFO)
    engine.addHandler(ear)
    try:
        yield ear
    finally:
        engine.removeHandler(ear)
        engine.propagate = before[0]
        engine.setLevel(before[1])
        steps.setLevel(before[2])


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Layout makes millions of small objects that all live to the end; looking through them over
    and over for garbage costs a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _our_tags() -> Iterator[None]:
    """Our tag tree instead of WeasyPrint's own, while a document is written."""
    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = finisher.add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def run(job: Job) -> Result:
    """Lay out and paint once, write the reading file and the archive file."""
    result = Result()
    with _LOCK, _listening(job.progress) as ear, _our_tags(), _calm_collector():
        try:
            _render(job, result)
        except FatalURLFetchingError as refusal:
            ear.problems.append(str(refusal))
    result.problems.extend(ear.problems)
    return result


def _render(job: Job, result: Result) -> None:
    fonts = FontConfiguration()
    fetcher = _Fetcher(job.images)
    sheets = [
        weasyprint.CSS(string=text, base_url="doc:/", url_fetcher=fetcher, font_config=fonts)
        for text in (read_static("css/pdf/document.css").decode(), job.css)
    ]
    html = weasyprint.HTML(string=job.html, base_url="doc:/", url_fetcher=fetcher)
    laid_out = html.render(
        font_config=fonts,
        stylesheets=sheets,
        color_profiles={"srgb": _srgb()},
        pdf_variant="pdf/a-2a",
    )
    result.pages = len(laid_out.pages)
    job.progress.pages_known(result.pages)
    for page in laid_out.pages:
        _count_painting(page, job.progress)

    def finish(document: Any, pdf: Any) -> None:
        finisher.finish(document, pdf)
        result.reading = finisher.as_reading_file(document, pdf)

    # Any output intent of ours keeps WeasyPrint from opening its profile a second time, which it
    # never closes; the profile itself is the one given to render().
    result.archive = laid_out.write_pdf(pdf_variant="pdf/a-2a", output_intent="given", finisher=finish)
    result.problems.extend(_font_problems(laid_out))
    result.versions = versions()


def _srgb() -> ColorProfile:
    """The colour profile WeasyPrint ships, for the output intent of the archive file."""
    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    components = (["r"], ["g"], ["b"])
    return ColorProfile(BytesIO(content), "sRGB2014.icc", "relative-colorimetric", components)


def _count_painting(page: Any, progress: Progress) -> None:
    paint = page.paint

    def counted(*args: Any, **kwargs: Any) -> None:
        paint(*args, **kwargs)
        progress.page_painted()

    page.paint = counted


def _font_problems(laid_out: Any) -> list[str]:
    """Every font in the file must be one of ours, with a glyph for every character."""
    problems = []
    for font in laid_out.fonts.values():
        if font.family not in OUR_FONTS:
            problems.append(f"A font that is not ours was used: {font.family}")
        problems.extend(f"{font.family} has no glyph for U+{character:04X}" for character in font.missing)
    return sorted(set(problems))


def versions() -> dict[str, str]:
    """What made the bytes: a new version of any of these gives other bytes."""
    found = {
        "weasyprint": weasyprint.VERSION,
        "pydyf": version("pydyf"),
        "fonttools": version("fonttools"),
        "pango": _pango_version(),
        "harfbuzz": _harfbuzz_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    for package in ("source-sans", "source-serif"):
        described = Path(settings.NODE_MODULES) / package / "package.json"
        found[package] = json.loads(described.read_text())["version"]
    return found


def _pango_version() -> str:
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz_version() -> str:
    """HarfBuzz can only be asked "at least?", so the highest yes is found part by part."""
    found: list[int] = []
    for _part in range(3):
        value = 0
        while harfbuzz.hb_version_atleast(*(*found, value + 1, 0, 0)[:3]):
            value += 1
        found.append(value)
    return ".".join(map(str, found))
