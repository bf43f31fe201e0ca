"""The package an archive takes over: one file of metadata and the documents themselves (decision C7, domain 3.12).

The words in the metadata are those of the archive standard (Noark 5: journalpost, korrespondansepart, skjerming,
dokumentobjekt), so an archive can read it without a table of ours. We hand over; we are not the archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from agencies.models import Organisation
from core.actor import Actor
from core.canonical import sha256
from core.models import StoredFile
from governance.models import JournalEntry

Find = Callable[[JournalEntry, datetime], Iterable[StoredFile]]
Withheld = Callable[[JournalEntry, Actor, date], bool]
METADATA = "metadata.xml"
#: Zip files hold no zone and nothing before 1980; every entry has this moment, so equal content gives equal bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)
TYPES = {
    "I": "Inngående dokument",
    "U": "Utgående dokument",
    "N": "Organinternt dokument for oppfølging",
    "X": "Organinternt dokument uten oppfølging",
}

_FINDERS: dict[str, Find] = {}
_WITHHELD: dict[str, Withheld] = {}


def register_archive_files(subject_type: str, find: Find, withheld: Withheld | None = None) -> None:
    """Tell which files of a kind of thing the archive gets: the whole ones, also of what is exempt.

    ``withheld`` answers whether they hold something the actor may not read.
    """
    _FINDERS[subject_type] = find
    if withheld is not None:
        _WITHHELD[subject_type] = withheld


def is_withheld(entry: JournalEntry, actor: Actor, day: date) -> bool:
    """The package would give the actor what pages hold back from them."""
    check = _WITHHELD.get(entry.subject_type)
    return check is not None and check(entry, actor, day)


def files_for(entry: JournalEntry, at: datetime) -> list[StoredFile]:
    """The files of what was sent, main document first. Raises LookupError for a kind nobody has registered."""
    return list(_FINDERS[entry.subject_type](entry, at))


def registered() -> frozenset[str]:
    """The kinds of things that can be packed; a test holds them against what is journalled."""
    return frozenset(_FINDERS)


@dataclass(frozen=True)
class Content:
    """One file of the package: what it is called there, its bytes and media type."""

    name: str
    data: bytes
    content_type: str


def package(entry: JournalEntry, contents: Sequence[Content]) -> bytes:
    """The zip file. The same entry and files give the same bytes."""
    named = _distinct(contents)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [(METADATA, metadata(entry, named)), *((row.name, row.data) for row in named)]:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _distinct(contents: Sequence[Content]) -> list[Content]:
    """Each under ``dokumenter/`` with its place in front, so that two files of one name are both there."""
    return [
        Content(f"dokumenter/{number:02d}-{PurePosixPath(row.name).name[-150:]}", row.data, row.content_type)
        for number, row in enumerate(contents, 1)
    ]


def metadata(entry: JournalEntry, contents: Sequence[Content]) -> bytes:
    """The metadata as XML. What is empty is left out, never written as a blank."""
    root = Element("journalpost")
    _add(root, "systemID", str(entry.uuid))
    if entry.case_number:
        _add(SubElement(root, "saksmappe"), "mappeID", entry.case_number)
    _add(root, "journalpostnummer", entry.document_number)
    _add(root, "journalposttype", TYPES[entry.direction])
    _add(root, "tittel", entry.title)
    _add(root, "offentligTittel", entry.public_title)
    _add(root, "dokumentetsDato", entry.document_date.isoformat())
    outgoing = entry.direction == JournalEntry.Direction.OUTGOING
    own, other = ("Avsender", "Mottaker") if outgoing else ("Mottaker", "Avsender")
    _party(root, own, entry.organisation)
    _party(root, other, entry.counterpart)
    if entry.access_code:
        screened = SubElement(root, "skjerming")
        _add(screened, "tilgangsrestriksjon", entry.access_code)
        _add(screened, "skjermingshjemmel", entry.access_basis)
        if entry.access_proposed_by is not None:
            _add(screened, "foreslåttAv", str(entry.access_proposed_by))
        if entry.access_proposed_at is not None:
            _add(screened, "foreslåttDato", entry.access_proposed_at.isoformat())
    if entry.sha256:
        _add(root, "sjekksumForInnholdet", entry.sha256)
    for number, row in enumerate(contents, 1):
        described = SubElement(root, "dokumentbeskrivelse")
        _add(described, "tilknyttetRegistreringSom", "Hoveddokument" if number == 1 else "Vedlegg")
        _add(described, "dokumentnummer", str(number))
        stored = SubElement(described, "dokumentobjekt")
        _add(stored, "variantformat", "Arkivformat" if row.content_type == "application/pdf" else "Produksjonsformat")
        _add(stored, "format", row.content_type)
        _add(stored, "referanseDokumentfil", row.name)
        _add(stored, "sjekksum", sha256(row.data))
        _add(stored, "sjekksumAlgoritme", "SHA-256")
        _add(stored, "filstoerrelse", str(len(row.data)))
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _party(root: Element, role: str, body: Organisation) -> None:
    party = SubElement(root, "korrespondansepart")
    _add(party, "korrespondanseparttype", role)
    _add(party, "korrespondansepartNavn", body.name)
    _add(party, "organisasjonsnummer", body.number or "")


def _add(parent: Element, name: str, value: str) -> None:
    if value:
        SubElement(parent, name).text = value
