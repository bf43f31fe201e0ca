"""Signing, submitting, registering, correcting, receiving and answering reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock, files, receipts
from core.errors import NotAllowed, Problem, RuleBroken, StaleVersion
from core.pages import get_or_404, page, signed_in
from core.visuals.parts import PageHead
from reporting import checks
from reporting.actions.report_after import correct_report, receive_report, send_feedback, write_feedback
from reporting.actions.report_submit import (
    OutsideSubmission,
    register_outside_submission,
    send_for_signature,
    submit_report,
    take_back,
)
from reporting.forms.reports import FeedbackForm, OutsideForm, ReasonForm, SignForm
from reporting.models import ExpectedDelivery, Feedback, Report
from reporting.permissions import reports as permissions
from reporting.selectors import report_editor as editor
from reporting.selectors.report_facts import load_facts
from reporting.selectors.report_lock import lock_note
from reporting.selectors.report_reading import feedback_of
from reporting.views.reports import visible


@page(signed_in, methods=("POST",))
def for_signature(request: Any, uuid: UUID) -> HttpResponseBase:
    """Hand the report to the one who signs."""
    found = visible(request, uuid)
    version = request.POST.get("version", "")
    try:
        send_for_signature(
            report=found,
            actor=request.actor,
            at=clock.now(),
            expected_version=int(version) if version.isdecimal() else None,
        )
    except RuleBroken as refused:
        return _sign_page(request, found, SignForm(found, 0), refused.problems, 422)
    receipts.give(request, _("Rapporten er sendt til signering."), _("Direktøren eller stedfortreder sender den inn."))
    return redirect("reporting:report_sign", found.uuid)


@page(signed_in, methods=("POST",))
def back_from_signature(request: Any, uuid: UUID) -> HttpResponseBase:
    """Take the report back to write on."""
    found = visible(request, uuid)
    take_back(report=found, actor=request.actor, at=clock.now())
    receipts.give(request, _("Rapporten er tatt tilbake og kan skrives i."))
    return redirect("reporting:report", found.uuid)


@page(signed_in, methods=("GET", "POST"))
def sign(request: Any, uuid: UUID) -> HttpResponseBase:
    """What is sent, to whom, what is missing; signature and submission."""
    found = visible(request, uuid)
    if found.is_submitted:
        return redirect("reporting:report", found.uuid)
    warnings = sum(not one.stops for one in checks.check_report(load_facts(found, clock.today())))
    form = SignForm(found, warnings, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _sign_page(request, found, form)
    try:
        submit_report(
            report=found,
            actor=request.actor,
            at=clock.now(),
            signed_parts=form.signed_parts(),
            warnings_reason=form.cleaned_data.get("warnings_reason", ""),
            expected_version=form.cleaned_data["version"],
        )
    except RuleBroken as refused:
        return _sign_page(request, found, form, refused.problems, 422)
    receipts.give(
        request, _("Rapporten er sendt inn."), _("Den er frosset. PDF-en lages nå, rapporten er sendt inn uansett.")
    )
    return redirect("reporting:report", found.uuid)


def _sign_page(
    request: Any, found: Report, form: SignForm, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    day = clock.today()
    facts = load_facts(found, day)
    findings = [editor.warning(found, one) for one in checks.check_report(facts)]
    head = editor.head_of(found, day)
    context = {
        "head": PageHead(_("Signer og send inn"), f"{found.title} · {head.lead}", crumbs=head.crumbs),
        "report": found,
        "form": form,
        "problems": [Problem(one.code, one.message, "", one.pointer) for one in problems or []],
        "findings": findings,
        "stops": sum(one.severity == "stop" for one in findings),
        "copies": facts.copies,
        "may_submit": permissions.may_submit(request.actor, found, day),
    }
    return render(request, "reporting/report_sign.html", context, status=status)


@page(signed_in, methods=("GET", "POST"))
def register(request: Any, uuid: UUID) -> HttpResponseBase:
    """Register a report that was sent outside."""
    expected = get_or_404(ExpectedDelivery.objects.visible_to(request.actor, clock.today()).for_list(), uuid)
    if not permissions.may_register(request.actor, expected.agency, clock.today()):
        raise NotAllowed(_("En rapport som er sendt på annen måte, registreres av virksomheten eller etatsstyreren."))
    form = OutsideForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = _registered(request, expected, form)
        except RuleBroken as refused:
            problems = refused.problems or [Problem(refused.code, refused.message, "file")]
        else:
            receipts.give(request, _("Rapporten er registrert som mottatt."))
            return redirect("reporting:report", found.uuid)
    head = PageHead(_("Registrer sendt rapport"), f"{expected.title} · {expected.agency.name}")
    context = {"head": head, "form": form, "problems": problems, "expected": expected}
    return render(request, "reporting/report_register.html", context, status=422 if form.is_bound else 200)


def _registered(request: Any, expected: ExpectedDelivery, form: OutsideForm) -> Report:
    values = form.cleaned_data
    upload = values["file"]
    files.check_size(upload.name, upload.size)
    stored = files.store(name=upload.name, data=upload.read(), actor=request.actor, owner=expected)
    facts = OutsideSubmission(
        file=stored,
        sent_on=values["sent_on"],
        sender=values["sender"],
        archive_reference=values["archive_reference"],
        signed_by_name=values["signed_by_name"],
    )
    return register_outside_submission(expected=expected, facts=facts, actor=request.actor, at=clock.now())


@page(signed_in, methods=("GET", "POST"))
def correct(request: Any, uuid: UUID) -> HttpResponseBase:
    """Start a new edition of a submitted report."""
    found = visible(request, uuid)
    if not permissions.may_see_lock(request.actor, found, clock.today()):
        raise NotAllowed(_("At en sendt rapport skal rettes, avgjøres av direktøren eller stedfortrederen."))
    form = ReasonForm(request.POST or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            copy = correct_report(report=found, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now())
        except RuleBroken as refused:
            problems = refused.problems
        else:
            own = permissions.is_own_side(request.actor, found, clock.today())
            receipts.give(
                request,
                _("En ny utgave er åpnet. Den sendte rapporten står som den er."),
                "" if own else _("%(agency)s skriver og sender den.") % {"agency": found.agency.name},
            )
            return redirect("reporting:report", copy.uuid if own else found.uuid)
    head = PageHead(_("Rett sendt rapport"), found.title, crumbs=editor.head_of(found, clock.today()).crumbs)
    lock = lock_note(found, request.actor, clock.today())
    context = {"head": head, "form": form, "problems": problems, "report": found, "lock": lock}
    return render(request, "reporting/report_correct.html", context, status=422 if form.is_bound else 200)


@page(signed_in, methods=("POST",))
def receive(request: Any, uuid: UUID) -> HttpResponseBase:
    """Confirm that the report has come."""
    found = visible(request, uuid)
    receive_report(report=found, actor=request.actor, at=clock.now())
    receipts.give(request, _("Mottaket er bekreftet."), _("Det er ingen godkjenning av innholdet."))
    return redirect("reporting:report", found.uuid)


@page(signed_in, methods=("GET", "POST"))
def feedback(request: Any, uuid: UUID) -> HttpResponseBase:
    """Write the ministry's feedback, and send it."""
    found = visible(request, uuid)
    if not permissions.may_give_feedback(request.actor, found, clock.today()):
        raise NotAllowed(_("Tilbakemeldingen skrives av den som har etatsstyringen av virksomheten."))
    given = feedback_of(found, request.actor, clock.today())
    draft = next((one for one in given if one.draft), None)
    initial = {"text": draft.text, "version": draft.version} if draft else None
    form = FeedbackForm(request.POST or None, initial=initial)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _save_feedback(request, found, form)
        except StaleVersion as stale:
            problems = [Problem(stale.code, stale.message, "text")]
    head = PageHead(_("Tilbakemelding"), found.title, crumbs=editor.head_of(found, clock.today()).crumbs)
    context = {"head": head, "form": form, "given": given, "problems": problems, "report": found}
    return render(request, "reporting/report_feedback.html", context, status=412 if problems else 200)


def _save_feedback(request: Any, found: Report, form: FeedbackForm) -> HttpResponseBase:
    by = {"actor": request.actor, "at": clock.now()}
    values = form.cleaned_data
    saved: Feedback = write_feedback(report=found, text=values["text"], expected_version=values["version"], **by)
    if request.POST.get("gjor") != "send":
        receipts.give(request, _("Utkastet er lagret."), _("Bare departementet ser det."))
        return redirect("reporting:report_feedback", found.uuid)
    send_feedback(feedback=saved, **by)
    receipts.give(request, _("Tilbakemeldingen er sendt til %(agency)s.") % {"agency": found.agency.name})
    return redirect("reporting:report", found.uuid)
