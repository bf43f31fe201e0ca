"""Rows and text of a draft are written by the same actions, whatever they are (K1, A2, A9, A10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from core.clock import OSLO
from core.errors import NotAllowed, NotFound, NotInThisState, RuleBroken
from governance.actions import draft_order, draft_passages, draft_rows
from governance.drafting.merging import RowConflict
from governance.items import ITEM_TYPES, Item, read_items
from governance.models import NumberReservation, Passage, RowRevision, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter

pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 3, 10, 42, tzinfo=OSLO)

ASSIGNMENT = {
    "title": "Kartlegge beredskapslagre",
    "body": "Direktoratet skal kartlegge lagrene.\n\nArbeidet skjer sammen med andre.",
    "deliveries": [
        {"part": "bokstav a", "deadline_kind": "date", "deadline": "2026-06-01", "product": "status"},
        {"part": "bokstav b", "deadline_kind": "dialog"},
    ],
}
SAMPLES: dict[str, dict[str, Any]] = {
    "goal": {"reference": "3.1", "level": "main", "title": "Rask tilgang", "contributes_to": ["1", "2"]},
    "parameter": {
        "title": "Saker innen frist", "kind": "quantitative", "unit": "dager", "direction": "down",
        "targets": [{"value": "180", "baseline": "210"}],
    },
    "key_figure": {"title": "Klagesaker", "measures": ["antall", "andel"], "dimensions": ["omgjort", "avvist"]},
    "assignment": ASSIGNMENT,
    "budget_line": {
        "chapter": 717, "post": 70, "name": "Tilskudd", "amount": 64_462_000, "transferable": True,
        "splits": [
            {"label": "apotek", "amount": 7_600_000}, {"label": "frakt", "amount": 56_862_000},
            {"label": "beredskap", "amount": 3_000_000, "kind": "earmark"},
        ],
    },
    "authorisation": {"title": "Inngå forpliktelser", "limit": 30_000, "valid_from": "2026-01-01"},
    "calendar": {"kind": "meeting", "date": "2026-04-21", "time": "09:00", "end_time": "11:00", "title": "Møte"},
    "reporting": {"reference": "RK01", "title": "Regnskap", "when": "recurring", "per_year": 3},
    "common_directive": {"title": "Klima", "circular": "D-1/26", "text": "Slik gjør vi."},
    "meeting_rule": {"kind": "governance", "minimum": 2},
    "notice_duty": {"title": "Alvorlige avvik", "timing": "immediate"},
    "lock_rule": {"correspondence": "annual_report", "exception": "Etter samtykke.", "decider": "ministry"},
    "enclosure": {"title": "Vedlegg om lønn", "expected_on": "2026-02-01"},
    "citation": {"kind": "circular", "text": "R-115"},
}  # fmt: skip


def save(cast: Cast, document: SteeringDocument, key: str, data: dict[str, Any], **more: Any) -> Item:
    return draft_rows.save_row(
        document=document, item_type=key, data=data, actor=cast.actor(more.pop("by", "officer")), at=AT, **more
    )


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    return make_draft(cast, document_date=None)


@pytest.mark.parametrize("key", [key for key in ITEM_TYPES if key != "replacement"])
def test_every_type_of_row_is_saved_and_read_back_as_it_was_written(
    cast: Cast, draft: SteeringDocument, key: str
) -> None:
    sample = SAMPLES.get(key) or {"correspondence": "letter", "recipient": str(cast.org("RR").uuid)}
    saved = save(cast, draft, key, sample)
    (read,) = read_items([draft.pk], [key])
    assert read.uuid == saved.uuid
    assert dict(read.data) == dict(saved.data)
    assert read.passages == saved.passages
    draft.refresh_from_db()
    assert draft.last_edited_by_id == cast.user("officer").pk
    assert RowRevision.objects.get(item=saved.uuid).number == 1
    assert key == "citation" or Passage.objects.get(uuid=saved.passages[0]).kind == "structured"


def test_the_text_of_a_row_follows_its_values_in_the_norm_of_the_letter(cast: Cast) -> None:
    draft = make_draft(cast, language="nn", document_date=None)
    item = save(cast, draft, "goal", {"reference": "3.1", "title": "Rask tilgang", "contributes_to": ["1", "2"]})
    texts = [row.text for row in Passage.objects.filter(uuid__in=item.passages)]
    assert texts == ["Rask tilgang", "Målet bidreg til sektormål 1 og 2."]
    save(cast, draft, "goal", {"title": "Raskare tilgang", "contributes_to": []}, item=item.uuid)
    assert [(row.text, row.language) for row in Passage.objects.filter(document=draft)] == [
        ("Mål, styringsparametrar og oppdrag", "nn"),
        ("Raskare tilgang", "nn"),
    ]


def test_a_lock_rule_says_who_may_open_the_report_once(cast: Cast) -> None:
    draft = make_draft(cast, language="nn", document_date=None)
    item = save(cast, draft, "lock_rule", {"correspondence": "activity_report", "decider": "director"})
    words = "Rapporten kan berre opnast av leiaren av verksemda."
    assert Passage.objects.filter(uuid__in=item.passages, text=words).exists()
    changed = save(cast, draft, "lock_rule", {"text": "Berre leiaren av verksemda opnar han."}, item=item.uuid)
    assert not Passage.objects.filter(uuid__in=changed.passages, text=words).exists()


def test_a_new_assignment_gets_the_next_number_and_its_children_keep_their_identity(
    cast: Cast, draft: SteeringDocument
) -> None:
    first = save(cast, draft, "assignment", ASSIGNMENT)
    second = save(cast, draft, "assignment", ASSIGNMENT)
    assert [first.data["reference"], second.data["reference"]] == ["TB2026-1", "TB2026-2"]
    rows = [dict(row) for row in first.data["deliveries"]]
    rows[0]["deadline"] = "2026-07-01"
    rows.append({"part": "bokstav c", "deadline_kind": "ongoing"})
    changed = save(cast, draft, "assignment", {"deliveries": rows}, item=first.uuid)
    assert [row["uuid"] for row in changed.data["deliveries"][:2]] == [row["uuid"] for row in first.data["deliveries"]]
    assert changed.data["title"] == ASSIGNMENT["title"]
    texts = [row.text for row in Passage.objects.filter(uuid__in=changed.passages)]
    assert texts[-3:] == [
        "Frist for bokstav a: 1. juli 2026", "Frist for bokstav b: avtales i dialog", "Frist for bokstav c: løpende",
    ]  # fmt: skip
    ordinals = list(Passage.objects.filter(document=draft).values_list("ordinal", flat=True))
    assert ordinals == sorted(set(ordinals))


@pytest.mark.parametrize(
    ("key", "data", "codes"),
    [
        ("budget_line", {"chapter": 717, "post": 170, "amount": 1}, {"post"}),
        ("budget_line", {**SAMPLES["budget_line"], "amount": 64_000_000}, {"V-09"}),
        ("budget_line", {"chapter": 746, "post": 1, "amount": 1000,
                         "splits": [{"label": "x", "amount": 2000, "kind": "earmark"}]}, {"V-12"}),
        ("budget_line", {"chapter": 3746, "post": 4, "amount": 1}, {"V-11"}),
        ("calendar", {"title": "Møte", "date": "2026-04-21", "end_date": "2026-04-20"}, {"dates_reversed"}),
        ("calendar", {"title": "Møte", "date": "2026-04-21", "time": "11:00", "end_time": "09:00"}, {"dates_reversed"}),
        ("authorisation", {"title": "F", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}, {"dates_reversed"}),
        ("assignment", {"title": "O", "deliveries": [{"deadline_kind": "date", "deadline": "2025-01-15"}]}, {"V-03"}),
        ("assignment", {"title": "", "deliveries": [{"deadline_kind": "date"}]}, {"missing", "deadline_missing"}),
        ("assignment", {"title": "O", "restricted": True}, {"V-30"}),
        ("goal", {"title": "Mål", "parent": "0190a0a0-0000-7000-8000-000000000000"}, {"unknown_reference"}),
        ("goal", {"title": "Mål", "level": "galaktisk"}, {"invalid_choice"}),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_is_refused_with_the_sentence_and_nothing_is_written(
    cast: Cast, draft: SteeringDocument, key: str, data: dict[str, Any], codes: set[str]
) -> None:
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, key, data)
    assert {problem.code for problem in refused.value.problems} == codes
    assert all(str(problem.message).endswith((".", "»")) for problem in refused.value.problems)
    assert not read_items([draft.pk])
    assert not Passage.objects.filter(document=draft).exists()


def test_all_that_is_wrong_is_told_at_once(cast: Cast, draft: SteeringDocument) -> None:
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, "budget_line", {"chapter": 99999, "post": 170, "amount": None})
    assert {problem.field for problem in refused.value.problems} == {"chapter", "post", "amount"}


def test_a_department_that_was_not_there_on_the_letters_date_is_refused(cast: Cast, draft: SteeringDocument) -> None:
    department = cast.department("SHA")
    department.valid_to = AT.date().replace(month=1)
    department.save()
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, "assignment", {**ASSIGNMENT, "department": str(department.uuid)})
    assert [problem.code for problem in refused.value.problems] == ["V-32"]


def test_the_other_side_and_other_agencies_officers_write_nothing(cast: Cast, draft: SteeringDocument) -> None:
    for part in ("controller", "sub_agency_officer", "department_officer", "auditor", "signer"):
        with pytest.raises(NotAllowed):
            save(cast, draft, "goal", {"title": "Mål"}, by=part)


def test_an_issued_letter_is_not_written_in(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    with pytest.raises(NotInThisState):
        save(cast, letter, "goal", {"title": "Mål"})


def test_what_only_one_changed_is_merged_and_what_both_changed_is_put_to_the_writer(
    cast: Cast, draft: SteeringDocument
) -> None:
    item = save(cast, draft, "assignment", ASSIGNMENT)
    save(cast, draft, "assignment", {"title": "Kartlegge alle lagre"}, item=item.uuid, base_number=1)
    merged = save(cast, draft, "assignment", {"body": "Ny tekst."}, item=item.uuid, base_number=1)
    assert (merged.data["title"], merged.data["body"]) == ("Kartlegge alle lagre", "Ny tekst.")
    with pytest.raises(RowConflict) as conflict:
        save(cast, draft, "assignment", {"title": "Kartlegge noen lagre"}, item=item.uuid, base_number=1)
    error = conflict.value
    assert [(row.path, row.base, row.theirs, row.mine) for row in error.merge.conflicts] == [
        ("title", ASSIGNMENT["title"], "Kartlegge alle lagre", "Kartlegge noen lagre")
    ]
    assert error.status == 412
    settled = save(
        cast, draft, "assignment", {"title": "Kartlegge noen lagre"}, item=item.uuid, base_number=error.number
    )
    assert settled.data["title"] == "Kartlegge noen lagre"
    assert settled.data["body"] == "Ny tekst."


def test_two_who_add_and_change_deliveries_both_keep_theirs(cast: Cast, draft: SteeringDocument) -> None:
    item = save(cast, draft, "assignment", ASSIGNMENT)
    first, second = [dict(row) for row in item.data["deliveries"]]
    save(cast, draft, "assignment", {"deliveries": [{**first, "deadline": "2026-08-01"}, second]}, item=item.uuid)
    added = {"part": "bokstav c", "deadline_kind": "ongoing"}
    merged = save(cast, draft, "assignment", {"deliveries": [first, second, added]}, item=item.uuid, base_number=1)
    assert [(row["part"], row["deadline"]) for row in merged.data["deliveries"]] == [
        ("bokstav a", "2026-08-01"), ("bokstav b", None), ("bokstav c", None),
    ]  # fmt: skip


def test_a_row_taken_out_is_put_back_as_it_was_with_its_number(cast: Cast, draft: SteeringDocument) -> None:
    save(cast, draft, "assignment", ASSIGNMENT)
    item = save(cast, draft, "assignment", {**ASSIGNMENT, "title": "Øve"})
    save(cast, draft, "assignment", {**ASSIGNMENT, "title": "Sist"})
    before = [row.text for row in Passage.objects.filter(document=draft)]
    actor = cast.actor("officer")
    draft_rows.remove_row(document=draft, item_type="assignment", item=item.uuid, actor=actor, at=AT)
    assert "TB2026-2 Øve" not in [row.text for row in Passage.objects.filter(document=draft)]
    assert NumberReservation.objects.get(document=draft, number=2).gap_reason
    with pytest.raises(NotInThisState):
        save(cast, draft, "assignment", {"title": "Nytt"}, item=item.uuid)
    back = draft_rows.restore_row(document=draft, item=item.uuid, actor=actor, at=AT)
    assert dict(back.data) == dict(item.data)
    assert [row.text for row in Passage.objects.filter(document=draft)] == before
    assert NumberReservation.objects.get(document=draft, number=2).gap_reason == ""
    with pytest.raises(NotFound):
        draft_rows.restore_row(document=draft, item=item.uuid, actor=actor, at=AT)


def test_a_goal_with_parameters_is_not_taken_out_before_them(cast: Cast, draft: SteeringDocument) -> None:
    goal = save(cast, draft, "goal", {"title": "Mål"})
    save(cast, draft, "parameter", {"title": "Parameter", "goal": str(goal.uuid)})
    with pytest.raises(RuleBroken) as refused:
        draft_rows.remove_row(document=draft, item_type="goal", item=goal.uuid, actor=cast.actor("officer"), at=AT)
    assert "Parameter" in str(refused.value)


def test_rows_are_put_in_another_order_with_their_text(cast: Cast, draft: SteeringDocument) -> None:
    one, two, three = (save(cast, draft, "goal", {"title": title}) for title in ("En", "To", "Tre"))
    move = {"document": draft, "item_type": "goal", "actor": cast.actor("officer"), "at": AT}
    draft_order.move_row(item=three.uuid, after=None, **move)
    assert [row.text for row in Passage.objects.filter(document=draft).exclude(heading_level=1)] == ["Tre", "En", "To"]
    draft_order.move_row(item=one.uuid, after=two.uuid, **move)
    assert [row.name for row in read_items([draft.pk], ["goal"])] == ["Tre", "To", "En"]
    assert [row.text for row in Passage.objects.filter(document=draft).exclude(heading_level=1)] == ["Tre", "To", "En"]


def test_text_pasted_from_word_keeps_its_words_and_loses_its_mark_up(cast: Cast, draft: SteeringDocument) -> None:
    pasted = (
        "<!--[if gte mso 9]><xml>rusk</xml><![endif]--><style>p{color:red}</style>"
        '<p class="MsoNormal" style="margin:0"><b>Viktig</b> og <span lang="NO">rett</span><o:p></o:p></p>'
        '<p class="MsoListParagraph"><span style="mso-list:Ignore">·<span>   </span></span>første</p>'
        '<p class="MsoListParagraph"><span style="mso-list:Ignore">·<span>   </span></span>andre</p>'
        '<p><a href="javascript:alert(1)">lenke</a></p><script>alert(1)</script>'
    )
    passage = draft_passages.add_passage(document=draft, text=pasted, actor=cast.actor("officer"), at=AT)
    assert passage.rich == ("<p><strong>Viktig</strong> og rett</p><ul><li>første</li><li>andre</li></ul><p>lenke</p>")
    assert passage.text == "Viktig og rett\n– første\n– andre\nlenke"


def test_running_text_is_changed_merged_moved_taken_out_and_put_back(cast: Cast, draft: SteeringDocument) -> None:
    common = {"document": draft, "actor": cast.actor("officer"), "at": AT}
    one = draft_passages.add_passage(text="Første avsnitt", **common)
    two = draft_passages.add_passage(text="Andre avsnitt", **common)
    draft_passages.save_passage(passage=one, text="Første, endret", base_number=1, **common)
    with pytest.raises(RowConflict):
        draft_passages.save_passage(passage=one, text="Første, annerledes", base_number=1, **common)
    draft_passages.move_passage(passage=two, after=None, **common)
    assert [row.text for row in Passage.objects.filter(document=draft)] == ["Andre avsnitt", "Første, endret"]
    draft_passages.remove_passage(passage=one, **common)
    assert [row.text for row in Passage.objects.filter(document=draft)] == ["Andre avsnitt"]
    draft_passages.restore_passage(passage=one.uuid, **common)
    assert [row.text for row in Passage.objects.filter(document=draft)] == ["Andre avsnitt", "Første, endret"]


def test_the_text_a_row_makes_is_changed_through_the_row(cast: Cast, draft: SteeringDocument) -> None:
    item = save(cast, draft, "goal", {"title": "Mål"})
    with pytest.raises(RuleBroken):
        draft_passages.save_passage(
            document=draft, passage=item.passages[0], text="Annet", actor=cast.actor("officer"), at=AT
        )


def test_a_requirement_hidden_in_prose_rests_on_it_and_makes_no_text_of_its_own(
    cast: Cast, draft: SteeringDocument
) -> None:
    actor = cast.actor("officer")
    passage = draft_passages.add_passage(document=draft, text="Prognosene tas med.", actor=actor, at=AT)
    item = save(cast, draft, "reporting", {"title": "Prognoser", "when": "activity_report"}, passages=[passage])
    assert item.passages == (passage.uuid,)
    assert Passage.objects.filter(document=draft).count() == 1
    draft_rows.remove_row(document=draft, item_type="reporting", item=item.uuid, actor=actor, at=AT)
    assert Passage.objects.filter(document=draft).count() == 1
    assert draft_rows.restore_row(document=draft, item=item.uuid, actor=actor, at=AT).passages == (passage.uuid,)


def test_a_date_on_a_delivery_without_deadline_is_refused_so_that_the_letter_says_it(
    cast: Cast, draft: SteeringDocument
) -> None:
    parts = [{"deadline_kind": "none", "deadline": "2026-06-01"}]
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, "assignment", {**ASSIGNMENT, "deliveries": parts})
    assert [row.field for row in refused.value.problems] == ["deliveries.0.deadline_kind"]
