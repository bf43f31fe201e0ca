"""What the fields of a row's form offer: the letter's own rows, departments of its day, bodies, documents."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from agencies.lineage import predecessors
from agencies.models import Department, Organisation
from governance.drafting.fields import CHILD_FIELDS, ROW_FIELDS
from governance.instructions import titled
from governance.items import ITEM_TYPES, Item, read_items
from governance.models import DocumentFamily, SteeringDocument

Choices = dict[str, list[tuple[str, str]]]
_ROWS = {"goal": "goal", "parent": "goal", "calendar_item": "calendar", "assignment_item": "assignment"}


def choices_for(document: SteeringDocument, key: str, day: date) -> Choices:
    """Choices by field name, only for the fields the form has. A fixed number of queries."""
    names = {*ROW_FIELDS[key], *(name for child in ITEM_TYPES[key].children for name in CHILD_FIELDS[child.key])}
    found: Choices = {}
    wanted = {_ROWS[name] for name in names if name in _ROWS}
    rows = read_items([document.pk], wanted) if wanted else []
    for name in names & set(_ROWS):
        found[name] = [(str(row.uuid), row.name[:90]) for row in rows if row.key == _ROWS[name] and not _told(row)]
    if "department" in names:
        departments = Department.objects.valid_on(document.document_date or day).filter(organisation=document.issuer)
        found["department"] = [(str(row.uuid), str(row)) for row in departments]
    if names & {"recipient", "financing_ministry"}:
        bodies = Organisation.objects.active_on(day).values_list("uuid", "name", "short_name")
        offered = [(str(uuid), f"{name} ({short})" if short else name) for uuid, name, short in bodies]
        found |= dict.fromkeys(names & {"recipient", "financing_ministry"}, offered)
    if names & {"replaced", "cited_document"}:
        found |= _documents(document, names)
    return found


def _told(row: Item) -> bool:
    """What the letter tells of an exempt assignment of an earlier letter: nothing is tied to it here."""
    return bool(row.data.get("restricted")) and row.data.get("change") != "new"


def _documents(document: SteeringDocument, names: set[str]) -> Choices:
    """Issued documents to the agency, and to the bodies it follows, so that one instruction may replace both (R-02)."""
    rows = SteeringDocument.objects.filter(recipient_id__in=predecessors(document.recipient), state="issued")
    rows = rows.exclude(pk=document.pk).select_related("kind").defer("canonical_text", "search")
    offered = [(str(row.uuid), titled(row), row.kind.family) for row in rows]
    instructions = [(uuid, title) for uuid, title, family in offered if family == DocumentFamily.INSTRUCTION]
    every = [(uuid, title) for uuid, title, _family in offered]
    return {name: instructions if name == "replaced" else every for name in names & {"replaced", "cited_document"}}


def words_for_add(key: str) -> str:
    """The button that adds a row of a type."""
    return _("Legg til %(what)s") % {"what": ITEM_TYPES[key].one}
