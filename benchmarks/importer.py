"""Reading letters: time and memory against the least work there is, each in a fresh process.

Run ``.venv/bin/python -m benchmarks.importer``. The least work for a PDF of 85 pages is bare pdfplumber taking the
text of every page of the same file; for text it is splitting it into lines and words once. The bars are those of
the importer's issue: the PDF under 15 seconds and 400 MB, a text letter under 1 second, 5 MB under 20 s of CPU."""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PAGES = 85
MEGABYTES = 5
LIMITS = {"pdf": (15.0, 400), "letter": (1.0, 400), "text": (20.0, 2_000)}
OPENING = "Tildelingsbrev 2026 til Visearkivet\n\nDepartementet skal ikke det som er på og til\n\n"
PART = (
    "3.{n} Samlingen er åpen for alle som vil bruke den\n\n"
    "Arkivet skal i årsrapporten omtale bruken av samlingen og hva som kan gjøres for at flere skal\n"
    "finne fram. Departementet legger vekt på at folk får svar innen rimelig tid.\n\n"
    "• Antall utlån\n• Antall svar\n\n"
    "Oppdrag {n}: Ordne samling nummer {n}\n\nArkivet skal ordne samlingen.\n\nFrist: 1. mai 2026\n\n"
)


def text_of(size: int) -> bytes:
    """A letter of about ``size`` bytes."""
    count = max(size // len(PART.encode()), 1)
    return (OPENING + "".join(PART.format(n=number) for number in range(1, count + 1))).encode()


def pdf_of(pages: int) -> bytes:
    """A PDF of so many pages: running text, and a ruled table of the budget on every fifth page."""
    from weasyprint import HTML

    table = "<table>" + "<tr><td>702.01</td><td>Driftsutgifter</td><td>1 000</td></tr>" * 12 + "</table>"
    paragraph = PART.replace("\n\n", "</p><p>")
    body = "".join(
        f"<section><p>{paragraph.format(n=page) * 3}</p>{table if page % 5 == 0 else ''}</section>"
        for page in range(1, pages + 1)
    )
    style = "section{break-after:page}td{border:1px solid}body{font-size:10pt}"
    made = HTML(string=f"<html lang='nb'><style>{style}</style><body><p>{OPENING}</p>{body}</body></html>").write_pdf()
    assert isinstance(made, bytes)
    return made


def bare_pdf(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(path.read_bytes())) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def bare_text(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n"):
        line.split()


def ours(path: Path) -> None:
    from governance.importing import SourceFile, read_letter

    read_letter([SourceFile(path.name, path.read_bytes())])


WORK: dict[str, Callable[[Path], None]] = {"bare_pdf": bare_pdf, "bare_text": bare_text, "ours": ours}


def _one(work: str, path: Path) -> None:
    """The measured process: imports first, then the work alone."""
    import django
    import pdfplumber  # noqa: F401 (not to be counted)

    django.setup()
    import governance.importing  # noqa: F401 (not to be counted)

    wall, cpu = time.perf_counter(), time.process_time()
    WORK[work](path)
    used = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(used))


def measured(work: str, path: Path) -> dict[str, float]:
    """What the work takes in a fresh process."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.importer", work, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return used


def main() -> int:
    """Print a line for each case; 1 when a bar is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            "pdf": (Path(folder) / "brev.pdf", pdf_of(PAGES), "bare_pdf"),
            "letter": (Path(folder) / "brev.txt", text_of(40_000), "bare_text"),
            "text": (Path(folder) / "langt.txt", text_of(MEGABYTES * 1_000_000), "bare_text"),
        }
        for name, (path, data, least) in cases.items():
            path.write_bytes(data)
            mine, bare = measured("ours", path), measured(least, path)
            seconds, megabytes = LIMITS[name]
            late = mine["cpu"] > seconds or mine["megabytes"] > megabytes
            missed += late
            sys.stdout.write(
                f"{name:<7} {mine['cpu']:7.2f} s CPU  {mine['megabytes']:6.0f} MB   bare {bare['cpu']:6.2f} s"
                f"   ratio {mine['cpu'] / max(bare['cpu'], 0.001):6.1f}{'   OVER THE BAR' if late else ''}\n"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _one(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
