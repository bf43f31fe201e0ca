"""An annual report of 60 pages in the worker: seconds, memory, ratio to bare WeasyPrint of the same HTML (E5).

Run ``.venv/bin/python -m benchmarks.report_pdf``. The blocks are of the sorts a real report has: goals with tables
and charts, requirement pairs, directives, a status annex. Measured as benchmarks/pdf.py measures: fresh processes,
alternating, processor seconds, medians of three.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from benchmarks import pdf

LIMIT_SECONDS = 10
LIMIT_MEGABYTES = 512
RUNS = 3
TEXT = (
    "Arbeidet følger planen, og de fleste tiltakene er satt i verk. Saksbehandlingstiden gikk ned gjennom året, mens "
    "antallet saker økte. Vi prioriterte de sakene som har størst betydning for brukerne, og samarbeidet tett med "
    "de andre virksomhetene. Det som gjenstår, er fordelt på ansvarlige avdelinger med frister i første halvår. "
)


def make_document(goals: int = 12, directives: int = 8, assignments: int = 160) -> Any:
    """A long report: parts, goals with tables and charts, requirement pairs, risks, budget, annexes."""
    from core import charts
    from core.pdf import blocks as b

    def prose(count: int) -> list[b.Block]:
        return [b.RichText(f"<p>{TEXT * 2}</p>") for _ in range(count)]

    made: list[b.Block] = [
        b.FrontPage("Virksomheten", ("Årsrapport", b.Break(), "2026"), "Til departementet"),
        b.Contents(),
        b.Part("Leders beretning", "I"),
        *prose(6),
        b.Part("Introduksjon til virksomheten og hovedtall", "II"),
        *prose(8),
        b.Part("Årets aktiviteter og resultater", "III"),
    ]
    for goal in range(1, goals + 1):
        bars = tuple(charts.Bar(f"Sakstype {at}", 100 + at * goal, 90 + at * goal) for at in range(1, 5))
        made += [
            b.Section(f"Mål nummer {goal}", f"3.{goal}", key=f"mal-{goal}"),
            *prose(5),
            b.Table(
                (b.Column("Nr.", 12, "code"), b.Column("Styringsparameter", 84), b.Column("Sist", 32, "status"),
                 b.Column("Nå", 38, "status")),
                tuple(b.Row((str(at), f"Parameter {at} under målet", b.Status("Innfridd", "done"),
                             b.Status("Delvis innfridd", "half"))) for at in range(1, 7)),
                title="Vurdering av styringsparametere", row_headers=False,
            ),
            b.Figure(charts.BarChart(bars, ("2026", "2025"), "Sakstype"), f"Saker under mål {goal}",
                     key=f"figur-{goal}", table=f"tall-{goal}"),
            b.Table(
                (b.Column("Nøkkeltall", 82), *(b.Column(str(year), 28, "number") for year in (2024, 2025, 2026))),
                tuple(b.Row((f"Nøkkeltall {at}", 100 + at, 110 + at, 120 + at)) for at in range(1, 10)),
                title="Nøkkeltall", key=f"tall-{goal}",
            ),
            b.AnswerPairs(
                tuple(b.AnswerPair(str(at), b.Quoted(TEXT, "Brevet, punkt 6.1"), TEXT) for at in range(1, 4)),
                "Krav i brevet og svar", key=f"krav-{goal}",
            ),
        ]  # fmt: skip
    made.append(b.Part("Styring og kontroll i virksomheten", "IV"))
    for at in range(1, directives + 1):
        made += [b.Section(f"Fellesføring {at}", f"4.{at}"), *prose(3)]
    made += [b.Part("Vurdering av framtidsutsikter", "V"), *prose(6), b.Part("Årsregnskap", "VI"), *prose(4)]
    rows = tuple(
        b.Row((f"TB2026-{at}", f"Oppdrag {at}", "31. desember 2026", "0 av 1",
               b.Cell((b.Status("I rute", "done"), "Arbeidet er i gang."))))
        for at in range(1, assignments + 1)
    )  # fmt: skip
    made += [
        b.Part("Vedlegg", key="vedlegg"),
        b.Section("Status for oppdragene", "V1"),
        b.Table(
            (b.Column("Nummer", 21, "code"), b.Column("Oppdrag", 45), b.Column("Frist i brevet", 28),
             b.Column("Levert", 14, "code"), b.Column("Status", 58)), rows, title="Status for oppdragene", key="status",
        ),
    ]  # fmt: skip
    meta = b.Meta(
        title="Årsrapport 2026, Virksomheten", author="Virksomheten", lang="nb",
        created=datetime(2027, 3, 12, 13, 5, tzinfo=UTC), name="Årsrapport 2026", organisation="Virksomheten",
    )  # fmt: skip
    return b.Document(meta, tuple(made))


def run(which: str) -> dict[str, float]:
    """One measurement in a fresh process."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-m", "benchmarks.report_pdf", which]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Alternate both, take medians, compare with the limits."""
    results: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    for _ in range(RUNS):
        for which, found in results.items():
            found.append(run(which))
    middle = {
        which: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for which, found in results.items()
    }
    for which, found in middle.items():
        print(f"{which}: {found['pages']:.0f} pages, {found['seconds']:.1f} s, {found['megabytes']:.0f} MB")
    print(f"both our files against one bare file: {middle['ours']['seconds'] / middle['bare']['seconds']:.2f}")
    within = middle["ours"]["seconds"] <= LIMIT_SECONDS and middle["ours"]["megabytes"] <= LIMIT_MEGABYTES
    print(f"limits {LIMIT_SECONDS} s and {LIMIT_MEGABYTES} MB: {'kept' if within else 'broken'}")
    sys.exit(0 if within else 1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pdf.long_document = make_document
        pdf.measure(sys.argv[1])
    else:
        main()
