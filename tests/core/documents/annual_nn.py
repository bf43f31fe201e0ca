"""Annual report in nynorsk: the six parts with their nynorsk titles, two signers, an empty series."""

from datetime import UTC, datetime

from core.charts import Bar, BarChart, Requirement, Series, SeriesChart
from core.pdf import blocks as b

P = b.Paragraph


def annual_report_nn() -> b.Document:
    """A smaller report of an agency that writes nynorsk."""
    meta = b.Meta(
        title="Årsrapport 2026, Språktilsynet",
        author="Språktilsynet",
        lang="nn",
        created=datetime(2027, 3, 10, 8, 0, tzinfo=UTC),
        name="Årsrapport 2026",
        organisation="Språktilsynet",
        case="27/88",
        version="1",
        colour="#27502f",
    )
    return b.Document(meta=meta, blocks=(*_first(), *_middle(), *_last()))


def _first() -> tuple[b.Block, ...]:
    return (
        b.FrontPage(
            organisation="Språktilsynet",
            title=("Årsrapport", b.Break(), "2026"),
            addressee="Til Kultur- og likestillingsdepartementet",
            facts=(
                b.Fact("Rapporten gjeld", "budsjettåret 2026, frist 15. mars 2027"),
                b.Fact("Saksnummer", "27/88, versjon 1"),
            ),
        ),
        b.Contents(),
        b.Part("Leiarens fråsegn", "I"),
        P(
            "Året har vore prega av fleire saker og kortare tid til svar. Vi nådde to av tre krav i tildelingsbrevet.",
            "opening",
        ),
        P(
            "Kravet om svar innan seks veker vart ikkje nådd for dei største sakene. Grunnen er at talet på saker auka "
            "med ein fjerdedel, og at to stillingar stod tomme fram til sommaren."
        ),
        b.Signature(
            (
                b.Signer("Åsne Kjølsdal-Ŧjaŧŧe", "direktør"),
                b.Signer("Pål Håvard Øvrebø-Čorgi", "administrasjonssjef", on_behalf=True),
            ),
            "Førde, 10. mars 2027",
            "Elektronisk godkjend 10. mars 2027 kl. 09.00. Godkjenninga gjeld del I og del VI.",
        ),
        b.Part("Introduksjon til verksemd og hovudtal", "II"),
        b.Section("Samfunnsoppdrag", "2.1"),
        P("Tilsynet ser til at lova vert følgd i alle statlege organ, og gjev råd når organa spør."),
        P(("På bokmål heiter oppdraget ", b.Span("tilsyn med språkbruk i statlige virksomheter", lang="nb"), ".")),
    )


def _middle() -> tuple[b.Block, ...]:
    return (
        b.Part("Aktivitetar og resultat i 2026", "III"),
        b.Section("Svartid", "3.1"),
        P(("Tidsbruken går fram av ", b.Ref("svar"), ".")),
        b.Figure(
            BarChart(
                (Bar("Klager", 38, 47), Bar("Rettleiing", 12, 14), Bar("Høyringar", None, 20)),
                ("2026", "2025"),
                "Sakstype",
                Requirement(42, "Krav 42 dagar"),
                lang="nn",
            ),
            "Svartid etter sakstype",
            unit="dagar",
            key="svar",
        ),
        b.Section("Utvikling over tid", "3.2"),
        P("Serien for kurs er ny og har førebels ingen tal."),
        b.Figure(
            SeriesChart(
                ("2024", "2025", "2026"),
                (
                    Series("Saker i alt", "talet per år", (410, 455, 561)),
                    Series("Kurs", "talet per år", (None, None, None)),
                ),
                "År",
                lang="nn",
            ),
            "Saker og kurs",
            unit="talet på",
            key="saker",
        ),
        b.Part("Styring og kontroll i verksemda", "IV"),
        P("Internkontrollen er vurdert som god. Ingen vesentlege avvik er opne ved utgangen av året."),
        b.Part("Vurdering av framtidsutsikter", "V"),
        P("Vi ventar fleire saker når forskrifta tek til å gjelde i 2028, og treng då to nye stillingar."),
    )


def _last() -> tuple[b.Block, ...]:
    return (
        b.Part("Årsrekneskap", "VI"),
        P("Rekneskapen er ført etter kontantprinsippet og gjev eit dekkjande bilete av verksemda."),
        b.Table(
            columns=(b.Column("Post", 94), b.Column("2025", 36, "number"), b.Column("2026", 36, "number")),
            rows=(
                b.Row(("01 Driftsutgifter", 41_200, 43_950)),
                b.Row(("21 Spesielle driftsutgifter", 3_000, -150)),
                b.Row(("Sum utgifter", 44_200, 43_800), "sum"),
            ),
            title="Rekneskap etter post",
            unit="1 000 kroner",
            key="post",
        ),
    )
