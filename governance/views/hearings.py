"""The agency's opinion of a draft: both sides' pages of a round, and the acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies import access
from agencies.pages import holds
from agencies.rights import Right
from core import clock
from core.errors import NotAllowed
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead
from governance import permissions, shown
from governance.actions import hearings as actions
from governance.forms.rounds import HearingAnswerForm, RoundForm
from governance.models import HearingRound
from governance.selectors import hearings as selectors
from governance.selectors.comments import frozen_snapshot
from governance.views.comments import comment_form
from governance.views.rounds_base import Work, one_act, one_form, own_document, posted_version


def _hearing(request: PageRequest, uuid: object) -> HearingRound:
    seen = HearingRound.objects.visible_to(request.actor, clock.today()).for_detail()
    found: HearingRound = get_or_404(seen, uuid)
    return found


@page(signed_in)
def hearings(request: PageRequest, uuid: object) -> HttpResponse:
    """The rounds of a draft."""
    document = own_document(request, uuid)
    found = selectors.hearings_of_draft(document=document, actor=request.actor, day=clock.today())
    return render(request, "governance/hearings.html", {"head": found.head, "page": found})


@page(signed_in, methods=("GET", "POST"))
def open_round(request: PageRequest, uuid: object) -> HttpResponse:
    """Send the draft to the agency."""
    document = own_document(request, uuid)
    if not permissions.may_draft(request.actor, document, clock.today()):
        raise NotAllowed(_("Utkastet sendes til uttalelse av den som skriver det."))
    form = RoundForm(request.POST or None, initial={"version": document.version})

    def act(values: dict[str, Any]) -> None:
        actions.open_hearing(
            document=document, message=values["message"], deadline=values["deadline"], actor=request.actor,
            at=clock.now(), expected_version=values["version"],
        )  # fmt: skip

    lead = _(
        "%(agency)s ser teksten slik den står nå. Oppdrag som er unntatt offentlighet, sendes uten tittel og tekst."
    )
    back = reverse("governance:hearings", args=[document.uuid])
    done = _("Utkastet er sendt til uttalelse. Postmottaket har fått et nøytralt varsel.")
    work = Work(
        _("Send til uttalelse"), _("Send til uttalelse"), done, back, lead % {"agency": document.recipient.name}
    )
    return one_form(request, document, form, work, act)


@page(holds(Right.ANSWER_HEARING))
def my_hearings(request: PageRequest) -> HttpResponse:
    """What one's own agency has been asked to say something of."""
    found = selectors.hearings_of_agency(request.actor, clock.today())
    return render(request, "governance/hearings.html", {"head": found.head, "page": found})


@page(signed_in)
def hearing(request: PageRequest, uuid: object) -> HttpResponse:
    """One round, from the frozen bytes."""
    found = selectors.hearing_page(hearing=_hearing(request, uuid), actor=request.actor, day=clock.today())
    return render(request, "governance/hearing.html", {"head": found.head, "page": found})


@page(signed_in, methods=("GET", "POST"))
def comment(request: PageRequest, uuid: object) -> HttpResponse:
    """A comment on a row of what was shown."""
    found = _hearing(request, uuid)
    rows = shown.shown_rows(frozen_snapshot(found))
    back = reverse("governance:hearing", args=[found.uuid])
    return comment_form(request, found.document, rows, back, found)


@page(signed_in, methods=("GET", "POST"))
def answer(request: PageRequest, uuid: object) -> HttpResponse:
    """Send the statement."""
    found, day = _hearing(request, uuid), clock.today()
    document = found.document
    heard = request.actor.organisation == document.recipient.uuid
    if not heard or not access.may(request.actor, Right.ANSWER_HEARING, document.recipient_id, day):
        raise NotAllowed(_("Uttalelsen sendes av direktøren eller virksomhetsstyringen i virksomheten."))
    form = HearingAnswerForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> None:
        actions.answer_hearing(
            hearing=found, text=values["text"], no_remarks=values["no_remarks"], actor=request.actor, at=clock.now(),
            expected_version=values["version"],
        )  # fmt: skip

    back, title = reverse("governance:hearing", args=[found.uuid]), selectors.frozen_title(found)
    lead = _("Uttalelsen og de delte kommentarene på radene sendes samlet. Den kan ikke endres etterpå.")
    head = PageHead(title=_("Send uttalelse"), overline=title, lead=lead, crumbs=[Link(title, back)])
    work = Work(_("Send uttalelse"), _("Send uttalelsen"), _("Uttalelsen er sendt."), back)
    return one_form(request, document, form, work, act, head=head)


@page(signed_in, methods=("POST",))
def close(request: PageRequest, uuid: object) -> HttpResponse:
    """End the round."""
    found = _hearing(request, uuid)

    def act() -> None:
        actions.close_hearing(
            hearing=found, actor=request.actor, at=clock.now(), expected_version=posted_version(request)
        )

    back = reverse("governance:hearings", args=[found.document.uuid])
    return one_act(request, act, _("Uttalelsen er avsluttet. Utkastet kan endres igjen."), back)


urlpatterns = [
    path("utkast/<uuid:uuid>/uttalelse/", hearings, name="hearings"),
    path("utkast/<uuid:uuid>/uttalelse/ny/", open_round, name="hearing_open"),
    path("uttalelser/", my_hearings, name="my_hearings"),
    path("uttalelser/<uuid:uuid>/", hearing, name="hearing"),
    path("uttalelser/<uuid:uuid>/kommentar/", comment, name="hearing_comment"),
    path("uttalelser/<uuid:uuid>/svar/", answer, name="hearing_answer"),
    path("uttalelser/<uuid:uuid>/avslutt/", close, name="hearing_close"),
]
