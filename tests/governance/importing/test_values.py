"""Norwegian dates, times, amounts and references, as letters write them."""

import datetime as dt

import pytest

from governance.importing.values.dates import find_dates, find_days, find_week, is_vague, starts_with_date
from governance.importing.values.money import find_amounts, table_amount, table_unit
from governance.importing.values.references import parse_reference, reference_key
from governance.importing.values.text import comparable, join_lines, similar, written_norm
from governance.importing.values.times import find_time


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.januar 2027", dt.date(2027, 1, 15)),
        ("1.6.2026", dt.date(2026, 6, 1)),
        ("31.8.", dt.date(2026, 8, 31)),
        ("(31.08)", dt.date(2026, 8, 31)),
        ("2026-03-15", dt.date(2026, 3, 15)),
        ("31/12-26", dt.date(2026, 12, 31)),
        ("06. nov.", dt.date(2026, 11, 6)),
        ("innen utgangen av 2. tertial", dt.date(2026, 8, 31)),
        ("innan utgangen av 3. kvartal", dt.date(2026, 9, 30)),
        ("første halvår 2027", dt.date(2027, 6, 30)),
        ("i løpet av 2026", dt.date(2026, 12, 31)),
        ("innen utgangen av året", dt.date(2026, 12, 31)),
        ("juni 2026", dt.date(2026, 6, 30)),
        ("innen utgangen av april", dt.date(2026, 4, 30)),
    ],
)
def test_a_date_is_read_as_the_day_it_means(text: str, day: dt.date) -> None:
    assert [hit.date for hit in find_dates(text, 2026)] == [day]


@pytest.mark.parametrize("text", ["høsten 2026", "hausten", "medio mai", "avtales nærmere", "avsnitt 4.3", "3.1.1"])
def test_a_vague_time_and_a_section_number_are_no_dates(text: str) -> None:
    assert find_dates(text, 2026) == []


def test_a_day_that_does_not_exist_is_told_and_not_repaired() -> None:
    (hit,) = find_days("31.06.2026", 2026)
    assert hit.date is None
    assert not hit.exists
    assert hit.written == "31.06.2026"


def test_a_day_without_a_year_needs_the_year_of_the_letter() -> None:
    assert find_days("15. mars")[0].date is None
    assert find_days("15. mars", 2025)[0].date == dt.date(2025, 3, 15)


def test_a_range_of_days_has_two_ends() -> None:
    (hit,) = find_days("30. juni – 2. juli 2026")
    assert (hit.date, hit.end_date) == (dt.date(2026, 6, 30), dt.date(2026, 7, 2))


@pytest.mark.parametrize("text", ["Innen 1. mars: rapport", "fredag 1. mars Rapport", "1.3 Rapport", "Senest 01.03."])
def test_a_calendar_row_opens_with_its_date(text: str) -> None:
    hit = starts_with_date(text, 2026)
    assert hit is not None
    assert hit.date == dt.date(2026, 3, 1)


def test_a_month_alone_and_a_week_are_kept_apart_from_days() -> None:
    hit = starts_with_date("November: Strategimøte", 2026)
    assert hit is not None
    assert hit.month_only
    assert starts_with_date("Uke 24 Fagmøte", 2026) is None
    assert find_week("Uke 24 Fagmøte") == "Uke 24"
    assert is_vague("Høsten 2026")


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("kl. 09.00-11.00", dt.time(9), dt.time(11)),
        ("kl 12-14", dt.time(12), dt.time(14)),
        ("klokka 9:30", dt.time(9, 30), None),
        ("9.00–11.30", dt.time(9), dt.time(11, 30)),
    ],
)
def test_a_time_of_day_is_read(text: str, begin: dt.time, end: dt.time | None) -> None:
    found = find_time(text)
    assert found is not None
    assert found[2:] == (begin, end)


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("1,7 mill. kroner", 1_700_000),
        ("500 000 kroner", 500_000),
        ("kr 184 250 000", 184_250_000),
        ("kr. 30.000", 30_000),
        ("2 mrd. kroner", 2_000_000_000),
        ("4 millionar kroner", 4_000_000),
        ("62,5 mill. kr", 62_500_000),
    ],
)
def test_an_amount_in_text_is_whole_kroner(text: str, kroner: int) -> None:
    (hit,) = find_amounts(text)
    assert hit.kroner == kroner
    assert hit.amount_as_written in text


@pytest.mark.parametrize("text", ["kap. 702 post 21", "i 2026", "15. mars", "3 av 5"])
def test_a_number_without_a_unit_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_amounts_in_tables_take_the_unit_of_the_table() -> None:
    assert table_unit("(alle tall i 1 000 kroner)") == (1_000, "1 000 kroner")
    assert table_unit("beløp i hele kroner") == (1, "hele kroner")
    assert table_amount("458.591", 1_000) == (458_591_000, "458.591")
    assert table_amount("-6 400", 1_000) == (-6_400_000, "-6 400")
    assert table_amount("(2 000)", 1_000) == (-2_000_000, "(2 000)")
    assert table_amount("Se kap 4.1", 1_000) is None


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("TB2026-4", ("TB", 2026, 4, "")),
        ("TTB2024 – 42", ("TTB", 2024, 42, "")),
        ("TB 2025-22a", ("TB", 2025, 22, "a")),
        ("2026-05", ("", 2026, 5, "")),
        ("Oppdrag 7", ("", None, 7, "")),
        ("O 73", ("O", None, 73, "")),
        ("oppdrag 13/2024", ("", 2024, 13, "")),
    ],
)
def test_a_reference_is_split_and_kept_as_written(written: str, parts: tuple[str, int | None, int, str]) -> None:
    reference = parse_reference(written)
    assert reference.written == written
    assert (reference.series, reference.year, reference.number, reference.suffix) == parts


def test_references_written_differently_are_the_same() -> None:
    assert reference_key("TTB2024 – 42") == reference_key("ttb 2024-42")
    assert reference_key("Oppdrag nr. 7") == reference_key("7")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["styrings-", "dialogen"], "styringsdialogen"),
        (["helse-", "og omsorg"], "helse- og omsorg"),
        (["IKT-", "anskaffelser"], "IKT-anskaffelser"),
        (["e-/", "resept"], "e-/resept"),
        (["en  linje ", " til"], "en linje til"),
    ],
)
def test_lines_are_joined_as_they_were_before_the_line_break(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


def test_titles_are_compared_without_dashes_case_and_stops() -> None:
    assert comparable("Ny  ordning – del 1.") == "ny ordning - del 1"
    assert similar("Utfasing av ordningen § 45", "Utfasing av ordningen - § 45") > 0.9
    assert similar("Kart", "Helt noe annet") < 0.5


def test_the_written_norms_and_english_are_told_apart() -> None:
    assert written_norm("Etaten skal ikke gjøre noe annet enn det departementene ber om, og være til hjelp.") == "nb"
    assert written_norm("Etaten skal ikkje gjere noko anna enn det departementa ber om, og vere til hjelp.") == "nn"
    assert written_norm("The agency shall not do anything that is not asked for by the ministry.") == "en"
    assert written_norm("Kap. 1") == ""
