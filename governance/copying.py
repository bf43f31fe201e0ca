"""Who gets a copy: the effective rule is statute + instruction in force + the letters of the year (R-20 to R-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import valid_on
from governance.instructions import instruction_in_force
from governance.models import (
    Change,
    ChangeKind,
    CopyRule,
    CorrespondenceType,
    DocumentFamily,
    DocumentState,
    StatutoryCopy,
    SteeringDocument,
)

_DOCUMENTS = (CorrespondenceType.INSTRUCTION, CorrespondenceType.LETTER, CorrespondenceType.SUPPLEMENT)
#: Not part of «all korrespondanse»: each needs a rule of its own, decided by the one who signed it (decision C6).
OWN_RULE_ONLY = (CorrespondenceType.BUDGET_INPUT, CorrespondenceType.AUDIT)
#: The kinds that are sent, in the order a reader meets them; the two others are words for several of these.
KINDS = tuple(kind for kind in CorrespondenceType if kind not in (CorrespondenceType.DOCUMENT, CorrespondenceType.ALL))


@dataclass(frozen=True)
class CopyTo:
    """One copy recipient with the rule it rests on, and whether it goes in the same act.

    ``document`` is the instruction or letter with the rule; None when the regulation itself is the rule.
    """

    organisation: Organisation
    simultaneous: bool
    basis: str
    document: SteeringDocument | None = None
    section: str = ""


@dataclass(frozen=True)
class _Rule:
    covers: str
    copy: CopyTo


def covering(correspondence: str) -> set[str]:
    """The kinds of rule that cover a kind of correspondence: its own, all, and documents for documents."""
    codes = {str(correspondence)}
    if correspondence not in OWN_RULE_ONLY:
        codes.add(CorrespondenceType.ALL.value)
    if correspondence in _DOCUMENTS:
        codes.add(CorrespondenceType.DOCUMENT.value)
    return codes


def effective_copies(
    *, agency: Organisation, correspondence: str, day: date, document: SteeringDocument | None = None
) -> list[CopyTo]:
    """Copy recipients for one kind of correspondence in an agency's dialogue, each organisation once.

    ``document`` is the one being issued: its own copy rules count too. Simultaneous wins where two rules differ.
    """
    return _of_kind(_rules(agency, day, document), correspondence)


def copy_matrix(
    *, agency: Organisation, day: date, document: SteeringDocument | None = None
) -> dict[str, list[CopyTo]]:
    """The effective rule for every kind of correspondence on a day. The same few queries however many kinds."""
    rules = _rules(agency, day, document)
    return {kind.value: _of_kind(rules, kind.value) for kind in KINDS}


def _of_kind(rules: Sequence[_Rule], correspondence: str) -> list[CopyTo]:
    codes, found = covering(correspondence), dict[int, CopyTo]()
    for rule in rules:
        if rule.covers in codes:
            found.setdefault(rule.copy.organisation.pk, rule.copy)
    return list(found.values())


def _rules(agency: Organisation, day: date, document: SteeringDocument | None) -> list[_Rule]:
    """Rules of documents before those of the regulation, simultaneous ones first: the first one met is shown."""
    return [*_document_rules(agency, day, document), *_statutory_rules(day)]


def _document_rules(agency: Organisation, day: date, document: SteeringDocument | None) -> list[_Rule]:
    in_force = SteeringDocument.objects.in_force(day)
    letters = in_force.filter(Q(year=day.year) | Q(year=day.year - 1), recipient=agency).exclude(
        kind__family=DocumentFamily.INSTRUCTION
    )
    instruction = instruction_in_force(agency, day)
    documents = [pk for pk in (instruction.pk if instruction else None, document.pk if document else None) if pk]
    changed = Change.objects.filter(
        document__in=in_force.filter(recipient=agency),
        document__state=DocumentState.ISSUED,
        kind__in=(ChangeKind.WITHDRAW, ChangeKind.REPLACE),
    ).filter(Q(effective_on__isnull=True) | Q(effective_on__lte=day))
    rows = (
        CopyRule.objects.filter(Q(document_id__in=documents) | Q(document__in=letters.order_by()))
        .exclude(uuid__in=changed.filter(target__isnull=False).order_by().values("target"))
        .select_related("recipient", "document")
        .order_by("-simultaneous", "id")
    )
    return [
        _Rule(row.correspondence, CopyTo(row.recipient, row.simultaneous, _basis_of(row), row.document, row.section))
        for row in rows
    ]


def _basis_of(rule: CopyRule) -> str:
    place = _("%(title)s, punkt %(section)s") if rule.section else _("%(title)s")
    return place % {"title": rule.document.title, "section": rule.section}


def _statutory_rules(day: date) -> list[_Rule]:
    rows = list(StatutoryCopy.objects.filter(valid_on(day)).order_by("id"))
    kinds = {row.recipient_kind_id for row in rows}
    bodies = list(Organisation.objects.active_on(day).filter(kind_id__in=kinds).order_by("name")) if kinds else []
    return [
        _Rule(row.correspondence, CopyTo(body, True, row.basis))
        for row in rows
        for body in bodies
        if body.kind_id == row.recipient_kind_id
    ]


def missing_by_statute(*, correspondence: str, day: date, copies: Sequence[CopyTo]) -> list[str]:
    """Kinds of bodies the regulation demands a copy to, and that nobody on the list is (V-13). In bokmål."""
    rows = StatutoryCopy.objects.filter(valid_on(day), correspondence__in=covering(correspondence))
    present = {row.organisation.kind_id for row in copies}
    return [
        _("%(kind)s, jf. %(basis)s") % {"kind": row.recipient_kind.name_nb, "basis": row.basis}
        for row in rows.select_related("recipient_kind")
        if row.recipient_kind_id not in present
    ]


def correspondence_of(document: SteeringDocument) -> str:
    """The kind of correspondence a document is, for the copy rules."""
    match document.kind.family:
        case DocumentFamily.INSTRUCTION:
            return CorrespondenceType.INSTRUCTION.value
        case DocumentFamily.SUPPLEMENT:
            return CorrespondenceType.SUPPLEMENT.value
    return CorrespondenceType.LETTER.value
