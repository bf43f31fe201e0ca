"""Assignments: references, borders, deadlines by part, changes, exemptions (I-03..I-09, R-10..R-19h)."""

import datetime as dt

import pytest

from governance.importing.kinds import ChangeKind, DeadlineKind, ProductKind
from governance.importing.records import DraftAssignment, DraftLetter
from tests.governance.importing.reading import read_text

HEAD = "Tildelingsbrev 2026 til Visearkivet\n\n3 Oppdrag\n\n"


def only(text: str) -> DraftAssignment:
    draft = read_text(HEAD + text)
    assert len(draft.assignments) == 1, draft.assignments
    return draft.assignments[0]


@pytest.mark.parametrize(
    ("text", "date", "kind"),
    [
        ("Frist: 1. mai 2026", dt.date(2026, 5, 1), DeadlineKind.DATE),
        ("Frist for oppdraget er 1. mai 2026", dt.date(2026, 5, 1), DeadlineKind.DATE),
        ("Frist: 1. mai kl. 12.00", dt.date(2026, 5, 1), DeadlineKind.DATE_TIME),
        ("Frist: Settes i dialog med arkivet.", None, DeadlineKind.DIALOG),
        ("Frist: Avtalast nærare", None, DeadlineKind.DIALOG),
        ("Frist: Løpende", None, DeadlineKind.RECURRING),
        ("Frist: 4 ganger i året", None, DeadlineKind.RECURRING),
        ("Frist: Jf. årsrapporten", None, DeadlineKind.EVENT),
        ("Frist: Snarest mulig", None, DeadlineKind.IMMEDIATE),
        ("Frist: 1. mai 2026. Frist kan ikke fravikes.", dt.date(2026, 5, 1), DeadlineKind.FIXED),
        ("Frist: Høsten 2026", None, DeadlineKind.NONE),
        ("Frist: 31.06.2026", None, DeadlineKind.NONE),
    ],
)
def test_each_kind_of_deadline_is_told(text: str, date: dt.date | None, kind: DeadlineKind) -> None:
    item = only(f"Oppdrag 1: Ordne samlingen\n\nArkivet skal ordne samlingen.\n\n{text}\n")
    assert item.deadline == date
    assert item.deadline_kind is kind
    assert item.deadline_text


def test_a_day_that_does_not_exist_is_doubtful_and_shown_as_written() -> None:
    item = only("Oppdrag 1: Ordne samlingen\n\nArkivet skal ordne samlingen.\n\nFrist: 31.06.2026\n")
    assert item.doubtful_deadline == "no_such_date"
    assert item.deliveries[0].deadline_text == "31.06.2026"
    assert "finnes ikke" in item.unsure[-1].sentence


def test_a_deadline_before_the_letters_date_is_doubtful() -> None:
    text = (
        "Dato: 1. februar 2026\n\n"
        + HEAD
        + "Oppdrag 1: Ordne samlingen\n\nDen skal ordnes.\n\nFrist: 15. januar 2026\n"
    )
    assert read_text(text).assignments[0].doubtful_deadline == "before_letter"


def test_the_whole_is_due_with_its_last_part_and_parts_keep_their_own_days() -> None:
    item = only(
        "TB2026-4 Ny katalog\n\nArkivet skal:\n\n"
        "1) Lage en skisse av katalogen.\no Frist 1.3.2026\n2) Lage katalogen.\n"
        "o Frist 1.10.2026\n"
    )
    assert item.deadline == dt.date(2026, 10, 1)
    assert [(part.anchor, part.date) for part in item.deliveries] == [
        ("1", dt.date(2026, 3, 1)),
        ("2", dt.date(2026, 10, 1)),
    ]
    assert item.deliveries[0].part.startswith("Lage en skisse")


def test_a_preliminary_delivery_in_prose_is_found_beside_the_final_one() -> None:
    item = only(
        "TB2026-4 Ny katalog\n\nInnen 30.9.2026 skal foreløpige vurderinger sendes departementet.\n\n"
        "Frist for endelig leveranse: 31.3.2027\n"
    )
    assert item.deadline == dt.date(2027, 3, 31)
    assert [(part.part, part.product) for part in item.deliveries] == [
        ("foreløpige vurderinger", ProductKind.PRELIMINARY),
        ("endelig leveranse", ProductKind.FINAL),
    ]


def test_other_dates_in_the_text_are_no_deadlines() -> None:
    item = only(
        "TB2026-4 Ny katalog\n\nDet vises til brev av 2. april 2025. Ordningen har virkning fra 1. januar 2027.\n\n"
        "Frist: 1. mai 2026, jf. brev av 3. mars 2025\n"
    )
    assert [part.date for part in item.deliveries] == [dt.date(2026, 5, 1)]


def test_text_after_the_deadline_still_belongs_to_the_assignment() -> None:
    item = only(
        "TB2026-4 Ny katalog\n\nDen skal lages.\n\nFrist: 1. mai 2026\n\nBiblioteket skal lede den andre delen.\n"
    )
    assert "Biblioteket skal lede" in item.body


def test_a_title_that_runs_into_the_text_gives_other_borders_to_choose() -> None:
    item = only(
        "TB2026-2 Avd. KD: ABC Evaluering av ordningen for lån av eldre viser og vurdere ev.\nalternativer\n"
        "Ordningen ble innført for mange år siden, og erfaringene er blitt samlet inn underveis.\nFrist: 1. mai 2026\n"
    )
    assert item.title == "Evaluering av ordningen for lån av eldre viser og vurdere ev. alternativer"
    assert item.department == item.department_code == "ABC"
    doubt = next(doubt for doubt in item.unsure if doubt.code == "title_border")
    assert len(doubt.borders) >= 2


def test_fields_have_spans_in_the_canonical_text() -> None:
    draft = read_text(
        HEAD
        + "TB2026-2 Ny katalog\n\nDen skal lages.\n\nFrist: 1. mai 2026\n\nAnsvarlig avdeling i KUD: Viseavdelingen\n"
    )
    found = {span.field: draft.canonical.text[span.start : span.end] for span in draft.assignments[0].spans}
    assert found == {"nummer": "TB2026-2", "tittel": "Ny katalog", "frist": "1. mai 2026", "avdeling": "Viseavdelingen"}


def test_a_list_at_the_top_and_the_text_below_are_one_assignment() -> None:
    draft = read_text(
        HEAD + "Nye oppdrag:\n\n• TB2026-5 Ny katalog\n"
        "• TB2026-6 (unntatt offentlighet, jf. offl. § 15 tredje ledd). Se vedlegg.\n\n"
        "TB2026-5 Ny katalog\n\nDen skal lages.\n\nFrist: 1. mai 2026\n"
    )
    first, second = draft.assignments
    assert (first.title, first.listed_only, first.deadline) == ("Ny katalog", False, dt.date(2026, 5, 1))
    assert second.exempt
    assert second.exempt_basis == "offl. § 15 tredje ledd"


def test_joint_recipients_and_earlier_assignments_are_named() -> None:
    item = only(
        "TB2026-7 Felles katalog (Felles oppdrag til Visearkivet, Notearkivet og Biblioteket)\n\n"
        "Det bygges på svaret på oppdrag TTB2024-41 og TB2025-20, bokstav c.\n\nFrist: 1. mai 2026\n"
    )
    assert item.joint_recipients == ("Visearkivet", "Notearkivet", "Biblioteket")
    assert [(reference.series, reference.number, reference.sub_point) for reference in item.earlier] == [
        ("TTB", 41, ""),
        ("TB", 20, "bokstav c"),
    ]


def supplement(text: str) -> DraftLetter:
    return read_text("Tillegg nr. 1 til tildelingsbrev 2026 til Visearkivet\n\n" + text)


def test_a_supplement_moves_and_withdraws_earlier_assignments() -> None:
    draft = supplement(
        "Fristen for oppdrag TB2026-3 Ny katalog utsettes til 1. oktober 2026.\n\n"
        "Oppdrag TB2026-4 Gamle plater trekkes tilbake.\n"
    )
    moved, withdrawn = draft.assignments
    assert (moved.title, moved.change, moved.deadline) == ("Ny katalog", ChangeKind.MOVED, dt.date(2026, 10, 1))
    assert (withdrawn.title, withdrawn.change, withdrawn.deadline) == ("Gamle plater", ChangeKind.WITHDRAWN, None)


def test_a_series_that_only_this_document_uses_is_learnt() -> None:
    draft = read_text(
        HEAD
        + "".join(
            f"VIS-0{n} Ordne samling nummer {n}\n\nDen skal ordnes.\n\nFrist: {n}. mai 2026\n\n" for n in (1, 2, 3)
        )
    )
    assert [item.reference.written for item in draft.assignments if item.reference] == ["VIS-01", "VIS-02", "VIS-03"]


@pytest.mark.parametrize(
    "text",
    [
        "Direktoratet skal bidra til oppdrag som er gitt til andre.\n",
        "Oppdrag fra 2024 eller tidligere utgår i sin helhet.\n",
        "Det vises til oppdrag TB2026-2, punkt 2, og til svaret på TTB2024-41.\n",
        "4.1 Oppdrag\nArkivet skal rapportere på status for oppdragene i årsrapporten.\n",
        "R-110 Fullmakter i henhold til bevilgningsreglementet gjelder.\n\nG-01 Erstatning gjelder også.\n",
    ],
)
def test_prose_does_not_become_assignments(text: str) -> None:
    assert read_text(f"Tildelingsbrev 2026 til Visearkivet\n\n1 Innledning\n\n{text}").assignments == ()
