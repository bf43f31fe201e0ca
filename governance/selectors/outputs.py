"""A document as files: which there are, the bytes of each for one reader, and how far a PDF has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import files
from core.actor import Actor
from core.errors import NotFound
from core.models import Job, JobState, StoredFile
from core.pdf import render_document_html
from core.visuals.meter import Progress
from core.visuals.parts import Link, PageHead
from governance import letters, permissions, roundtrip
from governance.letters.lookup import lookup_for
from governance.models import Rendition, SteeringDocument
from governance.restricted import withheld_from
from governance.roundtrip.source import exempt_items
from governance.roundtrip.word import write_word

PDF_JOB = "governance.letter_pdf"
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Choice:
    """One way to take the document out."""

    label: str
    note: str
    url: str
    posts: bool = False
    icon: str = "download"


@dataclass(frozen=True)
class OutputsPage:
    """The page where one takes the document out, and what is held back in what one gets."""

    head: PageHead
    choices: Sequence[Choice]
    withheld: int
    returns: str


def outputs_page(document: SteeringDocument, actor: Actor, day: date) -> OutputsPage:
    """Every format, for those who see the document."""
    withheld = withheld_from(document, actor, day)
    editable = document.is_editable and permissions.may_draft(actor, document, day)
    back = reverse("governance:document" if document.is_issued else "governance:draft", args=[document.uuid])
    return OutputsPage(
        head=PageHead(
            title=_("Last ned"),
            overline=document.title,
            lead=_("Alle formatene har samme innhold i samme rekkefølge."),
            crumbs=[
                Link(_("Styringsdokumenter"), reverse("governance:documents")),
                Link(document.title, back),
            ],
        ),
        choices=[*_pdfs(document, withheld), *_exports(document)],
        withheld=len(withheld),
        returns=reverse("governance:return_file", args=[document.uuid]) if editable else "",
    )


def _pdfs(document: SteeringDocument, withheld: Sequence[UUID]) -> list[Choice]:
    labels = {
        Rendition.Role.READING: (_("PDF"), _("Utgaven som ble sendt. Unntatte oppdrag står med nummer og hjemmel.")),
        Rendition.Role.ARCHIVE: (_("PDF for arkivet"), _("Alt innhold i arkivformat, PDF/A-2a.")),
    }
    rows = (
        Rendition.objects.filter(document=document, role__in=labels, file__removed_at__isnull=True)
        .select_related("file")
        .order_by("id")
    )
    made = [
        Choice(*labels[Rendition.Role(row.role)], reverse("governance:file", args=[row.file.uuid]), icon="file-pdf")
        for row in rows
        if row.role == Rendition.Role.READING or not withheld
    ]
    if made and (withheld or not exempt_items(document)):
        return made
    return [*made, _on_request(document)]


def _on_request(document: SteeringDocument) -> Choice:
    """A PDF made now, with what this reader may read; of a draft at any time."""
    note = _("Lages når du ber om det, med det du har lesetilgang til.")
    if not document.is_issued:
        note = _("Utkastet slik det står nå, merket som utkast.")
    url = reverse("governance:document_pdf", args=[document.uuid])
    return Choice(_("PDF på bestilling"), note, url, posts=True, icon="file-pdf")


def _exports(document: SteeringDocument) -> list[Choice]:
    notes = {
        "docx": (_("Word"), _("Kan redigeres og sendes inn igjen: endringene vises rad for rad.")),
        "json": (_("JSON"), _("For andre systemer. Formatet er beskrevet i API-dokumentasjonen.")),
        "html": (_("HTML"), _("Én nettside med overskrifter, tabeller og språk, uten noe rundt.")),
    }
    return [
        Choice(label, note, reverse("governance:document_export", args=[document.uuid, form]))
        for form, (label, note) in notes.items()
    ]


def file_name(document: SteeringDocument, form: str) -> str:
    """A name a person recognises among other files."""
    words = [document.title, document.recipient.short, str(document.document_date or "utkast")]
    return f"{slugify(' '.join(words))[:120]}.{form}"


def export(document: SteeringDocument, form: str, actor: Actor, day: date) -> bytes:
    """The document in one format, as this actor may read it. Raises NotFound for a format there is none of."""
    withheld = withheld_from(document, actor, day)
    match form:
        case "json":
            return roundtrip.export_json(document, withheld=withheld)
        case "html":
            return html_file(document, withheld)
        case "docx":
            return word_file(document, withheld)
    raise NotFound(_("Dokumentet finnes ikke i dette formatet."))


def word_file(document: SteeringDocument, withheld: Sequence[UUID] = ()) -> bytes:
    """The document as Word, in the same order as the PDF."""
    letter = roundtrip.letter_of(document, withheld=withheld)
    found = lookup_for(document, letter)
    return write_word(
        letter, homes=found.homes, names=found.names.values(), created=document.issued_at,
        assignments=found.assignments,
    )  # fmt: skip


def html_file(document: SteeringDocument, withheld: Sequence[UUID] = ()) -> bytes:
    """One HTML file that stands on its own: language, headings, table scopes; no script, nothing fetched."""
    created = document.issued_at or document.updated_at
    built = letters.letter_document(document, created=created, preview=not document.is_issued, withheld=withheld)
    page = render_to_string("files/letter.html", {"meta": built.meta, "body": render_document_html(built)})
    return page.encode()


# ---- how far a PDF has come ----
@dataclass(frozen=True)
class PdfState:
    """How far the PDF has come."""

    progress: Progress
    done: bool
    failed: str


def _job(document: SteeringDocument, job: UUID, actor: Actor) -> Job:
    found = Job.objects.filter(
        uuid=job, name=PDF_JOB, arguments__document=str(document.uuid), requested_by_id=actor.user_id
    ).first()
    if found is None:
        raise NotFound(_("Bestillingen finnes ikke."))
    return found


def pdf_state(document: SteeringDocument, job: UUID, actor: Actor) -> PdfState:
    """Counted progress of a PDF one has asked for. Raises NotFound."""
    row = _job(document, job, actor)
    note = _("Du kan gå fra siden. Filen ligger her når den er ferdig.")
    progress = Progress(_("Lager PDF"), row.done, max(row.total, 1), row.unit, note)
    failed = str(row.problem.get("message", "")) if row.state == JobState.FAILED else ""
    return PdfState(progress, row.state == JobState.DONE, failed)


def pdf_file(document: SteeringDocument, job: UUID, actor: Actor) -> bytes:
    """The finished PDF. Raises NotFound, Unreadable."""
    stored = StoredFile.objects.filter(uuid=_job(document, job, actor).result.get("file")).first()
    if stored is None:
        raise NotFound(_("PDF-en er ikke ferdig."))
    return files.read(stored)
