"""Findings as pages show them, and the page of open findings in one's portfolio."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Finding, Link
from governance.checks import instructions
from governance.checks.catalogue import known_anchors
from governance.models import DocumentImport, DocumentState, FindingState, ImportRow, Severity, SteeringDocument
from governance.models import Finding as FindingRow

#: severity → the word the components know
SEVERITY_CODES = {
    Severity.STOPS.value: "stop",
    Severity.WARNING.value: "warning",
    Severity.INFORMATION.value: "info",
}
_ORDER = {Severity.STOPS.value: 0, Severity.WARNING.value: 1, Severity.INFORMATION.value: 2}


def in_order(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Those that stop first."""
    return sorted(rows, key=lambda row: (_ORDER[row.severity], row.pk))


def import_findings(found: DocumentImport) -> list[Finding]:
    """Open findings of an import, each with the way to its row."""
    rows = FindingRow.objects.filter(document_import=found, state=FindingState.OPEN)
    live = {str(uuid) for uuid in ImportRow.objects.filter(document_import=found).values_list("uuid", flat=True)}
    review = reverse("governance:import_review", args=[found.uuid])
    made = []
    for row in in_order(rows):
        item = str(row.item or "")
        url = f"{review}?rad={item}#rad-{item}" if item in live else ""
        made.append(shown(row, url, _action(row, found.organisation_id)))
    return made


def _action(row: FindingRow, _organisation: int) -> Action | None:
    if asks_for_instruction(row):
        return Action(_("Registrer instruksen"), f"{reverse('governance:instruction_new')}?funn={row.uuid}")
    if row.severity == Severity.WARNING:
        return Action(_("Bekreft"), reverse("governance:finding", args=[row.uuid]))
    return None


def asks_for_instruction(row: FindingRow) -> bool:
    """The finding is that an instruction is missing: the way on is its register entry."""
    return row.check_id == "V-02" and instructions.REGISTER_IT in row.message


def shown(row: FindingRow, url: str = "", action: Action | None = None) -> Finding:
    """One finding for the component."""
    return Finding(SEVERITY_CODES[row.severity], row.message, capital(row.place), action, url, rule_link(row.check_id))


def rule_link(check_id: str) -> Link | None:
    """The rule a finding comes from, in the list of rules; None when another act found it."""
    if check_id not in known_anchors():
        return None
    return Link(_("regel %(id)s") % {"id": check_id}, f"{reverse('governance:rules')}#{check_id}")


def said_before(row: FindingRow) -> str:
    """What a person said of a finding before its content changed; empty when nobody has.

    The caller asks only of one that is open now, whatever the record says so far.
    """
    if row.state == FindingState.RESOLVED or row.decided_at is None:
        return ""
    words = {"name": row.decided_by, "at": formatting.moment(row.decided_at), "reason": row.reason}
    return _("Bekreftet av %(name)s %(at)s: «%(reason)s» Innholdet er endret siden.") % words


def capital(text: str) -> str:
    """The first letter large, the rest as it stands."""
    return text[:1].upper() + text[1:]


def open_findings(actor: Actor, day: date) -> QuerySet[FindingRow]:
    """What is open in the documents and imports one is responsible for; information needs no act."""
    seen: QuerySet[FindingRow] = FindingRow.objects.visible_to(actor, day)
    return (
        seen.filter(state=FindingState.OPEN)
        .exclude(severity=Severity.INFORMATION)
        .exclude(document__state=DocumentState.DISCARDED)
        .exclude(document__isnull=True, document_import__state__in=("discarded", "refused"))
    )


def document_findings(document: SteeringDocument, actor: Actor, day: date) -> list[FindingRow]:
    """Open and acknowledged findings of a document that the actor may see, those that stop first."""
    rows = FindingRow.objects.visible_to(actor, day).filter(document=document).exclude(state=FindingState.RESOLVED)
    return in_order(rows.select_related("decided_by"))


def cited_date(finding: FindingRow) -> date | None:
    """The date of the instruction a finding says is missing."""
    from governance.models import Citation

    if finding.document is not None:
        dates = Citation.objects.filter(document=finding.document, kind="instruction").values_list(
            "cited_date", flat=True
        )
        known = [day for day in dates if day is not None]
    else:
        facts = finding.document_import.facts if finding.document_import else {}
        rows = [row for row in facts.get("citations") or () if row.get("kind") == "instruction" and row.get("date")]
        known = [date.fromisoformat(str(row["date"])[:10]) for row in rows]
    return next((day for day in known if formatting.full_date(day) in finding.message), None)
