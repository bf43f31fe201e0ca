"""Tables as programs set them out when they turn a letter into text: each way in its smallest form (I-13)."""

from governance.importing import DraftLetter, SourceFile, read_letter

TOP = "Tildelingsbrev 2025 til Visearkivet\n\n"


def read(text: str) -> DraftLetter:
    return read_letter([SourceFile("brev.txt", (TOP + text).encode())])


def test_a_cell_over_several_lines_is_one_cell() -> None:
    draft = read(
        "2 Oppdrag\n\n"
        "Nr.   Oppdrag                                        Frist\n"
        "1     Arkivet skal ordne samlingen av viser og       1. mai 2025\n"
        "      stev fra før krigen.\n"
        "2     Arkivet skal lage et register.                 Utgangen av 3.\n"
        "                                                     kvartal 2025\n"
    )
    first, second = draft.assignments
    assert first.title == "Arkivet skal ordne samlingen av viser og stev fra før krigen."
    assert [item.deadline.isoformat() for item in (first, second) if item.deadline] == ["2025-05-01", "2025-09-30"]


def test_a_head_on_two_lines_names_the_columns() -> None:
    draft = read(
        "Supplerende tildelingsbrev nr. 1 for 2025\n\n1 Budsjett\n(i 1 000 kroner)\n"
        "Kap. Post  Benevnelse                   Tidligere     Endring      Ny\n"
        "                                        tildeling                  tildeling\n"
        "320 01     Driftsutgifter                  51 200      -1 300      49 900\n"
        "320 21     Spesielle driftsutgifter         4 000         500       4 500\n"
    )
    assert [(line.post, line.amount, line.total) for line in draft.budget_lines] == [
        ("01", -1_300_000, 49_900_000),
        ("21", 500_000, 4_500_000),
    ]


def test_two_amounts_that_add_up_to_the_third_are_a_change_whatever_the_head_says() -> None:
    draft = read(
        "1 Budsjett\n(i 1 000 kroner)\nKap. Post Benevnelse                             Tall for posten\n"
        "320    01     Driftsutgifter                51 200      -1 300      49 900\n"
        "320    21     Spesielle driftsutgifter       4 000         500       4 500\n"
    )
    assert [(line.amount, line.previous) for line in draft.budget_lines] == [
        (-1_300_000, 51_200_000),
        (500_000, 4_000_000),
    ]


def test_a_column_headed_kroner_is_not_thousands() -> None:
    draft = read(
        "1 Budsjett\nKap. Post   Benevnelse                        Kroner\n"
        "320 01      Driftsutgifter                51 200 000\n"
        "320 21      Spesielle driftsutgifter       4 000 000\n"
    )
    assert [line.amount for line in draft.budget_lines] == [51_200_000, 4_000_000]


def test_cells_under_each_other_parted_by_empty_lines_are_rows() -> None:
    draft = read(
        "5 Budsjett\n(i 1 000 kroner)\nKap.\n\nPost\n\nBenevnelse\n\nBeløp\n\n"
        "320\n\n01\n\nDriftsutgifter\n\n51 200\n\n320\n\n45\n\nStørre utstyrsanskaffelser og\nvedlikehold\n\n4 000\n"
    )
    assert [(line.post, line.name, line.amount) for line in draft.budget_lines] == [
        ("01", "Driftsutgifter", 51_200_000),
        ("45", "Større utstyrsanskaffelser og vedlikehold", 4_000_000),
    ]


def test_a_calendar_with_one_cell_on_a_line_keeps_remarks_apart() -> None:
    draft = read(
        "Vedlegg 1 Styringskalender 2025\n\nTidspunkt\nAktivitet\nMerknad\n\n15. mars\n"
        "Årsrapport for 2024\nKopi til Riksrevisjonen\n\n"
        "Juni\nKontaktmøte\n\n21. oktober kl. 09.00–\n11.30\nEtatsstyringsmøte\nI arkivet\n"
    )
    assert [(item.title, item.note) for item in draft.calendar] == [
        ("Årsrapport for 2024", "Kopi til Riksrevisjonen"),
        ("Kontaktmøte", ""),
        ("Etatsstyringsmøte", "I arkivet"),
    ]


def test_rows_that_run_on_are_parted_by_their_values() -> None:
    draft = read(
        "3 Mål\n\nMål 1: Visene er tilgjengelige\n\nStyringsparameter Resultatkrav 2025\n"
        "Andel viser som er lest inn og\nlagt ut\n"
        "Minst 80 prosent\nBrukernes tilfredshet 75 poeng\n"
    )
    assert [(item.title, item.target_text) for item in draft.parameters] == [
        ("Andel viser som er lest inn og lagt ut", "Minst 80 prosent"),
        ("Brukernes tilfredshet", "75 poeng"),
    ]


def test_a_result_of_an_earlier_year_is_no_target() -> None:
    draft = read(
        "3 Mål\n\nMål 1: Visene er tilgjengelige\n\n"
        "Styringsparameter                  Resultat 2023     Resultat 2024     Krav 2025\n"
        "Andel viser som er lagt ut         71 %              75 %              80 %\n"
        "Brukernes tilfredshet              68                70                75\n"
    )
    assert [(item.title, item.target_text) for item in draft.parameters] == [
        ("Andel viser som er lagt ut", "80 %"),
        ("Brukernes tilfredshet", "75"),
    ]


def test_a_goal_between_the_lines_of_its_first_measure_is_a_goal() -> None:
    draft = read(
        "3 Faste oppgaver\n\nMål\nStyringsparametere\n• Andel viser som er ordnet av\nTrygg bevaring\n"
        "fagfolk innen fristen\n"
        "• Antall opptak\n• Søkernes opplevelse av\nGod tilgang til viser og\ntjenesten på nett\nstev\n• Antall lån\n"
    )
    assert [goal.title for goal in draft.goals] == ["Trygg bevaring", "God tilgang til viser og stev"]
    assert [item.title for item in draft.parameters] == [
        "Andel viser som er ordnet av fagfolk innen fristen",
        "Antall opptak",
        "Søkernes opplevelse av tjenesten på nett",
        "Antall lån",
    ]


def test_a_column_of_those_responsible_is_no_part_of_the_titles() -> None:
    draft = read(
        "Vedlegg 1 Styringskalender 2025\nTidspunkt Aktivitet Ansvarlig\n15. mars Årsrapport for 2024 Arkivet\n"
        "21. april Etatsstyringsmøte Departementet\n3. juni Rapport for 1. tertial Arkivet\n"
        "24. oktober Etatsstyringsmøte om høsten Departementet\n"
    )
    assert [(item.title, item.note) for item in draft.calendar][:2] == [
        ("Årsrapport for 2024", "Arkivet"),
        ("Etatsstyringsmøte", "Departementet"),
    ]


def test_the_senders_address_at_the_foot_of_a_page_breaks_no_list() -> None:
    draft = read(
        "3 Nøkkeltall\n\nNøkkeltall:\n• Antall lån\nPostadresse\nKontoradresse\nTelefon*\nAvdeling\n"
        "Saksbehandler\nPostboks 1 Dep\n"
        "0030 Oslo\npostmottak@kud.dep.no\n\n• Antall opptak\n"
    )
    assert [item.title for item in draft.key_figures] == ["Antall lån", "Antall opptak"]


def test_several_posts_in_a_sentence_are_several_lines() -> None:
    draft = read(
        "2 Budsjett\n\nDet omdisponeres 2,5 mill. kroner fra kap. 320 post 01 til kap. 320 post 21. "
        "Kap. 325 post 01 økes med 1,2 mill. "
        "kroner, og post 21 reduseres med 0,8 mill. kroner.\n"
    )
    assert [(line.chapter, line.post, line.amount) for line in draft.budget_lines] == [
        ("320", "01", -2_500_000),
        ("320", "21", 2_500_000),
        ("325", "01", 1_200_000),
        ("325", "21", -800_000),
    ]


def test_the_day_a_deadline_is_moved_from_is_no_deadline() -> None:
    draft = read(
        "3 Endringer i tidligere oppdrag\n\nO 12 Register over viser\n\n"
        "Fristen flyttes fra 1. juli 2025 til 15. oktober 2025.\n\n"
        "O 13 Plan for stev\n\nFrist: Avtales nærmere i møtet i mai\n"
    )
    assert [item.deadline.isoformat() if item.deadline else None for item in draft.assignments] == ["2025-10-15", None]
