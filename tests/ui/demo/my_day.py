"""Min arbeidsdag (picture 01)."""

from datetime import date
from typing import Any

from core.visuals.deadlines import deadline_face, time_left
from core.visuals.parts import Action, Finding, Link, PageHead, Tag, Tally
from reporting.contexts import LateRow, MyDay, NextMeeting, NextRow, SideRow, TodoRow

TODAY = date(2026, 5, 28)
LETTER = "#brev"


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    day = MyDay(
        head=PageHead(
            "Min arbeidsdag",
            "Torsdag 28. mai 2026, uke 22 · Direktoratet for medisinske produkter og Helsedirektoratet",
            actions=[Action("Nytt supplerende brev", "#ny", "plus"), Action("Importer brev", "#inn", "file-import")],
        ),
        tally=[
            Tally(5, "må gjøres", "#gjor"),
            Tally(3, "forsinkede leveranser", "#forsinket", late=True),
            Tally(4, "nye svar og meldinger", "#kommet"),
            Tally(3, "venter på journalføring", "#journal"),
            Tally(4, "åpne funn", "#funn"),
        ],
        todo=_todo(),
        late=_late(),
        late_url="#alle",
        next_rows=_next(),
        next_note="20 virkedager fram",
        calendar_url="#kalender",
        arrived=[
            SideRow("Delt status, TB2026-67", "#a", "Helsedirektoratet · i dag kl. 09.12", "tasklist-send", True),
            SideRow("Ønske om ny frist, TB2026-66", "#a", "Helsedirektoratet · 27. mai kl. 16.40", "clock", True),
            SideRow("Delt kommentar, TB2026-3", "#a", "DMP · 27. mai kl. 15.58", "chat", True),
            SideRow("Svar på TB2026-4, leveranse 1", "#a", "DMP · 26. mai kl. 14.05", "inbox-down", True),
        ],
        arrived_note="4 uleste",
        arrived_url="#alle",
        journal=_journal(),
        journal_url="#ko",
        findings=[
            Finding(
                "warning", "Kap. 746 post 21 står på to rader, 51 970 og 1 000", "brev DMP 2026, punkt 4", url="#f"
            ),
            Finding(
                "warning", "Kalenderen viser til avsnitt 4.3, som ikke finnes", "28. februar · vedlegg I", url="#f"
            ),
            Finding("warning", "TB2026-69 mangler ansvarlig avdeling", "supplerende brev nr. 2", url="#f"),
            Finding("warning", "Brevet viser til en instruks som er erstattet", "ny hovedinstruks", url="#f"),
        ],
        findings_url="#alle",
        meeting=NextMeeting(
            Link("Etatsstyringsmøte, DMP", "#m"),
            "30. oktober 2026 (fredag) kl. 09.30–11.30",
            "I departementets lokaler · forberedelsesnotat ikke påbegynt",
        ),
    )
    return "reporting/my_day.html", {"day": day}


def _todo() -> list[TodoRow]:
    return [
        TodoRow(
            "Send referat fra strategimøtet 4. mai",
            LETTER,
            "DMP · utkastet er skrevet, fristen var 14. mai 2026",
            Action("Åpne utkast", "#u"),
            icon="note-pencil",
            left=time_left(date(2026, 5, 14), today=TODAY),
        ),
        TodoRow(
            "Avklar fristen for TB2026-5 NAT-testing i blodbankene",
            LETTER,
            "DMP · brevet sier 15. januar 2026 · ikke regnet som forsinket",
            Action("Avklar frist", "#u"),
            glyph="clarify",
            tone="brand2",
            since="139 dager uavklart",
        ),
        TodoRow(
            "Svar på ønske om ny frist for TB2026-66, leveranse 2",
            LETTER,
            "Helsedirektoratet ber om 12. juni, gjeldende frist er 22. mai",
            Action("Svar", "#u"),
            icon="clock",
            since="mottatt i går",
        ),
        TodoRow(
            "Fordel svar på TB2026-4, leveranse 1",
            LETTER,
            "DMP · levert 26. mai 2026 med 2 vedlegg · SHA er foreslått",
            Action("Fordel", "#u"),
            icon="inbox-down",
            since="mottatt for 2 dager siden",
        ),
        TodoRow(
            "Følg opp innspill til supplerende brev nr. 2",
            LETTER,
            "DMP · 3 av 5 avdelinger har svart · DIG og BØA mangler",
            Action("Se svarene", "#u"),
            icon="person-group",
            left=time_left(date(2026, 6, 2), today=TODAY, ahead=True),
        ),
    ]


def _late() -> list[LateRow]:
    face = deadline_face
    return [
        LateRow(
            "TB2025-4 Avgifter og gebyrer",
            "#l",
            "Leveranse 2 av 2 · forslag til endringer",
            "DMP",
            face(date(2026, 5, 15), today=TODAY),
            "Purret av deg 22. mai",
            Link("Vis purring", "#p"),
        ),
        LateRow(
            "Nøkkeltall per 1. tertial",
            "#l",
            "Rapportering, vedlegg I",
            "DMP",
            face(date(2026, 5, 22), today=TODAY),
            "Ikke purret",
            Link("Skriv purring", "#p"),
        ),
        LateRow(
            "TB2026-66 Førerrett og helse til Statens vegvesen",
            "#l",
            "Leveranse 2 av 4 · personell og omstillingskostnader",
            "Hdir",
            face(date(2026, 5, 22), today=TODAY),
            "Ber om 12. juni 2026",
            Link("Svar på ønsket", "#p"),
        ),
    ]


def _next() -> list[NextRow]:
    def row(day: date, words: str, weekday: str, agency: str, link: str = "", tag: Tag | None = None) -> NextRow:
        return NextRow(weekday, words, agency, time_left(day, today=TODAY), Link(link, "#o") if link else None, tag)

    first, second = date(2026, 6, 1), date(2026, 6, 2)
    return [
        row(first, "leveranse 3 av 4 · høringsnotat og lovendring", "1. juni 2026, mandag", "Hdir", "TB2026-66"),
        row(first, "leveranse 1 av 5 · juridiske endringer", "1. juni 2026, mandag", "Hdir", "TB2026-17"),
        row(
            second,
            "Innspill fra avdelingene til supplerende brev nr. 2",
            "2. juni 2026, tirsdag",
            "DMP",
            tag=Tag("Internt i HOD", "padlock", "quiet"),
        ),
        row(
            date(2026, 6, 15),
            "leveranse 2 av 5 · KI-søk til Norsk helsenett",
            "15. juni 2026, mandag",
            "Hdir",
            "TB2026-17",
        ),
        row(date(2026, 6, 24), "Supplerende tildelingsbrev nr. 2, planlagt utstedt", "24. juni 2026, onsdag", "DMP"),
    ]


def _journal() -> list[SideRow]:
    from core.visuals.deadlines import DeadlineFace

    def age(words: str, *, old: bool = False) -> DeadlineFace:
        return DeadlineFace(words, tone="danger", glyph="late", loud=True) if old else DeadlineFace(words)

    return [
        SideRow("Svar på TB2025-11", "#j", "Inngående fra DMP", left=age("8 dager", old=True)),
        SideRow("Foreløpig vurdering, TB2026-4", "#j", "Inngående fra DMP", left=age("2 dager")),
        SideRow("Ønske om ny frist, TB2026-66", "#j", "Inngående fra Helsedirektoratet", left=age("1 dag")),
    ]
