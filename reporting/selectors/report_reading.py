"""A submitted report as it is read: the same order and words as the document, with who signed and what followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.formatting import full_date, moment
from core.models import Event, Job
from core.visuals.meter import Progress
from core.visuals.parts import Action, Link, PageHead
from governance.models import Dispatch
from governance.removal.seals import removals_of
from reporting import checks
from reporting.contexts import Block, OutlineLine
from reporting.models import Feedback, Report, ReportFile, Section, Submission
from reporting.permissions import reports as permissions
from reporting.selectors.report_blocks import Setting, blocks_of
from reporting.selectors.report_editor import head_of, period_label, section_url, title_of
from reporting.selectors.report_facts import Content, earlier_values, letter_words, load_content


@dataclass(frozen=True)
class ReadSection:
    """One section as it is read."""

    id: str
    title: str
    level: int
    blocks: Sequence[Block]
    lang: str = ""


@dataclass(frozen=True)
class FeedbackView:
    """Feedback that has been sent, or the reader's own side's draft."""

    text: str
    byline: str
    draft: bool
    uuid: str = ""
    version: int = 0


@dataclass(frozen=True)
class Reading:
    """The page of a submitted report."""

    head: PageHead
    facts: Sequence[tuple[str, object]]
    outline: Sequence[Link]
    sections: Sequence[ReadSection]
    files: Sequence[Link]
    feedback: Sequence[FeedbackView]
    sent_outside: bool
    file_note: str
    progress: Progress | None = None


def read_report(report: Report, *, actor: Actor, day: date) -> Reading:
    """The report for somebody who may see it; what is internal to the other side is not here."""
    content = load_content(report)
    previous = load_content(report.previous) if report.previous is not None else None
    setting = Setting(
        content, letter_words(content), previous=previous,
        previous_label=period_label(report.previous) if report.previous else "", earlier=earlier_values(content),
    )  # fmt: skip
    submission = Submission.objects.select_related("registered_for").get(report=report)
    files = _files(report)
    job = Job.objects.filter(name="reporting.render_report", subject=report.uuid).order_by("-id").first()
    return Reading(
        head=_head(report, actor, day),
        facts=_facts(report, submission),
        outline=[Link(title_of(one), f"#{one.code}") for one in content.sections],
        sections=[_section(one, setting) for one in content.sections],
        files=files,
        feedback=feedback_of(report, actor, day),
        sent_outside=report.sent_outside,
        file_note=_file_note(files, job),
        progress=_progress(job),
    )


def _section(section: Section, setting: Setting) -> ReadSection:
    lang = setting.content.report.language
    return ReadSection(section.code, title_of(section), section.level, blocks_of(section, setting), lang)


def _head(report: Report, actor: Actor, day: date) -> PageHead:
    head = head_of(report, day)
    actions = []
    if permissions.may_give_feedback(actor, report, day):
        actions.append(
            Action(_("Gi tilbakemelding"), reverse("reporting:report_feedback", args=[report.uuid]), primary=True)
        )
        received = Event.objects.filter(subject=report.uuid, type="report.received").exists()
        if not received:
            actions.append(
                Action(_("Bekreft mottak"), reverse("reporting:report_receive", args=[report.uuid]), post=True)
            )
    if permissions.may_see_lock(actor, report, day) and not report.sent_outside:
        actions.append(Action(_("Rett rapporten"), reverse("reporting:report_correct", args=[report.uuid])))
    if not report.sent_outside:
        actions.append(Action(_("Krav og svar"), reverse("reporting:report_coverage", args=[report.uuid])))
    return PageHead(head.title, head.lead, crumbs=head.crumbs, actions=actions, lang=head.lang)


def _facts(report: Report, submission: Submission) -> list[tuple[str, object]]:
    """Who signed, for whom, when, to whom, and the hash. A registered report never says that it was sent."""
    rows: list[tuple[str, object]] = [(_("Fra"), report.agency.name)]
    signer = submission.signed_by_name
    if submission.by_authority:
        signer = _("%(name)s (e.f.) for %(represented)s") % {
            "name": signer,
            "represented": submission.represented_name,
        }
    if submission.sent_outside:
        registered = _("registrert av %(name)s") % {"name": submission.registered_by_name}
        if submission.registered_for is not None:
            registered = _("%(registered)s på vegne av %(organisation)s") % {
                "registered": registered,
                "organisation": submission.registered_for.name,
            }
        rows += [
            (_("Sendt"), _("%(date)s av %(sender)s, utenfor systemet")
             % {"date": full_date(submission.sent_on), "sender": submission.sender}),
            (_("Registrert"), registered),
            (_("Arkivreferanse"), submission.archive_reference or _("ikke oppgitt")),
        ]  # fmt: skip
    else:
        rows += [
            (_("Signert av"), ", ".join(filter(None, (signer, submission.signed_by_title)))),
            (_("Sendt inn"), moment(submission.at)),
        ]
        if submission.signed_parts:
            rows.append((_("Signaturen dekker"), _("del %(parts)s") % {"parts": ", ".join(submission.signed_parts)}))
    if report.corrects is not None:
        rows.append((_("Retter"), f"{report.corrects.title}, {_('utgave')} {report.corrects.revision}"))
        rows.append((_("Hvorfor"), report.correction_reason))
    copies = Dispatch.objects.filter(subject=report.uuid, role="copy", state="sent").select_related("recipient")
    if names := [row.recipient.name for row in copies]:
        rows.append((_("Kopi sendt"), ", ".join(names)))
    rows.append((_("Kontrollsum"), report.sha256[:16]))
    rows += [(_("Innhold fjernet"), removal.marker) for removal in removals_of(report.uuid)]
    return rows


def _files(report: Report) -> list[Link]:
    """Links to the files, not the previews."""
    made_anew = Q(role__in=(ReportFile.Role.READING, ReportFile.Role.ARCHIVE), file__removed_at__isnull=False)
    rows = ReportFile.objects.filter(report=report).exclude(role=ReportFile.Role.PREVIEW).exclude(made_anew)
    rows = rows.select_related("report")
    labels = {
        ReportFile.Role.READING: _("PDF, leseutgave"),
        ReportFile.Role.ARCHIVE: _("PDF, arkivutgave"),
        ReportFile.Role.OUTSIDE: _("PDF, slik den ble sendt"),
    }
    return [Link(labels[ReportFile.Role(row.role)], file_url(row), icon="file-pdf") for row in rows]


def file_url(row: ReportFile) -> str:
    """Where a file is downloaded."""
    return reverse("reporting:report_file", args=[row.report.uuid, row.uuid])


def _file_note(files: Sequence[Link], job: Job | None) -> str:
    if files or job is None:
        return ""
    if job.is_open:
        return _("PDF-en lages nå. Rapporten er sendt inn uansett om PDF-en lykkes.")
    return _("PDF-en kunne ikke lages. Rapporten er sendt inn likevel, og den som drifter systemet, er varslet.")


def _progress(job: Job | None) -> Progress | None:
    if job is None or not job.is_open:
        return None
    return Progress(_("Lager PDF"), job.done, max(job.total, 1), job.unit, _("Du kan lukke siden."))


def feedback_of(report: Report, actor: Actor, day: date) -> list[FeedbackView]:
    """Feedback the reader may see: sent, or a draft of one's own side."""
    rows = Feedback.objects.visible_to(actor, day).filter(report=report).select_related("written_by", "organisation")
    return [
        FeedbackView(
            row.text,
            _("%(organisation)s, sendt %(moment)s av %(name)s")
            % {"organisation": row.organisation.name, "moment": moment(row.sent_at), "name": row.sent_by_name}
            if row.sent_at is not None
            else _("Utkast av %(name)s. Bare departementet ser det.") % {"name": row.written_by},
            row.state == Feedback.State.DRAFT,
            str(row.uuid),
            row.version,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class CoverageRow:
    """One cell of the coverage matrix: the requirement, where the letter says it, where it is answered."""

    label: str
    kind: str
    place: str
    section: OutlineLine
    missing: str


@dataclass(frozen=True)
class Coverage:
    """The coverage matrix of a report."""

    head: PageHead
    rows: Sequence[CoverageRow]
    done: int
    total: int


KINDS = {
    "text": "Del", "parameter": "Styringsparameter", "key_figure": "Nøkkeltall", "requirement": "Krav",
    "assignment": "Oppdrag", "assignments": "Oppdrag", "budget": "Kap. og post", "risk": "Risiko",
}  # fmt: skip


def coverage_of(report: Report, day: date) -> Coverage:
    """Every requirement, parameter, key figure and assignment with the section that answers it (V-18)."""
    content: Content = load_content(report)
    words = letter_words(content)
    sections = {one.code: one for one in content.sections}
    rows = []
    cells = checks.cells_of(content)
    for cell in cells:
        section = sections[cell.section]
        place = words[cell.item].place if cell.item in words else ""
        url = f"#{section.code}"
        base = reverse("reporting:report", args=[report.uuid])
        url = f"{base}{url}" if report.is_submitted else section_url(report, section, cell.anchor)
        line = OutlineLine(title_of(section), url, "", cell.answered)
        rows.append(CoverageRow(str(cell.label), KINDS[cell.kind], place, line, str(cell.missing)))
    head = head_of(report, day)
    crumbs = [*head.crumbs, Link(report.title, reverse("reporting:report", args=[report.uuid]))]
    done = sum(cell.answered for cell in cells)
    lead = _("%(done)s av %(total)s krav besvart") % {"done": done, "total": len(cells)}
    return Coverage(PageHead(_("Krav og svar"), lead, crumbs=crumbs), rows, done, len(cells))
