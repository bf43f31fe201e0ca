"""An instruction is read in: its rules are confirmed at the review, typed where the text is unclear, and registered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import RuleBroken
from governance.actions import import_rows
from governance.copying import effective_copies
from governance.models import (
    Authorisation,
    CopyRule,
    DocumentImport,
    ImportRow,
    ItemPassage,
    LockRule,
    MeetingRule,
    NoticeDuty,
    ReportingRequirement,
    RowState,
)
from tests.cast import Cast
from tests.factories.imports import READ_AT, fill_in, make_import, register, settle
from tests.factories.instructions import make_instruction

LogIn = Callable[[str], Client]
TEXT = """Hovedinstruks til Direktoratet for medisinske produkter

1 Innledning
Instruksen er fastsatt av Helse- og omsorgsdepartementet 5. januar 2026 og trer i kraft fra 1. februar 2026.

2 Styringsdialogen
Riksrevisjonen skal ha kopi av all korrespondanse i styringsdialogen. Departementet skal ha kopi av all korrespondanse
mellom direktoratet og Riksrevisjonen. Folkets ombudsnemnd skal ha kopi av referat.

2.1 Møter
Departementet holder to etatsstyringsmøter med direktoratet i året.

2.2 Varsling
Direktoratet skal varsle departementet straks ved alvorlige hendelser.

2.3 Årsrapport
Årsrapporten skal ikke endres etter at den er sendt, med mindre særlige grunner krever det. Den
kan bare åpnes av ekspedisjonssjefen. Direktoratet skal offentliggjøre
årsrapporten så snart vårens møte er holdt og senest 1. mai.

3 Fullmakter
Departementet gir direktoratet fullmakt til å avgjøre erstatningskrav som ikke overstiger kr 150 000 i hver sak.
"""


@pytest.fixture
def found(cast: Cast) -> DocumentImport:
    return make_import(cast, data=TEXT.encode(), name="instruks.txt")


def rows(found: DocumentImport, kind: str) -> list[ImportRow]:
    return list(ImportRow.objects.filter(document_import=found, kind=kind).order_by("ordinal"))


def test_a_copy_rule_is_tied_to_the_body_it_names_and_an_unknown_one_is_asked_about(
    cast: Cast, found: DocumentImport
) -> None:
    known = {row.data["recipient"]: (row.data["recipient_uuid"], row.state) for row in rows(found, "copy_rule")}
    assert known["Riksrevisjonen"] == (str(cast.org("RR").uuid), RowState.RECOGNISED)
    assert known["Departementet"] == (str(cast.org("HOD").uuid), RowState.RECOGNISED)
    assert known["Folkets ombudsnemnd"] == ("", RowState.UNSURE)
    row = next(row for row in rows(found, "copy_rule") if row.state == RowState.UNSURE)
    common = {"document_import": found, "row": row.uuid, "actor": cast.actor("officer"), "at": READ_AT}
    with pytest.raises(RuleBroken) as refused:
        import_rows.accept_row(**common)
    assert [problem.field for problem in refused.value.problems] == ["recipient_uuid"]
    import_rows.correct_row(values={"recipient_uuid": str(cast.org("NFD").uuid)}, **common)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("copy_rule", "Kopimottaker"),
        ("meeting_rule", "Minst i året"),
        ("notice_duty", "Varsles om"),
        ("lock_rule", "Unntak"),
        ("lock_rule", "Åpnes av"),
        ("authorisation", "Beløpsgrense i kroner"),
        ("reporting", "Krav"),
    ],
)
def test_each_kind_of_rule_has_its_form_and_its_passage_is_marked(
    log_in: LogIn, found: DocumentImport, kind: str, label: str
) -> None:
    row = rows(found, kind)[0]
    page = log_in("officer").get(f"{reverse('governance:import_review', args=[found.uuid])}?rad={row.uuid}&felt=alle")
    assert page.status_code == 200
    assert label in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("meeting_rule", {"minimum": 0}, "minimum"),
        ("meeting_rule", {"minimum": None}, "minimum"),
        ("copy_rule", {"correspondence": ""}, "correspondence"),
        ("lock_rule", {"correspondence": "letter"}, "correspondence"),
        ("authorisation", {"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "valid_to"),
        ("authorisation", {"limit": -1}, "limit"),
        ("notice_duty", {"title": "", "text": ""}, "title"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(
    cast: Cast, found: DocumentImport, kind: str, values: dict[str, object], field: str
) -> None:
    row = rows(found, kind)[0]
    with pytest.raises(RuleBroken) as refused:
        import_rows.correct_row(
            document_import=found, row=row.uuid, values=values, actor=cast.actor("officer"), at=READ_AT
        )
    assert [problem.field for problem in refused.value.problems] == [field]


def test_the_limit_is_typed_as_people_write_it(log_in: LogIn, found: DocumentImport) -> None:
    row = rows(found, "authorisation")[0]
    url = reverse("governance:import_row", args=[found.uuid, row.uuid])
    typed = {
        "gjor": "rett", "version": row.version, "title": "Erstatningskrav", "limit": "kr 200 000",
        "valid_to": "31. desember 2030",
    }  # fmt: skip
    assert log_in("officer").post(url, typed).status_code == 302
    row.refresh_from_db()
    assert (row.data["limit"], row.data["valid_to"]) == (200_000, "2030-12-31")
    refused = log_in("officer").post(url, typed | {"version": row.version, "limit": "mye"})
    assert refused.status_code == 422
    assert "hele kroner" in refused.content.decode()


def test_the_registered_instruction_holds_its_rules_each_on_its_passage(cast: Cast, found: DocumentImport) -> None:
    unsure = next(row for row in rows(found, "copy_rule") if row.state == RowState.UNSURE)
    import_rows.turn_to_prose(document_import=found, row=unsure.uuid, actor=cast.actor("officer"), at=READ_AT)
    settle(cast, found)
    fill_in(
        cast, found, kind="instruction", title="Hovedinstruks", year=None, document_date=date(2026, 1, 5),
        effective_on=date(2026, 2, 1),
    )  # fmt: skip
    document = register(cast, found)
    copies = set(CopyRule.objects.filter(document=document).values_list("correspondence", "recipient__short_name"))
    assert copies == {("all", "RR"), ("audit", "HOD")}
    meeting = MeetingRule.objects.get(document=document)
    assert (meeting.kind, meeting.minimum, meeting.section) == ("governance", 2, "2.1")
    assert NoticeDuty.objects.get(document=document).timing == "immediate"
    lock = LockRule.objects.get(document=document)
    assert (lock.exception, lock.decider) == ("særlige grunner krever det", "signer")
    published = ReportingRequirement.objects.get(document=document, title__contains="offentliggjøre")
    assert (published.when, published.due_text) == ("event", "så snart vårens møte er holdt og senest 1. mai")
    power = Authorisation.objects.get(document=document, limit=150_000)
    assert power.valid_to is None
    for row in (meeting, published, power, *CopyRule.objects.filter(document=document)):
        assert ItemPassage.objects.filter(document=document, item=row.uuid, field="").exists()
    held = effective_copies(agency=cast.org("DMP"), correspondence="minutes", day=date(2026, 2, 1))
    assert [row.organisation.short for row in held] == ["RR"]


def test_the_day_it_takes_effect_and_what_it_replaces_are_filled_in_with_the_words(cast: Cast, log_in: LogIn) -> None:
    old = make_instruction(cast, dated=date(2024, 6, 26))
    later = TEXT.replace("5. januar 2026 og", "5. januar 2026. Den erstatter instruksen av 26. juni 2024. Den")
    found = make_import(cast, data=later.encode(), name="ny.txt")
    browser, address = log_in("officer"), reverse("governance:import_details", args=[found.uuid])
    page = browser.get(address)
    form = page.context["form"]
    assert form.initial["effective_on"] == date(2026, 2, 1)
    assert form.initial["replaces"] == [str(old.uuid)]
    assert "trer i kraft fra 1. februar 2026" in page.content.decode()
    assert "Teksten sier:" in page.content.decode()
    fill_in(cast, found, kind="instruction", year=None, document_date=date(2026, 1, 5), effective_on=date(2026, 3, 1))
    assert browser.get(address).context["form"].initial["effective_on"] == date(2026, 3, 1)


def test_two_instructions_from_the_same_day_are_refused_as_before(cast: Cast) -> None:
    make_instruction(cast, dated=date(2026, 1, 5), effective_on=date(2026, 2, 1))
    found = make_import(cast, data=TEXT.encode(), name="ny.txt")
    effective = date.fromisoformat(found.facts["effective_on"]["value"])
    fill_in(cast, found, kind="instruction", year=None, document_date=date(2026, 1, 6), effective_on=effective)
    for row in ImportRow.objects.filter(document_import=found, state=RowState.UNSURE, kind="copy_rule"):
        common = {"document_import": found, "row": row.uuid, "actor": cast.actor("officer"), "at": READ_AT}
        import_rows.correct_row(values={"recipient_uuid": str(cast.org("NFD").uuid)}, **common)
    settle(cast, found)
    with pytest.raises(RuleBroken) as refused:
        register(cast, found)
    assert any("på samme dag" in str(problem.message) for problem in refused.value.problems)
