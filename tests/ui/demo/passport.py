"""Oppdragspass (picture 05)."""

from datetime import date
from typing import Any

from assignments.contexts import DeliveryRow, Passport
from core.visuals.badges import badge_for
from core.visuals.deadlines import DeadlineFace
from core.visuals.meter import delivery_meter
from core.visuals.parts import Action, Event, Link, Locked, Note, PageHead, Tag, TwoDeadlines


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    passport = Passport(
        head=PageHead(
            "Ny ordning for nasjonalt lager og distribusjon av vaksiner",
            overline="TB2026-4 til Direktoratet for medisinske produkter",
            crumbs=[Link("Oppdrag", "#o"), Link("DMP 2026", "#d")],
            actions=[Action("Last ned som PDF", "#pdf", "file-pdf"), Action("Skriv melding", "#m", "chat")],
        ),
        badge=badge_for("assignment", "in_progress"),
        tags=[
            Tag("Felles: DMP leder, Hdir, FHI", "person-group", "plain"),
            Tag("H3 Forsyningssikkerhet og beredskap", tone="plain"),
            Tag("Avd. SHA", tone="plain"),
        ],
        meter=delivery_meter(delivered=1, total=4, next_on=date(2026, 9, 15)),
        letter=[
            "Tre virksomheter skal sammen legge fram hvordan lager og utkjøring av vaksiner kan deles mellom det "
            "offentlige og grossistene, og hva som kan spares.",
            "Frist: Settes i dialog med direktoratet.",
        ],
        source="Tildelingsbrev 2026, punkt 3.3.3, avsnitt 118–122. Bygger på Prop. 20 S (2025–2026).",
        open_letter=Link("Åpne i brevet", "#brev"),
        deadlines=TwoDeadlines(
            "Settes i dialog",
            "Tildelingsbrev 22. desember 2025",
            "Gjeldende frist, siste leveranse",
            "15. desember 2026 (tirsdag)",
            "Besluttet 28. april 2026,",
            Link("brev dok. 25/4127-16", "#b"),
        ),
        deliveries=_deliveries(),
        deliveries_note="1 av 4 levert, status slik DMP har delt den",
        notes=_notes(),
        hidden_note="DMPs egne notater og udelte status vises ikke her.",
        next_step=Action("Fordel svar på leveranse 1 til SHA", "#f", "inbox-down", primary=True),
        locked=[
            Locked(
                "Avslutt oppdrag",
                "Kan avsluttes når alle fire leveransene er vurdert. Tre er ikke levert.",
                "Avsluttes av avdelingsdirektør i SHA. Avslutning er ingen godkjenning av innholdet.",
                Action("Foreslå avslutning", "#a"),
            ),
            Locked("Vurder leveranse 1", "Svaret er ikke fordelt ennå. Avdelingen som får det, vurderer."),
        ],
        links=[Link("Flytt frist", "#flytt"), Link("Foreslå endring i supplerende brev", "#endre")],
        facts=[
            ("Gitt til", "Direktoratet for medisinske produkter", None),
            ("Deltar", "Helsedirektoratet, Folkehelseinstituttet (eget brev ikke registrert)", None),
            ("Kontakt i DMP", "Synne Aamodt", None),
            ("Kontakt i HOD", "Jonas Brekke, SHA", None),
            ("Bygger på", "", Link("Prop. 20 S (2025–2026)", "#p")),
            ("Fast id", "0198c2f4-7d1e-7a90", None),
            ("Innsyn", "", Link("Hvem kan se dette?", "#hvem")),
        ],
        events=_events(),
        events_note="10, nyeste først",
        events_print_note="9, nyeste først",
        event_links=[Link("Bare dokumenter", "?h=dok"), Link("Bare frister", "?h=frist")],
        print_note="Oppdragspass, delt innhold per 28. mai 2026. Interne notater i HOD er ikke med.",
    )
    return "assignments/passport.html", {"passport": passport}


def _deliveries() -> list[DeliveryRow]:
    work, rest = badge_for("delivery", "in_progress"), badge_for("delivery", "not_started")
    return [
        DeliveryRow(
            1,
            "Foreløpig vurdering av innretning",
            "i dialog",
            DeadlineFace("22. mai 2026", "levert 1 virkedag etter"),
            badge_for("delivery", "delivered"),
            Link("Svar 26. mai 2026", "#svar"),
        ),
        DeliveryRow(2, "Forslag til innretning", "i dialog", DeadlineFace("15. september 2026", "78 virkedager"), work),
        DeliveryRow(
            3, "Mulige effektiviseringsgevinster", "i dialog", DeadlineFace("15. oktober 2026", "100 virkedager"), rest
        ),
        DeliveryRow(4, "Samlet forslag", "i dialog", DeadlineFace("15. desember 2026", "143 virkedager"), rest),
    ]


def _notes() -> list[Note]:
    return [
        Note(
            "Delt status",
            "Delt av DMP 26. mai 2026, versjon 2. HOD og DMP ser dette.",
            "Foreløpig vurdering er sendt. To modeller utredes videre. Møter med grossistene holdes i juni.",
            "Forventet ferdig: 15. desember 2026",
            links=[Link("Endret siden versjon 1", "#v")],
        ),
        Note(
            "Internt i HOD",
            "DMP ser ikke dette, verken på siden, i e-post eller i utskrift.",
            "SHA: Be om grossistenes syn før modell velges. Tas opp i fagmøte i juni.",
            "Jonas Brekke, 27. mai 2026",
            shared=False,
            links=[Link("Skriv internt notat", "#n")],
        ),
    ]


def _events() -> list[Event]:
    return [
        Event("27. mai 2026", "padlock", "Notat: spør om grossistenes syn", "Internt i HOD · Jonas Brekke, SHA", internal=True),
        Event(
            "26. mai 2026", "inbox-down", "Leveranse 1 mottatt, foreløpig vurdering av innretning",
            "2 vedlegg, 1 virkedag etter fristen · Håkon Vestby, DMP", Link("Svarbrev, dok. 26/0312-9", "#s"),
        ),
        Event("26. mai 2026", "tasklist-send", "Status delt, versjon 2", "Gjeldende delte status · Synne Aamodt, DMP"),
        Event(
            "28. april 2026", "calendar", "Frist satt: fire leveranser, siste 15. desember 2026",
            "Erstatter «settes i dialog» · besluttet av Ragnhild Moen, ekspedisjonssjef SHA (e.f.)",
            Link("Brev til DMP, dok. 25/4127-16", "#b"),
        ),
        Event(
            "21. april 2026", "person-group", "Drøftet i etatsstyringsmøtet, sak 4",
            "Endrer ikke fristen · Marte Lindqvist, HOD", Link("Referat, punkt 4", "#r"),
        ),
        Event("16. februar 2026", "tasklist-send", "Status delt, versjon 1", "Synne Aamodt, DMP"),
        Event(
            "10. februar 2026", "branching", "Deler opprettet for Helsedirektoratet og Folkehelseinstituttet",
            "Eget brev ikke registrert for noen av dem · Marte Lindqvist, HOD",
        ),
        Event("14. januar 2026", "person-checkmark", "Mottatt av DMP", "Synne Aamodt, DMP"),
        Event("9. januar 2026", "file-import", "Registrert fra brevet, avsnitt 118–122", "Marte Lindqvist, HOD"),
        Event(
            "22. des. 2025", "file-text", "Gitt i tildelingsbrev 2026, punkt 3.3.3",
            "Avd. HOD: SHA · signert av Ragnhild Moen (e.f.)", Link("Tildelingsbrev, dok. 25/4127-1", "#t"),
        ),
    ]  # fmt: skip
