"""Virksomhet, året (picture 02)."""

from datetime import date
from typing import Any

from core.visuals.badges import LATE, Badge, badge_for
from core.visuals.deadlines import DeadlineFace, time_left
from core.visuals.marks import Mark
from core.visuals.meter import delivery_meter
from core.visuals.parts import Action, Finding, Link, PageHead, Tag
from core.visuals.sparkline import bar_widths, sparkline
from core.visuals.timeline import timeline
from reporting.contexts import (
    AgencyYear,
    BudgetRow,
    ExpectedRow,
    FigureRow,
    SideRow,
    SummaryPart,
    YearAssignment,
)

TODAY = date(2026, 5, 28)


def d(day: int, month: int, year: int = 2026) -> date:
    """A date."""
    return date(year, month, day)


def marks() -> list[Mark]:
    """The duties of the year."""

    def late(day: date, text: str, lane: str) -> Mark:
        return Mark(day, text, lane, "late", "danger", strong=True, url="#m", state="forsinket")

    done, come = "box-filled", "box"
    return [
        Mark(d(22, 12, 2025), "Tildelingsbrev", "letters", "page", url="#m"),
        Mark(d(27, 3), "Supplerende nr. 1", "letters", "page", url="#m"),
        Mark(d(24, 6), "Supplerende nr. 2, utkast", "letters", "page-dashed", url="#m"),
        Mark(d(21, 4), "Etatsstyring", "meetings", "dot", url="#m"),
        Mark(d(4, 5), "Strategi", "meetings", "dot", url="#m"),
        Mark(d(30, 10), "Etatsstyring", "meetings", "dot-open", "subtle", url="#m"),
        Mark(d(31, 1), "Regnskap 2025", "reports", done, url="#m"),
        Mark(d(13, 2), "RNB, ingen innspill", "reports", "box-minus", url="#m"),
        Mark(d(28, 2), "Disponeringsplaner", "reports", done, url="#m"),
        Mark(d(15, 3), "Årsrapporter 2025", "reports", done, url="#m"),
        Mark(d(24, 4), "Ramme 2027", "reports", done, url="#m"),
        late(d(22, 5), "Nøkkeltall 1. tertial", "reports"),
        Mark(d(25, 9), "Budsjett og regnskap", "reports", come, url="#m"),
        Mark(d(9, 10), "Virksomhetsrapport", "reports", come, url="#m"),
        Mark(d(6, 11), "Satsinger 2028", "reports", come, url="#m"),
        Mark(d(15, 3, 2027), "Årsrapport 2026", "reports", come, url="#m"),
        Mark(d(1, 5, 2027), "Publisering", "reports", come, url="#m"),
        Mark(d(15, 1), "TB2026-5, slik brevet sier", "assignments", "clarify", "brand2", strong=True, url="#m"),
        late(d(15, 5), "TB2025-4 lev. 2", "assignments"),
        Mark(d(22, 5), "TB2026-4 lev. 1", "assignments", "pentagon", url="#m"),
        Mark(d(1, 6), "TB2025-11", "assignments", "pentagon", url="#m"),
        Mark(d(15, 9), "TB2026-4 lev. 2", "assignments", "pentagon-open", url="#m"),
        Mark(d(1, 10), "TB2026-7 lev. 1", "assignments", "pentagon-open", url="#m"),
        Mark(d(15, 10), "TB2026-4 lev. 3", "assignments", "pentagon-open", url="#m"),
        Mark(d(15, 12), "TB2026-4 lev. 4", "assignments", "pentagon-open", url="#m"),
        Mark(d(31, 12), "TB2026-1, -2, -3, -7 lev. 2", "assignments", "pentagon-open", url="#m"),
        Mark(d(15, 1, 2027), "TB2026-6", "assignments", "pentagon-open", url="#m"),
    ]


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    year = AgencyYear(
        head=PageHead(
            "Direktoratet for medisinske produkter",
            "Året 2026 · org.nr. 974 761 122 · etatsstyrer Marte Lindqvist · bidrar til sektormål 1, 2, 4 og 5",
            crumbs=[Link("Virksomheter", "#v")],
            views=[Link("2025", "?aar=2025"), Link("2026", "?aar=2026", current=True), Link("2027", "?aar=2027")],
            views_label="År",
            actions=[Action("Skriv ut", "#skriv", "printer")],
        ),
        tabs=[
            Link("Hele året", "?", current=True),
            Link("Oppdrag", "#1", 9),
            Link("Styringsdokumenter", "#2", 4),
            Link("Rapporter", "#3", 12),
            Link("Budsjett", "#4"),
            Link("Nøkkeltall", "#5", 20),
            Link("Møter", "#6", 3),
            Link("Risiko", "#7"),
        ],
        summary=[
            SummaryPart("9 oppdrag: "),
            SummaryPart("1 forsinket", "late", "danger"),
            SummaryPart(", "),
            SummaryPart("1 under avklaring", "clarify", "brand2"),
            SummaryPart(", 1 levert og ikke vurdert, 6 uten avvik. 12 rapporter og innspill: 6 på plass, "),
            SummaryPart("1 forsinket", "late", "danger"),
            SummaryPart(", 5 kommer. Neste frist er 15. september 2026."),
        ],
        timeline=timeline(marks(), year=2026, today=TODAY, sentence="Året 2026: 2 forsinket, 1 under avklaring"),
        list_url="?vis=liste",
        wheel_url="?vis=hjul",
        assignments=_assignments(),
        assignments_note="9, det som haster først",
        assignments_url="#liste",
        expected=_expected(),
        expected_note="12 ventet: 5 mottatt, 1 uten innspill, 1 forsinket, 5 kommer",
        documents=_documents(),
        meetings=_meetings(),
        meetings_note="minst 2 etatsstyringsmøter kreves",
        budget=_budget(),
        budget_url="#b",
        figures=_figures(),
        figures_note="4 av 20",
        figures_url="#n",
        findings=[
            Finding("warning", "Kap. 746 post 21 står på to rader", "brevet, punkt 4", url="#f"),
            Finding("warning", "Kalenderen viser til avsnitt 4.3, som ikke finnes", "brevet, vedlegg I", url="#f"),
            Finding("warning", "Instruksen brevet viser til er erstattet", "brevet, punkt 1", url="#f"),
        ],
        deadline_head="Frist i 2026",
    )
    return "reporting/agency_year.html", {"year": year}


def _assignments() -> list[YearAssignment]:
    carried = [Tag("Videreført fra 2025", "arrow-forward")]
    doubt = DeadlineFace("uavklart", tone="brand2", glyph="clarify", loud=True)

    def row(number: str, title: str, dep: str, status: str, when: date, **more: Any) -> YearAssignment:
        meter = more.pop("meter", delivery_meter(delivered=0, total=1))
        left = more.pop("left", time_left(when, today=TODAY))
        from core.formatting import full_date

        return YearAssignment(number, "#o", title, dep, status, meter, full_date(when), left, **more)

    return [
        row(
            "TB2025-4", "Avgifter og gebyrer", "FHA", "in_progress", d(15, 5),
            meter=delivery_meter(delivered=1, total=2, late=1, brief=True), tags=carried, late=True,
        ),
        row("TB2026-5", "NAT-testing (nukleinsyretesting) i blodbankene", "FHA", "received", d(15, 1), left=doubt),
        row(
            "TB2025-11", "Differensierte metodevurderinger", "SHA", "delivered", d(1, 6),
            meter=delivery_meter(delivered=1, total=1), tags=carried,
            left=time_left(d(1, 6), today=TODAY, delivered_on=d(20, 5)),
        ),
        row(
            "TB2026-4", "Ny ordning for nasjonalt lager og distribusjon av vaksiner", "SHA", "in_progress",
            d(15, 9),
            meter=delivery_meter(delivered=1, total=4), tags=[Tag("Felles, DMP leder", "person-group",
            "plain")],
        ),
        row(
            "TB2026-7", "Sivil-militær forsynings- og beredskapsløsning", "SHA", "received", d(1, 10),
            meter=delivery_meter(delivered=0, total=2),
        ),
        row(
            "TB2026-1", "Forsterke veiledning og raskere saksbehandlingstid for kliniske studier", "SHA",
            "in_progress", d(31, 12),
        ),
        row(
            "TB2026-2", "Evaluering av biotilsvarende bytte og vurdere ev. alternativer", "SHA",
            "in_progress",
            d(31, 12),
        ),
        row("TB2026-3", "Legemiddelgrunndata", "DIG", "in_progress", d(31, 12)),
        row("TB2026-6", "Gjennomgå og revidere blodforskriften", "FHA", "in_progress", d(15, 1, 2027)),
    ]  # fmt: skip


def _expected() -> list[ExpectedRow]:
    def got(words: str) -> Badge:
        return badge_for("expected", "received", f"Mottatt {words}")

    coming = badge_for("expected", "coming")
    return [
        ExpectedRow("31. januar", "Regnskapsresultater til statsregnskapet 2025", "#r", got("30. jan."), "lør"),
        ExpectedRow(
            "13. februar", "Innspill til revidert nasjonalbudsjett 2026", "#r", badge_for("expected", "no_input")
        ),
        ExpectedRow("28. februar", "Disponeringsplaner for utvalgte poster", "#r", got("27. feb."), "lør"),
        ExpectedRow("15. mars", "Årsrapport 2025 med årsregnskap", "#r", got("13. mars"), "søn"),
        ExpectedRow("15. mars", "Årsrapport for internrevisjonen", "#r", got("13. mars"), "søn"),
        ExpectedRow("24. april", "Innspill til rammefordelingsforslag 2027", "#r", got("24. april")),
        ExpectedRow("22. mai", "Nøkkeltall per 1. tertial", "#r", Badge("late", "3 virkedager over", LATE.tone, True)),
        ExpectedRow("25. september", "Budsjett- og regnskapsrapport per 31. august", "#r", coming),
        ExpectedRow("25. september", "Innspill til nysalderingen", "#r", coming),
        ExpectedRow("9. oktober", "Virksomhetsrapport 2. tertial med risiko", "#r", coming),
        ExpectedRow("6. november", "Tekniske justeringer og satsinger 2028", "#r", coming),
        ExpectedRow("6. november", "Nye folketrygdfinansierte legemidler", "#r", coming),
    ]


def _documents() -> list[SideRow]:
    draft = Tag("Utkast, internt i HOD", "padlock", "quiet")
    return [
        SideRow("Tildelingsbrev 2026", "#d", "22. desember 2025 · sak 25/4127-1 · fryst"),
        SideRow("Supplerende brev nr. 1", "#d", "27. mars 2026 · nytt oppdrag TB2026-7, rundskriv D-1/26", "file-plus"),
        SideRow(
            "Supplerende brev nr. 2",
            "#d",
            "Planlagt 24. juni 2026 · 3 av 5 avdelinger har svart",
            "note-pencil",
            tag=draft,
        ),
        SideRow(
            "Hovedinstruks, gjelder fra 1. februar 2026",
            "#d",
            "",
            "book",
            warning="Brevet viser til instruksen av 26. juni 2024",
        ),
    ]


def _meetings() -> list[SideRow]:
    icon = "person-group"
    return [
        SideRow(
            "Etatsstyringsmøte",
            "#m",
            "21. april 2026 kl. 09.00–11.00, hos direktoratet",
            icon,
            more="Referat endelig 30. april",
        ),
        SideRow("Strategimøte", "#m", "4. mai 2026 kl. 09.00–11.00", icon, late="Referat mangler, 9 virkedager over"),
        SideRow(
            "Etatsstyringsmøte",
            "#m",
            "30. oktober 2026 kl. 09.30–11.30, i departementet",
            icon,
            more="om 111 virkedager",
        ),
    ]


def _budget() -> list[BudgetRow]:
    k = 1000
    lines = [
        ("702.21", "Spesielle driftsutgifter", 400, "Beredskap og sikkerhet"),
        ("702.72", "Kompensasjon til legemiddelgrossister", 86_677, ""),
        ("717.70", "Tilskudd", 64_462, "Relis 51 200 · apotek 7 600 · fraktrefusjon 4 262 · Vetlis 1 400"),
        ("746.01", "Driftsutgifter", 458_591, "Herav øremerket 3 000, forordning (EU) 2022/123"),
        ("746.21", "Spesielle driftsutgifter", 51_970, "Herav øremerket 7 000, IT-plattform for overvåkning"),
        ("746.21", "Data om kliniske studier, CTIS til NVA", 1_000, ""),
        ("", "Sum utgifter", 662_100, ""),
        ("3746.02", "Diverse inntekter", 38_504, "Merinntektsfullmakt 746.01 og 746.21"),
        ("3746.04", "Registreringsgebyr", 86_145, "Merinntektsfullmakt 746.01 og 746.21"),
        ("3746.85", "Overtredelsesgebyr og tvangsmulkt", 2_750, ""),
        ("", "Sum inntekter", 127_399, ""),
    ]
    bars = bar_widths([amount for post, _name, amount, _note in lines], most=458_591)
    rows = []
    for (post, name, amount, note), bar in zip(lines, bars, strict=True):
        doubt = "Uavklart om beløpet er i tillegg" if amount == 1_000 else ""
        rows.append(
            BudgetRow(
                post,
                name,
                amount * k,
                None,
                None if doubt else amount * k,
                note,
                "0" if doubt else bar,
                doubt,
                not post,
            )
        )
    return rows


def _figures() -> list[FigureRow]:
    return [
        FigureRow(
            "Metodevurderinger, median tid", "#n", "H1 · 2021–2025 · krav 180 dager",
            sparkline([200, 206, 195, 188, 176], requirement=180, sentence="176 dager, under kravet på 180"),
            "176", "dager", "−12",
        ),
        FigureRow(
            "Behandlingstid fase I og II", "#n", "H1 · 2021–2025 · brudd 2024",
            sparkline([60, 56, 52, 47, 44], breaks=[3], sentence="44 dager, brudd i serien 2024"),
            "44", "dager", "−3",
        ),
        FigureRow(
            "Meldinger behandlet innen frist", "#n", "H2 · 2021–2025",
            sparkline([88, 85, 91, 92, 89], sentence="89 prosent"), "89 %", "", "−2 p.p.",
        ),
        FigureRow(
            "Mangelmeldinger, totalt", "#n", "H3 · 2021–2025",
            sparkline([900, 1200, 1800, 2010, 1874], sentence="1 874 meldinger"), "1 874", "", "−136",
        ),
    ]  # fmt: skip
