"""A supplement in ten minutes: choose, write, before and after, issue; and what it does to the life above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment, AssignmentStatus, DeadlineDecision, Delivery
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event
from governance.actions.change_base import Wish
from governance.actions.change_in_force import change_in_force, remove_change
from governance.actions.directives import attach_directives
from governance.actions.documents import DocumentFacts, create_document
from governance.actions.supplement_extras import reserve_ahead
from governance.actions.supplements import AmountChange, NewAssignment, add_amount, add_assignment, add_assignments
from governance.consolidation import in_force, post_totals
from governance.drafting.acts import AMOUNT, MOVE, REPLACE, WITHDRAW
from governance.drafting.change_words import CHANGES, KINDS, REASONS, ChangeSpeaker
from governance.items import read_items
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    CalendarItem,
    Change,
    CommonDirective,
    DeliveryItem,
    DirectiveEdition,
    Goal,
    KeyFigure,
    NumberReservation,
    Passage,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
)
from reporting.models import CalendarEntry, ExpectedDelivery
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter
from tests.factories.supplements import change, changeable_letter, deliveries, issue, supplement

LogIn = Callable[[str], Client]
TODAY = REGISTERED_AT.date()


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter of the year."""
    return changeable_letter(cast)


# ---- refusals ----
def test_a_supplement_is_only_to_an_issued_letter_to_the_same_agency(cast: Cast, letter: SteeringDocument) -> None:
    unsent = make_draft(cast, title="Utkast til brev")
    elsewhere = make_registered_letter(cast, fill=None, recipient=cast.org("Hdir"), title="Et annet brev")
    for other, code in ((unsent, "supplements_draft"), (elsewhere, "other_agency")):
        facts = DocumentFacts(
            kind="supplement", recipient=cast.org("DMP"), title="Tillegg", year=2026, supplements=other
        )
        with pytest.raises(RuleBroken) as refused:
            create_document(facts=facts, actor=cast.actor("officer"), at=REGISTERED_AT)
        assert [p.code for p in refused.value.problems] == [code]
    item = AssignmentItem.objects.get(document=letter, number=1)
    with pytest.raises(RuleBroken) as not_here:
        change(cast, unsent, Wish(WITHDRAW, item.uuid, reason="Løst"))
    assert not_here.value.problems[0].code == "V-34"


def test_what_is_not_in_force_or_changed_already_or_another_agencys_is_refused(
    cast: Cast, letter: SteeringDocument
) -> None:
    draft = supplement(cast, letter)
    other = make_registered_letter(cast, recipient=cast.org("Hdir"), title="Brev til Hdir")
    foreign = AssignmentItem.objects.get(document=other, number=1)
    with pytest.raises(RuleBroken) as refused:
        change(cast, draft, Wish(WITHDRAW, foreign.uuid, reason="Løst"))
    assert refused.value.problems[0].code == "not_in_force"
    mine = AssignmentItem.objects.get(document=letter, number=1)
    change(cast, draft, Wish(WITHDRAW, mine.uuid, reason="Løst"))
    with pytest.raises(RuleBroken) as twice:
        change(cast, draft, Wish(REPLACE, mine.uuid, values={"title": "Ny"}))
    assert twice.value.problems[0].code == "changed_already"
    with pytest.raises(StaleVersion):
        change_in_force(document=draft, wishes=[], actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=99)
    with pytest.raises(NotAllowed):
        change_in_force(
            document=draft, wishes=[], actor=cast.actor("controller"), at=REGISTERED_AT, expected_version=None
        )
    issued = issue(cast, draft)
    with pytest.raises(NotInThisState):
        change(cast, issued, Wish(WITHDRAW, AssignmentItem.objects.get(document=letter, number=3).uuid, reason="x"))


# ---- each kind of change acts ----
def test_one_delivery_of_two_gets_its_new_deadline_once_and_the_letter_stands(
    cast: Cast, letter: SteeringDocument
) -> None:
    draft = supplement(cast, letter)
    item = AssignmentItem.objects.get(document=letter, number=7)
    first, second = deliveries("TB2026-7")
    change(cast, draft, Wish(MOVE, item.uuid, reason="Høringen tar tid.", dates={first: date(2026, 9, 1)}))
    issue(cast, draft)
    found = {row.item.uuid: row for row in Delivery.objects.filter(assignment__item=item).select_related("item")}
    assert (found[first].deadline, found[second].deadline) == (date(2026, 9, 1), date(2026, 12, 1))
    assert found[first].letter_deadline == date(2026, 6, 1)
    assert DeadlineDecision.objects.filter(delivery__assignment__item=item).count() == 1
    assert Assignment.objects.filter(reference="TB2026-7").count() == 1
    after = next(row for row in in_force(agency=cast.org("DMP"), valid_on=TODAY).items if row.uuid == item.uuid)
    assert [row["deadline"] for row in after.data["deliveries"]] == ["2026-09-01", "2026-12-01"]


def test_new_words_are_the_assignments_words_and_the_old_ones_stand_in_the_event(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    draft = supplement(cast, letter)
    item = AssignmentItem.objects.get(document=letter, number=3)
    fha = cast.department("FHA")
    values = {"title": "Grunndata om legemidler", "body": "Arbeidet skal også omfatte vaksiner.",
              "department": str(fha.uuid), "department_text": "FHA"}  # fmt: skip
    change(cast, draft, Wish(REPLACE, item.uuid, values=values, reason="Avklart i møte."))
    issue(cast, draft)
    assignment = Assignment.objects.select_related("department").get(item=item)
    assert (assignment.title, assignment.department) == ("Grunndata om legemidler", fha)
    event = Event.objects.get(subject=assignment.uuid, type="assignment.changed_by_letter")
    assert event.before["title"] == "Legemiddelgrunndata"
    page = log_in("controller").get(reverse("assignments:passport", args=[assignment.uuid])).content.decode()
    assert "Arbeidet skal også omfatte vaksiner." in page
    assert "het tidligere «Legemiddelgrunndata»" in page
    assert "Direktoratet skal arbeide med legemiddelgrunndata." in page


def test_new_words_bring_their_new_deliveries_into_the_follow_up(cast: Cast, letter: SteeringDocument) -> None:
    item = next(row for row in read_items([letter.pk], ("assignment",)) if row.data["reference"] == "TB2026-7")
    draft = supplement(cast, letter)
    first, second = ({k: v for k, v in part.items() if k != "uuid"} for part in item.data["deliveries"])
    third = {**second, "title": "Juridisk vurdering", "deadline": "2026-06-15", "deadline_text": "15. juni 2026"}
    second |= {"deadline": "2026-11-01", "deadline_text": "1. november 2026"}
    change(cast, draft, Wish(REPLACE, item.uuid, values={"deliveries": [first, second, third]}, reason="Delt opp."))
    issue(cast, draft)
    rows = Delivery.objects.filter(assignment__reference="TB2026-7").order_by("ordinal")
    assert [row.deadline for row in rows] == [date(2026, 6, 1), date(2026, 11, 1), date(2026, 6, 15)]
    assert rows[1].letter_deadline == date(2026, 12, 1)
    assert rows[2].title == "Juridisk vurdering"
    assert Assignment.objects.get(reference="TB2026-7").delivery_count == 3


def test_two_amounts_on_one_post_add_up_in_the_letter(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter)
    for amount in (1_000_000, 500_000):
        change_of = AmountChange(chapter=746, post=1, amount=amount, basis="revised")
        add_amount(
            document=draft, change=change_of, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None
        )
    totals = BudgetLine.objects.filter(document=draft).order_by("ordinal").values_list("total_after", flat=True)
    assert list(totals) == [459_591_000, 460_091_000]


def test_a_second_supplement_moves_the_deadline_of_reworded_assignment(cast: Cast, letter: SteeringDocument) -> None:
    item = AssignmentItem.objects.get(document=letter, number=3)
    first = supplement(cast, letter, title="Brev 1")
    change(cast, first, Wish(REPLACE, item.uuid, values={"title": "Nye ord"}))
    issue(cast, first)
    now = AssignmentItem.objects.get(document=first)
    second = supplement(cast, letter, title="Brev 2")
    part = DeliveryItem.objects.get(assignment_item=now)
    change(cast, second, Wish(MOVE, now.uuid, reason="Tid", dates={part.uuid: date(2027, 2, 1)}))
    third = supplement(cast, letter, title="Brev 3")
    issue(cast, second)
    assert Delivery.objects.get(assignment__item=item).deadline == date(2027, 2, 1)
    change(cast, third, Wish(WITHDRAW, now.uuid, reason="Løst"))
    issue(cast, third)
    assert Assignment.objects.get(item=item).status == AssignmentStatus.WITHDRAWN


def test_calendar_and_requirements_are_moved_withdrawn_and_replaced(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter)
    meeting = CalendarItem.objects.get(document=letter, kind="meeting")
    annual = CalendarItem.objects.get(document=letter, title="Årsrapport 2025")
    report = CalendarItem.objects.get(document=letter, title__startswith="Virksomhetsrapport")
    loose = ReportingRequirement.objects.get(document=letter, reference="RK15")
    values = {"title": "Etatsstyringsmøte nr. 1", "date": date(2026, 4, 28), "date_text": ""}
    change(
        cast, draft,
        Wish(REPLACE, meeting.uuid, values=values),
        Wish(WITHDRAW, annual.uuid, reason="Leveres ikke."),
        Wish(MOVE, report.uuid, reason="Samordnes.", dates={report.uuid: date(2026, 10, 16)}),
        Wish(MOVE, loose.uuid, reason="Samordnes.", dates={loose.uuid: date(2027, 3, 22)}),
    )  # fmt: skip
    issue(cast, draft)
    held = CalendarEntry.objects.get(item=meeting)
    assert (held.title, held.date) == ("Etatsstyringsmøte nr. 1", date(2026, 4, 28))
    assert CalendarEntry.objects.filter(document=draft).count() == 0
    assert CalendarEntry.objects.get(item=annual).withdrawn_at is not None
    assert ExpectedDelivery.objects.get(entry__item=annual).state == "not_asked"
    assert CalendarEntry.objects.get(item=report).date == date(2026, 10, 16)
    assert ExpectedDelivery.objects.get(entry__item=report).due == date(2026, 10, 16)
    assert ExpectedDelivery.objects.get(requirement=loose).due == date(2027, 3, 22)
    back = supplement(cast, letter, title="Brev 2")
    change(cast, back, Wish(WITHDRAW, loose.uuid, reason="Ikke lenger nødvendig."))
    issue(cast, back)
    assert ExpectedDelivery.objects.get(requirement=loose).state == "not_asked"


def test_goals_figures_parameters_and_authorisations_are_replaced_and_keep_their_line(
    cast: Cast, letter: SteeringDocument
) -> None:
    draft = supplement(cast, letter)
    rows = [
        model.objects.filter(document=letter).first() for model in (Goal, SteeringParameter, KeyFigure, Authorisation)
    ]
    change(cast, draft, *(Wish(REPLACE, row.uuid, values={"title": "Nye ord"}) for row in rows if row))
    issue(cast, draft)
    now = {
        row.key: row
        for row in in_force(agency=cast.org("DMP"), valid_on=TODAY).items
        if row.data.get("title") == "Nye ord"
    }
    assert set(now) == {"goal", "parameter", "key_figure", "authorisation"}
    parameter = SteeringParameter.objects.select_related("line", "goal").filter(document=letter).first()
    assert parameter is not None
    assert parameter.line is not None
    assert parameter.goal is not None
    assert now["parameter"].data["line"] == str(parameter.line.uuid)
    assert now["parameter"].data["goal"] == str(parameter.goal.uuid)


def test_an_amount_tells_before_and_after_and_pays_for_an_assignment_whose_number_is_only_reserved(
    cast: Cast, letter: SteeringDocument
) -> None:
    draft, actor = supplement(cast, letter), cast.actor("officer")
    new = NewAssignment("Beredskapslager", "Foreslå hvordan.", None, None, "avtales i dialog")
    item = add_assignment(document=draft, new=new, actor=actor, at=REGISTERED_AT, expected_version=None)
    line = BudgetLine.objects.get(document=letter, chapter=746)
    change(
        cast, draft,
        Wish(AMOUNT, line.uuid, amount=2_500_000, basis="wages", assignment=item.uuid, anchor="bokstav b"),
    )  # fmt: skip
    row = BudgetLine.objects.select_related("assignment_item").get(document=draft)
    assert row.assignment_item is not None
    assert (row.assignment_item.reference, row.anchor, row.total_after) == ("TTB2026-1", "bokstav b", 461_091_000)
    text = Change.objects.get(document=draft, kind="amount_delta").text
    assert "økes med 2,5 mill. kroner, fra 458,591 mill. kroner til 461,091 mill. kroner" in text
    assert "Beløpet gjelder TTB2026-1, bokstav b." in text
    assert "lønnsoppgjøret" in text
    post = AmountChange(chapter=799, post=21, amount=500_000, name="Nytt formål", basis="additional")
    add_amount(document=draft, change=post, actor=actor, at=REGISTERED_AT, expected_version=None)
    issue(cast, draft)
    totals = post_totals(in_force(agency=cast.org("DMP"), valid_on=TODAY))
    assert [(t.code, t.sums.total) for t in totals.expenses] == [("746.01", 461_091_000), ("799.21", 500_000)]


def test_an_edition_of_a_directive_is_attached_and_takes_the_place_of_the_one_before(
    cast: Cast, letter: SteeringDocument
) -> None:
    editions = [
        DirectiveEdition.objects.create(
            code="inkludering", circular=f"D-1/{year}", year=year, title_nb=f"Inkludering {year}", text_nb="Tekst",
            valid_from=date(2020, 1, 1),
        )
        for year in (2030, 2031)
    ]  # fmt: skip
    actor = cast.actor("officer")
    for edition in editions:
        draft = supplement(cast, letter, title=f"Brev {edition.year}")
        attach_directives(document=draft, editions=[edition], actor=actor, at=REGISTERED_AT, expected_version=None)
        with pytest.raises(RuleBroken):
            attach_directives(document=draft, editions=[edition], actor=actor, at=REGISTERED_AT, expected_version=None)
        issue(cast, draft)
    found = [row for row in in_force(agency=cast.org("DMP"), valid_on=TODAY).items if row.key == "common_directive"]
    assert [row.data["circular"] for row in found] == ["D-1/2031"]
    assert CommonDirective.objects.filter(edition__isnull=False).count() == 2


# ---- the words ----
def test_every_word_is_there_in_both_norms_with_the_same_places_to_fill() -> None:
    import string

    for table in (CHANGES, KINDS, REASONS):
        for word, (nb, nn) in table.items():
            places = [{name for _t, name, _s, _c in string.Formatter().parse(text) if name} for text in (nb, nn)]
            assert places[0] == places[1], word


def test_the_change_text_of_a_nynorsk_letter_is_nynorsk(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter, language="nn")
    item = AssignmentItem.objects.get(document=letter, number=1)
    made = change(cast, draft, Wish(WITHDRAW, item.uuid, reason="Løyst."))
    assert made[0].text == "Oppdrag TB2026-1 «Forsterke veiledning for kliniske studier» blir trekt. Løyst."
    assert {row.language for row in Passage.objects.filter(document=draft)} == {"nn"}


@pytest.mark.parametrize(
    ("kroner", "words"),
    [(3_400_000, "3,4 mill. kroner"), (400_500, "400\u00a0500 kroner"), (1_613_022_000, "1\u00a0613,022 mill. kroner"),
     (0, "0 mill. kroner"), (2_000_000, "2 mill. kroner")],
)  # fmt: skip
def test_amounts_in_prose_are_exact(kroner: int, words: str) -> None:
    assert ChangeSpeaker("nb").money(kroner) == words


# ---- numbers ----
def test_reserved_numbers_are_used_in_order_never_again_and_gaps_are_explained(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    draft, actor = supplement(cast, letter), cast.actor("officer")
    reserve_ahead(document=draft, count=2, actor=actor, at=REGISTERED_AT, expected_version=None)
    other = supplement(cast, letter, title="Et annet utkast")
    new = NewAssignment("Oppdrag", "Gjør dette.", None, None, "avtales i dialog")
    common: dict[str, Any] = {"actor": actor, "at": REGISTERED_AT, "expected_version": None}
    assert add_assignment(document=other, new=new, **common).data["number"] == 3
    assert [row.data["number"] for row in add_assignments(document=draft, new=[new], **common)] == [1]
    page = log_in("officer").get(reverse("governance:draft_numbers", args=[draft.uuid])).content.decode()
    assert "TTB2026-2" in page
    assert "reservert, ikke brukt ennå" in page
    issue(cast, draft)
    assert "ikke brukt" in NumberReservation.objects.get(series="TTB", number=2).gap_reason
    third = supplement(cast, letter, title="Tredje")
    assert add_assignment(document=third, new=new, **common).data["number"] == 4


def test_removing_a_change_keeps_the_number_of_nothing_else(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter)
    item = AssignmentItem.objects.get(document=letter, number=1)
    made = change(cast, draft, Wish(REPLACE, item.uuid, values={"title": "Nye ord"}))
    remove_change(
        document=draft, change=made[0].uuid, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None
    )
    assert not Change.objects.filter(document=draft).exists()
    assert not Passage.objects.filter(document=draft).exists()
    change(cast, draft, Wish(WITHDRAW, item.uuid, reason="Løst"))


@pytest.mark.django_db(transaction=True)
def test_two_drafts_at_once_never_take_the_same_number(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    drafts = [supplement(cast, letter, title=f"Brev {n}") for n in range(2)]
    new, actor = NewAssignment("Oppdrag", "Gjør dette.", None, None, "avtales i dialog"), cast.actor("officer")
    failures: list[BaseException] = []

    def write(draft: SteeringDocument) -> None:
        try:
            for _time in range(4):
                add_assignment(document=draft, new=new, actor=actor, at=REGISTERED_AT, expected_version=None)
        except BaseException as error:  # noqa: BLE001 (told to the test)
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    numbers = sorted(AssignmentItem.objects.filter(document__in=drafts).values_list("number", flat=True))
    assert numbers == list(range(1, 9))
