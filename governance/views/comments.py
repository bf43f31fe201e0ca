"""Comments on the rows of a document: the page, a new one or an answer, close, and what a shared one may become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import NotAllowed
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead
from governance import permissions, shown
from governance.actions import comments as actions
from governance.forms.rounds import CommentForm
from governance.models import HearingRound, RowComment, SteeringDocument
from governance.selectors import comments as selectors
from governance.views.rounds_base import Work, one_act, one_form


def _document(request: PageRequest, uuid: object) -> SteeringDocument:
    """A document of one's own side, or an issued one between the two parties. A third body with a copy is refused."""
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    if request.actor.organisation not in (found.issuer.uuid, found.recipient.uuid):
        raise NotAllowed(_("Kommentarene er mellom partene i styringsdialogen."))
    return found


@page(signed_in)
def comments(request: PageRequest, uuid: object) -> HttpResponse:
    """Every row, with what has been said of it."""
    document = _document(request, uuid)
    found = selectors.comments_page(
        document=document, actor=request.actor, day=clock.today(), only_open=request.GET.get("vis") == "apne"
    )
    return render(request, "governance/comments.html", {"head": found.head, "page": found})


@page(signed_in, methods=("GET", "POST"))
def write(request: PageRequest, uuid: object) -> HttpResponse:
    """A comment on a row (``?rad=``) or an answer in a thread (``?trad=``)."""
    document = _document(request, uuid)
    rows = shown.shown_rows(selectors.living_snapshot(document, request.actor, clock.today()))
    back = reverse("governance:comments", args=[document.uuid])
    return comment_form(request, document, rows, back)


def comment_form(
    request: PageRequest,
    document: SteeringDocument,
    rows: Sequence[shown.ShownRow],
    back: str,
    hearing: HearingRound | None = None,
) -> HttpResponse:
    """The form for a comment on a document or in a hearing; the row's words stand above the box."""
    allowed = _allowed(request, document, hearing)
    thread, row = _pointed_at(request, document, rows, hearing)
    audiences = [thread.audience] if thread is not None else allowed
    form = CommentForm(request.POST or None, audiences=audiences, other=_other(request, document))

    def act(values: dict[str, Any]) -> None:
        new = actions.NewComment(
            text=values["text"], item=row.target if row else None, place=row.place if row else "",
            audience=values["audience"], thread=thread, hearing=hearing,
        )  # fmt: skip
        actions.write_comment(document=document, new=new, actor=request.actor, at=clock.now())

    anchor = f"#rad-{row.target}" if row else ""
    work = Work(_("Svar") if thread else _("Ny kommentar"), _("Lagre kommentaren"), _("Kommentaren er lagret."),
                f"{back}{anchor}", template="governance/comment_form.html")  # fmt: skip
    title = str(document.title) if hearing is None else str(selectors.frozen_snapshot(hearing)["document"]["title"])
    head = PageHead(title=work.title, overline=title, crumbs=[Link(title, back)])
    said = _said(request, document, thread, hearing)
    return one_form(request, document, form, work, act, head=head, row=row, said=said, shared="shared" in audiences)


def _allowed(request: PageRequest, document: SteeringDocument, hearing: HearingRound | None) -> list[str]:
    """For whom the actor may write here. Raises NotAllowed when for nobody."""
    day = clock.today()
    allowed = [
        audience
        for audience in ("internal", "shared")
        if permissions.may_comment(request.actor, document, hearing, audience, day)
        and (audience == "internal" or document.is_issued or hearing is not None)
    ]
    if not allowed:
        raise NotAllowed(_("Bare partene i styringsdialogen kan skrive kommentarer."))
    return allowed


def _pointed_at(
    request: PageRequest, document: SteeringDocument, rows: Sequence[shown.ShownRow], hearing: HearingRound | None
) -> tuple[RowComment | None, shown.ShownRow | None]:
    """The thread answered and the row commented on. A row that is not in the document gives the whole document."""
    seen = selectors.threads_seen(document, request.actor, clock.today(), hearing)
    thread = None
    if request.GET.get("trad"):
        thread = get_or_404(seen.filter(thread__isnull=True), _uuid(request.GET["trad"]))
    target = thread.item if thread is not None else _uuid(request.GET.get("rad", ""))
    return thread, selectors.place_of(rows, target)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _other(request: PageRequest, document: SteeringDocument) -> str:
    return document.recipient.short if request.actor.organisation == document.issuer.uuid else document.issuer.short


def _said(
    request: PageRequest, document: SteeringDocument, thread: RowComment | None, hearing: HearingRound | None
) -> list[selectors.Said]:
    if thread is None:
        return []
    return selectors.said_in(document, request.actor, clock.today(), thread, hearing)


def _thread(request: PageRequest, uuid: object) -> RowComment:
    """The first comment of a thread, when the actor sees it: through the document or through the hearing."""
    day = clock.today()
    seen = RowComment.objects.visible_to(request.actor, day).filter(
        document__in=SteeringDocument.objects.visible_to(request.actor, day).values("pk")
    ) | RowComment.objects.visible_to(request.actor, day).filter(
        hearing__in=HearingRound.objects.visible_to(request.actor, day).values("pk")
    )
    found: RowComment = get_or_404(
        seen.select_related("document__issuer", "document__recipient", "document__kind", "hearing", "organisation"),
        uuid,
    )
    return found


def _back(request: PageRequest, thread: RowComment) -> str:
    if thread.hearing is not None and request.actor.organisation != thread.document.issuer.uuid:
        return reverse("governance:hearing", args=[thread.hearing.uuid])
    return reverse("governance:comments", args=[thread.document.uuid])


@page(signed_in, methods=("POST",))
def close(request: PageRequest, uuid: object) -> HttpResponse:
    """Dealt with."""
    thread = _thread(request, uuid)

    def act() -> None:
        actions.close_thread(thread=thread, actor=request.actor, at=clock.now())

    return one_act(request, act, _("Tråden er avsluttet."), _back(request, thread))


@page(signed_in, methods=("POST",))
def proposal(request: PageRequest, uuid: object) -> HttpResponse:
    """A proposal for a supplement."""
    thread = _thread(request, uuid)
    made = actions.turn_into_proposal(thread=thread, actor=request.actor, at=clock.now())
    receipts.give(request, _("Forslaget ligger under Innspill i utkastet til supplerende brev."))
    return redirect("governance:inputs", uuid=made.document.uuid)


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/kommentarer/", comments, name="comments"),
    path("styringsdokumenter/<uuid:uuid>/kommentarer/ny/", write, name="comment_write"),
    path("kommentarer/<uuid:uuid>/avslutt/", close, name="comment_close"),
    path("kommentarer/<uuid:uuid>/forslag/", proposal, name="comment_proposal"),
]
