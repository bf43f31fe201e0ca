"""The demonstration holds the real letters without loss, and every state a letter can be in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from agencies.models import Organisation, User
from assignments.models import Assignment, Delivery
from governance import roundtrip
from governance.consolidation import in_force, post_totals
from governance.ledger.gather import balances_of
from governance.models import (
    ApprovalStep,
    AssignmentItem,
    Authorisation,
    BudgetLine,
    CalendarItem,
    Change,
    CopyRule,
    DocumentState,
    EnclosureDispatch,
    Finding,
    Goal,
    HearingRound,
    InputRequest,
    InstructionReplacement,
    KeyFigure,
    MeetingRule,
    NoticeDuty,
    Passage,
    PromisedEnclosure,
    Proposal,
    Publication,
    ReportingRequirement,
    ReturnedChange,
    ReturnedFile,
    RowComment,
    SectionOwner,
    SteeringDocument,
    SteeringParameter,
)
from governance.roundtrip.word import read_word, write_word
from governance.selectors.rule_tables import rule_tables
from reporting.models import SteeringNeed

pytestmark = pytest.mark.usefixtures("demo")

#: The real letters of the demonstration, by the name of the file with what stands in them.
REAL = {
    "tildelingsbrev-dmp-2026": ("DMP", "allocation_letter", date(2025, 12, 22)),
    "ttb-helsedirektoratet-2024-40-42": ("Hdir", "supplement", date(2024, 6, 28)),
    "hod-hdir-2026-supplerende-1": ("Hdir", "supplement", date(2026, 2, 27)),
    "hod-hdir-2026-supplerende-2": ("Hdir", "supplement", date(2026, 4, 16)),
}


def letter(name: str) -> SteeringDocument:
    """A real letter."""
    short, kind, day = REAL[name]
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(
        recipient__short_name=short, kind__code=kind, document_date=day
    )
    return found


def draft(title: str) -> SteeringDocument:
    """A document by title."""
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(title=title)
    return found


def agency(short: str) -> Organisation:
    """A body by short form."""
    return Organisation.objects.get(short_name=short)


# ---- what came up in expert meetings ----
def test_one_need_is_given_by_a_letter_and_one_waits() -> None:
    given, waiting = SteeringNeed.objects.select_related("document", "agency").order_by("held_on")
    assert (given.state, waiting.state) == ("given", "open")
    assert given.document is not None
    assert given.document.title == "Supplerende tildelingsbrev nr. 1 2026"
    assert Passage.objects.filter(document=given.document, text=given.words).exists()
    assert waiting.agency.short_name == "Hdir"


# ---- what the letters say ----
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (
            "tildelingsbrev-dmp-2026",
            {Goal: 8, SteeringParameter: 17, KeyFigure: 20, AssignmentItem: 6, BudgetLine: 9, CalendarItem: 15,
             ReportingRequirement: 29, Authorisation: 6, MeetingRule: 2, NoticeDuty: 2, CopyRule: 3},
        ),
        ("ttb-helsedirektoratet-2024-40-42", {AssignmentItem: 3, Change: 7}),
        ("hod-hdir-2026-supplerende-1", {AssignmentItem: 2, BudgetLine: 8, Change: 11, PromisedEnclosure: 1}),
        ("hod-hdir-2026-supplerende-2", {AssignmentItem: 11, BudgetLine: 12, Change: 26, PromisedEnclosure: 2}),
    ],
)  # fmt: skip
def test_each_letter_has_all_its_rows(name: str, counts: dict[Any, int]) -> None:
    document = letter(name)
    assert {model: model.objects.filter(document=document).count() for model in counts} == counts


@pytest.mark.parametrize("name", REAL)
def test_each_letter_says_what_was_read_in_the_real_one(name: str, shared: Path) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    document = letter(name)
    held = {row.reference: row for row in AssignmentItem.objects.filter(document=document)}
    for row in gold["assignments"]:
        item = held.pop(row["reference"])
        wanted = {date.fromisoformat(part["date"]) for part in row.get("deadlines", [])}
        assert wanted <= {part.deadline for part in item.delivery_items.all()}, row["reference"]
        assert item.restricted == ("unntatt" in row["title"]), row["reference"]
        if not item.restricted and name != "tildelingsbrev-dmp-2026":
            assert item.title in (row["title"], *row.get("alt_titles", ()))
    assert not held
    amounts = list(BudgetLine.objects.filter(document=document))
    told = {(row.chapter, row.post, row.amount // 1000): row for row in amounts}
    for row in gold["budget_lines"]:
        if row.get("optional"):
            continue
        line = told[int(row["chapter"]), int(row["post"]), row["amount_thousands"]]
        if row.get("total_thousands"):
            assert line.total_after == row["total_thousands"] * 1000
    for kind, model in (("goals", Goal), ("parameters", SteeringParameter), ("key_figures", KeyFigure)):
        main = [row for row in gold[kind] if not row.get("optional")]
        assert model.objects.filter(document=document).count() >= len(main)


def test_parts_add_up_and_pay_for_assignments() -> None:
    document = letter("hod-hdir-2026-supplerende-2")
    lines = BudgetLine.objects.filter(document=document).annotate(parts=Count("splits")).filter(parts__gt=0)
    sums = {row.code: (row.amount, sum(part.amount for part in row.splits.all())) for row in lines}
    differs = {code: pair for code, pair in sums.items() if pair[0] != pair[1]}
    assert differs == {"760.21": (9_500_000, 23_000_000)}  # as the letter itself says
    assert set(sums) == {"701.21", "714.79", "760.21", "765.21"}
    paid = lines.filter(splits__assignment_item__isnull=False).values_list(
        "splits__assignment_item__reference", "splits__anchor"
    )
    assert set(paid) == {("TB2026-70", ""), ("TB2026-20", "3d")}
    assert Finding.objects.filter(document=document, check_id__in=["V-09", "PENGER-5"], state="open").count() == 2


def test_a_clarified_assignment_is_followed_up_with_its_new_deliveries() -> None:
    rows = Delivery.objects.filter(assignment__reference="TB2026-17", assignment__responsible=agency("Hdir"))
    days = [row.deadline for row in rows.order_by("ordinal")]
    assert days == [date(2026, 6, 1), date(2026, 6, 15), date(2026, 10, 1), date(2026, 10, 1), date(2026, 11, 1)]
    assert Assignment.objects.get(reference="TTB2024-40").standing
    joint = AssignmentItem.objects.get(reference="TTB2024-42")
    assert len(joint.recipients) == 3


FRAGMENTS = {
    "aid-arbeids-og-velferdsdirektoratet-2022": ("AID", "AVdir"),
    "bfd-bufdir-2022": ("BFD", "Bufdir"),
    "dfd-digitaliseringsdirektoratet-2022": ("KDD", "Digdir"),
    "hod-direktoratet-for-e-helse-2022": ("HOD", "e-helse"),
    "kd-direktoratet-for-hoyere-utdanning-og-kompetanse-2022": ("KD", "HK-dir"),
    "kd-kunnskapssektorens-tjenesteleverandor-sikt-2022": ("KD", "Sikt"),
}


def test_every_excerpt_is_a_letter_of_its_own(shared: Path) -> None:
    held = SteeringDocument.objects.filter(document_date__year__in=[2022, 2023], year__in=[2022, 2023])
    real = list((shared / "letters" / "fragments").glob("*.txt"))
    assert held.count() == len(real) == 30
    assert held.filter(language="nn").count() == 1
    assert all(len(roundtrip.letter_of(row).passages) > 3 for row in held.select_related("kind", "issuer", "recipient"))


@pytest.mark.parametrize("name", FRAGMENTS)
def test_an_excerpt_says_what_was_read_in_the_real_one(name: str, shared: Path) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    issuer, recipient = FRAGMENTS[name]
    document = SteeringDocument.objects.get(
        issuer__short_name=issuer, recipient__short_name=recipient, document_date__year=2022
    )
    kinds = {"goals": Goal, "parameters": SteeringParameter, "key_figures": KeyFigure, "assignments": AssignmentItem}
    for kind, model in kinds.items():
        held = set(model.objects.filter(document=document).values_list("title", flat=True))
        for row in gold.get(kind, []):
            assert held & {row["title"], *row.get("alt_titles", ())}, row["title"]
    for row in gold.get("assignments", []):
        item = AssignmentItem.objects.get(document=document, reference=row["reference"])
        wanted = {date.fromisoformat(part["date"]) for part in row["deadlines"]}
        assert wanted <= {part.deadline for part in item.delivery_items.all()}


# ---- money ----
def test_the_ledger_adds_up_across_agencies_with_carried_over_money_once() -> None:
    rows = {row.code: row for row in balances_of(agency("HOD"), 2026)}
    assert dict(rows["702.21"].agencies) == {"DMP": 400_000, "Hdir": 26_100_000}
    assert rows["740.01"].granted == rows["740.01"].allotted == 1_613_022_000
    assert rows["746.01"].reserved == 9_300_000
    assert not [code for code, row in rows.items() if row.exceeded]
    totals = post_totals(in_force(agency=agency("Hdir"), valid_on=date(2026, 11, 26)))
    sums = totals.find("740.01")
    assert sums is not None
    assert (sums.sums.carried, sums.sums.letter, sums.sums.total) == (56_230_000, 1_556_792_000, 1_613_022_000)
    assert not [row.code for row in totals.expenses if row.differs]


# ---- instructions ----
def test_the_instructions_are_rules_with_the_words_they_come_from(client: Client) -> None:
    dmp, hdir = (
        SteeringDocument.objects.get(kind__code="instruction", recipient__short_name=short, document_date__year=2026)
        for short in ("DMP", "Hdir")
    )
    assert InstructionReplacement.objects.filter(document=hdir).count() == 3
    for document in (dmp, hdir):
        assert NoticeDuty.objects.filter(document=document).count() == 6
        assert MeetingRule.objects.filter(document=document).exists()
        assert Authorisation.objects.filter(document=document).exists()
        whole = SteeringDocument.objects.for_detail().get(pk=document.pk)
        assert all(row["passages"] for row in roundtrip.letter_of(whole).items)
    (lock,) = next(table for table in rule_tables(dmp) if table.key == "lock_rule").rows
    assert "ekspedisjonssjefen i departementet" in lock.cells
    assert "ekspedisjonssjefen" in lock.sources[0].words
    copies = {
        document.recipient_id: set(CopyRule.objects.filter(document=document).values_list("correspondence", flat=True))
        for document in (dmp, hdir)
    }
    assert copies == {dmp.recipient_id: {"letter", "supplement", "audit"}, hdir.recipient_id: {"all", "audit"}}
    client.force_login(User.objects.get(full_name="Marte Lindqvist"), backend="config.accounts.Backend")
    page = client.get(reverse("governance:compare"), {"foer": str(dmp.uuid), "etter": str(hdir.uuid)})
    assert "all korrespondanse" in page.content.decode()


# ---- a letter from the directorate ----
def test_the_directorate_has_issued_its_own_letter_in_nynorsk() -> None:
    document = draft("Mål- og disponeringsbrev 2026")
    assert (document.issuer.short, document.recipient.short) == ("Hdir", "Helfo")
    assert (document.language, document.state, document.origin) == ("nn", DocumentState.ISSUED, "made_here")
    assert AssignmentItem.objects.filter(document=document).values_list("reference", flat=True)[0] == "MD2026-1"
    assert Publication.objects.get(document=document).state == "published"


# ---- work under way ----
def test_next_years_letter_is_being_written_and_heard() -> None:
    document = draft("Tildelingsbrev 2027")
    assert document.state == DocumentState.HEARING
    assert SectionOwner.objects.filter(document=document, ended_at__isnull=True).count() == 3
    asked = dict(InputRequest.objects.filter(round__document=document).values_list("department__code", "state"))
    assert asked == {"SHA": "answered", "FHA": "no_input", "BØA": "asked"}
    assert Proposal.objects.get(document=document).state == "proposed"
    assert HearingRound.objects.get(document=document).answered_at is not None
    comments = dict(
        RowComment.objects.filter(document=document).values_list("audience").annotate(n=Count("id")).order_by()
    )
    assert comments["shared"] == 3
    assert comments["internal"] >= 3
    severities = set(Finding.objects.filter(document=document, state="open").values_list("severity", flat=True))
    assert {"F", "A"} <= severities
    before = KeyFigure.objects.filter(document__recipient__short_name="DMP", document__year=2026)
    kept = KeyFigure.objects.filter(document=document, line__in=before.values("line"))
    assert kept.count() == 19
    back = ReturnedFile.objects.get(document=document)
    assert back.state == "open"
    assert ReturnedChange.objects.filter(returned=back).count() == 3


def test_an_approval_stands_half_way() -> None:
    document = draft("Supplerende tildelingsbrev nr. 3 2026")
    assert document.state == DocumentState.APPROVAL
    steps = ApprovalStep.objects.filter(document=document).order_by("order", "id")
    assert [(row.kind, row.state, row.by_authority) for row in steps] == [
        ("budget", "approved", False),
        ("professional", "approved", True),
        ("political", "waiting", False),
        ("leadership", "waiting", False),
    ]


def test_publication_exemption_and_what_is_still_to_be_sent(client: Client) -> None:
    published = letter("tildelingsbrev-dmp-2026")
    page = client.get(reverse("governance:published_document", args=[published.uuid]))
    assert page.status_code == 200
    exempt = Publication.objects.select_related("responsible", "document").get(
        document=letter("hod-hdir-2026-supplerende-1")
    )
    assert (exempt.state, exempt.exempt_basis) == ("exempt", "Offl. § 15 tredje ledd")
    assert exempt.public_title
    assert exempt.responsible.full_name == "Marte Lindqvist"
    assert client.get(reverse("governance:published_document", args=[exempt.document.uuid])).status_code == 404
    hidden = AssignmentItem.objects.filter(restricted=True, document__recipient__short_name="Hdir")
    assert {"TB2026-5", "TB2026-61", "TB2026-62", "TB2026-70", "TB2026-71"} == set(
        hidden.values_list("reference", flat=True)
    )
    sent = EnclosureDispatch.objects.values("enclosure")
    assert PromisedEnclosure.objects.exclude(pk__in=sent).get().title == "Vedlegg til TB2026-71"
    assert Finding.objects.filter(check_id="ETT-1", state="open").count() == 1


# ---- out and in again ----
def test_every_letter_comes_back_equal_as_json_and_as_word() -> None:
    documents = list(SteeringDocument.objects.for_detail().order_by("id"))
    assert len(documents) >= 48
    for document in documents:
        held = roundtrip.letter_of(document)
        assert roundtrip.read_json(roundtrip.export_json(document)).canonical() == held.canonical(), document.title
        assert read_word(write_word(held)).canonical() == held.canonical(), document.title
