"""The pages of the design pictures, filled with demonstration words so that the templates can be looked at
and tested.

Numbers, dates, names of agencies and titles of assignments are real; people, statuses and all prose are our
own.
"""

from tests.ui.demo import agency_year, calendar_page, import_review, lists, my_day, passport, report_editor

PAGES = {
    "my_day": my_day.page,
    "agency_year": agency_year.page,
    "import_review": import_review.page,
    "assignments": lists.page,
    "passport": passport.page,
    "report_editor": report_editor.page,
    "calendar": calendar_page.page,
}
