"""A new instruction is written from the one in force: text, rules and what they rest on, checked, heard and fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from agencies.models import Succession
from core.clock import OSLO
from core.errors import RuleBroken
from governance.actions import draft_rows, findings, hearings
from governance.actions.documents import DocumentFacts, edit_document, issue_document
from governance.actions.new_instruction import start_instruction
from governance.content import ContentWriter
from governance.instructions import instruction_in_force, standing
from governance.items import read_items
from governance.models import (
    CopyRule,
    Finding,
    InstructionReplacement,
    ItemPassage,
    NoticeDuty,
    Passage,
    SteeringDocument,
)
from tests.cast import PEOPLE, Cast
from tests.factories.instructions import make_instruction
from tests.governance.test_instruction_page import all_rules

AT = datetime(2026, 10, 5, 10, 42, tzinfo=OSLO)
OLD, NEW = date(2024, 6, 26), date(2027, 2, 1)
LogIn = Callable[[str], Client]


def written(writer: ContentWriter, cast: Cast) -> None:
    """An instruction as it is read in: numbered headings, lines broken by the file, two rules on one passage."""
    writer.passage("1 Innledning", heading_level=1, section_number="1")
    writer.passage("Instruksen fordeler ansvar i styrings-\ndialogen.", section_number="1")
    writer.passage("2 Departementets ansvar", heading_level=1, section_number="2")
    writer.passage("Departementet styrer direktoratet.", section_number="2")
    writer.passage("5 Styringsdialogen", heading_level=1, section_number="5")
    both = writer.passage("Riksrevisjonen får kopi av brev.\nAvvik varsles straks.", section_number="5")
    writer.add(CopyRule, passages=[both], correspondence="letter", recipient=cast.org("RR"), section="5")
    writer.add(NoticeDuty, passages=[both], title="Vesentlige avvik", section="5")
    writer.passage("Side 2 av 3", kind="furniture")


def begin(cast: Cast, start: str = "in_force", **more: Any) -> SteeringDocument:
    """The draft of an instruction to DMP."""
    replaces = more.pop("replaces", [])
    values = {
        "kind": "instruction", "recipient": cast.org("DMP"), "title": "Hovedinstruks 2027", "effective_on": NEW, **more,
    }  # fmt: skip
    facts = DocumentFacts(**values)
    return start_instruction(facts=facts, start=start, replaces=replaces, actor=cast.actor("officer"), at=AT)


def test_the_draft_has_the_text_in_order_and_the_rules_resting_on_the_same_words(cast: Cast) -> None:
    base = make_instruction(cast, dated=OLD, fill=written)
    draft = begin(cast, replaces=[base])
    assert draft.based_on_id == base.pk
    texts = list(Passage.objects.filter(document=draft).order_by("ordinal").values_list("text", "chapter"))
    words = [text for text, _chapter in texts]
    assert words[:4] == [
        "Innledning", "Instruksen fordeler ansvar i styringsdialogen.", "Departementets ansvar",
        "Departementet styrer direktoratet.",
    ]  # fmt: skip
    assert "Side 2 av 3" not in words
    assert ("Riksrevisjonen får kopi av brev. Avvik varsles straks.", "styringsdialog") in texts
    shared = Passage.objects.get(document=draft, text__startswith="Riksrevisjonen får")
    for model in (CopyRule, NoticeDuty):
        row = model.objects.get(document=draft)
        assert list(ItemPassage.objects.filter(item=row.uuid).values_list("passage", flat=True)) == [shared.pk]
    assert list(InstructionReplacement.objects.filter(document=draft).values_list("replaced", flat=True)) == [base.pk]
    assert not Finding.objects.filter(document=draft, check_id="R-09").exists()


def test_a_rule_made_here_keeps_its_own_text_and_can_be_changed_in_the_draft(cast: Cast) -> None:
    first = begin(cast, start="template", effective_on=date(2026, 11, 1))
    draft_rows.save_row(
        document=first, item_type="meeting_rule", data={"kind": "governance", "minimum": 2},
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    base = issue_document(document=first, actor=cast.actor("signer"), at=AT)
    draft = begin(cast, replaces=[base])
    row = read_items([draft.pk], ["meeting_rule"])[0]
    assert Passage.objects.get(uuid=row.passages[0]).text == "Det holdes minst 2 etatsstyringsmøter i året."
    draft_rows.save_row(
        document=draft, item_type="meeting_rule", item=row.uuid, data={"minimum": 3}, actor=cast.actor("officer"), at=AT
    )
    assert Passage.objects.get(uuid=row.passages[0]).text == "Det holdes minst 3 etatsstyringsmøter i året."
    assert Passage.objects.filter(document=base, text__contains="minst 2").exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"effective_on": None}, "effective_missing"),
        ({"effective_on": date(2026, 10, 4)}, "effective_past"),
        ({"title": " "}, "title_missing"),
        ({"kind": "allocation_letter", "year": 2027}, "kind"),
        ({"recipient_is": "FHI"}, "nothing_in_force"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cast: Cast, wrong: dict[str, Any], code: str) -> None:
    make_instruction(cast, dated=OLD, fill=written)
    if "recipient_is" in wrong:
        wrong = {"recipient": cast.org(wrong["recipient_is"])}
    with pytest.raises(RuleBroken) as refused:
        begin(cast, **wrong)
    problem = next(row for row in refused.value.problems if row.code == code)
    assert str(problem.message).endswith(".")


def test_two_that_begin_the_same_day_and_one_before_what_it_replaces_are_told_at_once(cast: Cast) -> None:
    base = make_instruction(cast, dated=OLD, fill=written)
    later = issue_document(document=begin(cast, start="empty", effective_on=NEW), actor=cast.actor("signer"), at=AT)
    with pytest.raises(RuleBroken) as refused:
        begin(cast, start="empty", replaces=[base])
    assert [row.code for row in refused.value.problems] == ["instruction_same_day"]
    with pytest.raises(RuleBroken) as refused:
        begin(cast, start="empty", effective_on=date(2026, 12, 1), replaces=[later])
    assert [row.code for row in refused.value.problems] == ["replaces_later_instruction"]
    draft = begin(cast, start="empty", effective_on=date(2026, 12, 1))
    with pytest.raises(RuleBroken) as refused:
        edit_document(
            document=draft, values={"effective_on": NEW}, actor=cast.actor("officer"), at=AT,
            expected_version=draft.version,
        )  # fmt: skip
    assert [row.field for row in refused.value.problems] == ["effective_on"]


def test_a_day_that_has_passed_when_it_is_signed_stops_it(cast: Cast) -> None:
    draft = begin(cast, start="template", effective_on=date(2026, 10, 20))
    with pytest.raises(RuleBroken) as refused:
        issue_document(document=draft, actor=cast.actor("signer"), at=datetime(2026, 10, 21, 9, tzinfo=OSLO))
    assert "R-01" in [row.code for row in refused.value.problems]


def test_an_instruction_may_replace_one_of_a_body_that_was_merged_in(cast: Cast) -> None:
    Succession.objects.create(
        predecessor=cast.org("FHI"), successor=cast.org("DMP"), date=date(2026, 6, 1), kind="merged"
    )
    other = make_instruction(cast, dated=date(2020, 1, 16), recipient=cast.org("FHI"))
    base = make_instruction(cast, dated=OLD, fill=written)
    draft = begin(cast, replaces=[base, other])
    assert InstructionReplacement.objects.filter(document=draft).count() == 2
    with pytest.raises(RuleBroken):
        begin(cast, replaces=[make_instruction(cast, dated=OLD, recipient=cast.org("Hdir"))])


def test_a_rule_that_no_passage_says_is_a_finding(cast: Cast) -> None:
    draft = begin(cast, start="template")
    ContentWriter(draft).add(CopyRule, correspondence="letter", recipient=cast.org("RR"))
    findings.refresh_document_findings(draft, day=AT.date())
    found = Finding.objects.get(document=draft, check_id="R-09")
    assert "ikke står i noe avsnitt" in found.message


def test_from_draft_over_the_agencys_opinion_to_fixed_in_force_and_replaced(log_in: LogIn, cast: Cast) -> None:
    base = make_instruction(cast, dated=OLD, fill=all_rules)
    draft = begin(cast, replaces=[base])
    page = reverse("governance:draft", args=[draft.uuid])
    assert log_in("controller").get(page).status_code == 404
    held = hearings.open_hearing(
        document=draft, deadline=date(2026, 11, 1), message="", actor=cast.actor("officer"), at=AT
    )
    draft.refresh_from_db()
    assert standing(draft, AT.date()).code == "hearing"
    with time_machine.travel(AT, tick=False):
        seen = log_in("controller").get(reverse("governance:hearing", args=[held.uuid]))
    assert "Riksrevisjonen får kopi av brevene." in seen.content.decode()
    hearings.close_hearing(hearing=held, actor=cast.actor("officer"), at=AT)
    draft.refresh_from_db()
    issued = issue_document(document=draft, actor=cast.actor("signer"), at=AT)
    assert standing(issued, AT.date()).code == "fixed"
    assert standing(base, AT.date()).code == "in_force"
    assert standing(issued, NEW).code == "in_force"
    assert standing(base, NEW).code == "replaced"
    assert instruction_in_force(cast.org("DMP"), NEW) == issued


def test_the_guided_page_fills_in_what_is_known_and_leads_to_the_workspace(log_in: LogIn, cast: Cast) -> None:
    base = make_instruction(cast, dated=OLD, fill=written, legal_basis="Reglementet § 3")
    client = log_in("officer")
    url = reverse("governance:instruction_start")
    with time_machine.travel(AT, tick=False):
        shown = client.get(f"{url}?virksomhet={cast.org('DMP').uuid}").content.decode()
        assert "Reglementet § 3" in shown
        assert f'value="{base.uuid}"' in shown
        values = {
            "recipient": str(cast.org("DMP").uuid), "kind": "instruction", "title": "", "language": "nb",
            "effective_on": "5. oktober 2020", "replaces": [str(base.uuid)], "start": "in_force",
            "legal_basis": "Reglementet § 3",
        }  # fmt: skip
        refused = client.post(url, values)
        assert refused.status_code == 422
        assert "før i dag" in refused.content.decode()
        assert "5. oktober 2020" in refused.content.decode()
        answer = client.post(url, values | {"effective_on": "1. februar 2027"})
        assert answer.status_code == 302
    draft = SteeringDocument.objects.get(based_on=base)
    assert answer.url == reverse("governance:draft_start", args=[draft.uuid])
    assert draft.title == f"Hovedinstruks til {cast.org('DMP').name}"


def test_the_draft_is_read_beside_the_one_in_force_with_the_copy_rule_on_top(log_in: LogIn, cast: Cast) -> None:
    base = make_instruction(cast, dated=OLD, fill=written)
    draft = begin(cast, replaces=[base])
    row = read_items([draft.pk], ["copy_rule"])[0]
    url = reverse("governance:instruction_changes", args=[draft.uuid])
    client = log_in("officer")
    before = client.get(url).content.decode()
    assert "Kopireglene er de samme" in before
    assert "avsnitt endret" not in before or ">0<" in before
    draft_rows.save_row(
        document=draft, item_type="copy_rule", item=row.uuid, data={"correspondence": "all", "simultaneous": True},
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    after = client.get(url).content.decode()
    assert "Kopiregler som er ulike" in after
    assert "kopi samtidig" in after
    assert after.index("Kopiregler som er ulike") < after.index("Teksten, ord for ord")


@pytest.mark.parametrize("part", sorted(set(PEOPLE) - {"officer", "signer", "department_head", "system_client"}))
def test_nobody_else_reads_the_draft_beside_the_one_in_force(log_in: LogIn, cast: Cast, part: str) -> None:
    make_instruction(cast, dated=OLD, fill=written)
    draft = begin(cast)
    assert log_in(part).get(reverse("governance:instruction_changes", args=[draft.uuid])).status_code == 404
