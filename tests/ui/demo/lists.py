"""Oppdrag (picture 04)."""

from datetime import date
from typing import Any

from django import forms

from assignments.contexts import AssignmentGroup, AssignmentList, AssignmentRow
from core.visuals.deadlines import DeadlineFace, deadline_face
from core.visuals.meter import Meter, delivery_meter
from core.visuals.parts import Action, Column, Link, PageHead, Tag

TODAY = date(2026, 5, 28)


class Filter(forms.Form):
    """The filter of the list."""

    q = forms.CharField(label="Søk i tittel, tekst og svar", required=False)
    agency = forms.ChoiceField(label="Virksomhet", choices=[("", "DMP og Hdir"), ("1", "DMP")], required=False)
    year = forms.ChoiceField(label="Brevår", choices=[("", "2026 og videreførte")], required=False)
    department = forms.ChoiceField(label="Avdeling", choices=[("", "Alle"), ("SHA", "SHA")], required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Åpne"), ("alle", "Alle")], required=False)
    due = forms.ChoiceField(label="Gjeldende frist", choices=[("", "Når som helst")], required=False)


def _meter(done: int, total: int, late: int = 0) -> Meter:
    return delivery_meter(delivered=done, total=total, late=late, short=True)


def row(
    number: str, title: str, org: str, dep: str, status: str, due: date | DeadlineFace, **more: Any
) -> AssignmentRow:
    """One row."""
    letter = more.pop("letter", "")
    delivered = more.pop("delivered", None)
    if isinstance(due, date):
        due = deadline_face(due, today=TODAY, in_letter=letter, delivered_on=delivered)
    meter = more.pop("meter", _meter(0, 1))
    return AssignmentRow(number, number, "#o", title, org, dep, status, meter, due, **more)


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    listing = AssignmentList(
        head=PageHead(
            "Oppdrag",
            "79 åpne oppdrag til Direktoratet for medisinske produkter og Helsedirektoratet",
            views=[Link("Liste", "?", current=True), Link("Tavle", "?som=tavle"), Link("Tidslinje", "?som=tid")],
            actions=[Action("Last ned", "#ned", "download")],
        ),
        views=[
            Link("Alle åpne", "?", 79, current=True),
            Link("Forsinket", "?v=1", 2),
            Link("Innen 20 virkedager", "?v=2", 2),
            Link("Under avklaring", "?v=3", 1),
            Link("Venter på vurdering", "?v=4", 2),
            Link("SHA, Hdir", "?v=5", 18),
        ],
        save_view=Link("Lagre visning", "#lagre"),
        result="Viser 15 av 79, sortert etter gjeldende frist.",
        columns=[
            Column("Nummer"),
            Column("Oppdrag"),
            Column("Virksomhet, avd."),
            Column("Status"),
            Column("Levert"),
            Column("Gjeldende frist", sort_url="?sorter=-frist", sorted_by="ascending"),
        ],
        groups=_groups(),
        filter_now="DMP og Hdir · brevår 2026 · åpne",
        selected_count=1,
        bulk_url="#valgte",
        bulk=[("melding", "send melding"), ("notat", "legg i forberedelsesnotat"), ("fjern", "fjern valg")],
    )
    return "assignments/list.html", {"listing": listing, "form": Filter()}


def _groups() -> list[AssignmentGroup]:
    carried = [Tag("Videreført fra 2025", "arrow-forward")]
    joint = [Tag("Felles: DMP leder, Hdir, FHI", "person-group", "plain")]
    wish = [Tag("Ønsker ny frist 12. juni", "clock", "plain")]
    d = date
    late = [
        row("TB2025-4", "Avgifter og gebyrer", "DMP", "FHA", "in_progress", d(2026, 5, 15), meter=_meter(1, 2, 1), tags=carried),
        row(
            "TB2026-66",
            "Gjennomføringsprosjekt for å overføre forvaltningsansvaret i saker om førerrett og helse til vegvesenet",
            "Hdir", "KTA", "in_progress", d(2026, 5, 22), meter=_meter(1, 4, 1), tags=wish,
        ),
    ]  # fmt: skip
    soon = [
        row(
            "TB2026-17", "Utredning offentlig KI-tjeneste for helserelaterte spørsmål på Helsenorge",
            "Hdir", "DIG",
            "in_progress", d(2026, 6, 1), meter=_meter(0, 5),
        ),
        row(
            "TB2025-11", "Differensierte metodevurderinger", "DMP", "SHA", "delivered", d(2026, 6, 1),
            meter=_meter(1, 1), tags=carried, delivered=d(2026, 5, 20),
        ),
    ]  # fmt: skip
    later = [
        row(
            "TB2026-67", "Utfasing av dispensasjonsordning, førerkortforskriften § 45 tredje ledd", "Hdir",
            "KTA",
            "in_progress", d(2026, 8, 21),
        ),
        row(
            "TB2026-4", "Ny ordning for nasjonalt lager og distribusjon av vaksiner", "DMP", "SHA",
            "in_progress",
            d(2026, 9, 15), meter=_meter(1, 4), tags=joint, letter="settes i dialog", selected=True,
        ),
        row("TB2026-63", "Helseteam tilknyttet barnevernsinstitusjoner", "Hdir", "SHA", "in_progress", d(2026, 9, 30), meter=_meter(0, 2)),
        row("TB2026-7", "Sivil-militær forsynings- og beredskapsløsning", "DMP", "SHA", "received", d(2026, 10, 1), meter=_meter(0, 2)),
        row(
            "TB2026-65", "Forbedring av prosesser for godkjenning av utenlandsk utdannet helsepersonell",
            "Hdir", "SHA",
            "in_progress", d(2026, 10, 15), meter=_meter(0, 2),
        ),
        row("TB2026-1", "Forsterke veiledning og raskere saksbehandlingstid for kliniske studier", "DMP", "SHA", "in_progress", d(2026, 12, 31)),
        row("TB2026-6", "Gjennomgå og revidere blodforskriften", "DMP", "FHA", "in_progress", d(2027, 1, 15)),
        row("TB2026-68", "Oppfølging av nasjonal aktivitetsgaranti", "Hdir", "KTA", "given", d(2027, 3, 1)),
    ]  # fmt: skip
    open_date = DeadlineFace(
        "Under avklaring",
        "siden 9. januar 2026",
        "i brevet: 15. januar 2026",
        "brand2",
        "clarify",
        loud=True,
        glyph_first=True,
    )
    undated = [
        row("TB2026-5", "NAT-testing (nukleinsyretesting) i blodbankene", "DMP", "FHA", "received", open_date),
        row(
            "TB2026-69", "Skisse til krav om kompetanse, veiledning og supervisjon for spesialistgodkjenning av sykepleiere",
            "Hdir", "", "given", DeadlineFace("ikke satt", "gitt 16. april 2026", "i brevet: ingen"),
        ),
        AssignmentRow(
            "TB2026-70", "TB2026-70", "#o", agency="Hdir",
            exempt="Offl. § 15 tredje ledd. Bare navngitte lesere ser tittel og tekst.", ask=Link("Be om tilgang", "#be"),
        ),
    ]  # fmt: skip
    return [
        AssignmentGroup("Forsinket", 2, late, late=True),
        AssignmentGroup("Frist innen 20 virkedager", 2, soon),
        AssignmentGroup("Senere", 72, later, more=Link("Vis 64 til i «Senere»", "?alle=senere")),
        AssignmentGroup("Uten gjeldende dato", 3, undated),
    ]
