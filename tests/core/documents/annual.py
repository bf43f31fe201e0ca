"""Annual report in bokmål: front page, contents, six parts, annexes."""

from datetime import UTC, datetime

from core.pdf import blocks as b
from tests.core.documents.annual_later import annexes, part_4, part_5, part_6
from tests.core.documents.data import case_time_chart, method_table, shortage_chart

P = b.Paragraph


def annual_report() -> b.Document:
    """The agency's annual report for 2026."""
    meta = b.Meta(
        title="Årsrapport 2026, Direktoratet for medisinske produkter",
        author="Direktoratet for medisinske produkter",
        lang="nb",
        created=datetime(2027, 3, 12, 13, 5, tzinfo=UTC),
        name="Årsrapport 2026",
        organisation="Direktoratet for medisinske produkter",
        case="27/00412",
        version="1",
        classification="mønster",
    )
    return b.Document(
        meta=meta,
        blocks=(
            *_front(),
            *_part_1(),
            *_part_2(),
            *_results(),
            *_access(),
            *_safety(),
            *_supply(),
            *part_4(),
            *part_5(),
            *part_6(),
            *annexes(),
        ),
    )


def _front() -> tuple[b.Block, ...]:
    return (
        b.FrontPage(
            organisation="Direktoratet for medisinske produkter",
            title=("Årsrapport", b.Break(), "2026"),
            addressee="Til Helse- og omsorgsdepartementet",
            facts=(
                b.Fact("Rapporten gjelder", "budsjettåret 2026, frist 15. mars 2027"),
                b.Fact("Sendt", "12. mars 2027, samtidig kopi til Riksrevisjonen"),
                b.Fact("Saksnummer", "27/00412, versjon 1"),
                b.Fact(
                    "Styringsgrunnlag",
                    "Tildelingsbrev 2026, supplerende tildelingsbrev nr. 1 og 2 2026, hovedinstruks fra "
                    "1. februar 2026",
                ),
            ),
            notice="Mønsterdokument: resultater, beløp utover tildelingsbrevet og personnavn er konstruert.",
        ),
        b.Contents(),
    )


def _part_1() -> tuple[b.Block, ...]:
    return (
        b.Part("Leders beretning", "I"),
        P(
            "2026 ble året da forsyningssikkerheten gikk fra å være et beredskapstema til å bli en del av "
            "direktoratets "
            "daglige drift. Vi nådde de fleste kravene i tildelingsbrevet, men ikke det viktigste: metodevurderinger "
            "av "
            "sykehuslegemidler tok fortsatt for lang tid.",
            "opening",
        ),
        P(
            "Direktoratet har tre hovedmål. Vår samlede vurdering er at måloppnåelsen er god for sikkerhet og riktig "
            "bruk, tilfredsstillende for forsyningssikkerhet og beredskap, og ikke fullt ut tilfredsstillende for rask "
            "tilgang. Av 17 styringsparametere er 13 innfridd, tre delvis innfridd og én ikke innfridd."
        ),
        P(
            "Saksbehandlingstiden for metodevurderinger gikk ned for tredje år på rad. Medianen for alle sakstyper "
            "samlet er nå 171 dager, mot 188 dager i 2025. For sykehuslegemidler er medianen 192 dager, tolv dager "
            "over "
            "kravet. Årsaken er først og fremst at tallet på saker økte med 14 prosent, og at en større del av dem "
            "gjaldt legemidler med lite dokumentasjon. Vi har styrket bemanningen fra august og innført en enklere "
            "vurderingsform for saker med lav usikkerhet. Effekten viser seg i tallene for siste tertial, der medianen "
            "var 181 dager."
        ),
        P(
            "Antallet mangelmeldinger økte også i 2026, men færre av dem ble kritiske. Det skyldes tidligere varsling "
            "fra bransjen, bedre nordisk samarbeid og at vi kunne bruke virkemidlene raskere. Oppdraget om nytt lager "
            "og ny distribusjon av vaksiner er levert i samarbeid med Folkehelseinstituttet og Helsedirektoratet."
        ),
        P(
            "Regnskapet viser et samlet mindreforbruk på 1,5 prosent av tildelingen på postene for egen drift. "
            "Gebyrinntektene ble høyere enn forutsatt, og merinntekten er brukt i tråd med fullmakten. "
            "Internkontrollen "
            "vurderes som god, med ett vesentlig avvik som er lukket."
        ),
        P(
            "Vi går inn i 2027 med færre restanser enn på fem år. Den største usikkerheten framover er gjennomføringen "
            "av EUs nye legemiddelregelverk, som krever kompetanse vi ennå ikke har nok av. Jeg vil takke "
            "medarbeiderne "
            "for innsatsen i et krevende år, og departementet for en åpen og god styringsdialog."
        ),
        b.Signature(
            signers=(b.Signer("Ingrid Solheim", "direktør"),),
            opening="Oslo, 12. mars 2027",
            approval="Elektronisk godkjent 12. mars 2027 kl. 14.05. Godkjenningen gjelder del I og del VI.",
        ),
    )


def _part_2() -> tuple[b.Block, ...]:
    numbers = (
        ("Antall årsverk", 288, 294, 301),
        ("Samlet tildeling, post 01–29", 521_040, 533_812, 545_263),
        ("Utnyttelsesgrad, prosent", 97, 98, 98),
        ("Lønn per årsverk, kroner", 1_012_400, 1_048_900, 1_082_700),
        ("Konsulenter, andel av driftsutgifter i prosent", 11, 10, 9),
    )
    return (
        b.Part("Introduksjon til virksomheten og hovedtall", "II"),
        b.Section("Samfunnsoppdrag", "2.1"),
        P(
            "Direktoratet skal bidra til at befolkningen har tilgang til trygge og virksomme medisinske produkter, og "
            "at de brukes riktig. Vi gir råd, fører tilsyn og treffer vedtak etter legemiddelloven og lov om medisinsk "
            "utstyr. Virksomheten har seks avdelinger og er samlokalisert i Oslo."
        ),
        b.Section("Organisasjon og ledelse", "2.2"),
        P(
            "Ledergruppen består av direktøren og seks områdedirektører. I 2026 ble arbeidet med metodevurdering "
            "samlet "
            "i én avdeling. Navn i rapporten skrives slik de står i personalsystemet, også når de har bokstaver "
            "utenfor "
            "det norske alfabetet: Ánde Nordsletta-Čearru er leder for forsyning i nord, og Máret Guttorm-Ŧeŧŧa er "
            "fagansvarlig for samiske språk."
        ),
        P(
            (
                b.Span("The agency takes part in the European network of national authorities.", lang="en"),
                " Slik omtaler det europeiske byrået rollen vår i sin oversikt.",
            )
        ),
        b.Section("Presentasjon av utvalgte budsjettall", "2.3"),
        P(("Utviklingen går fram av ", b.Ref("hovedtall"), ". Beløpene er i løpende priser.")),
        b.Table(
            columns=(
                b.Column("Nøkkeltall", 94),
                b.Column("2024", 24, "number"),
                b.Column("2025", 24, "number"),
                b.Column("2026", 24, "number"),
            ),
            rows=tuple(b.Row(row) for row in numbers),
            title="Utvalgte hovedtall",
            unit="beløp i 1 000 kroner der ikke annet er sagt",
            key="hovedtall",
            note="Kilde: virksomhetens lønns- og regnskapssystem.",
        ),
    )


def _results() -> tuple[b.Block, ...]:
    return (
        b.Part("Årets aktiviteter og resultater", "III"),
        b.Section("Samlet vurdering av måloppnåelsen", "3.1"),
        P(
            "Måloppnåelsen bygger på 17 styringsparametere og seks nøkkeltall. Vurderingen er gjort av ledergruppen i "
            "januar og kvalitetssikret av internrevisjonen."
        ),
        b.Table(
            columns=(
                b.Column("Hovedmål", 72),
                b.Column("Vurdering", 46, "status"),
                b.Column("Innfridd", 24, "number"),
                b.Column("Av", 24, "number"),
            ),
            rows=(
                b.Row(("1 Rask tilgang til medisinske produkter", b.Status("Delvis nådd", "half"), 4, 6)),
                b.Row(("2 Sikkerhet ved og riktig bruk av medisinske produkter", b.Status("Nådd", "done"), 5, 5)),
                b.Row(("3 Forsyningssikkerhet og beredskap", b.Status("Nådd", "done"), 4, 6)),
                b.Row(("Sum", 13, 17), "sum"),
            ),
            title="Måloppnåelse per hovedmål",
            key="maal",
        ),
    )


def _access() -> tuple[b.Block, ...]:
    return (
        b.Section("Hovedmål 1: Rask tilgang til medisinske produkter", "3.2"),
        b.RichText(
            "<p>Kliniske studier ble behandlet innen fristen i <strong>97 prosent</strong> av sakene. Tre forhold "
            "forklarer framgangen:</p><ul><li><p>felles veiledning med de regionale komiteene</p></li>"
            "<li><p>ny mottakskontroll fra februar, med svar samme dag</p></li><li><p>deling av saker i "
            'Norden</p></li></ul><p>Mer om ordningen står på <a href="https://www.dmp.no">direktoratets nettsider</a>.'
            "</p>"
        ),
        b.Section("Metodevurderinger", level=3),
        P(
            (
                "Direktoratet fullførte 187 metodevurderinger, mot 164 året før. Økningen kom særlig på "
                "sykehuslegemidler. ",
                b.Ref("tid", capital=True),
                " viser at tidsbruken falt for alle sakstyper, og at kravet er brutt bare for én av dem.",
                b.Note(
                    "Saksbehandlingstiden regnes fra dokumentasjonen er komplett, til rapporten er sendt bestiller. "
                    "Tid der firmaet svarer på spørsmål, er trukket fra."
                ),
            )
        ),
        b.Figure(
            chart=case_time_chart(),
            title="Saksbehandlingstid for metodevurderinger etter sakstype",
            unit="median, dager",
            note="Skraverte stolper er over kravet. Tallene står i tabellen under.",
            key="tid",
            table="metode",
        ),
        method_table("metode"),
        P(
            "Forklaringen på avviket er sammensatt. Sakene er blitt mer krevende, særlig der dokumentasjonen bygger på "
            "studier uten kontrollgruppe. Samtidig ble tre erfarne helseøkonomer lånt ut til den felles europeiske "
            "ordningen fram til sommeren. Tiltakene fra 2. tertial, enklere vurderingsform og fast kø per fagområde, "
            "har virket: I september til desember ble 63 prosent av sakene om sykehuslegemidler ferdige innen kravet."
        ),
    )


def _safety() -> tuple[b.Block, ...]:
    return (
        b.Section("Hovedmål 2: Sikkerhet ved og riktig bruk av medisinske produkter", "3.3"),
        P(
            (
                "Alle fem parametere er innfridd. Andelen meldinger som er behandlet innen frist, er ≥ 95 prosent for "
                "tredje år på rad.",
                b.Note("Fristen er 15 dager for alvorlige og 90 dager for øvrige meldinger."),
            )
        ),
        _safety_table(),
        P(
            "Tallet på kritiske avvik ved tilsyn gikk ned til elleve. Vi leser det som en reell forbedring, siden "
            "tilsynene ble rettet mot virksomheter med høyere risiko enn før. Alle avvikene er fulgt opp, ni er lukket "
            "og to har godkjent plan."
        ),
    )


def _supply() -> tuple[b.Block, ...]:
    return (
        b.Section("Hovedmål 3: Forsyningssikkerhet og beredskap", "3.4"),
        P(
            "Måloppnåelsen er tilfredsstillende. Nasjonale strukturer er på plass, og samarbeidet med nordiske land er "
            "styrket. Systemet for å overvåke forsyningskjedene er startet, men ikke i full drift, og den parameteren "
            "er derfor vurdert som delvis innfridd."
        ),
        b.Figure(
            chart=shortage_chart(),
            title="Mangelmeldinger og kritiske mangler 2020–2026",
            unit="antall",
            note="Åpne punkter er målt etter gammel definisjon. Tall før og etter bruddet kan ikke sammenlignes. "
            "Kilde: "
            "direktoratets mangelregister.",
            key="mangel",
        ),
        b.Section("Ressursbruk, produktivitet og effektivitet", "3.5"),
        P("Driftsutgiftene per behandlet sak gikk ned med 2,4 prosent i faste priser. Sykefraværet var 4,1 prosent."),
        b.Section("Utvikling og gevinster", "3.6"),
        P("Ny løsning for mottak av meldinger sparer om lag 3,5 årsverk. Gevinsten er brukt til metodevurdering."),
    )


def _safety_table() -> b.Table:
    rows = (
        ("Bivirkningsmeldinger", 9120, 8764, 9033, 3.1, False),
        ("Kvalitetssviktmeldinger", 812, 858, 901, 5.0, False),
        ("Uønskede hendelser med medisinsk utstyr", 2204, 2461, 2610, 6.1, True),
        ("Saker med særskilte kommunikasjonstiltak", 28, 31, 34, 9.7, False),
        ("Gjennomførte tilsyn", 141, 146, 152, 4.1, False),
        ("Kritiske avvik, alle fulgt opp", 19, 14, 11, -21.4, False),
        ("Søknader fra blod-, celle- og vevsbanker", 47, 44, 52, 18.2, False),
    )
    return b.Table(
        columns=(
            b.Column("Nøkkeltall", 82),
            b.Column("2024", 21, "number"),
            b.Column("2025", 21, "number"),
            b.Column("2026", 21, "number"),
            b.Column("Endring", 21, "number"),
        ),
        rows=tuple(
            b.Row(
                (
                    label,
                    first,
                    second,
                    b.Figures(third, flag="f" if open_ else ""),
                    b.Figures(change, percent=True, sign=True, decimals=1),
                )
            )
            for label, first, second, third, change, open_ in rows
        ),
        title="Nøkkeltall for sikkerhet og riktig bruk",
        key="sikkerhet",
        note="f = foreløpig tall; 38 meldinger fra desember er ikke kodet.",
    )
