"""What stands beside a row at review: what the checks found in it, and what somebody else has just done with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.visuals.parts import Action, Finding
from governance.models import DocumentImport, FindingState, ImportAct, ImportRow, Severity
from governance.models import Finding as FindingRow
from governance.selectors.findings import in_order, shown


def findings_beside(found: DocumentImport, rows: Sequence[ImportRow]) -> tuple[dict[str, list[Finding]], int]:
    """(what the checks found, by row; how many findings are open). One query.

    A finding about a passage stands beside the rows that rest on the passage.
    """
    open_ = in_order(FindingRow.objects.filter(document_import=found, state=FindingState.OPEN))
    resting: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        for ordinal in row.passages:
            resting[ordinal].append(str(row.uuid))
    places = {str(passage["uuid"]): resting[passage["ordinal"]] for passage in found.passages}
    beside: dict[str, list[Finding]] = defaultdict(list)
    for finding in open_:
        action = None
        if finding.severity == Severity.WARNING:
            action = Action(_("Bekreft"), reverse("governance:finding", args=[finding.uuid]))
        homes = [str(finding.item)] if finding.item else []
        homes += places.get(str(finding.item or ""), []) + places.get(str(finding.passage or ""), [])
        for home in dict.fromkeys(homes):
            beside[home].append(shown(finding, action=action))
    return dict(beside), len(open_)


def theirs(row: ImportRow, labels: Mapping[str, Any]) -> str:
    """Who changed the row while one wrote, when, and what it says now. ``labels``: field → its words on the form."""
    act = (
        ImportAct.objects.filter(document_import_id=row.document_import_id, after__has_key=str(row.uuid))
        .select_related("done_by")
        .order_by("-id")
        .first()
    )
    if act is None:
        return ""
    before = act.before.get(str(row.uuid), {}).get("data", {})
    said = [
        _("%(field)s er nå «%(value)s»") % {"field": label, "value": row.data[name]}
        for name, label in labels.items()
        if isinstance(row.data.get(name), str) and row.data[name] != before.get(name)
    ]
    words = _("%(who)s endret raden %(at)s.") % {"who": act.done_by, "at": formatting.moment(act.done_at)}
    changed = f" {'. '.join(said)}." if said else ""
    return f"{words}{changed} " + _("Det du skrev, står i feltene. Lagrer du igjen, er det ditt som gjelder.")
