"""The words a chart sets itself, in both written standards (see core/pdf/words.py for why)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Words on charts and in their descriptions; braces are filled in by the chart."""

    over: str
    under: str
    accounts: str
    forecast: str
    allocation: str
    used: str
    likelihood: str
    consequence: str
    after: str
    row: str
    period: str
    level: str
    risk: str
    met_all: str
    met_some: str
    met_none: str
    no_requirement: str
    nothing: str
    rising: str
    falling: str
    level_series: str
    broken: str
    between: str
    budget_within: str
    budget_over: str
    no_values: str
    risk_sentence: str
    moves: str
    stays: str


BOKMAL = ChartWords(
    over="over",
    under="under",
    accounts="Regnskap",
    forecast="Prognose ut året",
    allocation="Samlet tildeling",
    used="Brukt",
    likelihood="Sannsynlighet",
    consequence="Konsekvens",
    after="Etter planlagte tiltak",
    row="Rad",
    period="Periode",
    level="Nivå",
    risk="Risiko",
    met_all="Alle radene er innenfor kravet.",
    met_some="Utenfor kravet: {names}. De øvrige er innenfor.",
    met_none="Ingen av radene er innenfor kravet.",
    no_requirement="Størst verdi har {largest}, minst har {smallest}.",
    nothing="Det er ingen tall å vise.",
    no_values="Ingen tall",
    rising="{name} øker",
    falling="{name} går ned",
    level_series="{name} er om lag uendret",
    broken="Serien har brudd: {text}. Tall før og etter bruddet kan ikke sammenlignes.",
    between="fra {first} til {last}",
    budget_within="Alle postene ventes å holde seg innenfor samlet tildeling ved årets slutt.",
    budget_over="Ventes å gå ut over samlet tildeling: {names}.",
    risk_sentence="{name} har {likelihood} sannsynlighet og {consequence} konsekvens, nivå {level}",
    moves="ventes redusert til nivå {level} etter tiltak",
    stays="ingen endring etter tiltak",
)

NYNORSK = ChartWords(
    over="over",
    under="under",
    accounts="Rekneskap",
    forecast="Prognose ut året",
    allocation="Samla tildeling",
    used="Brukt",
    likelihood="Sannsyn",
    consequence="Konsekvens",
    after="Etter planlagde tiltak",
    row="Rad",
    period="Periode",
    level="Nivå",
    risk="Risiko",
    met_all="Alle radene er innanfor kravet.",
    met_some="Utanfor kravet: {names}. Dei andre er innanfor.",
    met_none="Ingen av radene er innanfor kravet.",
    no_requirement="Størst verdi har {largest}, minst har {smallest}.",
    nothing="Det er ingen tal å vise.",
    no_values="Ingen tal",
    rising="{name} aukar",
    falling="{name} går ned",
    level_series="{name} er om lag uendra",
    broken="Serien har brot: {text}. Tal før og etter brotet kan ikkje samanliknast.",
    between="frå {first} til {last}",
    budget_within="Alle postane er venta å halde seg innanfor samla tildeling ved slutten av året.",
    budget_over="Venta å gå ut over samla tildeling: {names}.",
    risk_sentence="{name} har {likelihood} sannsyn og {consequence} konsekvens, nivå {level}",
    moves="venta redusert til nivå {level} etter tiltak",
    stays="inga endring etter tiltak",
)


def chart_words(lang: str) -> ChartWords:
    """Words for ``nn``, else for bokmål."""
    return NYNORSK if lang == "nn" else BOKMAL
