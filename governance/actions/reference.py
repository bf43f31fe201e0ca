"""Document kinds, chapters, the directives of each year, required copies and shares of each written norm, as data."""

from datetime import date

from agencies.models import OrganisationKind
from core import reference
from governance.models import (
    ChapterTemplate,
    DirectiveEdition,
    DocumentKind,
    RetentionClass,
    StatutoryCopy,
    WrittenNormRule,
)


def load_reference() -> int:
    """Kinds of documents, chapters, directives and statutory copies, from fixtures/reference. Safe to run again."""
    count = reference.upsert(DocumentKind, reference.read("reference/document_kinds.json"))
    for row in reference.read("reference/statutory_copies.json"):
        StatutoryCopy.objects.get_or_create(
            correspondence=row["correspondence"],
            recipient_kind=OrganisationKind.objects.get(code=row["recipient_kind"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={"basis": row["basis"]},
        )
        count += 1
    return count + _chapters() + _directives() + _retention() + _written_norms()


def _written_norms() -> int:
    """The least share of each written norm, by the law of its time."""
    rows = reference.read("reference/written_norms.json")
    for row in rows:
        values = {"share": row["share"], "basis": row["basis"]}
        values["valid_to"] = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        WrittenNormRule.objects.update_or_create(valid_from=date.fromisoformat(row["valid_from"]), defaults=values)
    return len(rows)


def _chapters() -> int:
    """The common chapters of each kind, in the order of the file."""
    kinds = {kind.code: kind for kind in DocumentKind.objects.all()}
    rows = reference.read("reference/chapters.json")
    for ordinal, row in enumerate(rows, start=1):
        values = {name: value for name, value in row.items() if name not in ("kind", "code", "valid_from")}
        ChapterTemplate.objects.update_or_create(
            kind=kinds[row["kind"]],
            organisation=None,
            code=row["code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={**values, "ordinal": ordinal},
        )
    return len(rows)


def _directives() -> int:
    """Every edition stays as it was: a letter points at the one it carries."""
    rows = reference.read("reference/directives.json")
    for row in rows:
        values = {name: value for name, value in row.items() if name not in ("code", "circular", "year", "valid_from")}
        values["valid_from"] = date.fromisoformat(row["valid_from"])
        DirectiveEdition.objects.get_or_create(
            code=row["code"], circular=row["circular"], year=row["year"], defaults=values
        )
    return len(rows)


def _retention() -> int:
    """Retention classes as delivered; what an organisation has changed since, by a later first day, stays."""
    rows = reference.read("reference/retention_classes.json")
    for row in rows:
        values = {name: row[name] for name in ("name", "days", "basis")}
        RetentionClass.objects.get_or_create(
            material=row["material"], valid_from=date.fromisoformat(row["valid_from"]), defaults=values
        )
    return len(rows)
