"""Tables and charts that several sample documents use."""

from core.charts import (
    Bar,
    BarChart,
    BudgetChart,
    BudgetRow,
    Requirement,
    Risk,
    RiskChart,
    RiskScale,
    Series,
    SeriesBreak,
    SeriesChart,
)
from core.pdf import blocks as b

SCALE = RiskScale(
    likelihood=("Svært lav", "Lav", "Middels", "Høy", "Svært høy"),
    consequence=("Ubetydelig", "Liten", "Moderat", "Alvorlig", "Kritisk"),
    level_words=("Lav", "Middels", "Høy"),
    levels=((0, 0, 0, 0, 0), (0, 0, 1, 1, 1), (0, 1, 1, 1, 2), (0, 1, 1, 2, 2), (0, 1, 2, 2, 2)),
)

RISKS = (
    Risk("R1", "Restanser i metodevurdering", 4, 4, (3, 3)),
    Risk("R2", "Svikt i forsyningen av kritiske legemidler", 3, 5, (2, 5)),
    Risk("R3", "Alvorlig sikkerhetshendelse i IT-systemene", 3, 4, (2, 3)),
    Risk("R4", "Mangel på kompetanse til nytt EU-regelverk", 4, 3, (3, 3)),
    Risk("R5", "Feil i gebyrgrunnlaget", 2, 4, (2, 3)),
    Risk("R6", "Forsinket flytting av arkivet", 2, 2),
)

RISK_MEASURES = {
    "R1": ("1", "Fast kø per fagområde, tre nye helseøkonomer. Områdedirektør metode."),
    "R2": ("3", "System for overvåkning, nordisk beredskapsavtale. Områdedirektør forsyning."),
    "R3": ("1–3", "Totrinns pålogging, øvelse hvert halvår. IT-direktør."),
    "R4": ("1", "Opplæringsplan, deling av fagfolk i Norden. HR-direktør."),
    "R5": ("–", "Ny kontroll før fakturering. Økonomidirektør."),
    "R6": ("–", "Følges i linjen. Arkivleder."),
}


def risk_chart(now: str, risks: tuple[Risk, ...] = RISKS) -> RiskChart:
    """The matrix as in the annual report."""
    return RiskChart(scale=SCALE, risks=risks, now_label=now)


def risk_table(key: str) -> b.Table:
    """The full list under the matrix."""
    rows = []
    for risk in RISKS:
        goal, measure = RISK_MEASURES[risk.code]
        after = risk.after or (risk.likelihood, risk.consequence)
        rows.append(
            b.Row(
                (
                    f"{risk.code} {risk.name}",
                    goal,
                    f"{risk.likelihood} × {risk.consequence}",
                    SCALE.level(risk.likelihood, risk.consequence),
                    measure,
                    f"{after[0]} × {after[1]} {SCALE.level(*after)}",
                )
            )
        )
    return b.Table(
        columns=(
            b.Column("Risiko", 46),
            b.Column("Mål", 11, "code"),
            b.Column("S × K", 14, "code"),
            b.Column("Nivå", 17),
            b.Column("Tiltak og eier", 52),
            b.Column("Etter tiltak", 26),
        ),
        rows=tuple(rows),
        title="Risiko med tiltak",
        key=key,
        row_headers=False,
        note="S × K = sannsynlighet ganger konsekvens. Høy: 15 eller mer, eller konsekvens 5 med sannsynlighet 3 "
        "eller mer. Middels: 6–14. Lav: under 6.",
    )


def case_time_chart() -> BarChart:
    """Case handling time against the requirement of 180 days."""
    return BarChart(
        bars=(
            Bar("Sykehuslegemidler", 192, 208),
            Bar("Folketrygdfinansierte", 163, 177),
            Bar("Medisinsk utstyr", 149, 171),
            Bar("Vaksiner", 121, 118),
        ),
        heads=("2026", "2025"),
        row_title="Sakstype",
        requirement=Requirement(180, "Krav 180 dager"),
    )


def shortage_chart() -> SeriesChart:
    """Two series of different size with a break in the definition."""
    return SeriesChart(
        periods=("2020", "2021", "2022", "2023", "2024", "2025", "2026"),
        series=(
            Series("Meldinger i alt", "antall per år", (1080, 1212, 1394, 1611, 1905, 2004, 2087)),
            Series("Kritiske eller store", "mangler, antall", (96, 88, 121, 134, 71, 64, 52)),
        ),
        period_title="År",
        break_=SeriesBreak(4, "Brudd i serien: ny definisjon fra 2024"),
    )


def budget_chart() -> BudgetChart:
    """Accounts per 31 August and forecast for the year, whole kroner."""
    return BudgetChart(
        rows=(
            BudgetRow("746.01 Drift", 312_400_000, 474_598_000, 482_315_000),
            BudgetRow("746.21 Spesielle drift", 33_100_000, 62_318_000, 62_948_000),
            BudgetRow("717.70 Tilskudd", 43_000_000, 64_075_000, 64_462_000),
            BudgetRow("3746 Inntekter", 85_700_000, 130_584_000, 127_399_000),
        ),
        row_title="Kapittel og post",
        income=frozenset({"3746 Inntekter"}),
    )


def method_table(key: str) -> b.Table:
    """Two heading levels and a sum: the table whose headings are shifted by the engine's own tags."""
    groups = ("Fullført", "Andel innen 180 dager", "Median, dager", "Under arbeid")
    columns = [b.Column("Sakstype", 56)]
    for group in groups:
        columns += [
            b.Column("2025", 13.5, "number", group=group),
            b.Column("2026", 14.0, "number", group=group),
        ]
    data = (
        ("Sykehuslegemidler", (92, 105, 49, 54, 208, 192, 61, 48)),
        ("Legemidler finansiert av folketrygden", (51, 55, 78, 84, 177, 163, 24, 19)),
        ("Medisinsk utstyr, herunder KI", (15, 18, 80, 89, 171, 149, 9, 7)),
        ("Vaksiner", (6, 9, 100, 100, 118, 121, 2, 1)),
    )
    rows = [b.Row((label, *_shares(values))) for label, values in data]
    rows.append(b.Row(("I alt", *_shares((164, 187, 63, 68, 188, 171, 96, 75))), "sum"))
    return b.Table(
        columns=tuple(columns),
        rows=tuple(rows),
        title="Metodevurderinger etter sakstype",
        key=key,
        note="Av disse gjaldt elleve metodevurderinger psykisk helse. Fire av vurderingene av medisinsk utstyr gjaldt "
        "løsninger med kunstig intelligens.",
    )


def _shares(values: tuple[int, ...]) -> tuple[b.Figures, ...]:
    return tuple(b.Figures(value, percent=index in {2, 3}) for index, value in enumerate(values))


MARKS: dict[str, b.Mark] = {
    "Levert": "done",
    "I arbeid": "half",
    "Forsinket": "late",
    "Utgått": "lapsed",
    "Uten frist": "open",
}

ASSIGNMENTS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("TB2026-1", "Forsterke veiledning og korte ned saksbehandlingstiden for kliniske studier", "SHA",
     "31. desember 2026", "31.12.2026", "Levert", "18.12.2026"),
    ("TB2026-2", "Evaluering av biotilsvarende bytte og mulige alternativer", "SHA",
     "31. desember 2026", "31.12.2026", "Levert", "21.12.2026"),
    ("TB2026-3", "Legemiddelgrunndata", "DIG", "31. desember 2026", "31.12.2026", "Levert", "30.11.2026"),
    ("TB2026-4", "Ny ordning for nasjonalt lager og distribusjon av vaksiner", "SHA",
     "Settes i dialog med direktoratet", "01.09.2026", "Levert", "28.08.2026"),
    ("TB2026-5", "NAT-testing i blodbankene", "FHA", "15.januar 2026", "30.10.2026", "Levert", "30.10.2026"),
    ("TB2026-6", "Gjennomgå og revidere blodforskriften", "FHA", "15. januar 2027", "15.01.2027", "Levert",
     "14.01.2027"),
    ("TB2025-1", "Prioriteringsmeldingen: felles vurderingsgrunnlag", "SHA", "1. mars 2026", "01.03.2026",
     "Levert", "10.06.2026"),
    ("TB2025-2", "Forenklet metodevurdering for lav usikkerhet", "FHA", "2. juni 2026", "02.06.2026", "Levert",
     "11.07.2026"),
    ("TB2025-3", "Register for medisinsk utstyr i bruk", "DIG", "3. oktober 2026", "03.10.2026", "I arbeid", "–"),
    ("TB2025-4", "Oversikt over nasjonale lagre", "SHA", "4. desember 2026", "04.12.2026", "Levert", "13.09.2026"),
    ("TB2025-5", "Nordisk avtale om legemiddelberedskap", "KTA", "5. mars 2026", "05.03.2026", "Forsinket", "–"),
    ("TB2025-6", "Avgifter og gebyrer: ny gebyrmodell", "SHA", "6. juni 2026", "06.06.2026", "Utgått", "–"),
    ("TB2025-7", "Kontroll med nettapotek", "FHA", "7. oktober 2026", "07.10.2026", "Levert", "16.06.2026"),
    ("TB2025-8", "Forsvarlig bruk av antibiotika", "DIG", "8. desember 2026", "08.12.2026", "Levert", "17.07.2026"),
    ("TB2025-9", "Tilsyn med sivile vevsbanker", "SHA", "9. mars 2026", "09.03.2026", "I arbeid", "–"),
)  # fmt: skip


def assignment_table(count: int, *, title: str, key: str) -> b.Table:
    """The status annex: real titles first, then as many made-up supplement assignments as asked."""
    rows = []
    for index in range(count):
        if index < len(ASSIGNMENTS):
            number, name, department, written, current, word, delivered = ASSIGNMENTS[index]
        else:
            number = f"TTB2025-{index + 1}"
            name = ("Vareprøver fra parallellimport", "Samordnet varsling ved mangel", "Svar på høring")[index % 3]
            department, written, current = ("DIG", "FHA", "KTA")[index % 3], "15. mai 2026", "15.05.2026"
            word, delivered = ("Levert", "12.05.2026") if index % 4 else ("Uten frist", "–")
        rows.append(b.Row((number, name, department, written, current, b.Status(word, MARKS[word]), delivered)))
    return b.Table(
        columns=(
            b.Column("Nummer", 20, "code"),
            b.Column("Oppdrag", 48),
            b.Column("Avd.", 11, "code"),
            b.Column("Frist i brevet", 30),
            b.Column("Gjeldende", 18, "code"),
            b.Column("Status", 22, "status"),
            b.Column("Levert", 17, "code"),
        ),
        rows=tuple(rows),
        title=title,
        key=key,
    )
