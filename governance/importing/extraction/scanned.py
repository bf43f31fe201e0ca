"""Scanned PDF: read with Tesseract where it and its Norwegian data are installed, and marked as read from a picture."""

from __future__ import annotations

import io
import shutil
import subprocess

from governance.importing.extraction.builder import Builder
from governance.importing.extraction.refusals import refuse

MOST_PAGES = 120
"""Most pages that are read from pictures."""
_SECONDS = 60
_SCALE = 300 / 72


def tesseract() -> str | None:
    """The program, when it is installed with the data for Norwegian."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        said = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=False)  # noqa: S603 - a fixed program, no shell
    except (OSError, subprocess.SubprocessError):
        return None
    return program if b"nor" in said.stdout.split() + said.stderr.split() else None


def read_scanned(name: str, data: bytes, build: Builder) -> int:
    """Append the lines that Tesseract reads on each page; gives the number of pages.

    Raises Unreadable ``scanned_pdf`` when the program is not installed or gives no text.
    """
    import pypdfium2

    program = tesseract()
    if program is None:
        raise refuse("scanned_pdf", name)
    document = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise refuse("scanned_pdf", name)
        for number in range(pages):
            picture = io.BytesIO()
            document[number].render(scale=_SCALE, grayscale=True).to_pil().save(picture, "PNG")
            build.page = number + 1
            _add(build, _text(program, picture.getvalue(), name))
    finally:
        document.close()
    if len(build.text.strip()) < 25:
        raise refuse("scanned_pdf", name)
    return pages


def _text(program: str, picture: bytes, name: str) -> str:
    try:
        read = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [program, "stdin", "stdout", "-l", "nor"], input=picture, capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise refuse("scanned_pdf", name) from error
    return read.stdout.decode("utf-8", errors="replace")


def _add(build: Builder, text: str) -> None:
    for line in text.replace("\f", "\n").split("\n"):
        if line.strip():
            build.add("line", line.strip())
        else:
            build.newline()
