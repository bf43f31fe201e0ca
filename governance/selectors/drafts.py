"""What the pages of a draft show: its words, what can be added, what stops it, and who may sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, Organisation
from agencies.rights import RIGHTS, Right
from core.actor import Actor
from core.errors import NotInThisState
from core.visuals.parts import Action, Finding, Link, Locked, PageHead
from governance import copying, links, permissions
from governance.checks.content import Stage
from governance.models import (
    AssignmentItem,
    DocumentFamily,
    DocumentState,
    Passage,
    SteeringDocument,
)
from governance.restricted import may_read_restricted
from governance.selectors.after_issue import publication_actions, publication_words
from governance.selectors.copy_matrix import matrix_of
from governance.selectors.draft_hidden import hidden_ids, hidden_rows, shown_assignments, shown_passages
from governance.selectors.live_findings import live_findings
from governance.selectors.workspace import shown_findings
from governance.states import require_step


@dataclass(frozen=True)
class Recipient:
    """Who gets the letter when it is issued, and by which rule."""

    organisation: Organisation
    role: str
    basis: str


@dataclass(frozen=True)
class DraftPage:
    """The draft page."""

    head: PageHead
    document: SteeringDocument
    passages: Sequence[Passage]
    assignments: Sequence[AssignmentItem]
    additions: Sequence[Action]
    findings: Sequence[Finding]
    recipients: Sequence[Recipient]
    issue: Action | None
    locked: Locked | None


def movable_assignments(document: SteeringDocument, actor: Actor, day: date) -> QuerySet[AssignmentItem]:
    """Assignments of issued letters to the same agency, the exempt ones for their readers alone."""
    rows = AssignmentItem.objects.filter(
        document__recipient=document.recipient,
        document__issuer=document.issuer,
        document__state=DocumentState.ISSUED,
    ).exclude(change__in=("moved", "withdrawn"))
    exempt = rows.filter(restricted=True).values_list("uuid", flat=True)
    open_to_actor = Q(restricted=False) | Q(uuid__in=may_read_restricted(actor, exempt, day))
    return rows.filter(open_to_actor).order_by("-year", "series", "number")


def recipients_of(document: SteeringDocument, day: date) -> list[Recipient]:
    """Addressee and copies by the effective rule, as they would be if issued today."""
    copies = copying.effective_copies(
        agency=document.recipient, correspondence=copying.correspondence_of(document), day=day, document=document
    )
    rows = [Recipient(document.recipient, _("til"), "")]
    rows += [Recipient(row.organisation, _("kopi"), row.basis) for row in copies]
    return rows


def signers_for(document: SteeringDocument, day: date) -> list[str]:
    """Names of those who may sign for this agency."""
    roles = [role.value for role, rights in RIGHTS.items() if Right.ISSUE_DOCUMENTS in rights]
    rows = Appointment.objects.valid_on(day).filter(organisation=document.issuer, role__code__in=roles).exclude(
        user_id=document.last_edited_by_id
    ).filter(target__isnull=True) | Appointment.objects.valid_on(day).filter(
        organisation=document.issuer, role__code__in=roles, target=document.recipient
    ).exclude(user_id=document.last_edited_by_id)
    return sorted({str(row.user) for row in rows.select_related("user")})


def _findings(document: SteeringDocument, actor: Actor, day: date, stage: Stage | None = None) -> list[Finding]:
    """What is open at this moment."""
    may = actor.organisation == document.issuer.uuid and permissions.may_acknowledge(actor, document.recipient_id, day)
    closed = hidden_ids(document, actor, day)
    return shown_findings(document, live_findings(document, day=day, stage=stage), closed=closed, may_decide=may)


def _issue_action(document: SteeringDocument, actor: Actor, day: date) -> tuple[Action | None, Locked | None]:
    url = reverse("governance:issue", args=[document.uuid])
    title, button = _issue_words(document)
    names = ", ".join(signers_for(document, day)) or _("ingen er oppnevnt")
    who = _("Kan signere: %(names)s.") % {"names": names}
    if not permissions.may_issue(actor, document, day):
        why = _("Rollen din gir ikke rett til å signere.")
        return None, Locked(title, why, who)
    if access.same_person(actor, document.last_edited_by_id, day):
        return None, Locked(title, _("Du redigerte brevet sist. En annen må signere."), who)
    try:
        require_step("issued", document)
    except NotInThisState as refused:
        return None, Locked(title, str(refused.message), who)
    return Action(button, url, primary=True), None


def _lead(document: SteeringDocument) -> str:
    """Who sees the draft now."""
    agency = {"agency": document.recipient.short}
    if document.state == DocumentState.HEARING:
        return _("%(agency)s har utkastet til uttalelse.") % agency
    if document.kind.family == DocumentFamily.INSTRUCTION:
        return _("Internt til instruksen er fastsatt. %(agency)s ser ikke utkastet.") % agency
    return _("Internt til brevet er utstedt. %(agency)s ser ikke utkastet.") % agency


def _issue_words(document: SteeringDocument) -> tuple[str, str]:
    """The name of the act, and the button that leads to it."""
    if document.kind.family == DocumentFamily.INSTRUCTION:
        return _("Fastsett instruksen"), _("Les gjennom og fastsett")
    return _("Utsted brevet"), _("Les gjennom og utsted")


def draft_page(*, document: SteeringDocument, actor: Actor, day: date) -> DraftPage:
    """Everything on the draft page."""
    issue, locked = _issue_action(document, actor, day)
    hidden = hidden_rows(document, actor, day)
    names = {
        "draft_paragraph": _("Legg til tekst"),
        "draft_assignment": _("Nytt oppdrag"),
        "draft_amount": _("Endre bevilgning"),
        "draft_deadline": _("Flytt frist"),
        "draft_head": _("Endre brevhodet"),
        "draft_discard": _("Forkast utkastet"),
    }
    drafting = permissions.may_draft(actor, document, day) and document.is_editable
    if document.kind.family == DocumentFamily.SUPPLEMENT:
        names = {
            "draft_changes": _("Velg hva som endres"),
            "draft_assignments": _("Nye oppdrag"),
            "draft_directives": _("Legg ved fellesføringer"),
            "draft_numbers": _("Reserver numre"),
            "draft_effect": _("Se før og etter"),
            **names,
        }
    if document.kind.family == DocumentFamily.INSTRUCTION:
        names = {name: names[name] for name in ("draft_paragraph", "draft_head", "draft_discard")}
    names = {"draft_start": _("Skriv kapittel for kapittel"), **names}
    additions = [Action(label, reverse(f"governance:{name}", args=[document.uuid])) for name, label in names.items()]
    head = PageHead(
        title=document.title,
        overline=_("Utkast til %(agency)s") % {"agency": document.recipient.name},
        lead=_lead(document),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
    )
    return DraftPage(
        head=head,
        document=document,
        passages=shown_passages(document, hidden),
        assignments=shown_assignments(document, hidden),
        additions=[*additions, *links.draft_acts(document)] if drafting else [],
        findings=_findings(document, actor, day),
        recipients=recipients_of(document, day),
        issue=issue,
        locked=locked,
    )


def issue_page(*, document: SteeringDocument, actor: Actor, day: date) -> dict[str, Any]:
    """Everything on the page where one signs."""
    _issue, locked = _issue_action(document, actor, day)
    title, lead = (
        _("Utsted %(title)s"),
        _("Når brevet er utstedt, kan det ikke endres. Feil rettes med et nytt supplerende brev."),
    )
    if document.kind.family == DocumentFamily.INSTRUCTION:
        title, lead = _("Fastsett %(title)s"), _("Når instruksen er fastsatt, endres den bare av en ny instruks.")
    head = PageHead(
        title=title % {"title": document.title},
        lead=lead,
        crumbs=[
            Link(_("Styringsdokumenter"), reverse("governance:documents")),
            Link(document.title, reverse("governance:draft", args=[document.uuid])),
        ],
    )
    return {
        "head": head,
        "issue_title": _issue_words(document)[0],
        "document": document,
        "passages": shown_passages(document, hidden_rows(document, actor, day)),
        "recipients": recipients_of(document, day),
        "matrix": matrix_of(agency=document.recipient, day=day, actor=actor, today=day, document=document),
        "findings": _findings(document, actor, day, Stage.ISSUE),
        "locked": locked,
        "publication": publication_words(document),
        "publication_actions": publication_actions(document, actor, day),
    }
