"""Document kinds and the copies the regulation requires, as data."""

from datetime import date

from agencies.models import OrganisationKind
from core import reference
from governance.models import DocumentKind, StatutoryCopy


def load_reference() -> int:
    """Kinds of documents and statutory copies, from fixtures/reference."""
    count = reference.upsert(DocumentKind, reference.read("reference/document_kinds.json"))
    for row in reference.read("reference/statutory_copies.json"):
        StatutoryCopy.objects.get_or_create(
            correspondence=row["correspondence"],
            recipient_kind=OrganisationKind.objects.get(code=row["recipient_kind"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={"basis": row["basis"]},
        )
        count += 1
    return count
