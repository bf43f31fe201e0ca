"""Citations of earlier assignments: resolved by number when a letter is sealed, and by hand where the number fails."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotFound, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump, check_version
from governance import citing, permissions
from governance.actions.imports import locked, require_import, require_open
from governance.models import Citation, CitationKind, DocumentImport, ResolvedCitation, SteeringDocument


def resolve(document: SteeringDocument, *, at: datetime) -> list[ResolvedCitation]:
    """A letter was sealed: its own citations, and those of other letters that its assignments answer.

    So letters may come in in any order. What a person has chosen is left alone. Runs in the sealing's transaction.
    """
    waiting = citing.unresolved(document.issuer)
    if not waiting:
        return []
    keys = [citing.key_of(citation.text) for citation in waiting]
    known = citing.assignments_of(document.issuer, document.recipient, keys=keys)
    made = []
    for citation in waiting:
        cited = citing.match(citing.key_of(citation.text), known, citation.document.recipient)
        if cited is not None:
            made.append(
                ResolvedCitation(citation=citation, item=cited.item, cited_document=cited.document, decided_at=at)
            )
    return list(ResolvedCitation.objects.bulk_create(made))


@transaction.atomic
def choose_citation(*, citation: Citation, item: UUID | None, actor: Actor, at: datetime) -> ResolvedCitation:
    """Say which assignment a citation means, or (``item`` None) that none of the registered ones is meant.

    Raises NotAllowed, RuleBroken.
    """
    found = Citation.objects.select_related("document__issuer", "document__recipient").get(pk=citation.pk)
    document = found.document
    day = clock.local_date(at)
    allowed = actor.organisation == document.issuer.uuid and permissions.may_acknowledge(
        actor, document.recipient_id, day
    )
    if not allowed:
        raise NotAllowed(_("Henvisningen avklares av den som har etatsstyringen av virksomheten."))
    if found.kind != CitationKind.ASSIGNMENT or not document.is_issued:
        raise RuleBroken(problems=[Problem("no_citation", _("Bare henvisninger til oppdrag i et brev kan avklares."))])
    known = {one.item: one for one in citing.assignments_of(document.issuer, document.recipient)}
    if item is not None and item not in known:
        raise RuleBroken(problems=[Problem("not_listed", _("Velg et oppdrag fra listen."), "item")])
    cited = known[item] if item is not None else None
    row: ResolvedCitation = ResolvedCitation.objects.create(
        citation=found,
        item=item,
        cited_document=cited.document if cited else None,
        by_hand=True,
        decided_by_id=actor.user_id,
        decided_at=at,
    )
    events.record(
        event="citation.resolved",
        subject=document,
        actor=actor,
        at=at,
        after={"citation": found.text, "means": cited.reference if cited else ""},
        audience=Audience.INTERNAL,
    )
    return row


@transaction.atomic
def choose_import_citation(
    *,
    document_import: DocumentImport,
    place: int,
    item: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> DocumentImport:
    """The same while the letter is gone through. ``item``: an assignment's id, ``none``, or empty for by number.

    Raises NotAllowed, NotFound, NotInThisState, StaleVersion, RuleBroken.
    """
    found = locked(document_import)
    require_import(actor, found, at)
    require_open(found)
    check_version(found, expected_version)
    rows = list(found.facts.get("citations") or ())
    if place < 0 or place not in {one.place for one in citing.of_import(found)}:
        raise NotFound(_("Henvisningen finnes ikke i denne importen."))
    known = {str(one.item) for one in citing.assignments_of(found.organisation, found.agency)}
    if item not in known | {citing.NONE, ""}:
        raise RuleBroken(problems=[Problem("not_listed", _("Velg et oppdrag fra listen."), "item")])
    rows[place] = {**rows[place], "item": item, "item_by": actor.user_id if item else None}
    found.facts = {**found.facts, "citations": rows}
    bump(found, fields=("facts",))
    return found


def carry_choices(document: SteeringDocument, chosen: dict[int, tuple[str, int | None]], *, at: datetime) -> None:
    """What was chosen while the letter was gone through, by the citation it became (primary key)."""
    wanted = {UUID(item) for item, _by in chosen.values() if item and item != citing.NONE}
    known = {one.item: one for one in citing.assignments_of(document.issuer) if one.item in wanted} if wanted else {}
    made = []
    for citation, (item, user) in chosen.items():
        cited = known.get(UUID(item)) if item != citing.NONE else None
        if cited is None and item != citing.NONE:
            continue
        made.append(
            ResolvedCitation(
                citation_id=citation,
                item=cited.item if cited else None,
                cited_document=cited.document if cited else None,
                by_hand=True,
                decided_by_id=user,
                decided_at=at,
            )
        )
    ResolvedCitation.objects.bulk_create(made)
