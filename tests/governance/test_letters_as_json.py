"""A letter as JSON is the whole letter, and comes back as the same letter (F3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core.errors import TooLarge, Unreadable
from governance import roundtrip
from governance.items import ITEM_TYPES, read_items
from governance.roundtrip.frozen import letter_of_snapshot
from governance.roundtrip.letter import Letter
from governance.roundtrip.schema import letter_schema
from governance.roundtrip.source import exempt_items, write_json
from governance.shown import plain_snapshot
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import make_draft, make_registered_letter, write_assignment
from tests.governance.letters_out import import_letter, real_letters, write_everything


def refused_by(read: Callable[[bytes], object], data: bytes) -> str:
    """All sentences of a refusal."""
    with pytest.raises(Unreadable) as caught:
        read(data)
    return "\n".join([str(caught.value), *(str(problem.message) for problem in caught.value.problems)])


def refused(data: bytes) -> str:
    """All sentences of a refused JSON file."""
    return refused_by(roundtrip.read_json, data)


def test_a_letter_with_every_kind_of_row_comes_back_equal(cast: Cast) -> None:
    document = make_registered_letter(cast, fill=write_everything)
    letter = roundtrip.letter_of(document)
    assert {row["type"] for row in letter.items} == set(ITEM_TYPES) - {"replacement"}
    again = roundtrip.read_json(roundtrip.export_json(document))
    assert again.canonical() == letter.canonical()
    assert again.fingerprints() == letter.exported["rows"]
    assert roundtrip.export_json(document) == write_json(again)


def test_every_real_letter_comes_back_equal(cast: Cast, shared: Path) -> None:
    paths = real_letters(shared)
    assert len(paths) > 30
    for path in paths:
        document = import_letter(cast, path)
        letter = roundtrip.letter_of(document)
        assert len(letter.items) == len(read_items([document.pk]))
        assert roundtrip.read_json(roundtrip.export_json(document)).canonical() == letter.canonical(), path.name


def test_the_export_fits_the_written_schema(cast: Cast) -> None:
    written = json.loads(Path("docs/api/letter.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(letter_schema())), "run python -m scripts.letter_schema"
    Draft202012Validator.check_schema(written)
    document = make_registered_letter(cast, fill=write_everything)
    Draft202012Validator(written).validate(json.loads(roundtrip.export_json(document)))


def test_the_number_of_queries_does_not_grow_with_the_rows(
    cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    document = make_registered_letter(cast, fill=write_everything)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        roundtrip.letter_of(document)


def test_bad_files_are_refused_with_every_reason(cast: Cast, settings: pytest.FixtureRequest) -> None:
    good = json.loads(roundtrip.export_json(make_draft(cast, fill=write_everything)))

    def edited(**values: object) -> bytes:
        return json.dumps({**good, **values}).encode()

    assert "UTF-8" in refused("æ".encode("latin-1"))
    assert "linje 1" in refused(b"{")
    assert "ikke et styringsdokument" in refused(b"[]")
    assert "står to ganger" in refused(b'{"schema": "a", "schema": "b"}')
    assert "NaN" in refused(b'{"schema": NaN}')
    assert "versjon 9" in refused(edited(schema="styringsdialog/letter/9"))
    assert "«schema»" in refused(edited(schema="noe/annet/1"))
    assert "tom" in refused(b"")
    items = json.loads(json.dumps(good["items"]))
    items[0]["data"]["ukjent"] = 1
    items[1]["type"] = "ønske"
    items[2]["data"]["title"] = 12
    items[3]["passages"] = [good["letter"]["uuid"]]
    words = refused(edited(items=items))
    assert "«ukjent» er ukjent" in words
    assert "Rad 2: «type»" in words
    assert "Rad 3 data title" in words
    items = json.loads(json.dumps(good["items"]))
    items[3]["passages"] = [good["letter"]["uuid"]]
    items[4]["uuid"] = items[5]["uuid"]
    calendar = next(row for row in items if row["type"] == "calendar")
    calendar["data"]["date"] = "2026-02-30"
    words = refused(edited(items=items))
    assert "hviler på avsnitt" in words
    assert "står 2 ganger" in words
    assert "2026-02-30 finnes ikke" in words
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(TooLarge):
        roundtrip.read_json(json.dumps(good).encode())


def test_a_new_row_gets_the_same_permanent_id_each_time_the_file_is_read(cast: Cast) -> None:
    found = json.loads(roundtrip.export_json(make_draft(cast, fill=write_everything)))
    del found["items"][0]["uuid"]
    data = json.dumps(found).encode()
    first, second = roundtrip.read_json(data), roundtrip.read_json(data)
    assert first.items[0]["uuid"] == second.items[0]["uuid"]
    assert first.items[0]["uuid"] not in first.exported["rows"]


def test_what_is_exempt_stays_behind_and_the_rest_still_fits_the_schema(cast: Cast) -> None:
    def fill(writer: object, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-9", f"Skjermet {MARKER_EXEMPT}", restricted=True,  # type: ignore[arg-type]
            restricted_basis="offl. § 15", body=f"Innhold {MARKER_EXEMPT}",
        )  # fmt: skip

    document = make_registered_letter(cast, fill=fill)
    data = roundtrip.export_json(document, withheld=exempt_items(document))
    assert MARKER_EXEMPT not in data.decode()
    letter = roundtrip.read_json(data)
    assert letter.items[0]["data"]["reference"] == "TB2026-9"
    assert letter.items[0]["data"]["restricted_basis"] == "offl. § 15"
    assert letter.items[0]["uuid"] not in letter.exported["rows"]


PASSAGE = "0198c2f4-7d1e-7a90-8000-000000000001"
WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(
    ["æøåÆØÅ", "tabulator\there", "linje\nlinje", "Frå første dag skal verksemda følgje opp", "a" * 5000, "  rom  "]
)


def small_letter(text: str, title: str, amount: int) -> Letter:
    """A letter of one passage and one row."""
    goal = {
        "line": None, "parent": None, "reference": "", "level": "main", "title": title, "body": text,
        "contributes_to": [title[:40]],
    }  # fmt: skip
    passage = {
        "uuid": PASSAGE, "kind": "prose", "text": text, "rich": "", "chapter": "", "section_number": "",
        "heading_level": 0, "language": "nn",
    }  # fmt: skip
    head = {
        "uuid": "0198c2f4-7d1e-7a90-8000-000000000000", "title": "t", "public_title": "", "year": 2026, "number": None,
        "language": "nb", "state": "draft", "document_date": None, "effective_on": None, "case_number": "",
        "document_number": "", "addressee": text, "place": "", "legal_basis": "", "lapse_through_year": amount,
        "has_text": True, "sha256": "", "kind": "supplement", "supplements": None,
        "issuer": {"uuid": PASSAGE, "name": "A"}, "recipient": {"uuid": PASSAGE, "name": "B"},
    }  # fmt: skip
    row = {"type": "goal", "uuid": PASSAGE.replace("1", "2"), "data": goal, "passages": [PASSAGE]}
    return Letter(head=head, passages=[passage], items=[row])


@given(text=WORDS, title=WORDS, amount=st.integers(0, 9999))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_come_back_equal(text: str, title: str, amount: int) -> None:
    letter = small_letter(text, title, amount)
    assert roundtrip.read_json(write_json(letter)).canonical() == letter.canonical()


def test_a_frozen_snapshot_gives_the_same_letter_as_the_rows(cast: Cast) -> None:
    draft = make_draft(cast, fill=write_everything)
    held = letter_of_snapshot(draft, plain_snapshot(draft))
    assert held.canonical() == roundtrip.letter_of(draft).canonical()
