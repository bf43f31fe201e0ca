"""A long document: time and memory of both files against bare WeasyPrint, each in a fresh process.

Run ``.venv/bin/python -m benchmarks.pdf``. Bare is the same HTML and style sheet, laid out once and
written once as PDF/UA-1 with WeasyPrint's own tags; ours is one layout, our tags, both files. The
numbers are medians of alternating runs; the machine's noise is about a fifth."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

LIMIT_SECONDS = 15
LIMIT_MEGABYTES = 512
LIMIT_RATIO = 1.15
RUNS = 3


def long_document(parts: int = 13) -> Any:
    """About a hundred pages: text, charts, a table in every section, one table of 200 rows."""
    from core.pdf import blocks as b
    from tests.core.documents.annual import annual_report
    from tests.core.documents.data import assignment_table, case_time_chart, method_table

    text = (
        "Arbeidet har gått etter planen i store deler av perioden. Der det ikke har gjort det, er årsaken beskrevet og "
        "tiltak satt i verk. Vi vurderer rapporteringskalenderen hvert tertial og melder fra om endringer i "
        "styringsparametere når de får virkning for året. "
    )
    made: list[b.Block] = [annual_report().blocks[0], b.Contents()]
    for part in range(1, parts + 1):
        made.append(b.Part(f"Del nummer {part}", str(part)))
        for section in range(1, 6):
            made.append(b.Section(f"Punkt {section} i delen", f"{part}.{section}"))
            made.extend(b.Paragraph(text * 3) for _ in range(5))
        made.append(b.Figure(case_time_chart(), "Tid etter sakstype", unit="dager", table=f"m{part}"))
        made.append(method_table(f"m{part}"))
    made.append(b.Part("Vedlegg"))
    made.append(assignment_table(200, title="Status for oppdrag", key="alle"))
    meta = b.Meta("Lang rapport", "Etat", "nb", datetime(2026, 1, 2, 12, tzinfo=UTC), "Lang rapport", "Etat")
    return b.Document(meta, tuple(made))


def _setting() -> tuple[str, str]:
    """HTML and the document's own rules, as :func:`core.pdf.render_document` makes them."""
    from core.pdf import render

    caught: dict[str, str] = {}

    class Stop(Exception):
        pass

    def catch(job: Any) -> None:
        caught["html"], caught["css"] = job.html, job.css
        raise Stop

    from core.pdf import engine

    engine.run = catch
    try:
        render.render_document(long_document())
    except Stop:
        return caught["html"], caught["css"]
    raise RuntimeError("The engine was not reached")


def bare() -> int:
    """WeasyPrint alone: one layout, one tagged file."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from core.pdf import engine
    from core.pdf.fetcher import read_static

    html, css = _setting()
    fonts, fetcher = FontConfiguration(), engine._Fetcher({})
    sheets = [
        weasyprint.CSS(string=one, base_url="doc:/", url_fetcher=fetcher, font_config=fonts)
        for one in (read_static("css/pdf/document.css").decode(), css)
    ]
    page = weasyprint.HTML(string=html, base_url="doc:/", url_fetcher=fetcher)
    laid_out = page.render(font_config=fonts, stylesheets=sheets, pdf_variant="pdf/ua-1")
    laid_out.write_pdf(pdf_variant="pdf/ua-1")
    return len(laid_out.pages)


def ours() -> int:
    """Both files from one layout, with our tags."""
    from core.pdf import render_document

    return render_document(long_document()).pages


def measure(which: str) -> None:
    """In a process of its own: processor seconds, peak memory and pages as one line of JSON."""
    import django

    django.setup()
    start = time.process_time()
    pages = {"bare": bare, "ours": ours}[which]()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "pages": pages}))


def run(which: str) -> dict[str, float]:
    """One measured process."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-m", "benchmarks.pdf", which]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Alternating runs, then medians against the limits."""
    results: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    for _ in range(RUNS):
        for which, found in results.items():
            found.append(run(which))
    medians = {
        which: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for which, found in results.items()
    }
    ratio = medians["ours"]["seconds"] / medians["bare"]["seconds"]
    for which, found in medians.items():
        print(f"{which}: {found['pages']:.0f} pages, {found['seconds']:.1f} s, {found['megabytes']:.0f} MB")
    print(f"both our files against one bare file: {ratio:.2f}")
    within = medians["ours"]["seconds"] <= LIMIT_SECONDS and medians["ours"]["megabytes"] <= LIMIT_MEGABYTES
    print(f"limits {LIMIT_SECONDS} s and {LIMIT_MEGABYTES} MB: {'kept' if within else 'broken'}")
    sys.exit(0 if within else 1)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
