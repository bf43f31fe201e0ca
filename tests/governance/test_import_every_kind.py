"""Every act on every kind of row, undone again, with every passage of the letter accounted for after each (V-40)."""

import random
from typing import Any

import pytest

from core.errors import DomainError, RuleBroken
from governance.actions import import_rows
from governance.intake import borders
from governance.intake.kinds import KINDS, WITH_TEXT, name_field
from governance.models import DocumentImport, ImportRow, Passage, RowState
from governance.selectors import imports as selectors
from governance.selectors.review import Choosing, review_page
from tests.cast import Cast
from tests.factories.imports import LETTER, READ_AT, fill_in, fresh, make_import, register, settle

PROSE = """
5. Annet

Første avsnitt sier noe om arbeidet. Det har to setninger.

Andre avsnitt sier noe mer om det samme.

Tredje avsnitt avslutter brevet.
"""
#: what a person fills in so that a row made by hand is right
NEEDED: dict[str, dict[str, Any]] = {
    "budget_line": {"chapter": "746", "post": "21", "amount": 1_000_000},
    "calendar": {"date": "2026-05-20"},
    "copy_rule": {"correspondence": "letter", "recipient_uuid": "RR"},
    "meeting_rule": {"kind": "governance", "minimum": 2},
}


def letter(cast: Cast) -> DocumentImport:
    return make_import(cast, data=(LETTER.format(marker="") + PROSE).encode())


def prose_of(found: DocumentImport) -> list[int]:
    return [p["ordinal"] for p in found.passages if p["plain"].endswith("brevet.") or "avsnitt sier" in p["plain"]]


def do(act: str, cast: Cast, found: DocumentImport, **more: Any) -> Any:
    return getattr(import_rows, act)(document_import=found, actor=cast.actor("officer"), at=READ_AT, **more)


def accounted(found: DocumentImport) -> None:
    """Every passage is in a row, prose or page furniture, once; and every row rests on passages that exist."""
    found = DocumentImport.objects.select_related("created_by", "agency", "organisation").get(pk=found.pk)
    rows = selectors.live_rows(found)
    page = review_page(found=found, rows=rows, choosing=Choosing())
    counts = [int(str(part.words).split()[0]) for part in page.parts]
    known = {p["ordinal"] for p in found.passages}
    assert sum(counts) == len(known)
    assert str(page.accounted).startswith(f"{len(known)} av {len(known)} ")
    assert all(set(row.passages) <= known for row in rows)
    shown = {line.number - 1: line.kind for line in page.passages}
    for row in rows:
        assert all(shown[ordinal] in ("structured", "unsure", "furniture") for ordinal in row.passages)


def state_of(found: DocumentImport) -> list[tuple[Any, ...]]:
    rows = ImportRow.objects.filter(document_import=found).order_by("pk")
    return [(r.pk, r.kind, r.data, r.passages, r.spans, r.state) for r in rows if r.state != RowState.MERGED]


@pytest.mark.parametrize("kind", list(KINDS))
def test_prose_becomes_a_row_of_every_kind_is_filled_in_split_merged_and_prose_again(cast: Cast, kind: str) -> None:
    found = letter(cast)
    before, (first, second, _third) = state_of(found), prose_of(found)
    one = do("turn_into_row", cast, found, passage=first, kind=kind)
    two = do("turn_into_row", cast, found, passage=second, kind=kind)
    for row in (one, two):
        values = dict(NEEDED.get(kind, {}))
        if "recipient_uuid" in values:
            values["recipient_uuid"] = str(cast.org(values["recipient_uuid"]).uuid)
        do("correct_row", cast, found, row=row.uuid, values=values)
    accounted(found)
    words = one.data[name_field(kind)].split() + two.data[name_field(kind)].split()
    whole = do("merge_row", cast, found, row=one.uuid, other=two.uuid)
    assert whole.passages == [first, second]
    said = " ".join(str(whole.data.get(name) or "") for name in (name_field(kind), WITH_TEXT.get(kind, "")))
    assert set(words) <= set(said.split())
    accounted(found)
    made = do("split_row", cast, found, row=whole.uuid, passage=second)
    assert (made.kind, made.passages, made.state) == (kind, [second], RowState.UNSURE)
    assert "Andre avsnitt" in made.data[name_field(kind)]
    accounted(found)
    do("turn_to_prose", cast, found, row=made.uuid)
    back = selectors.prose_rows(found, second)
    assert [row.pk for row in back] == [made.pk]
    assert do("restore_row", cast, found, row=made.uuid).data[name_field(kind)] == made.data[name_field(kind)]
    accounted(found)
    for _number in range(8):
        do("undo_last", cast, found)
        accounted(found)
    assert state_of(found) == before


@pytest.mark.parametrize("kind", list(WITH_TEXT))
def test_the_border_between_title_and_text_moves_both_ways_and_no_word_is_lost(cast: Cast, kind: str) -> None:
    found = letter(cast)
    row = do("turn_into_row", cast, found, passage=prose_of(found)[0], kind=kind)
    field = WITH_TEXT[kind]
    whole = row.data["title"].split()
    offered = dict(borders.places(kind, row.data))
    assert "Første avsnitt sier noe om arbeidet." in offered.values()
    short = next(count for count, title in offered.items() if title.endswith("arbeidet."))
    moved = do("move_border", cast, found, row=row.uuid, title_words=short)
    assert moved.data["title"] == "Første avsnitt sier noe om arbeidet."
    assert "Det har to setninger." in moved.data[field]
    again = dict(borders.places(kind, moved.data))
    longest = max(again, default=short)
    back = do("move_border", cast, found, row=row.uuid, title_words=longest)
    assert set(whole) <= set(f"{back.data['title']} {back.data[field]}".split())
    with pytest.raises(RuleBroken):
        do("move_border", cast, found, row=row.uuid, title_words=1)
    for _number in range(2):
        do("undo_last", cast, found)
    row.refresh_from_db()
    assert row.data["title"].split() == whole


def test_a_row_without_text_has_no_border(cast: Cast) -> None:
    found = letter(cast)
    row = do("turn_into_row", cast, found, passage=prose_of(found)[0], kind="key_figure")
    with pytest.raises(RuleBroken):
        do("move_border", cast, found, row=row.uuid, title_words=6)


def test_the_title_span_in_the_text_follows_the_border(cast: Cast) -> None:
    found = letter(cast)
    row = ImportRow.objects.get(document_import=found, kind="assignment", data__reference__number=1)
    count = max(count for count, _title in borders.places(row.kind, row.data))
    moved = do("move_border", cast, found, row=row.uuid, title_words=count)
    span = next(span for span in moved.spans if span["field"] in borders.TITLE_SPANS)
    marked = found.canonical_text[span["start"] : span["end"]]
    assert " ".join(marked.split()) == moved.data["title"]


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_acts_is_undone_to_where_it_began(cast: Cast, seed: int) -> None:
    found, chance = letter(cast), random.Random(seed)  # noqa: S311
    before, done = state_of(found), 0
    for _number in range(12):
        rows = selectors.live_rows(found)
        row, passage = chance.choice(rows), chance.choice(prose_of(found))
        acts: dict[str, dict[str, Any]] = {
            "accept_row": {"row": row.uuid},
            "turn_to_prose": {"row": row.uuid},
            "reset_row": {"row": row.uuid},
            "split_row": {"row": row.uuid, "passage": (row.passages[1:] or [0])[0]},
            "merge_row": {"row": row.uuid, "other": chance.choice(rows).uuid},
            "turn_into_row": {"passage": passage, "kind": chance.choice(list(KINDS))},
        }
        name = chance.choice(list(acts))
        try:
            do(name, cast, found, **acts[name])
            done += 1
        except DomainError:
            continue
        accounted(found)
    for _number in range(done):
        do("undo_last", cast, found)
    assert state_of(found) == before


def test_what_is_registered_holds_every_passage_after_the_acts(cast: Cast) -> None:
    found = letter(cast)
    first, second, third = prose_of(found)
    one = do("turn_into_row", cast, found, passage=first, kind="reporting")
    two = do("turn_into_row", cast, found, passage=second, kind="reporting")
    do("merge_row", cast, found, row=one.uuid, other=two.uuid)
    gone = ImportRow.objects.get(document_import=found, kind="key_figure")
    do("turn_to_prose", cast, found, row=gone.uuid)
    settle(cast, found)
    fill_in(cast, found)
    document = register(cast, fresh(found))
    kinds = dict(Passage.objects.filter(document=document).values_list("ordinal", "kind"))
    assert set(kinds) == {p["ordinal"] for p in found.passages}
    assert (kinds[first], kinds[second], kinds[third]) == ("structured", "structured", "prose")
    assert kinds[gone.passages[0]] == "prose"
