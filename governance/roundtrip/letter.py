"""The value a letter is while it is outside the system: plain JSON values in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.canonical import canonical_json, sha256

SCHEMA = "styringsdialog/letter/1"
FAMILY, VERSION = SCHEMA.rsplit("/", 1)

Row = Mapping[str, Any]

#: The head fields an edited file may change; the rest say which letter the file is.
EDITABLE_HEAD = ("title", "public_title", "case_number", "addressee", "place", "legal_basis")
#: What stands in the head without being content: it differs between two exports of the same words.
CIRCUMSTANCES = frozenset({"state", "sha256"})

_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def normalised(text: str) -> str:
    """Words as they are compared and written: NFC, ``\\n`` for line ends, nothing a file format cannot hold."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub("", text)


def normalised_passage(passage: Row) -> dict[str, Any]:
    """A passage with its words normalised."""
    return {**passage, "text": normalised(passage["text"]), "rich": normalised(passage["rich"])}


def digest(row: Row) -> str:
    """A short fingerprint of a row's or passage's content: says whether it was touched since the export."""
    return sha256(canonical_json(row))[:32]


@dataclass(frozen=True)
class Letter:
    """A whole letter. Rows are mappings of JSON values in the shape of docs/api/letter.schema.json.

    ``exported`` remembers what the draft was when the file was made: its version, and a fingerprint for each row, so
    that what the file's reader changed and what was changed in the draft meanwhile can be told apart.
    """

    head: Row
    passages: Sequence[Row]
    items: Sequence[Row]
    changes: Sequence[Row] = ()
    signatories: Sequence[Row] = ()
    exported: Row = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """What two equal letters have in common."""
        return {
            "letter": {name: value for name, value in self.head.items() if name not in CIRCUMSTANCES},
            "passages": [normalised_passage(row) for row in self.passages],
            "items": [dict(row) for row in self.items],
            "changes": [dict(row) for row in self.changes],
            "signatories": [dict(row) for row in self.signatories],
        }

    def canonical(self) -> bytes:
        """The byte sequence two equal letters share (F3)."""
        return canonical_json(self.content())

    def fingerprints(self) -> dict[str, str]:
        """Permanent id → fingerprint, for every row and passage that is not withheld."""
        found = {row["uuid"]: digest(row) for row in self.items if not row.get("withheld")}
        found |= {row["uuid"]: digest(normalised_passage(row)) for row in self.passages if not row.get("withheld")}
        return found | {str(self.head["uuid"]): digest(self.editable_head())}

    def editable_head(self) -> dict[str, Any]:
        """The head fields a returned file may change."""
        return {name: self.head[name] for name in EDITABLE_HEAD}

    def as_json(self) -> dict[str, Any]:
        """The JSON document, ready to be written."""
        return {
            "schema": SCHEMA,
            "letter": dict(self.head),
            "passages": [dict(row) for row in self.passages],
            "items": [dict(row) for row in self.items],
            "changes": [dict(row) for row in self.changes],
            "signatories": [dict(row) for row in self.signatories],
            "exported": dict(self.exported),
        }
