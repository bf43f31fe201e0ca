"""Allocation letter: letterhead, assignments beside the axis, budget table, calendar annex."""

from datetime import UTC, datetime

from core.pdf import blocks as b

P = b.Paragraph


def allocation_letter() -> b.Document:
    """The letter for 2026, in words of our own."""
    meta = b.Meta(
        title="Statsbudsjettet 2026: tildelingsbrev til Direktoratet for medisinske produkter",
        author="Helse- og omsorgsdepartementet",
        lang="nb",
        created=datetime(2025, 12, 19, 12, 0, tzinfo=UTC),
        name="Tildelingsbrev 2026",
        organisation="Direktoratet for medisinske produkter",
        case="25/5120",
        classification="mønster",
        head="Tildelingsbrev 2026",
    )
    return b.Document(meta=meta, blocks=(*_opening(), *_goals(), *_more_goals(), *_money(), *_closing(), *_annexes()))


def _opening() -> tuple[b.Block, ...]:
    return (
        b.Letterhead(
            sender="Helse- og omsorgsdepartementet",
            addressee=("Direktoratet for medisinske produkter", "Postboks 240 Skøyen", "0213 Oslo"),
            references=(
                b.Fact("Vår ref.", b.Span("25/5120", code=True).text),
                b.Fact("Deres ref.", "–"),
                b.Fact("Dato", "19. desember 2025"),
                b.Fact("Saksbehandler", "Anders Lie"),
            ),
            title="Statsbudsjettet 2026: tildelingsbrev til Direktoratet for medisinske produkter",
        ),
        b.Section("Innledning", "1"),
        P(
            "Stortinget har vedtatt budsjettet for 2026. Her følger rammene og styringssignalene for direktoratet. "
            "Vedtaket ble gjort 15. desember 2025 etter Innst. 11 S (2025–2026) og Prop. 1 S (2025–2026)."
        ),
        P(
            "Brevet må leses sammen med hovedinstruksen og med reglene for økonomistyring i staten. Møter og rapporter "
            "står i styrings- og rapporteringskalenderen i vedlegg I. Styringssignaler gis alltid skriftlig."
        ),
        P(
            "Oppdrag fra 2024 eller tidligere faller bort, med mindre noe annet er særskilt avtalt. Oppdrag fra 2025 "
            "som "
            "ikke er fullført, videreføres."
        ),
        b.Section("Overordnede mål og prioriteringer", "2"),
        P(
            "Direktoratet skal bidra til fire av de overordnede målene for sektoren: god helse og mestring, gode "
            "pasientforløp og rask tilgang, bærekraftig og rettferdig ressursbruk, og beredskap for kriser. I 2026 "
            "skal "
            "tre områder gis særlig prioritet:"
        ),
        b.ListBlock(
            (
                "det utvidede ansvaret for forsyningssikkerhet, jf. Meld. St. 5 (2023–2024)",
                "metodevurderinger, særlig saksbehandlingstid og internasjonalt samarbeid, jf. Meld. St. 21 "
                "(2024–2025)",
                "kvalitet, internkontroll og god økonomistyring, herunder oppfølgingen av oppdraget om avgifter og "
                "gebyrer",
            )
        ),
        P(
            (
                "Rammene går fram av flere meldinger til Stortinget, blant annet ",
                b.Span("Fellesskap og meistring – Bu trygt heime", lang="nn", verbatim=True),
                ".",
            )
        ),
    )


def _assignment(number: str, title: str, department: str, deadline: str, text: str) -> b.AssignmentBlock:
    return b.AssignmentBlock(
        number, title, department, deadline, (text,), key=number.lower(), department_label="Avd. HOD:"
    )


def _goals() -> tuple[b.Block, ...]:
    return (
        b.Section("Mål og oppdrag", "3"),
        b.Section("Rask tilgang til medisinske produkter", "3.1", 3),
        P("Seks styringsparametere: tidsbruk, andel innen frist, veiledning, varsling, klinisk utprøving og utstyr."),
        _assignment(
            "TB2026-1",
            "Forsterke veiledning og korte ned saksbehandlingstiden for kliniske studier",
            "SHA",
            "31. desember 2026",
            "Direktoratet skal legge fram en plan for bedre veiledning og melde fra om virkningen hvert tertial.",
        ),
        _assignment(
            "TB2026-2",
            "Evaluering av biotilsvarende bytte og mulige alternativer",
            "SHA",
            "31. desember 2026",
            "Direktoratet skal vurdere erfaringene så langt og skissere minst to andre ordninger.",
        ),
        _assignment(
            "TB2026-3",
            "Legemiddelgrunndata",
            "DIG",
            "31. desember 2026",
            "Direktoratet skal gjøre grunndata tilgjengelige i et åpent grensesnitt.",
        ),
    )


def _more_goals() -> tuple[b.Block, ...]:
    return (
        b.Section("Sikkerhet ved og riktig bruk av medisinske produkter", "3.2", 3),
        P(
            "Fem styringsparametere: bivirkningsmeldinger innen frist, rask og målrettet sikkerhetsinformasjon, "
            "kvalitetsmeldinger etter retningslinjene, risikobasert tilsyn etter planen for 2026, og oppfølging av "
            "alle "
            "kritiske avvik."
        ),
        b.Section("Forsyningssikkerhet og beredskap for medisinske produkter", "3.3", 3),
        P(
            "Seks styringsparametere: nasjonale strukturer, nordisk og europeisk samarbeid, virkemidler for tilgang, "
            "oppfølging av mangelmeldinger, overvåkning av markedet og risikobaserte tilsyn i forsyningskjeden."
        ),
        _assignment(
            "TB2026-4",
            "Ny ordning for nasjonalt lager og distribusjon av vaksiner",
            "SHA",
            "Settes i dialog med direktoratet",
            "Direktoratet skal sammen med Folkehelseinstituttet og Helsedirektoratet foreslå hvordan lager og "
            "distribusjon kan ordnes, jf. Prop. 20 S (2025–2026), og regne ut mulige gevinster.",
        ),
        _assignment(
            "TB2026-5",
            "NAT-testing (nukleinsyretesting) i blodbankene",
            "FHA",
            "15.januar 2026",
            "Direktoratet skal utrede innføring av slik testing i tråd med utredningsinstruksen.",
        ),
        _assignment(
            "TB2026-6",
            "Gjennomgå og revidere blodforskriften",
            "FHA",
            "15. januar 2027",
            "Direktoratet skal se på behovet for tydelige unntak som gir god nok beredskap i krise og krig.",
        ),
    )


def _money() -> tuple[b.Block, ...]:
    lines = (
        ("702.21", "Spesielle driftsutgifter", 400, "Beredskaps- og sikkerhetsarbeid"),
        ("702.72", "Kompensasjon til legemiddelgrossister", 86_677, None),
        ("717.70", "Tilskudd", 64_462, "Apotek 7 600, fraktrefusjon 4 262, Vetlis 1 400, Relis 51 200"),
        ("746.01", "Driftsutgifter", 458_591, "Se punkt 4.1"),
        ("746.21", "Spesielle driftsutgifter", 51_970, "Se punkt 4.1"),
        ("746.21", "Spesielle driftsutgifter", 1_000, "Overføring av studiedata fra CTIS"),
        ("3746.02", "Diverse inntekter", 38_504, "Merinntektsfullmakt kap. 746 post 01 og 21"),
        ("3746.04", "Registreringsgebyr", 86_145, "Merinntektsfullmakt kap. 746 post 01 og 21"),
        ("3746.85", "Overtredelsesgebyr og tvangsmulkt", 2_750, None),
    )
    return (
        b.Section("Budsjettildeling", "4"),
        b.Table(
            columns=(
                b.Column("Kap./post", 20, "code"),
                b.Column("Benevnelse", 60),
                b.Column("Tildeling", 20, "number"),
                b.Column("Kommentar", 66),
            ),
            rows=tuple(b.Row(line) for line in lines),
            title="Tildeling 2026",
            unit="1 000 kroner",
            key="tildeling",
            row_headers=False,
        ),
        b.Section("Budsjettmessige forutsetninger", "4.1", 3),
        P(
            "Direktoratet skal planlegge slik at målene nås innenfor bevilgningene, og melde fra om vesentlige "
            "endringer "
            "eller feil i forutsetningene. Kap. 746 post 01 er økt med 3 mill. kroner til arbeidet etter forordning "
            "(EU) "
            "2022/123. Kap. 746 post 21 er økt med 7 mill. kroner til en IT-plattform for overvåkning av medisinske "
            "produkter."
        ),
    )


def _closing() -> tuple[b.Block, ...]:
    return (
        b.Section("Styring og kontroll i virksomheten", "5"),
        P(
            "I årsrapporten skal direktoratet gi en samlet vurdering av effektiviteten med seks nøkkeltall, en "
            "tilstandsvurdering av internkontrollen og en tilstandsvurdering av sikkerhet og beredskap. "
            "Fellesføringene "
            "for 2026 gjelder klima, natur og energi, inkludering og redusert konsulentbruk."
        ),
        b.Section("Styringsdialog og rapportering", "6"),
        P(
            "Budsjett- og regnskapsrapport og virksomhetsrapport per 2. tertial sendes departementet med samtidig kopi "
            "til Riksrevisjonen. Årsrapporten for 2026 sendes innen 15. mars 2027, med samtidig kopi til "
            "Riksrevisjonen, "
            "og legges ut på direktoratets nettsider innen 1. mai 2027. Status for oppdrag følger som vedlegg til "
            "virksomhetsrapporten og årsrapporten."
        ),
        b.Signature(
            (b.Signer("Marit Aasen", "ekspedisjonssjef", on_behalf=True), b.Signer("Anders Lie", "seniorrådgiver")),
            "Med hilsen",
            "Dokumentet er elektronisk godkjent og har derfor ikke håndskrevne underskrifter.",
        ),
        b.NamedList("Kopi", ("Riksrevisjonen", "Direktoratet for forvaltning og økonomistyring")),
        b.NamedList("Vedlegg", ("Vedlegg I Styrings- og rapporteringskalender 2026", "Vedlegg II Fullmakter")),
    )


def _annexes() -> tuple[b.Block, ...]:
    calendar = (
        ("31. januar", "lørdag", "Regnskapsresultater til statsregnskapet for 2025", "2025",
         "Siste virkedag før: 30. januar"),
        ("13. februar", "fredag", "Eventuelle innspill til revidert nasjonalbudsjett", "2026", None),
        ("28. februar", "lørdag", "Budsjettdisponeringsplaner for utvalgte poster", "2026",
         "Siste virkedag før: 27. februar"),
        ("15. mars", "søndag", "Årsrapport 2025 med årsregnskap og internrevisjonens årsrapport", "2025",
         "Siste virkedag før: 13. mars"),
        ("21. april kl. 09.00–11.00", "tirsdag", "Etatsstyringsmøte", None, "Hos direktoratet"),
        ("24. april", "fredag", "Eventuelle innspill til rammefordelingen", "2027", None),
        ("4. mai kl. 09.00–11.00", "mandag", "Strategimøte", None, "Dagsorden avtales i god tid"),
        ("22. mai", "fredag", "Nøkkeltall per 1. tertial", "2026", None),
        ("25. september", "fredag", "Budsjett- og regnskapsrapport per 31. august", "2026", "Kopi til Riksrevisjonen"),
        ("25. september", "fredag", "Eventuelle innspill til nysaldering", "2026", None),
        ("9. oktober", "fredag", "Virksomhetsrapport per 2. tertial med risikovurderinger", "2026",
         "Kopi til Riksrevisjonen"),
        ("30. oktober kl. 09.30–11.30", "fredag", "Etatsstyringsmøte", None, "I departementet"),
        ("6. november", "fredag", "Tekniske justeringer, innsparinger og satsingsforslag", "2028",
         "Også nye folketrygdfinansierte legemidler"),
    )  # fmt: skip
    return (
        b.Part("Vedlegg I Styrings- og rapporteringskalender 2026", on_axis=False, head="Vedlegg I Kalender"),
        b.Table(
            columns=(
                b.Column("Dato", 37),
                b.Column("Ukedag", 16, "code"),
                b.Column("Tiltak", 62),
                b.Column("Budsjettår", 17, "code"),
                b.Column("Merknad", 34),
            ),
            rows=tuple(b.Row(row) for row in calendar),
            title="Kalender 2026",
            key="kalender",
            row_headers=False,
            note="Datoene står som i vedtaket. Der datoen faller på lørdag, søndag eller helligdag, er siste "
            "virkedag før "
            "gitt til opplysning.",
        ),
        b.Part("Vedlegg II Fullmakter", on_axis=False),
        b.Paragraph("Fullmaktene gjelder for budsjettåret og må ikke forstås videre enn ordlyden."),
        b.ListBlock(
            (
                "Merinntektsfullmakt: kap. 746 post 01 og 21 kan overskrides mot tilsvarende merinntekt.",
                "Fullmakt til å inngå leieavtaler ut over budsjettåret.",
            ),
            ordered=True,
        ),
    )
