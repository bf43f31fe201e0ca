"""The draft workspace: one chapter, its rows and text, and the form that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from core import clock, formatting, receipts
from core.errors import DomainError, NotFound
from core.formwork import take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from governance.actions import draft_passages, draft_rows, draft_side
from governance.actions.findings import refresh_document_findings
from governance.drafting import editor as editors
from governance.drafting.merging import RowConflict
from governance.items import ITEM_TYPES, read_row
from governance.models import SteeringDocument
from governance.selectors import workspace as rooms


def found_draft(request: PageRequest, uuid: object) -> SteeringDocument:
    """A document the person sees; else 404."""
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


@page(signed_in)
def draft_start(request: PageRequest, uuid: object) -> HttpResponseBase:
    """On to the chapter where the work begins."""
    document = found_draft(request, uuid)
    if document.is_issued:
        return redirect("governance:document", uuid=document.uuid)
    chapter = rooms.first_chapter(document, actor=request.actor, day=clock.today())
    return redirect("governance:draft_write", uuid=document.uuid, chapter=chapter)


@page(signed_in, methods=("GET", "POST"))
def draft_write(request: PageRequest, uuid: object, chapter: str) -> HttpResponseBase:
    """One chapter. What is posted is the open form; a refused one keeps everything typed."""
    document = found_draft(request, uuid)
    if document.is_issued:
        return redirect("governance:document", uuid=document.uuid)
    target = editors.target_of(request.GET)
    if request.method == "POST":
        if target is None:
            raise NotFound(_("Velg hva du vil skrive, og prøv igjen."))
        return _post(request, document, chapter, target)
    editor = None
    if target is not None:
        editor = editors.open_editor(
            document, chapter, target, actor=request.actor, day=clock.today(), restore="kladd" in request.GET
        )
    return _show(request, document, chapter, editor)


def _show(
    request: PageRequest,
    document: SteeringDocument,
    chapter: str,
    editor: editors.Editor | None,
    error: DomainError | None = None,
    problems: list[Any] | None = None,
) -> HttpResponse:
    at = clock.now()
    chosen = f"{editor.target.key}:{editor.target.uuid}" if editor and editor.target.uuid else ""
    room = rooms.workspace(document, chapter, actor=request.actor, day=clock.local_date(at), at=at, chosen=chosen)
    if room is None:
        raise NotFound(_("Kapittelet finnes ikke i dette utkastet."))
    if editor is not None and not room.may_write:
        editor = None
    draft_side.be_here(document=document, place=room.number or room.title if editor else "", actor=request.actor, at=at)
    context = {"room": room, "head": room.head, "editor": editor, "problems": problems or []}
    if editor is not None:
        context["forms"] = editor.forms
    status = error.status if error else 422 if editor and any(form.errors for form in editor.forms) else 200
    return render(request, "governance/draft_write.html", context, status=status)


def _post(request: PageRequest, document: SteeringDocument, chapter: str, target: editors.Target) -> HttpResponseBase:
    wish = request.POST.get("gjor", "")
    if wish == "auto" or request.headers.get("X-Autosave"):
        return _keep(request, document, chapter, target)
    if wish == "glem":
        draft_side.forget_typed(document=document, form=target.form, actor=request.actor)
        return redirect(f"{rooms.chapter_url(document, chapter)}?{target.query}#skjema")
    more = wish.removeprefix("flere-") if wish.startswith("flere-") else ""
    editor = editors.open_editor(
        document, chapter, target, actor=request.actor, day=clock.today(), data=request.POST, more=more
    )
    if more or not editor.is_valid:
        return _show(request, document, chapter, editor)
    try:
        saved = _save(request, document, chapter, editor)
    except RowConflict as conflict:
        return _show(
            request, document, chapter, editors.after_conflict(editor, document, conflict, day=clock.today()), conflict
        )
    except DomainError as refused:
        return _show(request, document, chapter, editor, refused, _take(editor, refused))
    return _done(request, document, chapter, target, saved)


def _take(editor: editors.Editor, refused: DomainError) -> list[Any]:
    return editor.row.take(refused) if editor.row else take_problems(editor.text, refused)  # type: ignore[arg-type]


def _keep(request: PageRequest, document: SteeringDocument, chapter: str, target: editors.Target) -> JsonResponse:
    """The words so far, for the writer alone; answers with the sentence the page shows."""
    at = clock.now()
    data = dict(request.POST.lists())
    try:
        draft_side.keep_typed(
            document=document, form=target.form, data=data, actor=request.actor, at=at, chapter=_stored(chapter)
        )
    except DomainError as refused:
        return JsonResponse({"message": str(refused)}, status=refused.status)
    return JsonResponse({"message": _("Lagret %(clock)s") % {"clock": formatting.clock(at)}})


def _stored(chapter: str) -> str:
    return "" if chapter == rooms.REST else chapter


def _number(post: QueryDict) -> int | None:
    text = post.get("base_number", "")
    return int(text) if text.isdecimal() else None


def _save(request: PageRequest, document: SteeringDocument, chapter: str, editor: editors.Editor) -> Any:
    """One action for a row, one for text, new or changed."""
    target = editor.target
    common: dict[str, Any] = {"document": document, "actor": request.actor, "at": clock.now()}
    chosen = {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("velg-")}
    if editor.text is not None:
        return _save_text(request, editor, common, chosen, chapter)
    values = editor.row.values() if editor.row else {}
    if target.uuid is None:
        return draft_rows.save_row(item_type=target.key, data=values, chapter=_stored(chapter), **common).uuid
    if chosen:
        current = read_row(ITEM_TYPES[target.key], target.uuid)
        values = editors.with_choices(values, current.data if current else {}, chosen)
    base = _number(request.POST)
    return draft_rows.save_row(item_type=target.key, data=values, item=target.uuid, base_number=base, **common).uuid


def _save_text(
    request: PageRequest, editor: editors.Editor, common: dict[str, Any], chosen: Mapping[str, str], chapter: str
) -> Any:
    values = editor.text.cleaned_data if editor.text else {}
    target = editor.target
    words = {"text": values["text"], "heading_level": values["heading_level"], "language": values["language"]}
    if target.uuid is None:
        return draft_passages.add_passage(chapter=_stored(chapter), after=target.after, **words, **common).uuid
    if chosen.get("text") == "theirs":
        return target.uuid
    return draft_passages.save_passage(passage=target.uuid, base_number=_number(request.POST), **words, **common).uuid


def _done(
    request: PageRequest, document: SteeringDocument, chapter: str, target: editors.Target, saved: Any
) -> HttpResponseBase:
    at = clock.now()
    draft_side.forget_typed(document=document, form=target.form, actor=request.actor)
    refresh_document_findings(document, day=clock.local_date(at))
    receipts.give(request, _("Lagret %(clock)s.") % {"clock": formatting.clock(at)})
    url = rooms.chapter_url(document, chapter)
    if request.POST.get("gjor") == "ny" and target.key != editors.TEXT:
        return redirect(f"{url}?ny={target.key}#skjema")
    return redirect(f"{url}#rad-{saved}")


urlpatterns = [
    path("utkast/<uuid:uuid>/skriv/", draft_start, name="draft_start"),
    path("utkast/<uuid:uuid>/skriv/<slug:chapter>/", draft_write, name="draft_write"),
]
