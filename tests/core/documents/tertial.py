"""Tertial report (virksomhetsrapport per 2. tertial): a short document with a title block."""

from datetime import UTC, datetime

from core.charts import Risk
from core.pdf import blocks as b
from tests.core.documents.data import assignment_table, budget_chart, case_time_chart, risk_chart, risk_table

P = b.Paragraph


def tertial_report() -> b.Document:
    """Status per 31 August 2026 with forecast."""
    meta = b.Meta(
        title="Virksomhetsrapport per 2. tertial 2026, Direktoratet for medisinske produkter",
        author="Direktoratet for medisinske produkter",
        lang="nb",
        created=datetime(2026, 10, 8, 9, 30, tzinfo=UTC),
        name="Virksomhetsrapport per 2. tertial 2026",
        organisation="Direktoratet for medisinske produkter",
        case="26/03981",
        version="1",
        classification="mønster",
    )
    return b.Document(meta=meta, blocks=(*_top(), *_goals(), *_deviations(), *_money(), *_risk(), *_assignments()))


def _top() -> tuple[b.Block, ...]:
    return (
        b.TitleBlock(
            over="Direktoratet for medisinske produkter",
            title=("Virksomhetsrapport", b.Break(), "per 2. tertial 2026"),
            facts=(
                b.Fact("Til", "Helse- og omsorgsdepartementet, kopi til Riksrevisjonen samtidig"),
                b.Fact("Status per", "31. august 2026, med prognose for året"),
                b.Fact("Frist og sendt", "9. oktober 2026, sendt 8. oktober 2026"),
                b.Fact("Svarer på", "tildelingsbrevet punkt 5.2 og 6.1"),
            ),
        ),
        b.Summary(
            "Det viktigste",
            (
                "To av tre hovedmål ventes nådd. Hovedmål 1 ventes ikke nådd fullt ut.",
                "Median tid for metodevurdering av sykehuslegemidler er 196 dager, 16 over kravet. Tiltak er satt i "
                "verk.",
                "To av 14 oppdrag er forsinket. Ingen av dem venter på departementet.",
                "Driften går i balanse. Prognosen for post 01 er 98,4 prosent av tildelingen.",
            ),
        ),
        P(
            "Tall merket med endringsstrek i margen i nettutgaven er endret siden rapporten per 1. tertial. I denne "
            "utgaven er endringen skrevet i egen kolonne.",
            "note",
        ),
    )


def _goals() -> tuple[b.Block, ...]:
    return (
        b.Part("Måloppnåelse", "1", own_page=False),
        b.Table(
            columns=(
                b.Column("Hovedmål", 72),
                b.Column("Status per 31.8.", 34, "status"),
                b.Column("Prognose 31.12.", 34, "status"),
                b.Column("Siden sist", 26),
            ),
            rows=(
                b.Row(
                    (
                        "1 Rask tilgang til medisinske produkter",
                        b.Status("Vesentlig avvik", "late"),
                        b.Status("Delvis nådd", "half"),
                        "Uendret",
                    )
                ),
                b.Row(
                    (
                        "2 Sikkerhet ved og riktig bruk av medisinske produkter",
                        b.Status("Etter plan", "done"),
                        b.Status("Nådd", "done"),
                        "Uendret",
                    )
                ),
                b.Row(
                    (
                        "3 Forsyningssikkerhet og beredskap for medisinske produkter",
                        b.Status("Etter plan", "done"),
                        b.Status("Nådd", "done"),
                        "Bedre",
                    )
                ),
            ),
            title="Måloppnåelse og prognose per hovedmål",
        ),
    )


def _deviations() -> tuple[b.Block, ...]:
    return (
        b.Section("Rask tilgang", "1.1"),
        P(
            "Tidsbruken for sykehuslegemidler ligger over kravet. De øvrige sakstypene er innenfor. Tre "
            "helseøkonomer er "
            "tilsatt og begynte 1. august, og virkningen ventes fra oktober."
        ),
        b.Figure(case_time_chart(), "Saksbehandlingstid etter sakstype", unit="median, dager", key="tid"),
        b.Section("Ventede avvik", "1.2"),
        b.Table(
            columns=(
                b.Column("Krav", 48),
                b.Column("Hentet fra", 20, "code"),
                b.Column("Avvik", 48),
                b.Column("Tiltak", 50),
            ),
            rows=(
                b.Row(
                    (
                        "Metodevarsling for medisinsk utstyr",
                        "3.1.1",
                        "Startet i september, full drift først i 2027",
                        "To stillinger omdisponert fra tilsyn",
                    )
                ),
                b.Row(
                    (
                        "System for overvåkning av forsyningskjedene",
                        "5.1",
                        "To måneder forsinket",
                        "Delt leveranse, første del i desember",
                    )
                ),
                b.Row(
                    (
                        "Redusere konsulentbruken",
                        "5.7",
                        "Ned 6 prosent mot planlagt 10",
                        "Tre IT-oppgaver overtas internt i november",
                    )
                ),
            ),
            title="Ventede avvik",
            row_headers=False,
        ),
        b.Section("Endrede forutsetninger", "1.5"),
        P(
            "Revidert nasjonalbudsjett ga 6,2 mill. kroner på post 01 og 6,9 mill. kroner på post 21, jf. supplerende "
            "tildelingsbrev nr. 1. Midlene på post 21 er knyttet til overvåkningssystemet og blir brukt etter planen, "
            "med den forsinkelsen som er nevnt over. Det er ikke funnet feil i budsjettforutsetningene."
        ),
    )


def _money() -> tuple[b.Block, ...]:
    rows = (
        ("Disponibelt, post 01 og 21", 538_953, 546_100, 551_400, 555_000, 559_200),
        ("Lønn og andre personalutgifter", 325_900, 333_700, 341_000, 348_300, 355_900),
        ("Drift og leie", 157_300, 155_200, 154_900, 157_600, 159_800),
        ("Utvikling og IT", 48_100, 52_000, 54_200, 59_400, 60_800),
    )
    return (
        b.Part("Økonomi og langtidsprognose", "2", own_page=False),
        P(
            "Regnskapsstatus og prognose per kapittel og post er sendt 25. september i budsjett- og "
            "regnskapsrapporten. Figuren gjengir hovedtallene. Tildelingsbrevet punkt 5.2 ber i tillegg om oppdaterte "
            "langtidsprognoser her."
        ),
        b.Figure(
            budget_chart(),
            "Regnskap per 31. august og prognose for året",
            unit="1 000 kroner; prosent av samlet tildeling ved årets slutt",
            note="Skravert felt er prognose for september–desember.",
        ),
        b.Table(
            columns=(
                b.Column("Linje", 61),
                *(b.Column(str(year), 21, "number") for year in (2026, 2027, 2028, 2029, 2030)),
            ),
            rows=(
                *(b.Row(row) for row in rows),
                b.Row(("Resultat", 7_653, 5_200, 1_300, -10_300, -17_300), "sum"),
            ),
            title="Langtidsprognose for driften",
            unit="1 000 kroner, 2026-priser",
            note="Forutsetninger: uendrede oppgaver, lønnsvekst som i frontfagsrammen, nytt europeisk regelverk "
            "innført "
            "etter gjeldende plan.",
        ),
        P(
            "Fra 2029 vil driften ikke være i balanse uten tiltak. Direktoratet kommer tilbake til dette i "
            "innspillet om "
            "satsinger for 2028."
        ),
    )


def _risk() -> tuple[b.Block, ...]:
    now = (
        Risk("R1", "Restanser i metodevurdering", 4, 4, (3, 3)),
        Risk("R2", "Svikt i forsyningen av kritiske legemidler", 3, 5, (2, 5)),
        Risk("R3", "Alvorlig sikkerhetshendelse i IT-systemene", 3, 4, (2, 3)),
        Risk("R4", "Mangel på kompetanse til nytt EU-regelverk", 4, 3, (3, 3)),
        Risk("R5", "Forsinket overvåkningssystem", 3, 3, (2, 2)),
    )
    return (
        b.Part("Risiko og vesentlighet", "3", own_page=False),
        P(
            "Departementet har bedt om områder med høy sannsynlighet for avvik og høy konsekvens. To risikoer er i "
            "denne "
            "gruppen. De øvrige tre er tatt med fordi de har endret seg siden forrige vurdering."
        ),
        b.Section("Restanser i metodevurdering", "R1"),
        P(
            "Saksmengden øker raskere enn kapasiteten. Uten tiltak ville tallet på saker under arbeid vært om lag "
            "120 ved "
            "årets slutt. Med tiltakene ventes 78. Risikoen er størst for sykehuslegemidler med lite dokumentasjon."
        ),
        b.Section("Svikt i forsyningen av kritiske legemidler", "R2"),
        P(
            "Sannsynligheten er satt ned fordi varslingen fra bransjen kommer tidligere og fordi nordisk samarbeid har "
            "gitt tilgang til to nye lagre. Konsekvensen er uendret: svikt for ett av de 64 virkestoffene kan ramme "
            "pasienter direkte."
        ),
        b.Section("Endret siden forrige vurdering"),
        P(
            "Sannsynligheten for at direktoratet mangler kompetanse til nytt europeisk regelverk er satt opp, fordi "
            "to av "
            "fem utlyste stillinger ikke ble besatt. Forsinket overvåkningssystem er ny på listen."
        ),
        b.Figure(
            risk_chart("Risiko per 31. august", now),
            "Risikokart per 31. august 2026",
            note="Skalaen er direktoratets egen. Hele listen står i tabellen under.",
            table="risiko",
        ),
        risk_table("risiko"),
    )


def _assignments() -> tuple[b.Block, ...]:
    return (
        b.Part("Status for oppdrag", "4", own_page=False),
        P("Tabellen viser alle åpne oppdrag slik status er delt med departementet."),
        assignment_table(15, title="Oppdrag per 31. august 2026", key="oppdrag"),
        b.Signature(
            (b.Signer("Ingrid Solheim", "direktør"),),
            "Oslo, 8. oktober 2026",
            "Elektronisk godkjent 8. oktober 2026 kl. 11.30. Godkjenningen gjelder hele rapporten.",
        ),
    )
