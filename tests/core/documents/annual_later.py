"""The later parts of the annual report: control, outlook, accounts on wide pages, annexes."""

from core.pdf import blocks as b
from tests.core.documents.data import assignment_table, risk_chart, risk_table

P = b.Paragraph


def part_4() -> tuple[b.Block, ...]:
    """Control and risk."""
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


def part_5() -> tuple[b.Block, ...]:
    """Outlook."""
    return (
        b.Part("Vurdering av framtidsutsikter", "V"),
        b.Section("Nytt europeisk regelverk", "5.1"),
        P("Det nye regelverket får virkning fra 2028. Direktoratet trenger fem nye spesialister før den tid."),
        b.Section("Forsyning i en urolig tid", "5.2"),
        P("Vi venter flere mangler på eldre legemidler med lav pris. Nordiske fellesinnkjøp vil dempe virkningen."),
        b.Section("Økonomi på lang sikt", "5.3"),
        P("Fra 2029 dekker ikke rammen driften uten tiltak. Vi kommer tilbake til dette i innspillet for 2028."),
    )


def part_6() -> tuple[b.Block, ...]:
    """Accounts."""
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


def annexes() -> tuple[b.Block, ...]:
    """Status of assignments, and where each requirement is answered."""
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
