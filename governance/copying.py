"""Who gets a copy: the effective rule is statute + instruction in force + the letters of the year (R-20 to R-25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import valid_on
from governance.instructions import instruction_in_force
from governance.models import CopyRule, CorrespondenceType, DocumentFamily, StatutoryCopy, SteeringDocument

_DOCUMENTS = (CorrespondenceType.INSTRUCTION, CorrespondenceType.LETTER, CorrespondenceType.SUPPLEMENT)


@dataclass(frozen=True)
class CopyTo:
    """One copy recipient with the rule it rests on, and whether it goes in the same act."""

    organisation: Organisation
    simultaneous: bool
    basis: str


def _covering(correspondence: str) -> list[str]:
    codes = [correspondence, CorrespondenceType.ALL.value]
    if correspondence in _DOCUMENTS:
        codes.append(CorrespondenceType.DOCUMENT.value)
    return codes


def effective_copies(
    *, agency: Organisation, correspondence: str, day: date, document: SteeringDocument | None = None
) -> list[CopyTo]:
    """Copy recipients for one kind of correspondence in an agency's dialogue, each organisation once.

    ``document`` is the one being issued: its own copy rules count too. Simultaneous wins where two rules differ.
    """
    sources = SteeringDocument.objects.in_force(day).filter(
        Q(kind__family=DocumentFamily.INSTRUCTION) | Q(year=day.year) | Q(year=day.year - 1), recipient=agency
    )
    instruction = instruction_in_force(agency, day)
    letters = sources.exclude(kind__family=DocumentFamily.INSTRUCTION)
    documents = [pk for pk in (instruction.pk if instruction else None, document.pk if document else None) if pk]
    rules = (
        CopyRule.objects.filter(
            Q(document_id__in=documents) | Q(document__in=letters), correspondence__in=_covering(correspondence)
        )
        .select_related("recipient", "document")
        .order_by("-simultaneous", "id")
    )
    found: dict[int, CopyTo] = {}
    for rule in rules:
        place = _("%(title)s, punkt %(section)s") if rule.section else _("%(title)s")
        basis = place % {"title": rule.document.title, "section": rule.section}
        found.setdefault(rule.recipient.pk, CopyTo(rule.recipient, rule.simultaneous, basis))
    statutory = StatutoryCopy.objects.filter(valid_on(day), correspondence__in=_covering(correspondence))
    for row in statutory:
        for organisation in Organisation.objects.active_on(day).filter(kind_id=row.recipient_kind_id):
            found.setdefault(organisation.pk, CopyTo(organisation, True, row.basis))
    return list(found.values())


def correspondence_of(document: SteeringDocument) -> str:
    """The kind of correspondence a document is, for the copy rules."""
    match document.kind.family:
        case DocumentFamily.INSTRUCTION:
            return CorrespondenceType.INSTRUCTION.value
        case DocumentFamily.SUPPLEMENT:
            return CorrespondenceType.SUPPLEMENT.value
    return CorrespondenceType.LETTER.value
