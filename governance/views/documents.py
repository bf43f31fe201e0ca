"""Governing documents: the list, and one document by content, text, archive, findings and readers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import may_anywhere
from agencies.rights import Right
from core import clock
from core.errors import NotAllowed
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Action, Empty, Link, PageHead
from governance.actions import copy_correction, removals
from governance.forms.imports import DocumentFilter
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors import documents as selectors
from governance.selectors.archive import archive_page
from governance.selectors.content import content_of
from governance.selectors.followed import Followed, followed
from governance.selectors.instruction_page import instruction_block
from governance.selectors.kept_rows import letter_rows


@page(signed_in)
def document_list(request: PageRequest) -> HttpResponse:
    """The documents one sees, by agency, year, kind and state."""
    day = clock.today()
    form = DocumentFilter(request.GET or None, choices=selectors.list_choices(request.actor, day))
    rows = selectors.seen(request.actor, day)
    lines = selectors.document_lines(selectors.filtered(rows, form.chosen()) if form.allowed() else rows.none())
    empty = Empty(_("Ingen styringsdokumenter"), _("Brev og instrukser kommer hit når de er utstedt eller registrert."))
    head = PageHead(title=_("Styringsdokumenter"), actions=_list_actions(request))
    words = ngettext("Viser %(n)s dokument", "Viser %(n)s dokumenter", len(lines)) % {"n": len(lines)}
    context = {"head": head, "form": form, "lines": lines, "empty": empty, "shown": words}
    return render(request, "governance/documents.html", context, status=200 if form.allowed() else 422)


def _list_actions(request: PageRequest) -> list[Action]:
    day, actions = clock.today(), [Action(_("Sammenlign"), reverse("governance:compare"), icon="tasklist")]
    if may_anywhere(request.actor, Right.IMPORT_DOCUMENTS, day):
        actions.append(Action(_("Les inn brev"), reverse("governance:import_new"), icon="file-import"))
    if may_anywhere(request.actor, Right.SEE_DOCUMENTS, day):
        actions.append(Action(_("Kopimatrise"), reverse("governance:copy_matrix")))
        actions.append(Action(_("Målform"), reverse("governance:written_norms")))
    if may_anywhere(request.actor, Right.DRAFT_DOCUMENTS, day):
        actions.append(Action(_("Nytt brev"), reverse("governance:new_letter"), icon="file-plus"))
        actions.append(Action(_("Nytt supplerende brev"), reverse("governance:new_supplement"), icon="file-plus"))
        actions.append(Action(_("Ny instruks"), reverse("governance:instruction_start"), icon="file-plus"))
    return actions


def _document(request: PageRequest, uuid: object) -> SteeringDocument:
    found: SteeringDocument = get_or_404(selectors.seen(request.actor, clock.today()).for_list(), uuid)  # type: ignore[attr-defined]
    return found


def _show(request: PageRequest, document: SteeringDocument, tab: str, template: str, **context: Any) -> HttpResponse:
    if not document.is_issued:
        return redirect("governance:draft", uuid=document.uuid)
    around = selectors.document_page(document=document, actor=request.actor, day=clock.today(), tab=tab)
    return render(request, template, {"head": around.head, "page": around, **context})


@page(signed_in)
def document(request: PageRequest, uuid: object) -> HttpResponse:
    """What stands in the document, as rows."""
    found, day = _document(request, uuid), clock.today()
    if not found.is_issued:
        return redirect("governance:draft", uuid=found.uuid)
    copy_correction.note_opened(subject=found.uuid, actor=request.actor, at=clock.now())
    own = followed(found, request.actor, day)
    around = selectors.document_page(
        document=found, actor=request.actor, day=day, tab="document", withheld=own.withheld
    )  # fmt: skip
    context = {"head": around.head, "page": around, **_rows(request, found, around, own)}
    return render(request, "governance/document.html", context)


def _rows(
    request: PageRequest, found: SteeringDocument, around: selectors.DocumentPage, own: Followed
) -> dict[str, Any]:
    """Rows of a document; for an instruction also its life, and all its rules as tables."""
    actor, day = request.actor, clock.today()
    if found.kind.family != DocumentFamily.INSTRUCTION:
        return {"rows": letter_rows(found, own, day, around.change.url if around.change else "")}
    block = instruction_block(found, actor, day)
    return {"content": content_of(found, own, day), "rules": block.tables, "instruction": block}


@page(signed_in)
def document_text(request: PageRequest, uuid: object) -> HttpResponse:
    """Every passage, word for word; ``?rad=`` marks those a row rests on."""
    found = _document(request, uuid)
    chosen = request.GET.get("rad", "") or request.GET.get("avsnitt", "")
    lines = selectors.text_lines(document=found, actor=request.actor, day=clock.today(), chosen=chosen)
    return _show(request, found, "document_text", "governance/document_text.html", passages=lines)


@page(signed_in)
def document_archive(request: PageRequest, uuid: object) -> HttpResponse:
    """Dispatch and copies, journal, files, checksum and events."""
    found = _document(request, uuid)
    day = clock.today()
    no_removal = removals.why_not(found, request.actor, day)
    archive = archive_page(document=found, actor=request.actor, day=day, no_removal=no_removal)
    return _show(request, found, "document_archive", "governance/document_archive.html", archive=archive)


@page(signed_in)
def document_findings(request: PageRequest, uuid: object) -> HttpResponse:
    """What the checks say of the document; the side that issued it only."""
    found = _document(request, uuid)
    if not selectors.sees_findings(found, request.actor, clock.today()):
        raise NotAllowed(_("Funnene er departementets egen vurdering og vises for dem som har etatsstyringen."))
    return _show(request, found, "document_findings", "governance/document_findings.html")


@page(signed_in)
def document_access(request: PageRequest, uuid: object) -> HttpResponse:
    """Who can see this."""
    found = _document(request, uuid)
    back = selectors.address(found)
    head = PageHead(
        title=_("Hvem kan se dette?"),
        overline=found.title,
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents")), Link(found.title, back)],
    )
    context = {"head": head, "who": selectors.who_can_see(found, clock.today())}
    return render(request, "governance/document_access.html", context)


urlpatterns = [
    path("styringsdokumenter/", document_list, name="documents"),
    path("styringsdokumenter/<uuid:uuid>/", document, name="document"),
    path("styringsdokumenter/<uuid:uuid>/tekst/", document_text, name="document_text"),
    path("styringsdokumenter/<uuid:uuid>/arkiv/", document_archive, name="document_archive"),
    path("styringsdokumenter/<uuid:uuid>/funn/", document_findings, name="document_findings"),
    path("styringsdokumenter/<uuid:uuid>/tilgang/", document_access, name="document_access"),
]
