"""The list of imports, and the head that all pages of one import share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.clock import local_date
from core.models import JobState
from core.visuals.meter import Progress
from core.visuals.parts import Link, PageHead, Step
from governance.models import DocumentImport, ImportFile, ImportRow, ImportState, RowState

OPEN = (ImportState.REVIEW, ImportState.DETAILS)
NEXT_PAGE = {
    ImportState.READING: "governance:import",
    ImportState.REFUSED: "governance:import",
    ImportState.REVIEW: "governance:import_review",
    ImportState.DETAILS: "governance:import_details",
    ImportState.REGISTERED: "governance:import_findings",
    ImportState.DISCARDED: "governance:import",
}


@dataclass(frozen=True)
class ImportLine:
    """One import in the list."""

    title: str
    url: str
    agency: str
    state: str
    note: str
    who: str
    at: datetime


def imports_seen(actor: Actor, at: datetime) -> Sequence[DocumentImport]:
    """The imports of one's own organisation, newest first."""
    return list(
        DocumentImport.objects.visible_to(actor, local_date(at))
        .select_related("agency", "created_by", "document", "job")
        .defer("passages", "canonical_text", "facts")
        .annotate(
            unsure=Count("rows", filter=Q(rows__state=RowState.UNSURE)),
            live=Count("rows", filter=~Q(rows__state__in=(RowState.PROSE, RowState.MERGED))),
        )
        .order_by("-id")[:200]
    )


def import_lines(actor: Actor, at: datetime) -> list[ImportLine]:
    """The list page."""
    return [
        ImportLine(
            title=row.title,
            url=address(row),
            agency=row.agency.name if row.agency else "",
            state=row.get_state_display(),
            note=_note(row),
            who=str(row.created_by or ""),
            at=row.created_at,
        )
        for row in imports_seen(actor, at)
    ]


def _note(row: DocumentImport) -> str:
    if row.state == ImportState.REFUSED:
        return str(row.problem.get("message", ""))
    if row.state in (ImportState.REVIEW, ImportState.DETAILS):
        counts: tuple[int, int] = (row.live, row.unsure)  # type: ignore[attr-defined]
        return _("%(rows)s rader, %(unsure)s usikre") % {"rows": counts[0], "unsure": counts[1]}
    return ""


def address(found: DocumentImport) -> str:
    """Where the work on an import goes on."""
    if found.state == ImportState.REGISTERED and found.document is not None:
        return reverse("governance:document", args=[found.document.uuid])
    return reverse(NEXT_PAGE[ImportState(found.state)], args=[found.uuid])


def import_head(found: DocumentImport) -> PageHead:
    """Title, files and who read them in."""
    files = [row.file for row in ImportFile.objects.select_related("file").filter(document_import=found)]
    parts = [f"{file.name} · {filesizeformat(file.size)}" for file in files[:3]]
    parts.append(
        _("lest inn %(at)s av %(who)s") % {"at": formatting.moment(found.created_at), "who": found.created_by or ""}
    )
    if "tesseract" in found.extractor:
        parts.append(_("lest fra skannede bilder, se nøye over"))
    title = found.title
    if found.agency is not None and found.agency.name not in title:
        title = f"{title}, {found.agency.name}"
    return PageHead(
        title=title,
        lead=" · ".join([*parts, _("lagret fortløpende")]),
        crumbs=[Link(_("Importer"), reverse("governance:imports"))],
    )


def steps(found: DocumentImport, current: str) -> list[Step]:
    """Lest inn, Gå gjennom, Om brevet, Registrer."""
    order = [ImportState.READING, ImportState.REVIEW, ImportState.DETAILS, ImportState.REGISTERED]
    names = [_("Lest inn"), _("Gå gjennom"), _("Om brevet"), _("Registrer")]
    urls = ["", "governance:import_review", "governance:import_details", "governance:import_register"]
    here = order.index(ImportState(current))
    made = []
    for index, (name, url) in enumerate(zip(names, urls, strict=True)):
        state = "done" if index < here else ("current" if index == here else "coming")
        link = reverse(url, args=[found.uuid]) if url and index < here else ""
        made.append(Step(index + 1, name, state, link))
    return made


@dataclass(frozen=True)
class Reading:
    """The progress page: counted while reading, a sentence when it stopped."""

    found: DocumentImport
    progress: Progress | None
    problem: str
    may_retry: bool


def reading(found: DocumentImport) -> Reading:
    """Where the reading of an import stands."""
    job = found.job
    if found.state == ImportState.REFUSED:
        return Reading(found, None, str(found.problem.get("message", "")), may_retry=False)
    if found.state == ImportState.DISCARDED:
        return Reading(found, None, _("Importen er forkastet."), may_retry=False)
    if job is not None and job.state == JobState.FAILED:
        said = _(
            "Innlesingen stoppet. Filene er tatt vare på. Prøv igjen, eller meld fra til den som drifter systemet."
        )
        return Reading(found, None, said, may_retry=True)
    progress = Progress(
        label=_("Leser inn %(title)s") % {"title": found.title},
        done=job.done if job else 0,
        total=max(job.total, 1) if job else 1,
        unit=job.unit if job else "",
        note=_("Du kan lukke siden. Importen ligger i listen når den er lest."),
    )
    return Reading(found, progress, "", may_retry=False)


def prose_rows(found: DocumentImport, passage: int) -> list[ImportRow]:
    """Rows on the passage that somebody has made prose: they can be taken back as they were."""
    rows = ImportRow.objects.filter(document_import=found, state=RowState.PROSE, passages__contains=[passage])
    return list(rows.order_by("ordinal", "id"))


def live_rows(found: DocumentImport) -> list[ImportRow]:
    """The rows of the letter, in the order of the page."""
    rows = ImportRow.objects.filter(document_import=found).exclude(state__in=(RowState.PROSE, RowState.MERGED))
    return list(rows.order_by("ordinal", "id"))
