"""Annual report in bokmål: front page, contents, six parts, annexes."""

from datetime import UTC, datetime

from core.pdf import blocks as b
from tests.core.documents.data import (
    assignment_table,
    case_time_chart,
    method_table,
    risk_chart,
    risk_table,
    shortage_chart,
)

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
        blocks=(*_front(), *_part_1(), *_part_2(), *_part_3(), *_part_4(), *_part_5(), *_part_6(), *_annexes()),
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


def _part_3() -> tuple[b.Block, ...]:
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


def _part_4() -> tuple[b.Block, ...]:
    return (
        b.Part("Styring og kontroll i virksomheten", "IV"),
        b.Section("Risikovurdering", "4.1"),
        P(
            "Ledelsen vurderer risiko mot hovedmålene hvert tertial. Risikokartet viser de seks største risikoene ved "
            "årets slutt og hvor de forventes å ligge når planlagte tiltak er gjennomført."
        ),
        b.Figure(
            chart=risk_chart("Risiko ved årets slutt"),
            title="Risikokart ved utgangen av 2026",
            note="Skalaen er direktoratets egen. Risikoene er listet i tabellen under.",
            key="risiko",
            table="tiltak",
        ),
        risk_table("tiltak"),
        b.Section("Internkontroll og kvalitetssystem", "4.2"),
        P("Tilstanden i internkontrollen vurderes som god. Ett vesentlig avvik om tilganger ble lukket i november."),
        b.Section("Sikkerhet og beredskap", "4.3"),
        P("Det er holdt to øvelser. Planverket er revidert, og ansvar ved mangel på legemidler er avklart."),
        b.Section("Fellesføringer", "4.4"),
        P("Bruken av konsulenter gikk ned med seks prosent. Klimaregnskapet for 2026 er publisert."),
        b.Section("Oppfølging av Riksrevisjonen", "4.5"),
        P("Direktoratet har fulgt opp anbefalingene om registerdata. Arbeidet er rapportert særskilt 1. oktober 2026."),
        b.Section("Personal, likestilling og arbeidsmiljø", "4.6"),
        P("Kvinneandelen er 68 prosent. Redegjørelsen etter likestillings- og diskrimineringsloven følger rapporten."),
    )


def _part_5() -> tuple[b.Block, ...]:
    return (
        b.Part("Vurdering av framtidsutsikter", "V"),
        b.Section("Nytt europeisk regelverk", "5.1"),
        P("Det nye regelverket får virkning fra 2028. Direktoratet trenger fem nye spesialister før den tid."),
        b.Section("Forsyning i en urolig tid", "5.2"),
        P("Vi venter flere mangler på eldre legemidler med lav pris. Nordiske fellesinnkjøp vil dempe virkningen."),
        b.Section("Økonomi på lang sikt", "5.3"),
        P("Fra 2029 dekker ikke rammen driften uten tiltak. Vi kommer tilbake til dette i innspillet for 2028."),
    )


def _part_6() -> tuple[b.Block, ...]:
    return (
        b.Part("Årsregnskap", "VI"),
        b.Section("Ledelseskommentarer", "6.1"),
        P(
            "Regnskapet er avlagt etter bestemmelser om økonomistyring i staten og gir et dekkende bilde av "
            "virksomhetens disponible bevilgninger, regnskapsførte utgifter, inntekter, eiendeler og gjeld."
        ),
        P("Riksrevisjonen reviderer regnskapet. Revisjonsberetningen publiseres når den er mottatt."),
        b.Section("Prinsippnote", "6.2"),
        P("Oppstillingene er utarbeidet etter kontantprinsippet, uten avrunding i grunnlaget."),
        b.Wide(_accounts()),
        b.Section("Oppstilling av artskontorapportering", "6.4"),
        b.Table(
            columns=(b.Column("Art", 94), b.Column("2025", 36, "number"), b.Column("2026", 36, "number")),
            rows=(
                b.Row(("Driftsinntekter",), "group"),
                b.Row(("Innbetalinger fra gebyrer", 121_902, 130_317)),
                b.Row(("Andre innbetalinger", 2_114, 1_980)),
                b.Row(("Driftsutgifter",), "group"),
                b.Row(("Utbetalinger til lønn", 308_400, 325_900)),
                b.Row(("Andre utbetalinger til drift", 203_120, 211_124)),
                b.Row(("Netto rapporterte utgifter", 387_504, 404_727), "sum"),
            ),
            title="Artskontorapportering",
            unit="1 000 kroner",
            key="art",
        ),
    )


def _accounts() -> tuple[b.Block, ...]:
    def columns(last: str) -> tuple[b.Column, ...]:
        return (
            b.Column("Kapittel", 18, "code"),
            b.Column("Kapittelnavn", 60),
            b.Column("Post", 12, "code"),
            b.Column("Posttekst", 66),
            b.Column("Note", 14, "code"),
            b.Column("Samlet tildeling", 27.5, "number"),
            b.Column("Regnskap 2026", 27.5, "number"),
            b.Column(last, 28, "number"),
        )

    name = "Direktoratet for medisinske produkter"
    costs = (
        ("702", "Beredskap", "21", "Spesielle driftsutgifter", "", 400, 392, 8),
        ("702", "Beredskap", "72", "Kompensasjon til legemiddelgrossister", "", 86_677, 86_677, 0),
        ("717", "Legemiddeltiltak", "70", "Tilskudd", "", 64_462, 63_910, 552),
        ("746", name, "01", "Driftsutgifter", "A, B", 482_315, 474_946, 7_369),
        ("746", name, "21", "Spesielle driftsutgifter", "A, B", 62_948, 62_078, 870),
    )
    income = (
        ("3746", name, "02", "Diverse inntekter", "B", 38_504, 39_912, 1_408),
        ("3746", name, "04", "Registreringsgebyr", "B", 86_145, 88_425, 2_280),
        ("3746", name, "85", "Overtredelsesgebyr og tvangsmulkt", "", 2_750, 1_980, -770),
    )
    balance = (
        ("–", "Netto rapportert til bevilgningsregnskapet", 557_686),
        ("60087401", "Norges Bank, innbetalinger", 134_208),
        ("60087402", "Norges Bank, utbetalinger", -690_717),
        ("715174", "Endring i mellomværende med statskassen", -1_177),
    )
    return (
        b.Section("Oppstilling av bevilgningsrapportering 31. desember 2026", "6.3"),
        b.Table(
            columns("Merutgift (−) og mindreutgift"),
            (*(b.Row(row) for row in costs), b.Row(("Sum utgiftsført", 696_802, 688_003, 8_799), "sum")),
            title="Utgifter", unit="1 000 kroner", key="utgifter", row_headers=False,
        ),
        b.Table(
            columns("Merinntekt og mindreinntekt (−)"),
            (*(b.Row(row) for row in income), b.Row(("Sum inntektsført", 127_399, 130_317, 2_918), "sum")),
            title="Inntekter", unit="1 000 kroner", key="inntekter", row_headers=False,
        ),
        b.Table(
            (b.Column("Konto", 22, "code"), b.Column("Tekst", 118), b.Column("Regnskap 2026", 41, "number")),
            (*(b.Row(row) for row in balance), b.Row(("Sum rapportert", 0), "sum")),
            title="Avstemming", unit="1 000 kroner", key="avstemming", row_headers=False,
        ),
    )  # fmt: skip


def _annexes() -> tuple[b.Block, ...]:
    return (
        b.Part("Vedlegg", key="vedlegg"),
        b.AnnexList(
            (
                "Status for oppdrag 2025 og 2026",
                "Krav og svar: hvor i rapporten hvert krav er besvart",
                "Internrevisjonens årsrapport 2026 (egen fil)",
                "Status for oppdrag unntatt offentlighet (egen fil, sendt bare til departementet)",
            )
        ),
        b.Section("Status for oppdrag 2025 og 2026", "V1"),
        P(
            "Alle oppdrag fra tildelingsbrev og supplerende tildelingsbrev som var åpne 1. januar 2026 eller er gitt i "
            "løpet av året. Frist i brevet er gjengitt som skrevet; gjeldende frist er etter vedtatte endringer."
        ),
        assignment_table(60, title="Status for oppdrag per 31. desember 2026", key="oppdrag"),
        b.Section("Krav og svar", "V2"),
        b.Table(
            columns=(b.Column("Krav", 80), b.Column("Hentet fra", 30), b.Column("Besvart i", 56)),
            rows=(
                b.Row(("Samlet vurdering av effektiviteten", "Brevet 5.2", (b.Ref("maal", capital=True),))),
                b.Row(("Tidsbruk for metodevurderinger", "Brevet 3.1.1", (b.Ref("metode", capital=True),))),
                b.Row(("Status for oppdragene", "Brevet 6.1", (b.Ref("oppdrag", capital=True),))),
            ),
            title="Hvor kravene er besvart",
            key="krav",
        ),
    )
