"""Reading: what is in force on a day, what changed, two texts beside each other, the year's letters, and history."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock
from core.errors import NotFound
from core.formwork import show
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Empty
from governance.forms.reading import (
    AgenciesForm,
    AskingForm,
    DayForm,
    DocumentsForm,
    SpanForm,
    YearsForm,
    end_of,
)
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors.reading import compare as selectors
from governance.selectors.reading.changes import changes_page
from governance.selectors.reading.compare import DOCUMENTS, Side, compare_head, comparison
from governance.selectors.reading.history import line_page
from governance.selectors.reading.in_force import ROWS, TEXT, Asked, in_force_page
from governance.selectors.reading.post_history import post_page
from governance.selectors.reading.scope import Reader, issued_seen, readable_agencies
from governance.selectors.reading.year import year_page

EARLIEST, LATEST = 1990, 2200


def _reader(request: PageRequest) -> Reader:
    return Reader(request.actor, clock.today())


def _agency(reader: Reader, uuid: UUID) -> Organisation:
    found: Organisation = get_or_404(readable_agencies(reader), uuid)
    return found


def _asked(form: DayForm, request: PageRequest, letter: SteeringDocument | None = None) -> Asked:
    usual = clock.today()
    view = TEXT if request.GET.get("vis") == TEXT else ROWS
    return Asked(form.value("dato", usual), end_of(form.value("kjent")), view, letter)


@page(signed_in)
def in_force(request: PageRequest, uuid: UUID) -> HttpResponse:
    """What is in force for an agency: instruction, letters, supplements and what goes on from earlier years."""
    reader = _reader(request)
    agency, form = _agency(reader, uuid), DayForm(request.GET)
    found = in_force_page(reader, agency, _asked(form, request))
    return show(request, "governance/reading_in_force.html", {"head": found.head, "page": found, "form": form})


@page(signed_in)
def in_force_letter(request: PageRequest, uuid: UUID) -> HttpResponse:
    """One letter with its supplements, on a day."""
    reader = _reader(request)
    rows = issued_seen(reader).select_related("kind", "issuer", "recipient")
    letter = get_or_404(rows.exclude(kind__family=DocumentFamily.SUPPLEMENT), uuid)
    form = DayForm(request.GET)
    found = in_force_page(reader, letter.recipient, _asked(form, request, letter))
    return show(request, "governance/reading_in_force.html", {"head": found.head, "page": found, "form": form})


@page(signed_in)
def changes_between(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Only the changes between two days; from the first of January when nothing is asked for."""
    reader = _reader(request)
    agency, form = _agency(reader, uuid), SpanForm(request.GET)
    end = form.value("til", reader.today)
    start = form.value("fra", date(end.year, 1, 1))
    end = max(start, end)
    found = changes_page(reader, agency, start, end, end_of(form.value("kjent")))
    return show(request, "governance/reading_changes.html", {"head": found.head, "page": found, "form": form})


@page(signed_in)
def compare(request: PageRequest) -> HttpResponse:
    """Two documents, two years of an agency, or two agencies."""
    reader, mode = _reader(request), request.GET.get("hva", DOCUMENTS)
    form, sides = compare_sides(request, reader, mode)
    found = comparison(*sides) if sides else None
    context = {"head": compare_head(mode), "form": form, "found": found, "mode": mode}
    if found is None and not form.errors:
        context["empty"] = Empty(_("Ingenting er valgt ennå"), _("Velg begge sider. Det som er ulikt, står her."))
    return show(request, "governance/reading_compare.html", context)


Sides = tuple[Side, Side] | None


def compare_sides(request: PageRequest, reader: Reader, mode: str) -> tuple[AskingForm, Sides]:
    """The form of the way to compare, and both sides when they are chosen."""
    agencies = selectors.choosable_agencies(reader)
    if mode == selectors.YEARS:
        years = YearsForm(request.GET, agencies=agencies, years=selectors.choosable_years(reader))
        agency, first, last = (years.value(name) for name in ("virksomhet", "fra_aar", "til_aar"))
        side = partial(selectors.year_side, reader, agency)
        return years, (side(first), side(last)) if last else None
    if mode == selectors.AGENCIES:
        both = AgenciesForm(request.GET, agencies=agencies)
        one, other, day = both.value("virksomhet"), both.value("annen"), both.value("dato", reader.today)
        return both, (
            selectors.agency_side(reader, one, day),
            selectors.agency_side(reader, other, day),
        ) if other else None
    documents = DocumentsForm(request.GET, documents=selectors.choosable_documents(reader))
    old, new = documents.value("foer"), documents.value("etter")
    return documents, (selectors.document_side(reader, old), selectors.document_side(reader, new)) if new else None


@page(signed_in)
def year_letters(request: PageRequest, uuid: UUID, year: int) -> HttpResponse:
    """All letters of an agency in a budget year, with the money per chapter and post."""
    reader = _reader(request)
    found = year_page(reader, _agency(reader, uuid), _year(year))
    return show(request, "governance/reading_year.html", {"head": found.head, "page": found})


@page(signed_in)
def line_history(request: PageRequest, word: str, uuid: UUID) -> HttpResponse:
    """A goal, parameter or key figure through the years."""
    found = line_page(_reader(request), word, uuid)
    return show(request, "governance/reading_history.html", {"head": found.head, "page": found})


@page(signed_in)
def post_history(request: PageRequest, uuid: UUID, number: int) -> HttpResponse:
    """A chapter and post through the years; 74601 is 746.01."""
    reader = _reader(request)
    found = post_page(reader, _agency(reader, uuid), number)
    return show(request, "governance/reading_history.html", {"head": found.head, "page": found})


def _year(year: int) -> int:
    if not EARLIEST < year < LATEST:
        raise NotFound(_("Året finnes ikke."))
    return year


urlpatterns = [
    path("gjeldende/virksomhet/<uuid:uuid>/", in_force, name="in_force"),
    path("gjeldende/brev/<uuid:uuid>/", in_force_letter, name="in_force_letter"),
    path("gjeldende/virksomhet/<uuid:uuid>/endringer/", changes_between, name="changes_between"),
    path("gjeldende/virksomhet/<uuid:uuid>/brev/<int:year>/", year_letters, name="year_letters"),
    path("gjeldende/virksomhet/<uuid:uuid>/post/<int:number>/", post_history, name="post_history"),
    path("historikk/<slug:word>/<uuid:uuid>/", line_history, name="line_history"),
    path("sammenlign/", compare, name="compare"),
]
