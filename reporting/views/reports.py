"""Reports: the list, the editor, the coverage matrix, risks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock, formatting, receipts
from core.errors import NotFound
from core.pages import get_or_404, page, signed_in
from core.visuals.parts import PageHead
from reporting.actions.report_open import open_report, refresh_prefill
from reporting.actions.report_pages import PageResult, save_page
from reporting.actions.report_write import remove_risk, save_risk
from reporting.forms.report_section import SectionForm
from reporting.forms.reports import RiskForm
from reporting.models import ExpectedDelivery, Report, Risk, Section
from reporting.permissions import reports as permissions
from reporting.selectors import report_editor as editor
from reporting.selectors.report_facts import load_content, load_facts
from reporting.selectors.report_list import report_list
from reporting.selectors.report_reading import coverage_of, read_report
from reporting.selectors.report_tables import scale_of


def visible(request: Any, uuid: UUID) -> Report:
    """The report among those this person sees; unseen is 404."""
    found: Report = get_or_404(Report.objects.visible_to(request.actor, clock.today()).for_detail(), uuid)
    return found


@page(signed_in)
def reports(request: Any) -> HttpResponse:
    """Expected, open and submitted reports of a year."""
    asked = request.GET.get("ar", "")
    found = report_list(request.actor, clock.today(), int(asked) if asked.isdecimal() else None)
    lead = _("%(count)s rapporter og innspill for %(year)s") % {"count": found.count, "year": found.year}
    head = PageHead(_("Rapporter"), lead, views=found.years, views_label=_("År"))
    return render(request, "reporting/report_list.html", {"head": head, "list": found})


@page(signed_in, methods=("POST",))
def report_open(request: Any, uuid: UUID) -> HttpResponseBase:
    """Open the report an expected delivery asks for."""
    expected = get_or_404(ExpectedDelivery.objects.visible_to(request.actor, clock.today()), uuid)
    report = open_report(expected=expected, actor=request.actor, at=clock.now())
    receipts.give(request, _("Rapporten er klar til å skrives."), _("Bare virksomheten ser den før den er sendt inn."))
    return redirect("reporting:report", report.uuid)


@page(signed_in)
def report(request: Any, uuid: UUID) -> HttpResponseBase:
    """A submitted report is read; one that is being written opens where something is missing."""
    found = visible(request, uuid)
    if not found.is_submitted:
        section = editor.first_section(load_content(found))
        return redirect("reporting:report_section", found.uuid, section.code)
    reading = read_report(found, actor=request.actor, day=clock.today())
    return render(request, "reporting/report_read.html", {"reading": reading, "head": reading.head, "report": found})


@page(signed_in, methods=("GET", "POST"))
def report_section(request: Any, uuid: UUID, code: str) -> HttpResponseBase:
    """One section of the editor."""
    found = visible(request, uuid)
    if found.is_submitted:
        return redirect("reporting:report", found.uuid)
    facts = load_facts(found, clock.today())
    section = facts.content.section(code)
    if section is None:
        raise NotFound(_("Delen finnes ikke i denne rapporten."))
    if request.method == "POST":
        return _save(request, found, facts, section)
    form = SectionForm(facts.content, section)
    return _editor(request, facts, section, form)


def _save(request: Any, report: Report, facts: Any, section: Section) -> HttpResponseBase:
    form = SectionForm(facts.content, section, request.POST)
    form.is_valid()
    result = save_page(report=report, section=section, edits=form.edits(), actor=request.actor, at=clock.now())
    if request.headers.get("X-Autosave"):
        return _autosaved(report, section, form, result)
    if not result.clean or form.errors:
        return _again(request, report, section, form, result)
    if request.POST.get("gjor") == "videre":
        following = editor.next_section(facts.content, section)
        receipts.give(request, _("Del %(part)s er lagret.") % {"part": editor.title_of(section)})
        return redirect(editor.section_url(report, following or section))
    receipts.give(request, _("Lagret %(moment)s.") % {"moment": formatting.clock(clock.now())})
    return redirect(editor.section_url(report, section))


def _autosaved(report: Report, section: Section, form: SectionForm, result: PageResult) -> JsonResponse:
    """What the script needs: the new versions, or the sentence that says what happened."""
    if result.section_conflict is not None:
        return JsonResponse({"message": str(result.section_conflict)}, status=412)
    if result.answer_conflicts or result.stale:
        return JsonResponse({"message": str([*result.answer_conflicts, *result.stale][0])}, status=412)
    content = load_content(report)
    fresh = SectionForm(content, content.section(section.code) or section)
    hidden = {field.name: "" if field.initial is None else str(field.initial) for field in fresh.hidden_fields()}
    wrong = [str(error) for errors in form.errors.values() for error in errors] + [
        str(p.message) for p in result.problems
    ]
    words = _("Lagret %(moment)s") % {"moment": formatting.clock(clock.now())}
    saved = content.section(section.code) or section
    return JsonResponse({"version": saved.version, "fields": hidden, "message": " · ".join([words, *wrong[:1]])})


def _again(request: Any, report: Report, section: Section, form: SectionForm, result: PageResult) -> HttpResponse:
    """The same page with everything the person wrote, against what stands there now."""
    facts = load_facts(report, clock.today())
    section = facts.content.section(section.code) or section
    data = request.POST.copy()
    fresh = SectionForm(facts.content, section)
    for field in fresh.hidden_fields():
        data[field.name] = "" if field.initial is None else str(field.initial)
    data["version"] = str(section.version)
    if result.section_conflict is not None:
        data["text"] = result.section_conflict.merged
    bound = SectionForm(facts.content, section, data)
    bound.is_valid()
    for problem in result.problems:
        bound.add_error(problem.field if problem.field in bound.fields else None, str(problem.message))
    stands = {
        conflict.answer.pk: _("Nå står det: %(text)s") % {"text": conflict.answer.text or conflict.answer.outlook}
        for conflict in result.answer_conflicts
    }
    conflicted = result.section_conflict or stands or result.stale
    return _editor(
        request, facts, section, bound, 412 if conflicted else 422, result.section_conflict, stands, result.stale
    )


def _editor(
    request: Any,
    facts: Any,
    section: Section,
    form: SectionForm,
    status: int = 200,
    conflict: Any = None,
    answer_conflicts: dict[int, str] | None = None,
    stale: Any = (),
) -> HttpResponse:
    made = editor.editor_of(
        facts,
        section,
        actor=request.actor,
        today=clock.today(),
        form=form,
        may_submit=permissions.may_submit(request.actor, facts.report, clock.today()),
        show_changes=request.GET.get("endringer") == "ja",
        conflict=conflict,
        answer_conflicts=answer_conflicts,
    )
    context = {"editor": made, "head": made.head, "view_form": form, "stale": stale}
    if form.is_bound:
        context["form"] = form
    return render(request, "reporting/report_editor.html", context, status=status)


@page(signed_in, methods=("POST",))
def report_refresh(request: Any, uuid: UUID) -> HttpResponseBase:
    """Take in what has come since the report was opened."""
    found = visible(request, uuid)
    done = refresh_prefill(report=found, actor=request.actor, at=clock.now())
    if not done.changed:
        receipts.give(request, _("Ingenting nytt er kommet til."))
    else:
        news = [*done.added_answers, *done.new_statuses, *done.new_allocations]
        receipts.give(request, _("%(count)s opplysninger er hentet inn.") % {"count": len(news)}, ", ".join(news)[:400])
    return redirect("reporting:report", found.uuid)


@page(signed_in)
def report_coverage(request: Any, uuid: UUID) -> HttpResponse:
    """The coverage matrix."""
    made = coverage_of(visible(request, uuid), clock.today())
    return render(request, "reporting/report_coverage.html", {"coverage": made, "head": made.head})


@page(signed_in, methods=("GET", "POST"))
def risk(request: Any, uuid: UUID, risk_uuid: UUID | None = None) -> HttpResponseBase:
    """Add a risk, or change one."""
    found = visible(request, uuid)
    if found.is_submitted:
        return redirect("reporting:report", found.uuid)
    content = load_content(found)
    one = get_or_404(Risk.objects.filter(report=found), risk_uuid) if risk_uuid else None
    scale = scale_of(content.outline)
    form = RiskForm(list(content.sections), scale, request.POST or None, one)
    section = next((part for part in content.sections if part.filled_from == "risks"), content.sections[0])
    back = editor.section_url(found, section, "risiko")
    if request.method == "POST" and form.is_valid():
        by = {"actor": request.actor, "at": clock.now()}
        version = form.cleaned_data["version"]
        if one is not None and "fjern" in request.POST:
            remove_risk(risk=one, expected_version=version or 0, **by)
        else:
            save_risk(report=found, risk=one, facts=form.facts(), expected_version=version,
                      scale=len(scale.likelihood), **by)  # fmt: skip
        receipts.give(request, _("Risikoen er lagret.") if "fjern" not in request.POST else _("Risikoen er tatt ut."))
        return redirect(back)
    head = PageHead(_("Risiko"), found.title, crumbs=editor.head_of(found, clock.today()).crumbs)
    context = {"head": head, "form": form, "back": back, "risk": one}
    return render(request, "reporting/report_risk.html", context, status=422 if form.is_bound else 200)
