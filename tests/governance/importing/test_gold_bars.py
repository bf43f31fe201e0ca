"""The bars of the importer on the letters that have a hand-written gold file."""

import json
from pathlib import Path

from governance.importing import account, to_gold
from tests.governance.importing.reading import letter_for, overall, read_path, scorer

SOURCE_LETTERS = ("tildelingsbrev-dmp-2026", "ttb-helsedirektoratet-2024-40-42")


def test_every_gold_file_reaches_its_bar(shared: Path) -> None:
    score = scorer(shared)
    results = {}
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        results[path.stem] = score.score(gold, to_gold(read_path(letter_for(path, shared))))
    counts = [[result["overall"][key] for result in results.values()] for key in ("tp", "got", "gold")]
    hits, got, wanted = (sum(row) for row in counts)
    assert 2 * hits / (got + wanted) >= 0.98
    assert {name: overall(result) for name, result in results.items() if overall(result) < 0.92} == {}
    for name in SOURCE_LETTERS:
        for kind in ("assignments", "calendar", "budget_lines"):
            assert results[name]["kinds"][kind]["f1"] == 1.0, (name, kind, results[name]["misses"][kind])


def test_the_markdown_form_gives_the_same_as_the_text_form(shared: Path) -> None:
    score = scorer(shared)
    for path in sorted((shared / "letters" / "as-found").glob("*.md")):
        gold = json.loads((shared / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        assert overall(score.score(gold, to_gold(read_path(path)))) >= 0.98, path.name


def test_every_line_of_every_text_is_accounted_for(shared: Path) -> None:
    texts = [*shared.glob("seeds/*.txt"), *shared.glob("letters/**/*.txt"), *shared.glob("letters/**/*.md")]
    assert len(texts) > 30
    for path in texts:
        coverage = account(read_path(path))
        assert coverage.complete, (path.name, coverage.lost[:3])
