"""Document kinds, as data."""

from core import reference
from governance.models import DocumentKind


def load_reference() -> int:
    """Kinds of documents, from fixtures/reference."""
    return reference.upsert(DocumentKind, reference.read("reference/document_kinds.json"))
