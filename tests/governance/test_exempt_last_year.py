"""Next year's draft from last year: an exempt assignment comes along, and its words go to its readers alone (B2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment
from core.errors import NotFound, RuleBroken
from governance.actions import draft_rows, new_letter
from governance.content import ContentWriter
from governance.models import AssignmentItem, DeliveryItem, Goal, Passage, SteeringDocument
from governance.restricted import hidden_in_draft, may_read_restricted
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.assignments import give
from tests.factories.documents import make_registered_letter, write_assignment
from tests.governance.test_exempt_changes import SHELL, body, clock_stands, exempt, item_of, says_nothing
from tests.governance.test_next_year import AT, _empty_next

__all__ = ["clock_stands", "exempt"]
LogIn = Callable[[str], Client]


def take(cast: Cast, part: str, assignment: Assignment, fate: str) -> SteeringDocument:
    """Next year's draft, filled by this person with this fate for the assignment."""
    draft = _empty_next(cast)
    choices = {str(item_of(assignment)): fate}
    new_letter.take_from_last_year(document=draft, choices=choices, actor=cast.actor(part), at=AT)
    return SteeringDocument.objects.for_detail().get(pk=draft.pk)


def test_the_page_says_the_number_and_the_basis_to_those_who_do_not_read_it(
    cast: Cast, log_in: LogIn, exempt: Assignment
) -> None:
    url = reverse("governance:draft_last_year", args=[_empty_next(cast).uuid])
    assert f"TB2026-70 Tittel {MARKER_EXEMPT}" in body(log_in("officer").get(url))
    page = body(log_in("blind_officer").get(url))
    assert says_nothing(page)
    assert SHELL in page
    for query in ({"alle-assignment": "close", "gjor": "velg"}, {f"rad-{item_of(exempt)}": "change", "gjor": "velg"}):
        assert says_nothing(body(log_in("blind_officer").post(url, query)))


def test_the_question_of_what_belongs_to_a_goal_does_not_say_it_either(
    cast: Cast, log_in: LogIn, exempt: Assignment
) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        goal = writer.add(Goal, reference="3.1", title="Beredskap")
        write_assignment(
            writer, cast, "TB2026-73", f"Under mål {MARKER_EXEMPT}", restricted=True, restricted_basis="Offl. § 15"
        )
        AssignmentItem.objects.filter(reference="TB2026-73").update(goal=goal)

    letter = make_registered_letter(cast, fill=fill)
    goal, row = Goal.objects.get(document=letter), AssignmentItem.objects.get(reference="TB2026-73")
    draft = _empty_next(cast)
    url = reverse("governance:draft_last_year", args=[draft.uuid])
    data = {f"rad-{goal.uuid}": "close", f"rad-{row.uuid}": "change", "gjor": "ta-inn", "version": draft.version}
    for part, says in (("blind_officer", "«TB2026-73, unntatt offentlighet. Offl. § 15»"), ("officer", MARKER_EXEMPT)):
        page = log_in(part).post(url, data)
        assert page.status_code == 422
        assert says in body(page)
        assert says_nothing(body(page)) == (part == "blind_officer")
    choices, blind = {str(goal.uuid): "close", str(row.uuid): "change"}, cast.actor("blind_officer")
    with pytest.raises(RuleBroken) as refused:
        new_letter.take_from_last_year(document=draft, choices=choices, actor=blind, at=AT)
    assert says_nothing(str(refused.value.problems))


@pytest.mark.parametrize("fate", ["change", "close"])
def test_it_is_carried_along_untouched_and_unseen(cast: Cast, log_in: LogIn, exempt: Assignment, fate: str) -> None:
    draft = take(cast, "blind_officer", exempt, fate)
    row = AssignmentItem.objects.get(document=draft, reference="TB2026-70")
    assert (row.title, row.restricted, row.restricted_basis) == (f"Tittel {MARKER_EXEMPT}", True, "Offl. § 15")
    assert (row.body, DeliveryItem.objects.filter(document=draft).count()) == (
        (f"Tekst {MARKER_EXEMPT}", 1) if fate == "change" else ("", 0)
    )
    blind, officer = log_in("blind_officer"), log_in("officer")
    names = ("draft", "comments", "draft_numbers", "draft_start", "document", "document_text", "document_findings")
    pages = [reverse(f"governance:{name}", args=[draft.uuid]) for name in names]
    pages += [reverse("governance:draft_write", args=[draft.uuid, code]) for code in ("oppdrag", "mal", "budsjett")]
    pages += [reverse("governance:document_export", args=[draft.uuid, form]) for form in ("json", "html", "docx")]
    pages += [reverse("governance:findings"), reverse("reporting:my_day")]
    pages += [f"/api/v1/documents/{draft.uuid}/", reverse("reporting:search") + f"?q={MARKER_EXEMPT}"]
    for url in pages:
        said = body(blind.get(url)).replace(f'value="{MARKER_EXEMPT}"', "").replace(f"«{MARKER_EXEMPT}»", "")
        assert says_nothing(said.replace(f"q={MARKER_EXEMPT}", "")), url
    assert SHELL in body(blind.get(pages[0]))
    assert MARKER_EXEMPT in body(officer.get(pages[0]))


def test_only_its_readers_change_it_take_it_out_and_put_it_back(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    draft = take(cast, "blind_officer", exempt, "change")
    row = AssignmentItem.objects.get(document=draft, reference="TB2026-70").uuid
    common = {"document": draft, "item_type": "assignment", "item": row, "at": AT}
    blind, officer = cast.actor("blind_officer"), cast.actor("officer")
    with pytest.raises(NotFound):
        draft_rows.save_row(data={"title": "x"}, actor=blind, **common)
    with pytest.raises(NotFound):
        draft_rows.remove_row(actor=blind, **common)
    later = {"deliveries": [{"deadline_kind": "none", "product": "final"}]}
    draft_rows.save_row(data={"title": f"Nå {MARKER_EXEMPT}", "restricted": False, **later}, actor=officer, **common)
    assert AssignmentItem.objects.get(uuid=row).restricted
    draft_rows.remove_row(actor=officer, **common)
    chapter = Passage.objects.filter(document=draft).exclude(chapter="").values_list("chapter", flat=True)
    pages = [reverse("governance:draft_write", args=[draft.uuid, code]) for code in {*chapter, "oppdrag", "mal"}]
    assert any(MARKER_EXEMPT in body(log_in("officer").get(url)) for url in pages)
    for url in pages:
        assert says_nothing(body(log_in("blind_officer").get(url))), url
    with pytest.raises(NotFound):
        draft_rows.restore_row(document=draft, item=row, actor=blind, at=AT)
    draft_rows.restore_row(document=draft, item=row, actor=officer, at=AT)
    assert row in hidden_in_draft(draft, blind, AT.date())


def test_a_goal_it_belongs_to_is_not_taken_out_and_the_refusal_says_its_number(cast: Cast, exempt: Assignment) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        goal = writer.add(Goal, reference="3.1", title="Beredskap")
        writer.add(AssignmentItem, reference="TB2026-75", title=f"Under {MARKER_EXEMPT}", goal=goal, restricted=True,
                   restricted_basis="Offl. § 15")  # fmt: skip

    letter = make_registered_letter(cast, fill=fill)
    row = AssignmentItem.objects.get(document=letter)
    draft = take(cast, "blind_officer", Assignment.objects.get(item=row), "change")
    goal = Goal.objects.get(document=draft)
    for part, says in (("blind_officer", "TB2026-75, unntatt offentlighet. Offl. § 15"), ("officer", MARKER_EXEMPT)):
        with pytest.raises(RuleBroken) as refused:
            draft_rows.remove_row(document=draft, item_type="goal", item=goal.uuid, actor=cast.actor(part), at=AT)
        words = str(refused.value.problems[0].message)
        assert says in words
        assert says_nothing(words) == (part == "blind_officer")


def test_after_issue_and_the_year_after_that_it_is_still_for_the_first_readers(
    cast: Cast, log_in: LogIn, exempt: Assignment
) -> None:
    draft = take(cast, "blind_officer", exempt, "change")
    row = AssignmentItem.objects.get(document=draft, reference="TB2026-70").uuid
    for part, reads in (("blind_officer", False), ("officer", True), ("controller", True)):
        assert (row in may_read_restricted(cast.actor(part), [row], AT.date())) == reads
    SteeringDocument.objects.filter(pk=draft.pk).update(created_by=cast.user("blind_officer"))
    assert row not in may_read_restricted(cast.actor("blind_officer"), [row], AT.date())


def test_one_without_a_number_is_left_to_its_readers(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    bare = give(cast, "", f"Uten nummer {MARKER_EXEMPT}", restricted=True, restricted_basis="Offl. § 14",
                deadlines=[("1. juni", date(2026, 6, 1))])  # fmt: skip
    draft = take(cast, "blind_officer", bare, "change")
    assert not AssignmentItem.objects.filter(document=draft).exists()
    page = body(log_in("blind_officer").get(reverse("governance:draft_last_year", args=[draft.uuid])))
    assert "Oppdrag, unntatt offentlighet. Offl. § 14" in page
    assert "har ikke nummer, og tas med eller avsluttes av den som leser oppdraget" in page
    assert says_nothing(page)


def test_running_text_that_an_exempt_assignment_rests_on_is_no_loose_text(
    cast: Cast, log_in: LogIn, exempt: Assignment
) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Beredskap", heading_level=1, section_number="3")
        told = writer.passage(f"Direktoratet skal {MARKER_EXEMPT}.")
        writer.passage("Direktoratet skal ha oversikt.")
        writer.add(AssignmentItem, passages=[told], reference="TB2026-74", title="Beredskap", restricted=True)

    make_registered_letter(cast, fill=fill)
    url = reverse("governance:draft_last_year", args=[_empty_next(cast).uuid])
    assert says_nothing(body(log_in("blind_officer").get(url)))
    draft = take(cast, "officer", exempt, "keep")
    words = list(Passage.objects.filter(document=draft).values_list("text", flat=True))
    assert "Direktoratet skal ha oversikt." in words
    assert says_nothing(str(words))
