"""When an acknowledgement still stands: only as long as what was acknowledged is what is there (issue 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from core.canonical import canonical_json, sha256
from governance.checks.content import Content
from governance.checks.registry import Found, run
from governance.models import Finding, FindingState, Severity

_RISING = (Severity.INFORMATION.value, Severity.WARNING.value, Severity.STOPS.value)


@dataclass(frozen=True)
class Looked:
    """What a check found, with the checksum of what it is about: its sentence, and the row or passage."""

    found: Found
    digest: str


def look(content: Content) -> Iterator[Looked]:
    """What the checks find, in the language of record: the checksum is the same whoever looks."""
    with translation.override(settings.LANGUAGE_CODE):
        found = run(content)
    rows = {row.uuid: row.data for row in (*content.rows, *content.rules)}
    words = {passage.uuid: passage.text for passage in content.around.words}
    for one in found:
        about = {"rule": one.check_id, "sentence": one.sentence, "row": rows.get(one.item or "") or {}}
        yield Looked(one, sha256(canonical_json(about | {"passage": words.get(one.passage or "", "")})))


def key_of(row: Finding) -> tuple[str, str, str, str]:
    """What makes a finding on record the same as one that is found now."""
    return (row.check_id, str(row.item or ""), str(row.passage or ""), row.place)


def still_acknowledged(row: Finding, looked: Looked) -> bool:
    """A person has said why it stands, and since then neither the content has changed nor the severity risen.

    A finding from before checksums were kept has none, and is held to its severity alone.
    """
    if row.state != FindingState.ACKNOWLEDGED:
        return False
    unchanged = not row.content_digest or row.content_digest == looked.digest
    return unchanged and _RISING.index(looked.found.severity) <= _RISING.index(row.severity)
