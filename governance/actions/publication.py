"""Publishing: now, on a date, or exempt with basis, public title and responsible person; taking it down again (V-30).

The decision may be taken while the letter is a draft: it then takes effect when the letter is issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events, jobs
from core.actor import Actor, system_actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump, check_version
from governance import permissions
from governance.models import DocumentState, Publication, PublicationState, SteeringDocument
from governance.public_words import says_nothing

RENDER_JOB = "governance.render_letter"


@dataclass(frozen=True)
class PublicationChoice:
    """What is decided. ``publish_on`` None means at once; ``exempt`` keeps the document from the public.

    ``wider_access`` is the assessment of giving more than the law demands (merinnsyn). The two addresses are where
    the document lies at the sender's and at the agency's own pages (domain 3.2).
    """

    public_title: str
    publish_on: date | None = None
    exempt: bool = False
    exempt_basis: str = ""
    wider_access: str = ""
    issuer_url: str = ""
    recipient_url: str = ""


@transaction.atomic
def decide_publication(
    *,
    document: SteeringDocument,
    choice: PublicationChoice,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Publication:
    """Decide, or decide anew. The one who decides is the responsible person.

    ``expected_version`` is the publication's own (0 before the first decision). Raises NotAllowed, NotInThisState,
    StaleVersion, RuleBroken with every problem.
    """
    document = SteeringDocument.objects.select_related("issuer", "recipient").locked().get(pk=document.pk)
    day = clock.local_date(at)
    _require_right(document, actor, day)
    if document.state == DocumentState.DISCARDED:
        raise NotInThisState(_("Utkastet er forkastet."))
    row = Publication.objects.locked().filter(document=document).first() or Publication(document=document, version=0)
    check_version(row, expected_version)
    if problems := _problems(choice, day):
        raise RuleBroken(problems=problems)
    before = {"state": row.state, "publish_on": row.publish_on}
    row.public_title, row.exempt_basis = (
        choice.public_title.strip(),
        choice.exempt_basis.strip() if choice.exempt else "",
    )
    row.wider_access = choice.wider_access.strip() if choice.exempt else ""
    row.issuer_url, row.recipient_url = choice.issuer_url.strip(), choice.recipient_url.strip()
    row.publish_on = None if choice.exempt else choice.publish_on or day
    row.state = PublicationState.EXEMPT if choice.exempt else PublicationState.PLANNED
    row.published_at, row.responsible_id, row.decided_at, row.reason = None, actor.user_id, at, ""  # type: ignore[assignment]
    row.version += 1
    row.save()
    _record("publication.decided", row, document, actor, at, before=before)
    publish_if_due(document, at=at)
    row.refresh_from_db()
    return row


def _require_right(document: SteeringDocument, actor: Actor, day: date) -> None:
    if not permissions.may_publish(actor, document, day):
        raise NotAllowed(_("Publisering avgjøres av den som har etatsstyringen av virksomheten."))


def _problems(choice: PublicationChoice, day: date) -> list[Problem]:
    problems = []
    if says_nothing(choice.public_title):
        sentence = _("Den offentlige tittelen må si hva dokumentet gjelder, for eksempel «Tildelingsbrev 2026 til …».")
        problems.append(Problem("public_title_empty", sentence, "public_title"))
    if choice.exempt and not choice.exempt_basis.strip():
        sentence = _("Skriv hjemmelen for unntaket, for eksempel «offl. § 15».")
        problems.append(Problem("basis_missing", sentence, "exempt_basis"))
    if choice.exempt and not choice.wider_access.strip():
        sentence = _("Skriv vurderingen av merinnsyn: hvorfor dokumentet ikke gis ut likevel.")
        problems.append(Problem("wider_access_missing", sentence, "wider_access"))
    if choice.publish_on and choice.publish_on < day and not choice.exempt:
        problems.append(Problem("date_passed", _("Datoen er passert. Velg i dag eller senere."), "publish_on"))
    return problems


@transaction.atomic
def withdraw_publication(
    *, document: SteeringDocument, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Publication:
    """Take a published document down, or call off a planned publication, with a reason.

    Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    document = SteeringDocument.objects.select_related("issuer", "recipient").locked().get(pk=document.pk)
    _require_right(document, actor, clock.local_date(at))
    row = Publication.objects.locked().filter(document=document).first()
    if row is None or row.state not in (PublicationState.PUBLISHED, PublicationState.PLANNED):
        raise NotInThisState(_("Dokumentet er ikke publisert."))
    check_version(row, expected_version)
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor dokumentet avpubliseres."), "reason")])
    before = {"state": row.state}
    row.state, row.reason, row.decided_at = PublicationState.WITHDRAWN, reason.strip(), at
    row.responsible_id = actor.user_id  # type: ignore[assignment]
    bump(row, fields=("state", "reason", "decided_at", "responsible"))
    _record("publication.withdrawn", row, document, actor, at, before=before, reason=row.reason)
    return row


def _record(
    event: str,
    row: Publication,
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
    *,
    before: Mapping[str, object],
    reason: str = "",
) -> None:
    """Shared when the document is; the decision on a draft is the ministry's own."""
    after = {"state": row.state, "publish_on": row.publish_on, "basis": row.exempt_basis}
    events.record(
        event=event,
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        before=before,
        after=after,
        reason=reason,
        audience=Audience.SHARED if document.is_issued else Audience.INTERNAL,
    )


@transaction.atomic
def publish_if_due(document: SteeringDocument, *, at: datetime) -> bool:
    """Publish one document whose day has come; True when it was done now. An unissued one waits."""
    row = (
        Publication.objects.locked()
        .filter(
            document=document,
            document__state=DocumentState.ISSUED,
            state=PublicationState.PLANNED,
            publish_on__lte=clock.local_date(at),
        )
        .first()
    )
    if row is None:
        return False
    row.state, row.published_at = PublicationState.PUBLISHED, at
    bump(row, fields=("state", "published_at"))
    found = SteeringDocument.objects.select_related("issuer", "recipient").get(pk=document.pk)
    publisher = system_actor("publisering")
    _record("publication.published", row, found, publisher, at, before={"state": PublicationState.PLANNED})
    jobs.enqueue(
        name=RENDER_JOB,
        label=_("Lager PDF av %(title)s") % {"title": found.title},
        actor=publisher,
        subject=found,
        unit=_("sider"),
    )
    return True


def publish_due(*, at: datetime) -> int:
    """Publish everything whose day has come, also what an earlier run missed; each in its own transaction."""
    waiting = SteeringDocument.objects.filter(
        state=DocumentState.ISSUED,
        publication__state=PublicationState.PLANNED,
        publication__publish_on__lte=clock.local_date(at),
    )
    return sum(publish_if_due(document, at=at) for document in list(waiting.only("pk").order_by("pk")))
