"""Letters made up in the layouts of many ministries, both written norms: the code fits the form, not three files."""

import json
from pathlib import Path

import pytest

from governance.importing import account, to_gold
from tests.governance.importing.reading import overall, read_path, scorer

LETTERS = Path(__file__).parent / "letters"
NAMES = sorted(path.stem for path in LETTERS.glob("*.json"))


def letter(name: str) -> Path:
    return next(path for path in LETTERS.glob(f"{name}.*") if path.suffix != ".json")


def test_there_are_letters_in_both_norms() -> None:
    norms = [json.loads((LETTERS / f"{name}.json").read_text())["document"]["language"] for name in NAMES]
    assert len(norms) >= 8
    assert norms.count("nn") >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_letter_is_read_as_its_author_meant_it(name: str, shared: Path) -> None:
    gold = json.loads((LETTERS / f"{name}.json").read_text(encoding="utf-8"))
    result = scorer(shared).score(gold, to_gold(read_path(letter(name))))
    assert overall(result) >= 0.98, result["misses"]
    assignments = result["kinds"].get("assignments")
    assert assignments is None or assignments["found"] == assignments["gold"]


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_letter_says_who_it_is_from_and_to(name: str) -> None:
    wanted = json.loads((LETTERS / f"{name}.json").read_text(encoding="utf-8"))["document"]
    draft = read_path(letter(name))
    if wanted["type"] != "fragment":
        assert draft.facts.issuer.value == wanted["issuer"]
        assert draft.facts.agency.value == wanted["agency"]
    assert draft.facts.year.value == wanted["year"]
    assert draft.facts.language.value == wanted["language"]
    if wanted.get("date"):
        assert draft.facts.date.value is not None
        assert draft.facts.date.value.isoformat() == wanted["date"]


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_made_up_letter_is_lost(name: str) -> None:
    assert account(read_path(letter(name))).complete
