"""A report as a document for core.pdf: the same rows, order and words as the page (F1, documents.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.clock import local_date
from core.formatting import full_date, moment
from core.pdf import blocks as b
from governance.models import Dispatch
from reporting.models import FigureValue, Report, ReportAssignment, RequirementAnswer, Section, Submission
from reporting.outline import row_for
from reporting.selectors import document_annexes as annexes
from reporting.selectors import document_tables as tables
from reporting.selectors.report_facts import Content, Words, letter_words, load_content
from reporting.textmarks import plain, to_html


@dataclass
class Making:
    """What a document is made from. ``w`` picks the words of the report's norm."""

    content: Content
    words: Mapping[UUID, Words]
    history: Mapping[tuple[int, str], list[FigureValue]]
    previous: Content | None
    submission: Submission | None
    at: datetime
    draft: bool
    targets: Mapping[int, Any] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """The report."""
        return self.content.report

    @property
    def long(self) -> bool:
        """A kind with fixed parts has a front page, contents and a page for each part."""
        return self.report.kind.fixed_outline

    def w(self, nb: str, nn: str) -> str:
        """The words of the report's own norm."""
        return nn if self.report.language == "nn" else nb


def report_document(report: Report, *, at: datetime, draft: bool) -> b.Document:
    """The whole report. ``at`` is the act's time (the submission's), never the clock's; ``draft`` marks it as one."""
    content = load_content(report)
    previous = load_content(report.previous) if report.previous is not None else None
    making = Making(
        content=content,
        words=letter_words(content),
        history=tables.history_of(content),
        previous=previous,
        submission=Submission.objects.filter(report=report).first(),
        at=at,
        draft=draft,
        targets=tables.targets_of(content),
    )
    blocks = [*_front(making), *(block for section in content.sections for block in _section(making, section))]
    if not making.long:
        blocks += list(_signature(making))
    return b.Document(meta=_meta(making), blocks=tuple(blocks))


def _meta(making: Making) -> b.Meta:
    report = making.report
    return b.Meta(
        title=f"{report.title}, {report.agency.name}",
        author=report.agency.name,
        lang="nn" if report.language == "nn" else "nb",
        created=making.at,
        name=report.title,
        organisation=report.agency.name,
        case=report.case_number,
        version=str(report.revision),
        classification=making.w("utkast", "utkast") if making.draft else "",
        head="" if making.long else report.title,
    )


def _front(making: Making) -> Iterator[b.Block]:
    report = making.report
    name = making.w(report.kind.name_nb, report.kind.name_nn)
    if making.long:
        yield b.FrontPage(
            organisation=report.agency.name,
            title=(name, b.Break(), str(report.year)),
            addressee=making.w("Til %s", "Til %s") % report.receiver.name,
            facts=tuple(_facts(making)),
            notice=making.w("Utkast. Rapporten er ikke sendt inn.", "Utkast. Rapporten er ikkje send inn.")
            if making.draft
            else "",
        )
        yield b.Contents()
        return
    first, joint, rest = name.partition(" per ")
    title: b.Text = (first, b.Break(), f"per {rest} {report.year}") if joint else f"{name} {report.year}"
    over = report.agency.name
    if making.draft:
        over = f"{making.w('Utkast', 'Utkast')} · {over}"
    yield b.TitleBlock(over=over, title=title, facts=tuple(_facts(making)))
    if points := tables.main_points(making):
        yield b.Summary(making.w("Det viktigste", "Det viktigaste"), points)


def _facts(making: Making) -> Iterator[b.Fact]:
    """Both years of an annual report (V-39), when and to whom, and what it answers."""
    report, w = making.report, making.w
    copies = [
        row.recipient.name
        for row in Dispatch.objects.filter(subject=report.uuid, role=Dispatch.Role.COPY).select_related("recipient")
    ]
    if not making.long:
        to = report.receiver.name
        if copies:
            to = w("%(to)s, kopi til %(copies)s samtidig", "%(to)s, kopi til %(copies)s samstundes") % {
                "to": to,
                "copies": ", ".join(copies),
            }
        yield b.Fact(w("Til", "Til"), to)
        yield b.Fact(w("Status per", "Status per"), full_date(report.period_end))
    due = full_date(report.due) if report.due else w("ikke satt", "ikkje sett")
    if making.long:
        said = w("budsjettåret %(year)s, frist %(due)s", "budsjettåret %(year)s, frist %(due)s")
        yield b.Fact(w("Rapporten gjelder", "Rapporten gjeld"), said % {"year": report.year, "due": due})
    else:
        yield b.Fact(w("Frist", "Frist"), due)
    if making.submission is not None:
        sent = full_date(making.submission.sent_on)
        if making.long and copies:
            sent = w("%(day)s, samtidig kopi til %(copies)s", "%(day)s, samstundes kopi til %(copies)s") % {
                "day": sent,
                "copies": ", ".join(copies),
            }
        yield b.Fact(w("Sendt", "Send"), sent)
    if report.case_number or report.revision > 1:
        parts = [report.case_number, w("utgave %s", "utgåve %s") % report.revision]
        yield b.Fact(w("Sak og utgave", "Sak og utgåve"), ", ".join(part for part in parts if part))
    if report.correction_reason:
        yield b.Fact(w("Hvorfor rettet", "Kvifor retta"), report.correction_reason)
    if report.letter is not None:
        day = report.letter.document_date
        dated = f" {w('av', 'av')} {full_date(day)}" if day else ""
        yield b.Fact(w("Styringsgrunnlag", "Styringsgrunnlag"), f"{report.letter.title}{dated}")


# ---- sections ----
def _section(making: Making, section: Section) -> Iterator[b.Block]:
    yield from _heading(making, section)
    yield from _body(making, section)
    if making.submission is not None and section.numeral in making.submission.signed_parts and section.level == 1:
        yield from _signature(making)


def is_annex(making: Making, section: Section) -> bool:
    """A section the outline calls an annex."""
    return bool(row_for(making.content.outline, section.code).get("annex"))


def _heading(making: Making, section: Section) -> Iterator[b.Block]:
    key = key_of(section)
    if section.level > 1:
        yield b.Section(section.title, section.numeral, key=key)
        return
    if is_annex(making, section) and making.long:
        annexes = [one for one in making.content.sections if is_annex(making, one)]
        if annexes and annexes[0].pk == section.pk:
            yield b.Part(making.w("Vedlegg", "Vedlegg"), key="vedlegg")
            yield b.AnnexList(tuple(one.title for one in annexes))
        yield b.Section(section.title, section.numeral, key=key)
        return
    title = section.title.removeprefix("Vedlegg: ")
    head = " ".join(section.title.split()[:6]) if len(section.title.split()) > 6 else ""
    yield b.Part(
        title[:1].upper() + title[1:] if not section.numeral else section.title,
        section.numeral,
        key=key,
        own_page=making.long,
        head=head,
    )


def key_of(section: Section) -> str:
    """The section's key in the document."""
    return f"del-{section.code}"


def _body(making: Making, section: Section) -> Iterator[b.Block]:
    content, w = making.content, making.w
    answers = content.answers_of.get(section.pk, [])
    if section.text:
        yield b.RichText(str(to_html(section.text)))
    elif section.nothing_to_report:
        yield b.Paragraph(w("Det er ingen vesentlige avvik å melde.", "Det er ingen vesentlege avvik å melde."))
    elif section.filled_from == "rest" and not answers:
        yield b.Paragraph(
            w("Brevet stiller ingen andre krav til denne rapporten.", "Brevet stiller ingen andre krav til rapporten."),
            "note",
        )
    elif making.draft and section.asks_for_text:
        yield b.Paragraph(w("Ikke skrevet ennå.", "Ikkje skriven enno."), "note")
    parameters = [one for one in answers if one.parameter_id]
    if parameters:
        yield tables.parameter_table(making, section, parameters)
        yield from _measures(making, parameters)
    figures = [one for one in answers if one.key_figure_id]
    if figures:
        yield from tables.figure_blocks(making, section, figures)
    if rows := content.assignments_of(section):
        yield from _assignments(making, section, rows)
    requirements = [one for one in answers if one.requirement_id]
    if requirements:
        yield _pairs(making, section, requirements)
    if section.filled_from == "budget" and content.budget:
        yield from annexes.budget_blocks(making)
    if section.filled_from == "risks" and content.risks:
        yield from annexes.risk_blocks(making)
    if section.filled_from == "coverage":
        yield annexes.coverage_table(making)


def _measures(making: Making, answers: list[RequirementAnswer]) -> Iterator[b.Block]:
    """What is said about a parameter: the parameter in bold, then the words."""
    for answer in answers:
        if answer.text.strip():
            yield b.RichText(str(to_html(f"**{answer.label.strip().rstrip('.')}.** {answer.text}")))


def _assignments(making: Making, section: Section, rows: list[ReportAssignment]) -> Iterator[b.Block]:
    if section.filled_from == "assignments":
        yield annexes.assignment_table(making, rows)
        return
    numbers = ", ".join(row.assignment.reference or making.w("uten nummer", "utan nummer") for row in rows)
    words = making.w("Oppdrag under målet: %s. Status står i ", "Oppdrag under målet: %s. Status står i ")
    annex = next((one for one in making.content.sections if one.filled_from == "assignments"), None)
    tail: b.Text = (words % numbers, b.Ref("oppdragsstatus"), ".") if annex is not None else numbers
    yield b.Paragraph(tail, "note")


def _pairs(making: Making, section: Section, answers: list[RequirementAnswer]) -> b.AnswerPairs:
    """The requirement word for word beside its answer (K8)."""
    pairs = []
    for at, answer in enumerate(answers, start=1):
        words = making.words.get(answer.requirement.uuid) if answer.requirement else None
        quoted = " ".join(words.paragraphs) if words and words.paragraphs else answer.label
        place = words.place if words else ""
        pairs.append(
            b.AnswerPair(
                str(at),
                b.Quoted(quoted, making.w("Brevet, punkt %s", "Brevet, punkt %s") % place if place else ""),
                in_lines(answer.text) or making.w("Ikke besvart", "Ikkje svart på"),
            )
        )
    return b.AnswerPairs(
        tuple(pairs), making.w("Krav i brevet og svar", "Krav i brevet og svar"), key=f"krav-{section.code}"
    )


def in_lines(text: str) -> b.Text:
    """A text in a cell: its lines kept, its marks taken away, a dash for a list item."""
    lines = [line.strip().replace("- ", "– ", 1) if line.strip().startswith("- ") else line.strip()
             for line in plain(text).splitlines() if line.strip()]  # fmt: skip
    if len(lines) < 2:
        return "".join(lines)
    return tuple(part for line in lines for part in (b.Break(), line))[1:]


def _signature(making: Making) -> Iterator[b.Block]:
    submission = making.submission
    if submission is None or submission.sent_outside:
        return
    w = making.w
    said = w("Elektronisk godkjent %s.", "Elektronisk godkjend %s.") % moment(submission.at)
    if submission.signed_parts:
        parts = w(" og del ", " og del ").join(submission.signed_parts)
        said = f"{said} {w('Godkjenningen gjelder del %s.', 'Godkjenninga gjeld del %s.') % parts}"
    if submission.by_authority and submission.represented_name:
        said = f"{said} {w('På vegne av %s.', 'På vegner av %s.') % submission.represented_name}"
    yield b.Signature(
        signers=(b.Signer(submission.signed_by_name, submission.signed_by_title, submission.by_authority),),
        opening=full_date(local_date(submission.at)),
        approval=said,
    )
