"""Going through an import: choosing and deciding on rows. Each act is a form with a page in answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError, NotFound, Problem, StaleVersion
from core.formwork import show, take_problems
from core.pages import PageRequest, page
from core.visuals.parts import Link, PageHead
from governance.actions import import_rows
from governance.forms.review import BorderForm, LineForm, MergeForm, PassageForm, SplitForm
from governance.forms.rows import FORMS, RowForm
from governance.forms.rule_rows import RULE_FORMS
from governance.intake import lines
from governance.models import DocumentImport, ImportRow, ImportState
from governance.selectors import imports as selectors_imports
from governance.selectors import review as selectors_review
from governance.selectors import review_beside
from governance.selectors.review import Choosing
from governance.views.imports import IMPORTERS, found_import, imports_link

OPEN = (ImportState.REVIEW, ImportState.DETAILS)

ALL_FORMS = FORMS | RULE_FORMS


def _goals(rows: list[ImportRow]) -> list[tuple[str, str]]:
    return [
        (
            str(row.data.get("reference") or row.data.get("key")),
            f"{row.data.get('reference', '')} {row.data['title']}"[:90],
        )
        for row in rows
        if row.kind == "goal" and row.data.get("level") != "sector"
    ]


def _form(row: ImportRow, rows: list[ImportRow], *, whole: bool, data: Any = None) -> RowForm:
    return ALL_FORMS[row.kind](data, values=row.data, goals=_goals(rows), whole=whole)


def rows_url(found: DocumentImport, row: ImportRow | None = None, **query: str) -> str:
    """The review, with a row chosen."""
    url = reverse("governance:import_review", args=[found.uuid])
    if row is None:
        return url
    extra = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{url}?rad={row.uuid}{extra}#rad-{row.uuid}"


@page(IMPORTERS)
def review(request: PageRequest, uuid: object) -> HttpResponse:
    """Text left, rows right; ``?rad=`` opens a row's form and marks its passages."""
    found = found_import(request, uuid)
    if found.state not in OPEN:
        return redirect(selectors_imports.address(found))
    rows = selectors_imports.live_rows(found)
    chosen = next((row for row in rows if str(row.uuid) == request.GET.get("rad")), None)
    whole = request.GET.get("felt") == "alle"
    pane = "text" if request.GET.get("vis") == "tekst" else "rows"
    form = _form(chosen, rows, whole=whole) if chosen else None
    choosing = Choosing(str(chosen.uuid) if chosen else "", request.GET.get("slag", ""), pane, whole, form)
    return _show(request, found, rows, choosing)


def _show(
    request: PageRequest,
    found: DocumentImport,
    rows: list[ImportRow],
    choosing: Choosing,
    error: DomainError | None = None,
    problems: Any = (),
) -> HttpResponse:
    context = {
        "review": selectors_review.review_page(found=found, rows=rows, choosing=choosing),
        "form": choosing.form,
        "problems": problems,
    }
    return show(request, "governance/import_review.html", context, error)


def _version(request: PageRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None


Act = Callable[..., Any]
ACTS: dict[str, Act] = {
    "riktig": import_rows.accept_row,
    "prosa": import_rows.turn_to_prose,
    "tilbake": import_rows.reset_row,
}
PAGES = {
    "del": "governance:import_split",
    "sammen": "governance:import_merge",
    "linje": "governance:import_line",
    "grense": "governance:import_border",
    "leveranser": "governance:import_deliveries",
}


@page(IMPORTERS, methods=("POST",))
def row_act(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Accept, correct, turn to prose, or on to the page that splits or merges. What was typed is kept."""
    found = found_import(request, uuid)
    rows = selectors_imports.live_rows(found)
    chosen = next((one for one in rows if one.uuid == row), None)
    if chosen is None:
        raise NotFound(_("Raden finnes ikke lenger i denne importen."))
    wish = request.POST.get("gjor", "")
    if wish in PAGES:
        return redirect(PAGES[wish], uuid=found.uuid, row=chosen.uuid)
    whole = wish == "lagre"
    form = _form(chosen, rows, whole=whole, data=request.POST) if wish not in ACTS else None
    if form is not None and not form.is_valid():
        return _show(request, found, rows, Choosing(str(row), whole=whole, form=form))
    try:
        if wish == "rett" and form is not None and not form.has_changed():
            return redirect(rows_url(found, chosen, felt="alle"))
        _do(request, found, chosen, form, wish)
    except DomainError as refused:
        form = form or _form(chosen, rows, whole=False)
        problems = take_problems(form, refused) if form.is_bound else list(refused.problems)
        if isinstance(refused, StaleVersion):
            labels = {name: field.label for name, field in form.fields.items()}
            problems.append(Problem("theirs", review_beside.theirs(chosen, labels), pointer=str(chosen.uuid)))
        return _show(request, found, rows, Choosing(str(row), whole=whole, form=form), refused, problems)
    return redirect(_next(found, chosen, rows, wish))


def _do(request: PageRequest, found: DocumentImport, row: ImportRow, form: RowForm | None, wish: str) -> None:
    common: dict[str, Any] = {
        "document_import": found, "row": row.uuid, "actor": request.actor, "at": clock.now(),
        "expected_version": _version(request),
    }  # fmt: skip
    if wish in ACTS:
        ACTS[wish](**common)
    elif form is not None and form.has_changed():
        import_rows.correct_row(values=form.changes(), **common)
    else:
        import_rows.accept_row(**common)


def _next(found: DocumentImport, row: ImportRow, rows: list[ImportRow], wish: str) -> str:
    """After a decision the next row of the same kind is open; after a correction the row itself."""
    if wish in ("rett", "lagre", "tilbake"):
        return rows_url(found, row)
    after = [one for one in rows if one.kind == row.kind and one.ordinal > row.ordinal]
    return rows_url(found, after[0] if after else (row if wish != "prosa" else None))


@page(IMPORTERS, methods=("POST",))
def undo(request: PageRequest, uuid: object) -> HttpResponse:
    """Take back the last thing one did."""
    found = found_import(request, uuid)
    act = import_rows.undo_last(document_import=found, actor=request.actor, at=clock.now())
    receipts.give(request, _("Det siste du gjorde, er angret."))
    touched = next(iter(act.before), "")
    if touched and request.POST.get("til") == "leveranser":
        return redirect("governance:import_deliveries", uuid=found.uuid, row=UUID(touched))
    anchor = f"?rad={touched}#rad-{touched}" if touched else ""
    return redirect(f"{reverse('governance:import_review', args=[found.uuid])}{anchor}")


@page(IMPORTERS, methods=("POST",))
def accept_kind(request: PageRequest, uuid: object, kind: str) -> HttpResponse:
    """Accept every row of a kind that nothing is unsure about."""
    found = found_import(request, uuid)
    count = import_rows.accept_rows(document_import=found, kind=kind, actor=request.actor, at=clock.now())
    receipts.give(request, _("%(count)s rader er godtatt.") % {"count": count})
    return redirect(f"{rows_url(found)}?slag={kind}")


def _step(
    request: PageRequest,
    found: DocumentImport,
    title: str,
    form: Any,
    act: Callable[[dict[str, Any]], ImportRow],
    row: ImportRow | None,
) -> HttpResponse:
    """A small page with one form and one act, back to the row."""
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            return redirect(rows_url(found, act(form.cleaned_data)))
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(
        title=title, overline=found.title, crumbs=[imports_link(), Link(_("Gå gjennom"), rows_url(found, row))]
    )
    context = {"head": head, "form": form, "problems": problems, "back": rows_url(found, row), "submit": title}
    return show(request, "governance/draft_form.html", context, error)


def chosen_row(request: PageRequest, uuid: object, row: UUID) -> tuple[DocumentImport, ImportRow, list[ImportRow]]:
    """The import, the row, and all its live rows. Raises NotFound."""
    found = found_import(request, uuid)
    rows = selectors_imports.live_rows(found)
    chosen = next((one for one in rows if one.uuid == row), None)
    if chosen is None:
        raise NotFound(_("Raden finnes ikke lenger i denne importen."))
    return found, chosen, rows


def _common(request: PageRequest, found: DocumentImport, row: ImportRow) -> dict[str, Any]:
    return {"document_import": found, "row": row.uuid, "actor": request.actor, "at": clock.now()}


@page(IMPORTERS, methods=("GET", "POST"))
def split(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Where the second row begins."""
    found, chosen, _rows = chosen_row(request, uuid, row)
    form = SplitForm(request.POST or None, found=found, row=chosen)

    def act(values: dict[str, Any]) -> ImportRow:
        return import_rows.split_row(
            passage=int(values["passage"]), expected_version=values["version"], **_common(request, found, chosen)
        )

    return _step(request, found, _("Del raden"), form, act, chosen)


@page(IMPORTERS, methods=("GET", "POST"))
def merge(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Which row to put into this one."""
    found, chosen, rows = chosen_row(request, uuid, row)
    form = MergeForm(request.POST or None, rows=rows, row=chosen)

    def act(values: dict[str, Any]) -> ImportRow:
        return import_rows.merge_row(
            other=UUID(values["other"]), expected_version=values["version"], **_common(request, found, chosen)
        )

    return _step(request, found, _("Slå sammen rader"), form, act, chosen)


@page(IMPORTERS, methods=("GET", "POST"))
def line(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Which goal, parameter or key figure of earlier years it is the same as."""
    found, chosen, rows = chosen_row(request, uuid, row)
    known = lines.lines_of(found.agency, chosen.kind) if found.agency and chosen.kind in lines.KINDS else []
    where = lines.places(found, rows).get(str(chosen.uuid), lines.Place())
    form = LineForm(request.POST or None, known=known, row=chosen, where=where)

    def act(values: dict[str, Any]) -> ImportRow:
        return import_rows.choose_line(
            line=values["line"], expected_version=values["version"], **_common(request, found, chosen)
        )

    return _step(request, found, _("Velg linje gjennom årene"), form, act, chosen)


@page(IMPORTERS, methods=("GET", "POST"))
def border(request: PageRequest, uuid: object, row: UUID) -> HttpResponse:
    """Where the title ends."""
    found, chosen, _rows = chosen_row(request, uuid, row)
    form = BorderForm(request.POST or None, found=found, row=chosen)

    def act(values: dict[str, Any]) -> ImportRow:
        return import_rows.move_border(
            expected_version=values["version"], **form.place(), **_common(request, found, chosen)
        )

    return _step(request, found, _("Flytt grensen"), form, act, chosen)


@page(IMPORTERS, methods=("GET", "POST"))
def passage_row(request: PageRequest, uuid: object, passage: int) -> HttpResponse:
    """Make a row of a passage that was kept as prose."""
    found = found_import(request, uuid)
    text = next((one["plain"] for one in found.passages if one["ordinal"] == passage), None)
    if text is None:
        raise NotFound(_("Avsnittet finnes ikke i denne importen."))
    earlier = selectors_imports.prose_rows(found, passage)
    form = PassageForm(request.POST or None, text=text, earlier=earlier)

    def act(values: dict[str, Any]) -> ImportRow:
        back = form.earlier.get(values["kind"])
        if back is not None:
            return import_rows.restore_row(row=back.uuid, document_import=found, actor=request.actor, at=clock.now())
        return import_rows.turn_into_row(
            document_import=found, passage=passage, kind=values["kind"], actor=request.actor, at=clock.now()
        )

    return _step(request, found, _("Lag rad av avsnittet"), form, act, None)


urlpatterns = [
    path("importer/<uuid:uuid>/gjennomgang/", review, name="import_review"),
    path("importer/<uuid:uuid>/rad/<uuid:row>/", row_act, name="import_row"),
    path("importer/<uuid:uuid>/rad/<uuid:row>/del/", split, name="import_split"),
    path("importer/<uuid:uuid>/rad/<uuid:row>/sammen/", merge, name="import_merge"),
    path("importer/<uuid:uuid>/rad/<uuid:row>/linje/", line, name="import_line"),
    path("importer/<uuid:uuid>/rad/<uuid:row>/grense/", border, name="import_border"),
    path("importer/<uuid:uuid>/avsnitt/<int:passage>/", passage_row, name="import_passage"),
    path("importer/<uuid:uuid>/angre/", undo, name="import_undo"),
    path("importer/<uuid:uuid>/godta/<slug:kind>/", accept_kind, name="import_accept_kind"),
]
