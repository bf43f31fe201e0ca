"""Budget lines, goals and measures, authorisations and reporting requirements in small letters."""

import datetime as dt
from pathlib import Path

from governance.importing.kinds import AuthorisationKind, BudgetKind, GoalLevel, ReportingPlace
from tests.governance.importing.reading import read_path, read_text

HEAD = "Tildelingsbrev 2026 til Visearkivet\n\n"


def test_a_row_without_a_code_is_its_own_line_and_marked_for_a_person() -> None:
    draft = read_text(
        HEAD
        + "4. Budsjett\n(i 1 000 kroner)\n\n| Kap./post | Benevnelse | Tildeling | Kommentar |\n|---|---|---|---|\n"
        "| 329.21 | Spesielle driftsutgifter | 51 970 | |\n| | | 1 000 | Flytting av viser |\n| Sum | | 52 970 | |\n"
    )
    first, second = draft.budget_lines
    assert (first.amount, first.kind, first.unit_as_written) == (51_970_000, BudgetKind.EXPENSE, "1 000 kroner")
    assert (second.chapter, second.post, second.amount, second.continues_row) == ("329", "21", 1_000_000, True)
    assert second.unsure[0].code == "continues_row"


def test_the_split_of_a_line_and_its_earmarks_are_kept() -> None:
    draft = read_text(
        HEAD + "4. Budsjett\n(i 1 000 kroner)\n329.70 Tilskudd 9 000 Fordeles slik:\n• Tilskudd til lag: 7 600\n"
        "• Tilskudd til kor: 1 400\n\n4.1 Forutsetninger\n\nKap. 329, post 70:\n\n"
        "Bevilgningen økes med 3 mill. kroner til nye kor.\n"
    )
    (line,) = draft.budget_lines
    assert [(part.text, part.amount) for part in line.splits] == [
        ("Tilskudd til lag", 7_600_000),
        ("Tilskudd til kor", 1_400_000),
    ]
    assert [part.amount for part in line.earmarks] == [3_000_000]


def test_a_supplement_gives_changes_with_sign_total_and_carried_over_money() -> None:
    draft = read_text(
        "Supplerende tildelingsbrev nr. 1 for 2026\n\nKap. 329, post 21\n\nTildelingen på posten reduseres "
        "med 3,4 mill. kroner. "
        "Korrekt tildeling på kap. 329, post 21 skal være 186,6 mill. kroner.\n\n"
        "Kap. 329, post 01\n\n(i 1 000 kroner)\n"
        "Kap. post   Tidligere tildeling   Ny tildeling   Sum tildelt\n329.01   1 000   200   1 200\n\n"
        "Arkivet tildeles 0,2 mill. kroner av overførte midler fra 2025.\n"
    )
    prose, tabled = draft.budget_lines
    assert (prose.amount, prose.total, prose.kind) == (-3_400_000, 186_600_000, BudgetKind.CHANGE)
    assert (tabled.previous, tabled.amount, tabled.total) == (1_000_000, 200_000, 1_200_000)
    assert tabled.kind is BudgetKind.CARRIED_OVER


def test_goals_have_levels_and_the_agency_says_what_it_contributes_to() -> None:
    draft = read_text(
        HEAD + "2 Mål\nDe overordnede målene for sektoren er:\n\n1. Flere synger\n2. Sanger blir tatt vare på\n\n"
        "Arkivet skal bidra til sektormålene 1 og 2.\n\nHovedmål 1: Samlingen er åpen\n\n"
        "Delmål 1.1: Nettsiden er god\n"
    )
    assert [(goal.level, goal.reference) for goal in draft.goals] == [
        (GoalLevel.SECTOR, "1"),
        (GoalLevel.SECTOR, "2"),
        (GoalLevel.MAIN, "1"),
        (GoalLevel.SUB, "1.1"),
    ]
    assert draft.goals[2].contributes_to == ("1", "2")


def test_a_parameter_has_its_number_and_a_key_figure_its_values_and_dimensions() -> None:
    draft = read_text(
        HEAD
        + "3.1 Samlingen er åpen\n\n3.1.1 Styringsparametere\n• Svar skal gis innen fastsatt tidskrav på 180 dager\n\n"
        "3.1.2 Nøkkeltall\n"
        "• Antall utlån og antall avslag, fordelt på lag, kor og skoler\n"
    )
    (parameter,) = draft.parameters
    assert (parameter.quantitative, parameter.target_value, parameter.target_unit) == (True, "180", "dager")
    (figure,) = draft.key_figures
    assert figure.dimensions == ("lag", "kor", "skoler")
    assert len(figure.values) >= 2


def test_an_authorisation_has_kind_limit_bodies_and_posts() -> None:
    draft = read_text(
        HEAD + "Vedlegg 2 Fullmakter\n\nMerinntektsfullmakter\n\n"
        "Arkivet kan overskride bevilgningen på kap. 329, post 01 og "
        "post 21 mot merinntekt over kap. 3329, post 02.\n\nErstatning\n\nDepartementet gir følgende virksomheter "
        "fullmakt til erstatning på inntil kr 30.000:\n"
        "- Visearkivet\n- Notearkivet\n"
    )
    first, second = draft.authorisations
    assert (first.kind, first.expense_posts, first.income_posts) == (
        AuthorisationKind.EXCESS_INCOME,
        ("329.01", "329.21"),
        ("3329.02",),
    )
    assert (second.kind, second.limit, second.bodies) == (
        AuthorisationKind.COMPENSATION,
        30_000,
        ("Visearkivet", "Notearkivet"),
    )
    assert second.valid_year == 2026


def test_a_report_with_two_days_is_two_requirements_and_copies_are_named() -> None:
    draft = read_text(
        HEAD
        + "6 Rapportering\n\nÅrsrapporten for 2026 skal oversendes departementet senest 15. mars 2027, og publiseres "
        "på nettsidene senest 1. mai 2027.\n\nÅrsrapporten sendes i kopi til Riksrevisjonen samtidig.\n"
    )
    assert [item.date for item in draft.reporting] == [dt.date(2027, 3, 15), dt.date(2027, 5, 1)]
    assert all(item.copy_to == ("Riksrevisjonen",) for item in draft.reporting)


REQUIRED = {
    "RK01": "statsregnskapet for 2025",
    "RK02": "revidert nasjonalbudsjett",
    "RK03": "budsjettdisponeringsplaner",
    "RK04": "rammefordelingsforslaget",
    "RK05": "nysaldering",
    "RK06": "store satsinger for 2028",
    "RK07": "årsrapport for internrevisjonen",
    "RK08": "nøkkeltall per 1. tertial",
    "RK09": "regnskapsstatus per 31. august",
    "RK10": "vurdering av måloppnåelse",
    "RK11": "risiko- og vesentlighetsvurderinger",
    "RK12": "langtidsprognoser",
    "RK13": "status for oppdragene",
    "RK14": "dekke alle forhold",
    "RK15": "produktivitetsutviklingen",
    "RK16": "beskrive dette arbeidet",
    "RK17": "status for gevinstrealiseringen",
    "RK17b": "gevinstplaner",
    "RK18": "effektiviteten internt",
    "RK19": "relevante lagre",
    "RK20": "internkontroll og kvalitetssystem",
    "RK20b": "vesentlige avvik",
    "RK21": "sikkerhet og beredskap",
    "RK22": "antallet ansettelser",
    "RK23": "konsulentbruken",
    "RK23b": "note til årsregnskapet",
    "RK23c": "kommunikasjonsbransjen",
    "RK24": "framstille resultatene",
    "RK25": "Riksrevisjonens gjennomganger",
    "RK26": "feil i budsjettforutsetningene",
    "RK27": "EØS-notat",
    "RK28": "varsle departementet",
}
OF_THE_INSTRUCTION = {
    "RK28": "umiddelbart ved alvorlige",
    "RK28b": "umiddelbart om saker",
    "RK29": "virksomhetsstrategi",
    "RK29b": "Regelverksfortolkninger",
}


def test_all_reporting_requirements_of_a_real_letter_are_found_also_the_hidden_ones(shared: Path) -> None:
    draft = read_path(shared / "seeds" / "tildelingsbrev-dmp-2026.txt")
    texts = [item.text for item in draft.reporting]
    assert [name for name, words in REQUIRED.items() if not any(words in text for text in texts)] == []
    hidden = next(item for item in draft.reporting if "langtidsprognoser" in item.text)
    assert hidden.hidden
    assert hidden.where == (ReportingPlace.ACTIVITY_REPORT,)
    instruction = read_path(shared / "seeds" / "hovedinstruks-dmp-2026.txt")
    texts = [item.text for item in (*instruction.reporting, *instruction.notice_duties)]
    assert [name for name, words in OF_THE_INSTRUCTION.items() if not any(words in text for text in texts)] == []


def test_a_calendar_cell_with_two_entries_is_two_items_of_one_row(shared: Path) -> None:
    draft = read_path(shared / "seeds" / "tildelingsbrev-dmp-2026.txt")
    pair = [item for item in draft.calendar if item.date == dt.date(2026, 9, 25)]
    assert len(pair) == 2
    assert pair[0].row == pair[1].row
    meeting = next(item for item in draft.calendar if item.date == dt.date(2026, 4, 21))
    assert (meeting.time, meeting.end_time, meeting.place) == (dt.time(9), dt.time(11), "Hos direktoratet")
    last = draft.calendar[-1]
    assert last.budget_year == 2028
