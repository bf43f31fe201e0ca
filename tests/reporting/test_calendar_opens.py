"""An issued letter opens its calendar; what is expected follows, on the dates as written."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event
from governance.content import ContentWriter
from governance.models import CalendarItem, CalendarKind, Change, ChangeKind
from reporting.actions.calendar import Move, hold_meeting, move_entries, open_calendar
from reporting.actions.expected import excuse, mark_no_input, mark_not_asked, mark_received, reopen_expected
from reporting.models import CalendarEntry, ExpectedDelivery
from tests.cast import Cast
from tests.factories.documents import make_draft, make_issued_supplement, make_registered_letter
from tests.reporting.build import JANUARY, expected, issued_letter

pytestmark = pytest.mark.django_db


def test_each_calendar_row_becomes_an_entry_on_the_date_as_written(cast: Cast) -> None:
    letter = issued_letter(cast)
    entries = CalendarEntry.objects.filter(document=letter)
    assert {(entry.title, entry.date) for entry in entries} == {
        ("Etatsstyringsmøte", date(2026, 4, 21)),
        ("Årsrapport 2025", date(2026, 3, 15)),
        ("Virksomhetsrapport per 2. tertial", date(2026, 10, 9)),
    }
    bodies = set(entries.values_list("agency__short_name", "superior__short_name"))
    assert bodies == {("DMP", "HOD")}


def test_a_cell_with_two_lines_is_two_entries_of_one_row(cast: Cast) -> None:
    def fill(writer: ContentWriter, _cast: Cast) -> None:
        writer.add(
            CalendarItem,
            date=date(2026, 9, 25),
            title="Budsjett- og regnskapsrapport per 31.08\nEv. innspill til nysaldering",
        )

    letter = make_registered_letter(cast, fill=fill)
    entries = CalendarEntry.objects.filter(document=letter)
    assert [entry.title for entry in entries] == [
        "Budsjett- og regnskapsrapport per 31.08",
        "Ev. innspill til nysaldering",
    ]
    assert len({entry.item_id for entry in entries}) == 1
    assert ExpectedDelivery.objects.filter(document=letter).count() == 2


def test_the_annual_report_of_next_year_is_expected_though_the_calendar_lacks_it(cast: Cast) -> None:
    issued_letter(cast)
    row = ExpectedDelivery.objects.select_related("report_kind", "entry").get(due=date(2027, 3, 15))
    assert row.entry is None
    assert row.report_kind is not None
    assert row.report_kind.code == "annual_report"
    assert row.title == "Årsrapport 2026"


def test_meetings_are_not_expected_deliveries_and_reports_know_their_kind(cast: Cast) -> None:
    issued_letter(cast)
    assert not ExpectedDelivery.objects.filter(title__startswith="Etatsstyringsmøte").exists()
    row = ExpectedDelivery.objects.select_related("report_kind").get(title__startswith="Virksomhetsrapport")
    assert row.report_kind is not None
    assert row.report_kind.code == "activity_report"


def test_a_draft_has_no_calendar_and_opening_twice_makes_nothing_more(cast: Cast) -> None:
    make_draft(cast, fill=lambda writer, _cast: writer.add(CalendarItem, date=date(2026, 2, 1), title="Innspill"))
    assert not CalendarEntry.objects.exists()
    letter = issued_letter(cast)
    count = CalendarEntry.objects.count()
    open_calendar(document=letter, actor=cast.actor("officer"), at=JANUARY)
    assert CalendarEntry.objects.count() == count


def test_a_supplement_moves_and_withdraws_rows_of_the_letter(cast: Cast) -> None:
    letter = issued_letter(cast)
    items = {item.title: item for item in CalendarItem.objects.filter(document=letter)}

    def fill(writer: ContentWriter, _cast: Cast) -> None:
        writer.add(
            Change,
            kind=ChangeKind.MOVE_DEADLINE,
            target=items["Virksomhetsrapport per 2. tertial"].uuid,
            item_type="calendar_item",
            new_date=date(2026, 10, 16),
        )
        writer.add(
            Change,
            kind=ChangeKind.WITHDRAW,
            target=items["Årsrapport 2025"].uuid,
            item_type="calendar_item",
            text="Er levert på annen måte.",
        )

    make_issued_supplement(cast, fill=fill, supplements=letter)
    moved = CalendarEntry.objects.select_related("item").get(title__startswith="Virksomhetsrapport")
    assert (moved.date, moved.item.date if moved.item else None) == (date(2026, 10, 16), date(2026, 10, 9))
    assert expected("Virksomhetsrapport").due == date(2026, 10, 16)
    assert expected("Årsrapport 2025").state == "not_asked"
    assert CalendarEntry.objects.get(title="Årsrapport 2025").withdrawn_at is not None


def test_received_no_input_excused_and_not_asked_are_registered_with_an_event(cast: Cast) -> None:
    issued_letter(cast)
    officer, row = cast.actor("officer"), expected("Årsrapport 2025")
    mark_received(expected=row, received_on=date(2026, 1, 10), actor=officer, at=JANUARY, reason="Sendt i e-post")
    with pytest.raises(NotInThisState):
        mark_no_input(expected=row, actor=officer, at=JANUARY)
    reopen_expected(expected=row, reason="Feil registrert", actor=officer, at=JANUARY)
    mark_no_input(expected=row, actor=cast.actor("controller"), at=JANUARY)
    reopen_expected(expected=row, reason="Feil registrert", actor=officer, at=JANUARY)
    excuse(expected=row, reason="Dekket av annet brev", actor=officer, at=JANUARY)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("excused", "Dekket av annet brev")
    types = list(Event.objects.filter(subject=row.uuid).order_by("id").values_list("type", flat=True))
    assert types == [
        "expected.received",
        "expected.reopened",
        "expected.no_input",
        "expected.reopened",
        "expected.excused",
    ]


def test_only_the_ministry_excuses_and_only_with_a_reason(cast: Cast) -> None:
    issued_letter(cast)
    row = expected("Årsrapport 2025")
    with pytest.raises(NotAllowed):
        excuse(expected=row, reason="Vi slipper", actor=cast.actor("controller"), at=JANUARY)
    with pytest.raises(RuleBroken):
        mark_not_asked(expected=row, reason=" ", actor=cast.actor("officer"), at=JANUARY)
    with pytest.raises(RuleBroken):
        mark_received(expected=row, received_on=date(2026, 2, 1), actor=cast.actor("officer"), at=JANUARY)


@pytest.mark.parametrize("part", ["other_controller", "auditor", "co_ministry", "owner", "department_officer", "admin"])
def test_others_can_neither_register_nor_move(cast: Cast, part: str) -> None:
    issued_letter(cast)
    entry = CalendarEntry.objects.get(title="Årsrapport 2025")
    with pytest.raises(NotAllowed):
        mark_received(
            expected=expected("Årsrapport 2025"), received_on=date(2026, 1, 10), actor=cast.actor(part), at=JANUARY
        )
    with pytest.raises(NotAllowed):
        move_entries(moves=[Move(entry, date(2026, 3, 20))], reason="x", basis="y", actor=cast.actor(part), at=JANUARY)


def test_a_form_from_an_older_version_is_refused(cast: Cast) -> None:
    issued_letter(cast)
    row = expected("Årsrapport 2025")
    mark_no_input(expected=row, actor=cast.actor("officer"), at=JANUARY, expected_version=row.version)
    with pytest.raises(StaleVersion):
        reopen_expected(expected=row, reason="x", actor=cast.actor("officer"), at=JANUARY, expected_version=row.version)


def test_a_group_of_entries_moves_by_decision_and_the_letters_date_stays(cast: Cast) -> None:
    issued_letter(cast)
    entries = list(CalendarEntry.objects.filter(kind=CalendarKind.REPORT))
    with pytest.raises(RuleBroken) as caught:
        move_entries(moves=[], reason="", basis="", actor=cast.actor("officer"), at=JANUARY)
    assert {problem.field for problem in caught.value.problems} == {"entries", "reason", "basis"}
    move_entries(
        moves=[Move(entry, date(2026, 10, 20)) for entry in entries],
        reason="Statsbudsjettets frist er flyttet",
        basis="Brev 12. januar 2026",
        actor=cast.actor("officer"),
        at=JANUARY,
    )
    for entry in CalendarEntry.objects.select_related("item").filter(kind=CalendarKind.REPORT):
        assert entry.date == date(2026, 10, 20)
        assert entry.item is not None
        assert entry.item.date != entry.date
    assert Event.objects.filter(type="calendar.moved").count() == 2


def test_a_meeting_is_held_once_its_day_has_come(cast: Cast) -> None:
    issued_letter(cast)
    meeting = CalendarEntry.objects.get(kind=CalendarKind.MEETING)
    with pytest.raises(RuleBroken):
        hold_meeting(entry=meeting, held_on=date(2026, 4, 21), actor=cast.actor("officer"), at=JANUARY)
    later = JANUARY.replace(month=4, day=22)
    hold_meeting(entry=meeting, held_on=date(2026, 4, 21), actor=cast.actor("officer"), at=later)
    meeting.refresh_from_db()
    assert meeting.held_on == date(2026, 4, 21)
    report = CalendarEntry.objects.get(title="Årsrapport 2025")
    with pytest.raises(NotInThisState):
        hold_meeting(entry=report, held_on=date(2026, 1, 2), actor=cast.actor("officer"), at=JANUARY)
