"""Kalender (picture 07)."""

from datetime import date
from typing import Any

from core.calendars import working_days_between
from core.formatting import distance, full_date, working_days
from core.visuals.badges import Badge, badge_for
from core.visuals.deadlines import DeadlineFace
from core.visuals.marks import Mark
from core.visuals.month import month_grid
from core.visuals.parts import Action, Link, PageHead
from core.visuals.wheel import wheel
from reporting.contexts import CalendarPage, CalendarRow, OffDayRow, PressingRow
from tests.ui.demo.agency_year import marks as year_marks

TODAY = date(2026, 5, 28)
SHORT = {
    "Regnskap 2025": "Regnskap",
    "RNB, ingen innspill": "RNB",
    "Disponeringsplaner": "Disponering",
    "Årsrapporter 2025": "Årsrapporter",
    "Nøkkeltall 1. tertial": "Nøkkeltall",
    "Budsjett og regnskap": "Budsjett",
    "Virksomhetsrapport": "Rapport",
    "Satsinger 2028": "Satsinger",
}


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    marks = [
        Mark(m.day, SHORT.get(m.text, m.text), m.lane, m.glyph, m.tone, m.strong, m.url, m.state) for m in year_marks()
    ]
    calendar = CalendarPage(
        head=PageHead(
            "Kalender",
            "Direktoratet for medisinske produkter, 2026. Datoer i brevet flyttes aldri.",
            views=[
                Link("Alt", "?", current=True),
                Link("Liste", "?vis=liste"),
                Link("Måned", "?vis=maned"),
                Link("Årshjul", "?vis=hjul"),
            ],
            actions=[Action("Abonner", "#ics", "calendar"), Action("Skriv ut", "#skriv", "printer")],
        ),
        show="all",
        grid=month_grid(2026, 5, _may(), today=TODAY),
        grid_note="6 frister og møter: 3 forsinket, 3 på plass",
        previous=Link("April", "?m=2026-04"),
        next=Link("Juni", "?m=2026-06"),
        today_url="?",
        wheel=wheel(marks, year=2026, today=TODAY, sentence="Årshjul 2026: 2 forsinket, 1 under avklaring"),
        pressing=_pressing(),
        off_days=[
            OffDayRow("31. januar 2026", "lørdag", "fredag 30. januar"),
            OffDayRow("28. februar 2026", "lørdag", "fredag 27. februar"),
            OffDayRow("15. mars 2026", "søndag", "fredag 13. mars"),
            OffDayRow("1. mai 2026", "høytidsdag", "torsdag 30. april"),
            OffDayRow("1. mai 2027", "lørdag, høytidsdag", "fredag 30. april"),
        ],
        rows=_rows(),
        rows_note="12 datoer i vedlegg I, én fra brevet for 2025",
        today_words="I dag, 28. mai 2026 (torsdag)",
        download_url="#ned",
    )
    return "reporting/calendar.html", {"calendar": calendar}


def _may() -> list[Mark]:
    def late(day: int, text: str) -> Mark:
        return Mark(date(2026, 5, day), text, "assignments", "late", "danger", True, "#m", "forsinket")

    return [
        Mark(date(2026, 5, 1), "Publisering av årsrapport 2025", "reports", "box-check", "success", url="#m"),
        Mark(date(2026, 5, 4), "Strategimøte", "meetings", "dot", url="#m", time="09.00"),
        late(14, "Referat fra strategimøte"),
        late(15, "TB2025-4, leveranse 2"),
        late(22, "Nøkkeltall per 1. tertial"),
        Mark(date(2026, 5, 22), "TB2026-4, leveranse 1", "assignments", "delivered", "accent", url="#m"),
    ]


def _pressing() -> list[PressingRow]:
    def late(day: date) -> DeadlineFace:
        return DeadlineFace(distance(day, TODAY), tone="danger", glyph="late", loud=True)

    def left(day: date) -> DeadlineFace:
        return DeadlineFace(working_days(working_days_between(TODAY, day)))

    rows = [
        ("Referat fra strategimøtet", date(2026, 5, 14), "Eget ansvar i HOD, 14. mai 2026", "late", "danger"),
        ("TB2025-4, leveranse 2", date(2026, 5, 15), "", "late", "danger"),
        ("Nøkkeltall per 1. tertial", date(2026, 5, 22), "", "late", "danger"),
        ("TB2026-4, leveranse 2", date(2026, 9, 15), "", "given", ""),
        ("Budsjett- og regnskapsrapport", date(2026, 9, 25), "", "box", ""),
    ]
    return [
        PressingRow(title, "#p", meta or full_date(day), glyph, late(day) if day < TODAY else left(day), tone)
        for title, day, meta, glyph, tone in rows
    ]


def _rows() -> list[CalendarRow]:
    def got(words: str) -> Badge:
        return badge_for("expected", "received", words)

    come = badge_for("expected", "coming")
    row = CalendarRow
    return [
        row("31. januar 2026", "lørdag", "Regnskapsresultater til statsregnskapet", "#r", got("Mottatt 30. januar"), "2025", before="fredag 30. januar", off=True),
        row("13. februar 2026", "fredag", "Innspill til revidert nasjonalbudsjett", "#r", badge_for("expected", "no_input"), "2026"),
        row(
            "28. februar 2026", "lørdag", "Budsjettdisponeringsplaner, utvalgte poster", "#r", got("Mottatt 27. februar"), "2026",
            before="fredag 27. februar", off=True, warning="Viser til avsnitt 4.3, som ikke finnes",
        ),
        row("15. mars 2026", "søndag", "Årsrapport 2025, årsregnskap og internrevisjonens årsrapport", "#r", got("Mottatt 13. mars"), "2025", before="fredag 13. mars", off=True),
        row("21. april 2026", "tirsdag", "Etatsstyringsmøte kl. 09.00–11.00", "#r", badge_for("meeting", "held"), meta="Hos direktoratet"),
        row("24. april 2026", "fredag", "Innspill til rammefordelingsforslaget", "#r", got("Mottatt 24. april"), "2027"),
        row("1. mai 2026", "fredag, høytidsdag", "Publisering av årsrapport 2025", "#r", got("Publisert 30. april"), "2025", "Krav i tildelingsbrevet for 2025", "torsdag 30. april", off=True),
        row("4. mai 2026", "mandag", "Strategimøte kl. 09.00–11.00", "#r", Badge("late", "Referat mangler", "danger", True), meta="Dagsorden avtales i god tid"),
        row("22. mai 2026", "fredag", "Nøkkeltall per 1. tertial", "#r", Badge("late", "3 virkedager over", "danger", True), "2026"),
        row("25. september 2026", "fredag", "Budsjett- og regnskapsrapport per 31. august, innspill til nysaldering", "#r", come, "2026", "Med prognose for resten av året. Kopi til Riksrevisjonen", after_today=True),
        row("9. oktober 2026", "fredag", "Virksomhetsrapport 2. tertial med risikovurderinger", "#r", come, "2026", "Kopi til Riksrevisjonen", after_today=True),
        row("30. oktober 2026", "fredag", "Etatsstyringsmøte kl. 09.30–11.30", "#r", badge_for("meeting", "planned"), meta="I departementets lokaler", after_today=True),
        row("6. november 2026", "fredag", "Tekniske justeringer, innsparinger og satsinger, nye folketrygdfinansierte legemidler", "#r", come, "2028", after_today=True),
    ]  # fmt: skip
