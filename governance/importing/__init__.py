"""The importer: a Norwegian allocation letter, supplement or instruction in, draft rows out.

Pure Python: no database, no Django models. What others call, and may rely on:

``extract(files) -> CanonicalText``
    Text of one letter from one or more :class:`SourceFile` (PDF, Word, OpenDocument, HTML,
    Markdown, plain text, zip). Raises ``core.errors.Unreadable`` with a stable code.
``read_letter(files, *, hints=None, progress=None) -> DraftLetter``
    The whole reading. ``progress(done, total)`` is called with counted steps.
``account(draft) -> Coverage``
    How every source line was accounted for (V-40).
``to_gold(draft) -> dict``
    The draft in the schema ``steering-gold/1`` (see docs/guides/importer.md).

The records are in :mod:`governance.importing.records`, their vocabularies in
:mod:`governance.importing.kinds`. Parsers of Norwegian dates, times, amounts and references
are in :mod:`governance.importing.values` and used by forms as well.
"""

from governance.importing.extraction.door import extract
from governance.importing.gold import to_gold
from governance.importing.letter import read_canonical, read_letter
from governance.importing.passages import account
from governance.importing.records import CanonicalText, Coverage, DraftLetter, Hints, SourceFile

__all__ = [
    "CanonicalText",
    "Coverage",
    "DraftLetter",
    "Hints",
    "SourceFile",
    "account",
    "extract",
    "read_canonical",
    "read_letter",
    "to_gold",
]
