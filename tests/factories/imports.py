"""Imports for tests, made through the same actions people use. The letter's prose is ours."""

from __future__ import annotations

from datetime import date, datetime

from core import jobs
from core.clock import OSLO
from governance.actions import import_details, import_rows, imports
from governance.models import DocumentImport, ImportRow, RowState, SteeringDocument
from tests.cast import Cast

READ_AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)

LETTER = """\
1. Innledning

Dette brevet gir rammene for Direktoratet for medisinske produkter for 2026, jf. hovedinstruks til
Direktoratet for medisinske produkter av 26. juni 2024. {marker}

3. Mål og oppdrag

3.1. Rask tilgang til medisinske produkter

3.1.1. Styringsparametere

• Søknader skal være ferdig behandlet innen 180 dager

3.1.2. Nøkkeltall

• Antall søknader som er behandlet

3.1.3. Oppdrag

TB2026-1 Avd. HOD: SHA Bedre veiledning

Direktoratet skal lage en plan for bedre veiledning av søkere.

Frist: 31. desember 2026

TB2026-2 Avd. HOD: FHA Ny metode

Direktoratet skal vurdere om en ny metode kan tas i bruk.

Frist: 15. januar 2026

TB2026-3 Avd. HOD: FHA Gjennomgang av regler

Direktoratet skal gå gjennom reglene og foreslå endringer.

Frist: 15. januar 2027

4. Budsjettildeling

(alle tall i 1 000 kroner)

Kap. Post Benevnelse Beløp
746 01 Driftsutgifter 458 591
3746 04 Registreringsgebyr 86 145
"""


def letter_bytes(marker: str = "") -> bytes:
    """The text of a small letter; the marker makes it another file."""
    return LETTER.format(marker=marker).encode()


def make_import(
    cast: Cast, *, by: str = "officer", data: bytes | None = None, name: str = "brev.txt"
) -> DocumentImport:
    """A letter dropped and read."""
    upload = imports.Upload(name, letter_bytes() if data is None else data)
    found = imports.start_import(uploads=[upload], actor=cast.actor(by), at=READ_AT)
    assert found.job is not None
    jobs.run(str(found.job.uuid))
    return fresh(found)


def fresh(found: DocumentImport) -> DocumentImport:
    """The import as it stands in the database."""
    return DocumentImport.objects.select_related("organisation", "agency", "job", "document").get(pk=found.pk)


def settle(cast: Cast, found: DocumentImport, *, by: str = "officer") -> None:
    """Accept what is unsure as it stands."""
    for row in ImportRow.objects.filter(document_import=found, state=RowState.UNSURE):
        import_rows.accept_row(document_import=found, row=row.uuid, actor=cast.actor(by), at=READ_AT)


def fill_in(cast: Cast, found: DocumentImport, *, by: str = "officer", **details: object) -> None:
    """What the body lacks."""
    values = {
        "kind": "allocation_letter",
        "agency": str(cast.org("DMP").uuid),
        "title": "Tildelingsbrev 2026",
        "year": 2026,
        "document_date": date(2025, 12, 22),
        "case_number": "25/4127",
        "signatories": [{"name": "Ragnhild Moen", "title": "ekspedisjonssjef", "by_authority": True}],
        **details,
    }
    import_details.set_details(document_import=found, details=values, actor=cast.actor(by), at=READ_AT)


def register(cast: Cast, found: DocumentImport, *, by: str = "officer") -> SteeringDocument:
    """Confirm."""
    return import_details.register_import(document_import=found, actor=cast.actor(by), at=READ_AT)
