"""What is wrong with a draft as it stands this moment: computed when the page is read, written nowhere (issue 3.5).

What a person has acknowledged is taken from the record and counts only while the content is the one acknowledged.
As many queries however many rows the draft has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.canonical import canonical_json, sha256
from core.errors import NotFound
from core.visuals.parts import Action
from core.visuals.parts import Finding as Shown
from governance import links
from governance.checks import REGISTRY, gather, holding
from governance.checks.content import Stage
from governance.models import Finding, FindingState, Severity, SteeringDocument
from governance.selectors.findings import SEVERITY_CODES, capital, rule_link, said_before

_ORDER = {Severity.STOPS.value: 0, Severity.WARNING.value: 1, Severity.INFORMATION.value: 2}


@dataclass(frozen=True)
class Live:
    """One finding of this moment.

    ``reason`` and ``by``: a person has acknowledged it as it is now; ``before``: what was said of it as it was.
    """

    check_id: str
    severity: str
    sentence: str
    place: str
    item: UUID | None
    passage: UUID | None
    digest: str
    token: UUID
    reason: str = ""
    by: str = ""
    before: str = ""

    @property
    def acknowledged(self) -> bool:
        """Nothing more to do."""
        return bool(self.reason)

    @property
    def hinders(self) -> bool:
        """The letter cannot be issued while it stands."""
        return not self.acknowledged and self.severity != Severity.INFORMATION.value


def token_of(key: tuple[str, str, str, str]) -> UUID:
    """The address of a finding that may not be on record yet."""
    return UUID(sha256(canonical_json(list(key)))[:32])


def live_findings(document: SteeringDocument, *, day: date, stage: Stage | None = None) -> list[Live]:
    """Everything the checks say of the draft now, those that stop first, the acknowledged last."""
    content = gather.from_document(document, day=day, stage=stage)
    held = {holding.key_of(row): row for row in _on_record(document)}
    found = [_live(looked, held.pop(looked.found.key, None)) for looked in holding.look(content)]
    found += [_kept(row) for row in held.values() if _found_otherwise(row, content.stage)]
    return sorted(found, key=lambda one: (one.acknowledged, _ORDER[one.severity], one.check_id))


def one_live(document: SteeringDocument, token: UUID, *, day: date) -> Live:
    """The finding of a draft with this address; 404 when it is mended, or the letter is issued."""
    rows = [] if document.is_issued else live_findings(document, day=day, stage=Stage.ISSUE)
    found = next((row for row in rows if row.token == token), None)
    if found is None:
        raise NotFound(_("Funnet er rettet og finnes ikke lenger."))
    return found


def _on_record(document: SteeringDocument) -> QuerySet[Finding]:
    rows: QuerySet[Finding] = Finding.objects.filter(document=document).exclude(state=FindingState.RESOLVED)
    return rows.select_related("decided_by").order_by("-state", "id")


def _found_otherwise(row: Finding, stage: Stage) -> bool:
    """Open on record, by a rule that is not looked for at this stage, or by another act."""
    rule = REGISTRY.get(row.check_id)
    return row.state == FindingState.OPEN and (rule is None or not rule.runs_at(stage))


def _live(looked: holding.Looked, row: Finding | None) -> Live:
    found = looked.found
    stands = row is not None and holding.still_acknowledged(row, looked)
    return Live(
        check_id=found.check_id,
        severity=found.severity,
        sentence=found.sentence,
        place=found.place,
        item=UUID(found.item) if found.item else None,
        passage=UUID(found.passage) if found.passage else None,
        digest=looked.digest,
        token=token_of(found.key),
        reason=row.reason if row is not None and stands else "",
        by=str(row.decided_by or "") if row is not None and stands else "",
        before=said_before(row) if row is not None and not stands else "",
    )


def _kept(row: Finding) -> Live:
    return Live(
        row.check_id, row.severity, row.message, row.place, row.item, row.passage, row.content_digest,
        token_of(holding.key_of(row)),
    )  # fmt: skip


def show_one(document: SteeringDocument, row: Live, *, may_decide: bool, url: str = "") -> Shown:
    """One finding for the component."""
    action = links.remedy(row.check_id, document, row.item) if may_decide else None
    if may_decide and row.severity == Severity.WARNING.value:
        action = Action(_("Bekreft"), reverse("governance:draft_finding", args=[document.uuid, row.token]))
    return Shown(
        SEVERITY_CODES[row.severity],
        row.sentence,
        capital(row.place),
        action,
        url or links.page_of(row.check_id, row.item),
        rule_link(row.check_id),
    )
