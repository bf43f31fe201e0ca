"""A need for steering that came up in an expert meeting: noted, given by a letter, or withdrawn (V-26, R-51)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.ids import new_uuid
from core.models import Audience, Event
from governance.actions.documents import discard_document, issue_document
from governance.actions.draft_passages import remove_passage
from governance.actions.draft_rows import remove_row, restore_row
from governance.actions.findings import refresh_document_findings
from governance.content import ContentWriter
from governance.models import AssignmentItem, Change, Finding, Passage, SteeringDocument
from reporting.actions.needs import NeedNote, note_need, point_at_letter, take_need_in, withdraw_need
from reporting.models import CalendarEntry, NeedState, SteeringNeed
from reporting.selectors.needs import title_from
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter
from tests.factories.needs import HELD_ON, WORDS, fresh, noted
from tests.reporting.build import issued_letter

pytestmark = pytest.mark.django_db
AT = REGISTERED_AT
DAY = AT.date()


def supplement(cast: Cast, title: str = "Supplerende brev", **facts: Any) -> SteeringDocument:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Brevet gir ett nytt oppdrag.")

    return make_draft(cast, kind="supplement", title=title, document_date=None, fill=fill, **facts)


def findings(document: SteeringDocument) -> list[str]:
    refresh_document_findings(document, day=DAY)
    rows = Finding.objects.filter(document=document, check_id="V-26", state="open")
    return list(rows.values_list("message", flat=True))


def take(cast: Cast, need: SteeringNeed, document: SteeringDocument, how: str = "assignment") -> SteeringNeed:
    return fresh(take_need_in(need=need, document=document, how=how, actor=cast.actor("officer"), at=AT))


def issue(cast: Cast, document: SteeringDocument) -> SteeringDocument:
    from governance.actions.findings import acknowledge_finding

    refresh_document_findings(document, day=DAY)
    for row in Finding.objects.filter(document=document, state="open", severity="A"):
        acknowledge_finding(finding=row, reason="Vurdert.", actor=cast.actor("officer"), at=AT)
    return issue_document(document=document, actor=cast.actor("signer"), at=AT)


# ---- V-26 ----
@pytest.mark.parametrize("kind", ["supplement", "allocation_letter"])
def test_a_need_no_letter_has_given_stops_the_draft_and_says_the_three_ways_out(cast: Cast, kind: str) -> None:
    noted(cast)
    document = make_draft(cast, kind=kind, document_date=None)
    (said,) = findings(document)
    assert WORDS[:60] in said
    assert Finding.objects.get(document=document, check_id="V-26").place == "fagmøte 5. januar 2026"
    assert all(way in said for way in ("i dette brevet", "i et annet", "trekk behovet"))
    with pytest.raises(RuleBroken) as refused:
        issue_document(document=document, actor=cast.actor("signer"), at=AT)
    assert "V-26" in {problem.code for problem in refused.value.problems}


def test_the_finding_goes_away_when_this_letter_takes_the_need_in_and_the_letter_can_be_issued(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    assert findings(document)
    assert take(cast, need, document).held
    assert findings(document) == []
    issue(cast, document)
    given = fresh(need)
    assert (given.state, given.document_id, given.settled_at) == (NeedState.GIVEN, document.pk, AT)
    assert findings(supplement(cast, "Neste brev", number=7)) == []


def test_the_finding_goes_away_when_another_draft_takes_the_need_in(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    take(cast, need, supplement(cast, "Et annet brev"))
    assert findings(document) == []


def test_the_finding_goes_away_when_the_need_is_withdrawn(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    withdraw_need(need=need, reason="Avklart i brev fra i fjor.", actor=cast.actor("officer"), at=AT)
    assert findings(document) == []


def test_the_finding_goes_away_when_a_letter_that_is_sent_has_given_it(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    letter = make_issued_supplement_without_finding(cast)
    point_at_letter(need=need, document=letter, actor=cast.actor("officer"), at=AT)
    assert findings(document) == []
    assert fresh(need).state == NeedState.GIVEN


def make_issued_supplement_without_finding(cast: Cast) -> SteeringDocument:
    """Registered, signed elsewhere, on the day after the meeting."""
    return make_registered_letter(
        cast, kind="supplement", title="Sendt utenfra", document_date=HELD_ON + timedelta(days=1), fill=None
    )


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({}, {"agency": "Hdir"}),
        ({}, {"held_on": DAY}),
        ({"kind": "instruction"}, {}),
    ],
)
def test_others_needs_later_meetings_and_instructions_are_no_finding(
    cast: Cast, facts: dict[str, Any], note: dict[str, Any]
) -> None:
    noted(cast, **note)
    kind = facts.get("kind", "supplement")
    assert findings(make_draft(cast, kind=kind, title="Utkast", document_date=None)) == []


# ---- the row in the draft ----
def test_an_assignment_taken_in_has_the_words_the_department_and_its_change(cast: Cast) -> None:
    document = supplement(cast)
    need = take(cast, noted(cast), document)
    row = AssignmentItem.objects.select_related("department").get(uuid=need.item, document=document)
    assert (row.title, row.body) == ("Rutinen for melding av legemiddelmangel må beskrives på nytt", WORDS)
    assert row.department is not None
    assert row.department.code == "SHA"
    assert Change.objects.filter(document=document, new_item=row.uuid).exists()


def test_a_row_taken_out_of_the_draft_opens_the_need_again_and_put_back_it_is_held(cast: Cast) -> None:
    document = supplement(cast)
    need = take(cast, noted(cast), document)
    assert need.item is not None
    who: dict[str, Any] = {"document": document, "item": need.item, "actor": cast.actor("officer"), "at": AT}
    remove_row(item_type="assignment", **who)
    assert not fresh(need).held
    assert len(findings(document)) == 1
    restore_row(**who)
    assert fresh(need).held
    assert findings(document) == []


def test_text_taken_out_and_a_draft_put_away_open_the_need_again(cast: Cast) -> None:
    document, officer = supplement(cast), cast.actor("officer")
    need = take(cast, noted(cast), document, "passage")
    assert Passage.objects.get(uuid=need.item, document=document).text == WORDS
    assert need.item is not None
    remove_passage(document=document, passage=need.item, actor=officer, at=AT)
    assert not fresh(need).held
    need = take(cast, need, document, "passage")
    discard_document(document=document, reason="Ikke nå.", actor=officer, at=AT)
    assert not fresh(need).held


def test_a_row_taken_out_before_issue_is_not_given(cast: Cast) -> None:
    document = supplement(cast)
    need = take(cast, noted(cast, held_on=HELD_ON), document)
    other = take(cast, noted(cast, words="Det trengs en plan for overgangen."), document)
    assert need.item is not None
    remove_row(document=document, item_type="assignment", item=need.item, actor=cast.actor("officer"), at=AT)
    with pytest.raises(RuleBroken):
        issue(cast, document)
    withdraw_need(need=need, reason="Ikke nødvendig.", actor=cast.actor("officer"), at=AT)
    issue(cast, document)
    assert (fresh(need).state, fresh(other).state) == (NeedState.WITHDRAWN, NeedState.GIVEN)


def test_a_letter_signed_elsewhere_gives_what_was_taken_into_its_draft(cast: Cast) -> None:
    from governance.actions.documents import Registration, Signer, register_issued_document

    document = supplement(cast, number=3)
    SteeringDocument.objects.filter(pk=document.pk).update(document_date=DAY)
    need = take(cast, noted(cast), document)
    signed = Registration(signers=[Signer(name="Ragnhild Moen")])
    register_issued_document(document=document, registration=signed, actor=cast.actor("officer"), at=AT)
    assert fresh(need).state == NeedState.GIVEN


def test_what_one_draft_holds_no_other_takes_and_the_sentence_says_who_and_where(cast: Cast) -> None:
    need, first = noted(cast), supplement(cast, "Det første brevet")
    take(cast, need, first)
    with pytest.raises(NotInThisState) as refused:
        take(cast, need, supplement(cast, "Det andre brevet"))
    assert "Marte Lindqvist har tatt behovet inn i «Det første brevet»" in str(refused.value.message)
    with pytest.raises(NotInThisState):
        withdraw_need(need=need, reason="Nei.", actor=cast.actor("officer"), at=AT)
    assert AssignmentItem.objects.filter(body=WORDS).count() == 1


def test_taken_in_twice_in_the_same_draft_is_one_row(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    assert take(cast, need, document).item == take(cast, need, document).item
    assert AssignmentItem.objects.filter(document=document).count() == 1


@pytest.mark.parametrize(
    "which",
    [lambda cast: make_draft(cast, recipient=cast.org("Hdir")), lambda cast: make_draft(cast, kind="instruction")],
)
def test_a_need_goes_only_into_letters_to_its_own_agency(cast: Cast, which: Any) -> None:
    with pytest.raises(RuleBroken) as refused:
        take(cast, noted(cast), which(cast))
    assert {problem.field for problem in refused.value.problems} == {"document"}


# ---- who ----
def test_departments_note_their_own_and_the_officer_for_all(cast: Cast) -> None:
    assert noted(cast, by="department_officer").department.code == "SHA"
    with pytest.raises(RuleBroken) as refused:
        noted(cast, by="department_officer", department="FHA")
    (problem,) = refused.value.problems
    assert problem.field == "department"
    assert "SHA" in str(problem.message)
    assert noted(cast, department="FHA").department.code == "FHA"


@pytest.mark.parametrize(
    "part", ["controller", "director", "other_controller", "co_ministry", "signer", "auditor", "admin"]
)
def test_nobody_else_notes_takes_in_or_withdraws(cast: Cast, part: str) -> None:
    need, document = noted(cast), supplement(cast)
    with pytest.raises(NotAllowed):
        noted(cast, by=part)
    with pytest.raises(NotAllowed):
        withdraw_need(need=need, reason="Nei.", actor=cast.actor(part), at=AT)
    with pytest.raises(NotAllowed):
        take_need_in(need=need, document=document, how="assignment", actor=cast.actor(part), at=AT)


def test_the_agency_sees_a_need_only_when_it_is_given_and_others_never(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)

    def seen() -> set[str]:
        parts = ("officer", "signer", "other_department_officer", "controller", "director", "co_ministry",
                 "other_controller", "sub_agency_officer", "auditor", "admin", "system_client")  # fmt: skip
        rows = SteeringNeed.objects
        return {part for part in parts if rows.visible_to(cast.actor(part), DAY).filter(pk=need.pk).exists()}

    ministry = {"officer", "signer", "other_department_officer"}
    assert seen() == ministry
    take(cast, need, document)
    assert seen() == ministry
    issue(cast, document)
    assert seen() == ministry | {"controller", "director"}


def test_one_who_steers_a_sub_agency_keeps_a_register_of_its_own(cast: Cast) -> None:
    need = note_need(
        agency=cast.org("Helfo"),
        note=NeedNote(new_uuid(), "Behov", _department_of(cast, "Hdir"), None, "Fagmøte", HELD_ON),
        actor=cast.actor("sub_agency_officer"),
        at=AT,
    )
    assert need.superior_id == cast.org("Hdir").pk
    assert not SteeringNeed.objects.visible_to(cast.actor("officer"), DAY).exists()


def _department_of(cast: Cast, short: str) -> Any:
    from agencies.models import Department

    return Department.objects.create(
        organisation=cast.org(short), code="D1", name="Divisjon", valid_from=date(2020, 1, 1)
    )


# ---- bad input ----
def test_everything_that_is_wrong_is_told_at_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        note_need(agency=cast.org("DMP"), note=NeedNote(new_uuid()), actor=cast.actor("officer"), at=AT)
    assert {problem.field for problem in refused.value.problems} == {"words", "department", "meeting", "held_on"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "held_on"),
        ({"words": "x" * 2001}, "words"),
        ({"words": "BEGRENSET\nNoe gradert"}, "words"),
    ],
)
def test_a_day_ahead_long_words_and_graded_words_are_refused(cast: Cast, values: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        noted(cast, **values)
    assert {problem.field for problem in refused.value.problems} == {field}


def test_a_department_that_did_not_exist_on_the_day_of_the_meeting_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        noted(cast, held_on=date(1995, 3, 1))
    (problem,) = refused.value.problems
    assert problem.field == "department"
    assert "1. mars 1995" in str(problem.message)


def test_a_meeting_of_the_calendar_gives_name_and_day_and_must_be_with_the_agency(cast: Cast) -> None:
    letter = issued_letter(cast)
    entry = CalendarEntry.objects.filter(document=letter).first()
    assert entry is not None
    CalendarEntry.objects.filter(pk=entry.pk).update(title="Fagmøte om forsyning", date=HELD_ON)
    entry.refresh_from_db()
    need = noted(cast, entry=entry, meeting="", held_on=None)
    assert (need.meeting, need.held_on) == ("Fagmøte om forsyning", HELD_ON)
    with pytest.raises(RuleBroken) as refused:
        noted(cast, agency="Hdir", entry=entry)
    assert {problem.field for problem in refused.value.problems} == {"entry"}


def test_a_reason_is_needed_and_a_stale_page_is_told(cast: Cast) -> None:
    need, officer = noted(cast), cast.actor("officer")
    with pytest.raises(RuleBroken):
        withdraw_need(need=need, reason="  ", actor=officer, at=AT)
    with pytest.raises(StaleVersion):
        withdraw_need(need=need, reason="Nei.", actor=officer, at=AT, expected_version=9)
    withdraw_need(need=need, reason="Nei.", actor=officer, at=AT)
    with pytest.raises(NotInThisState):
        withdraw_need(need=need, reason="Nei.", actor=officer, at=AT)


def test_a_letter_before_the_meeting_did_not_give_the_need(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    with pytest.raises(RuleBroken):
        point_at_letter(need=noted(cast), document=letter, actor=cast.actor("officer"), at=AT)


def test_the_same_form_sent_twice_is_one_need(cast: Cast) -> None:
    key = new_uuid()
    assert noted(cast, key=key).pk == noted(cast, key=key).pk
    assert SteeringNeed.objects.count() == 1


# ---- on record ----
def test_each_act_is_on_record_with_the_ministry_and_only_what_is_given_with_the_agency(cast: Cast) -> None:
    need, document = noted(cast), supplement(cast)
    take(cast, need, document)
    issue(cast, document)
    rows = list(Event.objects.filter(subject=need.uuid).order_by("id").values_list("type", "audience"))
    internal, shared = Audience.INTERNAL, Audience.SHARED
    assert rows == [("need.noted", internal), ("need.taken_in", internal), ("need.given", shared)]
    assert WORDS not in str(list(Event.objects.filter(subject=need.uuid).values()))


def test_a_settled_need_is_never_changed_and_none_is_deleted(cast: Cast) -> None:
    from django.db import transaction
    from django.db.utils import DatabaseError

    need = noted(cast)
    withdraw_need(need=need, reason="Nei.", actor=cast.actor("officer"), at=AT)
    rows = SteeringNeed.objects.filter(pk=need.pk)
    for act in (lambda: rows.update(words="Noe annet"), lambda: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Kort behov", "Kort behov"),
        ("Første setning. Andre setning.", "Første setning"),
        ("ord " * 40, ("ord " * 25).strip()),
    ],
)
def test_the_title_is_the_first_sentence_cut_at_a_word(words: str, title: str) -> None:
    assert title_from(words) == title
