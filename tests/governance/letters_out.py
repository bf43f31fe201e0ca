"""Letters for the tests of documents out: real ones through the importer, and one of ours with every kind of row."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pypdf

from governance.content import ContentWriter
from governance.models import (
    Authorisation,
    BudgetLine,
    BudgetLineKind,
    BudgetSplit,
    CalendarItem,
    Citation,
    CommonDirective,
    CopyRule,
    DeliveryItem,
    Goal,
    ImportRow,
    KeyFigure,
    LockRule,
    MeetingRule,
    NoticeDuty,
    Passage,
    PassageKind,
    PromisedEnclosure,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
    Target,
)
from tests.cast import Cast
from tests.factories.documents import write_assignment
from tests.governance.test_import_seeds import bring_in, register, settle

NOT_LETTERS = ("README", "as-found")
PLAIN = str.maketrans({"\u00a0": " ", "\u00ad": "", "\u2060": ""})


def words_in(data: bytes) -> str:
    """All text of a PDF with ordinary spaces."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.translate(PLAIN).split())


def real_letters(shared: Path) -> list[Path]:
    """Every letter and fragment in the folder of real documents."""
    found = [*(shared / "seeds").glob("*.txt"), *(shared / "letters").glob("*.txt")]
    found += (shared / "letters" / "fragments").glob("*.txt")
    return sorted(path for path in found if not path.name.startswith(NOT_LETTERS))


def import_letter(cast: Cast, path: Path) -> SteeringDocument:
    """Bring a letter in the whole way. What the text lacks of head is filled in."""
    found = bring_in(cast, path)
    for row in ImportRow.objects.filter(document_import=found, kind="assignment", data__exempt=True):
        ImportRow.objects.filter(pk=row.pk).update(data={**row.data, "exempt_basis": "offl. § 15"})
    settle(cast, found)
    day = date(2025, 1, 2) + timedelta(days=SteeringDocument.objects.count())  # no two instructions on one day
    kind = "instruction" if "instruks" in path.name else "supplement" if "supplerende" in path.name else ""
    details = {
        "kind": kind or "allocation_letter",
        "agency": str(cast.org("DMP").uuid),
        "title": f"Brevet {path.stem}"[:100],
        "year": 2025,
        "document_date": day,
        "effective_on": day,
    }
    document = register(cast, found, **details)
    return SteeringDocument.objects.for_detail().get(pk=document.pk)


def write_everything(writer: ContentWriter, cast: Cast) -> None:
    """Every type of row with every kind of value, resting on words and not, as drafts and issued letters have them."""
    dmp = cast.org("DMP")
    _chapter(writer, "1", "Innledning")
    writer.passage("Dette brevet gir rammene for 2026, jf. Prop. 1 S (2025–2026).")
    writer.passage(
        "Departementet viser til meldingen og ber om at den følges.",
        rich="<p>Departementet viser til <strong>meldingen</strong> og ber om at den følges.</p>",
    )
    writer.passage("Fellesskap og meistring – Bu trygt heime", language="nn")
    _chapter(writer, "3", "Mål og oppdrag")
    head = writer.passage("3.1 Rask tilgang", heading_level=2, section_number="3.1")
    goal = writer.add(Goal, passages=[head], reference="3.1", title="Rask tilgang", body="", contributes_to=["1", "4"])
    parameter = writer.add(
        SteeringParameter, passages=[_row(writer, "Saksbehandlingstid innen 180 dager")], goal=goal, reference="1",
        title="Saksbehandlingstid innen 180 dager", kind="quantitative", unit="dager", direction="down",
    )  # fmt: skip
    writer.add(
        Target, parameter=parameter, value=Decimal(180), baseline=Decimal("192.5"), unit="dager", text="180 dager"
    )
    figure = _row(writer, "Antall saker")
    writer.add(
        KeyFigure, passages=[figure], goal=goal, reference="1", title="Antall saker", unit="saker",
        dimensions=["sakstype", "måned"], measures=["antall", "andel"],
    )  # fmt: skip
    write_assignment(
        writer, cast, "TB2026-1", "Forsterke veiledning", goal=goal, recipients=["Helsedirektoratet"],
        deadlines=[("1. juni 2026", date(2026, 6, 1)), ("31. desember 2026", date(2026, 12, 31))],
    )  # fmt: skip
    third = write_assignment(writer, cast, "TB2026-3", "Ny ordning for lager", deadlines=[("avtales i dialog", None)])
    DeliveryItem.objects.filter(assignment_item=third).update(part="bokstav c", anchor="3c", tentative=True)
    _chapter(writer, "4", "Budsjettildeling")
    line = writer.add(
        BudgetLine, passages=[_row(writer, "717.70 Tilskudd 64 462")], chapter=717, post=70, name="Tilskudd",
        amount=64_462_000, amount_as_written="64 462", unit_as_written="i 1 000 kroner", comment="Se fordelingen.",
        financing_ministry=cast.org("NFD"), transferable=True, assignment_item=third, anchor="3c",
    )  # fmt: skip
    writer.add(BudgetSplit, line=line, label="Apotek", amount=7_600_000)
    writer.add(BudgetSplit, line=line, label="Øremerket Relis", amount=51_200_500, kind="earmark")
    writer.add(
        BudgetLine, chapter=3746, post=4, name="Registreringsgebyr", kind=BudgetLineKind.INCOME, amount=86_145_000,
        continues=line, unclear=True, unclear_reason="Kan være med i linjen over.",
    )  # fmt: skip
    _chapter(writer, "5", "Styring og kontroll")
    prose = writer.passage("Direktoratet skal vurdere produktiviteten i årsrapporten.")
    writer.add(
        ReportingRequirement, passages=[prose], reference="RK15", title="Vurdering av produktiviteten",
        text=prose.text, when="annual_report", due=date(2027, 3, 15), copy_to_auditor=True, section="5",
    )  # fmt: skip
    writer.add(
        CommonDirective, passages=[_row(writer, "Klima og natur")], title="Klima og natur",
        text="Virksomheten skal\tkutte utslipp.", circular="D-2/25", year=2026,
    )  # fmt: skip
    writer.add(Citation, passages=[prose], kind="proposition", text="Prop. 1 S (2025–2026)")
    writer.add(CopyRule, correspondence="annual_report", recipient=cast.org("RR"), simultaneous=True, section="5")
    writer.add(MeetingRule, kind="governance", minimum=2, text="Minst to møter i året.", section="6.2")
    writer.add(NoticeDuty, title="Vesentlige avvik", text="Varsles straks.", timing="immediate", section="6")
    writer.add(
        LockRule, correspondence="annual_report", exception="Etter avtale", decider="signer", text="Endres ikke.",
        section="6",
    )  # fmt: skip
    _chapter(writer, "", "Vedlegg I Styringskalender", level=1)
    meeting = writer.add(
        CalendarItem, passages=[_row(writer, "21. april Etatsstyringsmøte")], kind="meeting", date=date(2026, 4, 21),
        date_text="21. april", time=time(9, 0), end_time=time(11, 0), place="Hos direktoratet",
        title="Etatsstyringsmøte",
    )  # fmt: skip
    writer.add(
        CalendarItem, passages=[_row(writer, "15. mars Årsrapport")], date=date(2026, 3, 15), date_text="15. mars",
        title="Årsrapport 2025", note="Med regnskap", budget_year=2025,
    )  # fmt: skip
    writer.add(ReportingRequirement, reference="RK01", title="Møtepapirer", when="date", calendar_item=meeting)
    _chapter(writer, "", "Vedlegg II Fullmakter", level=1)
    writer.add(
        Authorisation, passages=[_row(writer, "Merinntektsfullmakt")], title="Merinntektsfullmakt",
        text="Kan overskride bevilgningen.", limit=30_000_000, valid_to=date(2026, 12, 31), bodies=[dmp.name],
        expense_posts=["746.01", "746.21"], income_posts=["3746.04"],
    )  # fmt: skip
    writer.add(PromisedEnclosure, title="Fordeling av tilskudd", note="Sendes i januar.", expected_on=date(2026, 1, 31))


def _chapter(writer: ContentWriter, number: str, title: str, *, level: int = 1) -> Passage:
    return writer.passage(f"{number} {title}".strip(), heading_level=level, section_number=number)


def _row(writer: ContentWriter, text: str) -> Passage:
    return writer.passage(text, kind=PassageKind.STRUCTURED)
