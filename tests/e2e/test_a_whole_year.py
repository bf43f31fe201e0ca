"""A whole year with a governing document, through the pages: draft, hearing, approval, issue, supplement, next year."""

from __future__ import annotations

import time_machine

from tests.browser import Site
from tests.e2e import year_autumn as autumn
from tests.e2e import year_summer as summer
from tests.e2e import year_winter as winter
from tests.e2e.year_steps import NEXT, YEAR, letters_before, on
from tests.factories.documents import REGISTERED_AT


def test_a_whole_year_of_a_letter(site: Site) -> None:
    with time_machine.travel(REGISTERED_AT, tick=True):
        letters_before(site.cast)
        winter.keep_a_ledger(site.cast)
    with on(YEAR, 10, 5):
        officer = site.page("officer")
        autumn.start_from_last_year(officer)
        autumn.write_the_draft(officer)
        autumn.ask_departments(officer)
    with on(YEAR, 10, 14):
        autumn.propose_an_assignment(site.page("department_officer"))
        autumn.has_no_input(site.page("other_department_officer"))
    with on(YEAR, 10, 16):
        officer = site.page("officer")
        autumn.take_in_the_proposal(officer)
        autumn.send_to_hearing(officer)
    with on(YEAR, 11, 4):
        autumn.answer_the_hearing(site.page("controller"))
        autumn.answer_the_comment(site.page("officer"))
        autumn.read_the_answer(site.page("director"))
    with on(YEAR, 12, 1):
        winter.is_stopped(site.page("signer"))
        officer = site.page("officer")
        winter.mend_and_acknowledge(officer)
        winter.set_up_the_route(officer)
    with on(YEAR, 12, 15):
        winter.approve(site.page("department_head"))
        winter.approve(site.page("budget_officer"))
        winter.clear_politically(site.page("officer"))
    with on(YEAR, 12, 20):
        winter.sign(site.page("signer"))
        winter.send_out(site.cast)
        winter.is_in_the_archive(site.page("officer"))
    with on(NEXT, 1, 5):
        winter.agency_receives(site.page("controller"))
        winter.auditor_reads(site.page("auditor"))
        winter.receipts_are_right(site.page("officer"))
    with on(NEXT, 6, 10):
        summer.write_the_supplement(site.page("officer"))
    with on(NEXT, 6, 12):
        winter.sign(site.page("signer"), summer.SUPPLEMENT)
        winter.send_out(site.cast)
    with on(NEXT, 6, 30, 12):
        officer = site.page("officer")
        summer.read_both_days(officer)
        summer.read_the_years_letters(officer)
        summer.assignment_has_moved(site.page("controller"))
    with on(NEXT, 10, 4):
        officer = site.page("officer")
        summer.begin_the_year_after(officer)
        summer.read_the_series(officer)
