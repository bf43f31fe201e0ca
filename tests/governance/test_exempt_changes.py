"""A supplement changes an exempt assignment: those who may read it write it, and the words go to nobody else (B2)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from agencies.actions.appointments import appoint
from agencies.models import User
from agencies.rights import RoleCode
from assignments.actions.remarks import grant_reader
from assignments.models import Assignment, Delivery
from core import files
from core.actor import system_actor
from core.errors import NotFound, RuleBroken
from core.models import Event
from governance.actions import draft_passages, draft_rows, rendering
from governance.actions.change_base import Wish
from governance.actions.change_in_force import remove_change
from governance.actions.publication import PublicationChoice, decide_publication
from governance.drafting.acts import AMOUNT, MOVE, REPLACE, WITHDRAW
from governance.models import (
    AssignmentItem,
    BudgetLine,
    Change,
    DeliveryItem,
    JournalEntry,
    Passage,
    SteeringDocument,
)
from tests.cast import MARKER_EXEMPT, SET_UP_AT, SINCE, Cast
from tests.factories.assignments import give
from tests.factories.documents import REGISTERED_AT, make_registered_letter
from tests.factories.supplements import change, issue, supplement
from tests.governance.letters_out import words_in

LogIn = Callable[[str], Client]
TODAY = REGISTERED_AT.date()
#: stands in every word that is written about the assignment afterwards
TOLD = "ENDRETINNHOLD4419"
SHELL = "TB2026-70, unntatt offentlighet. Offl. § 15"
BLIND = ("blind_officer", "signer", "budget_officer", "department_officer", "director", "auditor")


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def exempt(cast: Cast) -> Assignment:
    """Read by the officer who registered the letter and by the agency's controller; another officer drafts too."""
    user = User(username="blind_officer@test.invalid", email="blind_officer@test.invalid", full_name="Tone Vik")
    user.set_unusable_password()
    user.save()
    appoint(user=user, role=RoleCode.GOVERNANCE_OFFICER, organisation=cast.org("HOD"), valid_from=SINCE,
            actor=system_actor("tester"), at=SET_UP_AT)  # fmt: skip
    cast.users["blind_officer"] = user
    given = give(
        cast, "TB2026-70", f"Tittel {MARKER_EXEMPT}", body=f"Tekst {MARKER_EXEMPT}", restricted=True,
        restricted_basis="Offl. § 15", restricted_title="Oppdrag om beredskap", restricted_by="Avdelingen",
        deadlines=[("1. juni 2026", date(2026, 6, 1))],
    )  # fmt: skip
    grant_reader(assignment=given, user=cast.user("controller"), actor=cast.actor("officer"), at=REGISTERED_AT)
    return given


def item_of(assignment: Assignment) -> UUID:
    found: UUID = AssignmentItem.objects.get(assignment=assignment).uuid
    return found


def wish(assignment: Assignment, what: str) -> Wish:
    """One change of it, its words marked."""
    row = item_of(assignment)
    values = {"title": f"Ny tittel {TOLD}", "body": f"Ny tekst {TOLD}"} if what == REPLACE else {}
    part = DeliveryItem.objects.get(assignment_item__uuid=row).uuid
    dates = {part: date(2026, 9, 1)} if what == MOVE else {}
    return Wish(what, row, reason=f"Fordi {TOLD}.", values=values, dates=dates)


def draft_with(cast: Cast, assignment: Assignment, what: str) -> SteeringDocument:
    draft = supplement(cast, assignment.document)
    change(cast, draft, wish(assignment, what))
    return SteeringDocument.objects.for_detail().get(pk=draft.pk)


def body(answer: Any) -> str:
    """Everything in an answer, also what is inside a Word or Excel file."""
    head = "".join(f"{name}: {value}" for name, value in answer.headers.items())
    kind, data = answer.get("Content-Type", ""), answer.content
    if "spreadsheet" in kind:
        sheet = load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        return head + str([[cell.value for cell in row] for row in sheet.rows])
    if "wordprocessing" in kind:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return head + "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return head + data.decode(errors="replace")


def says_nothing(text: str) -> bool:
    """Not even where a line of a PDF is broken in the middle of a word."""
    return not any(marker in found for marker in (MARKER_EXEMPT, TOLD) for found in (text, text.replace(" ", "")))


# ---- choosing and writing ----
def test_a_reader_finds_it_in_the_list_and_writes_the_change(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    officer, draft, row = log_in("officer"), supplement(cast, exempt.document), item_of(exempt)
    assert MARKER_EXEMPT in officer.get(reverse("governance:draft_changes", args=[draft.uuid])).content.decode()
    url = reverse("governance:draft_changes_write", args=[draft.uuid]) + f"?endre={row}:replace"
    assert f"Tekst {MARKER_EXEMPT}" in officer.get(url).content.decode()
    data = {"version": draft.version, f"{row}-title": "Nye ord", f"{row}-body": TOLD, f"{row}-reason": "Avklart."}
    assert officer.post(url, data).status_code == 302
    made = AssignmentItem.objects.get(document=draft)
    named = (made.restricted, made.restricted_basis, made.restricted_title, made.restricted_by, made.reference)
    assert named == (True, "Offl. § 15", "Oppdrag om beredskap", "Avdelingen", "TB2026-70")
    assert TOLD in officer.get(reverse("governance:draft_effect", args=[draft.uuid])).content.decode()


def test_others_neither_see_it_in_the_list_nor_post_its_id(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    blind, draft, row = log_in("blind_officer"), supplement(cast, exempt.document), item_of(exempt)
    for query in ("", f"?rad={row}", "?slag=assignment", f"?q={MARKER_EXEMPT[:6]}"):
        page = blind.get(reverse("governance:draft_changes", args=[draft.uuid]) + query).content.decode()
        assert MARKER_EXEMPT not in page.replace(f'value="{MARKER_EXEMPT[:6]}"', "")
        assert "TB2026-70" not in page.replace(exempt.document.title, "")
    url = reverse("governance:draft_changes_write", args=[draft.uuid]) + f"?endre={row}:withdraw"
    for answer in (blind.get(url), blind.post(url, {"version": draft.version, f"{row}-reason": "Løst"})):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("governance:draft_changes", args=[draft.uuid])
    assert MARKER_EXEMPT not in blind.get(reverse("governance:draft_deadline", args=[draft.uuid])).content.decode()
    moved = {"version": draft.version, "earlier": row, "deadline": "2026-09-01", "reason": "Tid"}
    answer = blind.post(reverse("governance:draft_deadline", args=[draft.uuid]), moved)
    assert "Velg en fra listen." in answer.content.decode()
    for what in (MOVE, REPLACE, WITHDRAW):
        with pytest.raises(RuleBroken, match="Raden er ikke i kraft"):
            change_as(cast, "blind_officer", draft, wish(exempt, what))
    assert not Change.objects.filter(document=draft).exists()


def change_as(cast: Cast, part: str, draft: SteeringDocument, *wishes: Wish) -> None:
    from governance.actions.change_in_force import change_in_force

    change_in_force(document=draft, wishes=wishes, actor=cast.actor(part), at=REGISTERED_AT, expected_version=None)


def test_what_the_exemption_lacks_is_asked_for_and_it_cannot_be_taken_away(
    cast: Cast, log_in: LogIn, exempt: Assignment
) -> None:
    bare = give(cast, "TB2026-71", f"Annet {MARKER_EXEMPT}", restricted=True, restricted_basis="Offl. § 14")
    officer, draft, row = log_in("officer"), supplement(cast, bare.document), item_of(bare)
    url = reverse("governance:draft_changes_write", args=[draft.uuid]) + f"?endre={row}:withdraw"
    data = {"version": draft.version, f"{row}-reason": "Løst."}
    refused = officer.post(url, data)
    assert refused.status_code == 422
    assert "Skriv en offentlig tittel som ikke røper innholdet." in refused.content.decode()
    data |= {f"{row}-restricted_title": "Oppdrag om beredskap", f"{row}-restricted_by": "Avdelingen"}
    assert officer.post(url, data).status_code == 302
    made = AssignmentItem.objects.get(document=draft)
    assert (made.change, made.restricted_basis, made.restricted_title) == (
        "withdrawn", "Offl. § 14", "Oppdrag om beredskap",
    )  # fmt: skip
    values = {"restricted": False, "restricted_basis": "", "change": "new"}
    draft_rows.save_row(
        document=draft, item_type="assignment", item=made.uuid, data=values, actor=cast.actor("officer"),
        at=REGISTERED_AT,
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.restricted, made.restricted_basis) == (True, "Offl. § 14")
    blind = log_in("blind_officer").get(reverse("governance:draft", args=[draft.uuid])).content.decode()
    assert MARKER_EXEMPT not in blind


def test_money_for_it_says_its_number_and_nothing_else(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    letter = make_registered_letter(cast)
    draft, line = supplement(cast, letter), BudgetLine.objects.get(document=letter, chapter=746)
    paid = Wish(AMOUNT, line.uuid, amount=1_000_000, basis="revised", assignment=item_of(exempt))
    with pytest.raises(RuleBroken, match="Velg et oppdrag"):
        change_as(cast, "blind_officer", draft, paid)
    for spoken in (replace(paid, reason=TOLD), replace(paid, anchor=TOLD)):
        with pytest.raises(RuleBroken, match="teksten om penger er åpen"):
            change(cast, draft, spoken)
    change(cast, draft, paid)
    text = Change.objects.get(document=draft).text
    assert "Beløpet gjelder TB2026-70." in text
    assert says_nothing(text)
    url = reverse("governance:draft_amount", args=[draft.uuid])
    assert f"TB2026-70 Tittel {MARKER_EXEMPT}" in log_in("officer").get(url).content.decode()
    assert "TB2026-70" not in log_in("blind_officer").get(url).content.decode()
    sent = reverse("governance:draft_amount", args=[exempt.document.uuid])
    assert says_nothing(log_in("blind_officer").get(sent).content.decode())


# ---- the draft ----
@pytest.mark.parametrize("what", [MOVE, REPLACE, WITHDRAW])
def test_a_draft_shows_its_writers_and_signers_the_number_alone(
    cast: Cast, log_in: LogIn, exempt: Assignment, what: str
) -> None:
    draft = draft_with(cast, exempt, what)
    names = ("draft", "draft_effect", "comments", "draft_numbers", "draft_amount", "draft_changes")
    pages = [reverse(f"governance:{name}", args=[draft.uuid]) for name in names]
    pages += [reverse("governance:draft_write", args=[draft.uuid, chapter]) for chapter in ("oppdrag", "budsjett")]
    pages += [reverse("governance:document_export", args=[draft.uuid, form]) for form in ("json", "html", "docx")]
    pages += [f"/api/v1/documents/{draft.uuid}/", reverse("reporting:search") + f"?q={TOLD}"]
    said = {url: body(log_in("officer").get(url)) for url in pages}
    for name in ("draft", "draft_effect", "comments"):
        assert TOLD in said[reverse(f"governance:{name}", args=[draft.uuid])], name
    for form in ("json", "html", "docx"):
        assert TOLD in said[reverse("governance:document_export", args=[draft.uuid, form])], form
    for part in ("blind_officer", "signer"):
        client = log_in(part)
        for url in pages:
            assert says_nothing(body(client.get(url)).replace(quote(TOLD), "").replace(f'value="{TOLD}"', "")), url
        assert SHELL in client.get(pages[0]).content.decode()
    assert says_nothing(body(log_in("signer").get(reverse("governance:issue", args=[draft.uuid]))))
    assert SHELL in log_in("blind_officer").get(pages[1]).content.decode()


@pytest.mark.parametrize("what", [MOVE, REPLACE, WITHDRAW])
def test_others_cannot_open_change_take_out_or_put_back_what_they_do_not_see(
    cast: Cast, log_in: LogIn, exempt: Assignment, what: str
) -> None:
    draft, blind = draft_with(cast, exempt, what), log_in("blind_officer")
    made, row = Change.objects.get(document=draft), AssignmentItem.objects.get(document=draft).uuid
    passage = Passage.objects.filter(document=draft, item_links__item=made.uuid).get().uuid
    chapter = reverse("governance:draft_write", args=[draft.uuid, "oppdrag"])
    act = reverse("governance:draft_act", args=[draft.uuid, "assignment", row])
    for key, uuid in (("assignment", row), ("passage", passage)):
        assert blind.get(f"{chapter}?rad={key}:{uuid}").status_code == 404
    for wanted in ("opp", "ut", "inn"):
        answer = blind.post(act, {"gjor": wanted}, follow=True)
        assert says_nothing(answer.content.decode())
    remove = reverse("governance:draft_change_remove", args=[draft.uuid, made.uuid])
    assert blind.post(remove, {"version": draft.version}).status_code == 404
    common: dict[str, Any] = {"document": draft, "actor": cast.actor("blind_officer"), "at": REGISTERED_AT}
    with pytest.raises(NotFound):
        draft_rows.save_row(item_type="assignment", item=row, data={"title": "x"}, **common)
    with pytest.raises(NotFound):
        draft_passages.save_passage(passage=passage, text="x", **common)
    assert Change.objects.filter(document=draft).count() == 1
    remove_change(change=made.uuid, expected_version=None, **{**common, "actor": cast.actor("officer")})
    assert says_nothing(blind.get(chapter).content.decode())
    assert MARKER_EXEMPT in log_in("officer").get(chapter).content.decode() or what == REPLACE
    with pytest.raises(NotFound):
        draft_rows.restore_row(item=row, **common)
    draft_rows.restore_row(item=row, **{**common, "actor": cast.actor("officer")})
    back = Change.objects.get(document=draft)
    assert (back.uuid, back.kind, back.target, back.new_item) == (made.uuid, made.kind, made.target, row)
    assert says_nothing(blind.get(chapter).content.decode())
    assert says_nothing(blind.get(reverse("governance:draft", args=[draft.uuid])).content.decode())


# ---- after issue ----
def outlets(letter: SteeringDocument, exempt: Assignment) -> list[str]:
    """Where a reader of documents meets the change."""
    agency, marked = letter.recipient.uuid, quote(TOLD)
    names = ("document", "document_text", "document_findings", "document_access", "document_archive")
    urls = [reverse(f"governance:{name}", args=[letter.uuid]) for name in names]
    urls += [reverse("governance:document_export", args=[letter.uuid, form]) for form in ("json", "html", "docx")]
    for given in (letter, exempt.document):
        urls.append(reverse("governance:document", args=[given.uuid]))
    urls += [f"/api/v1/documents/{letter.uuid}/", "/api/v1/assignments/", f"/api/v1/assignments/{exempt.uuid}/"]
    page = reverse("governance:in_force", args=[agency])
    first = reverse("governance:in_force_letter", args=[exempt.document.uuid])
    urls += [f"{url}?vis={view}" for url in (page, first) for view in ("rader", "tekst")]
    urls.append(reverse("governance:changes_between", args=[agency]) + "?fra=2025-01-01&til=2026-12-31")
    urls.append(reverse("governance:year_letters", args=[agency, 2026]))
    urls.append(reverse("governance:compare") + f"?hva=dokumenter&foer={exempt.document.uuid}&etter={letter.uuid}")
    urls.append(reverse("governance:compare") + f"?hva=aar&virksomhet={agency}&fra_aar=2025&til_aar=2026")
    urls += [reverse("reporting:search") + f"?q={words}" for words in (marked, quote(MARKER_EXEMPT))]
    urls += [reverse("assignments:list") + f"?sok={marked}", reverse("assignments:download") + "?format=csv"]
    urls += [reverse("assignments:download"), reverse("assignments:passport", args=[exempt.uuid])]
    urls += [reverse("reporting:calendar"), reverse("reporting:my_day"), reverse("governance:journal")]
    return urls


@pytest.mark.parametrize("what", [MOVE, REPLACE, WITHDRAW])
def test_after_issue_the_words_go_to_the_readers_of_the_assignment_alone(
    cast: Cast, log_in: LogIn, exempt: Assignment, what: str
) -> None:
    letter = issue(cast, draft_with(cast, exempt, what))
    urls = outlets(letter, exempt)
    for part in BLIND if what == REPLACE else ("signer", "director"):
        client = log_in(part)
        for url in urls:
            text = body(client.get(url))
            for marker in (TOLD, MARKER_EXEMPT):
                text = text.replace(quote(marker), "").replace(f'value="{marker}"', "")
            assert says_nothing(text.replace(f"«{TOLD}»", "").replace(f"«{MARKER_EXEMPT}»", "")), (part, url)
    for part in ("officer", "controller"):
        client = log_in(part)
        for url in (
            reverse("governance:document_text", args=[letter.uuid]),
            reverse("governance:document_export", args=[letter.uuid, "json"]),
            reverse("governance:document_export", args=[letter.uuid, "docx"]),
            reverse("governance:in_force", args=[letter.recipient.uuid]) + "?vis=tekst",
            reverse("assignments:passport", args=[exempt.uuid]),
        ):
            assert TOLD in body(client.get(url)), (part, url)
    number = log_in("director").get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert "TB2026-70" in number
    assert "Offl. § 15" in number


@pytest.mark.parametrize("what", [MOVE, REPLACE, WITHDRAW])
def test_no_file_mail_event_or_journal_line_says_what_was_changed(
    cast: Cast, log_in: LogIn, exempt: Assignment, what: str
) -> None:
    letter = issue(cast, draft_with(cast, exempt, what))
    decide_publication(
        document=letter, choice=PublicationChoice(public_title="Supplerende brev til direktoratet"),
        actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None,
    )  # fmt: skip
    for name in ("published_document", "published_data"):
        page = body(Client().get(reverse(f"governance:{name}", args=[letter.uuid])))
        assert "TB2026-70" in page, name
        assert says_nothing(page), name
    actor = cast.actor("officer")
    reading = words_in(files.read(rendering.reading_copy(document=letter, actor=actor, at=REGISTERED_AT)))
    archive = words_in(files.read(rendering.archive_copy(document=letter, actor=actor, at=REGISTERED_AT)))
    assert says_nothing(reading)
    assert "TB2026-70" in reading
    assert TOLD in archive
    for event in Event.objects.all():
        assert says_nothing(f"{event.reason}{event.before}{event.after}"), event.type
    for row in JournalEntry.objects.all():
        assert says_nothing(f"{row.title}{row.public_title}")
    for sent in mail.outbox:
        assert says_nothing(f"{sent.subject}{sent.body}")
    data = json.loads(log_in("director").get(f"/api/v1/documents/{letter.uuid}/").content)
    assert [(row["text"], row["new_date"]) for row in data["changes"]] == [("", None)]


def test_the_assignment_itself_is_changed_moved_and_withdrawn(cast: Cast, exempt: Assignment) -> None:
    letter, parts = exempt.document, Delivery.objects.filter(assignment=exempt)
    issue(cast, draft_with(cast, exempt, MOVE))
    assert parts.get().deadline == date(2026, 9, 1)
    issue(cast, draft_with(cast, exempt, REPLACE))
    exempt.refresh_from_db()
    assert (exempt.title, exempt.restricted) == (f"Ny tittel {TOLD}", True)
    now = AssignmentItem.objects.get(title=f"Ny tittel {TOLD}")
    last = supplement(cast, letter)
    with pytest.raises(RuleBroken):
        change_as(cast, "blind_officer", last, Wish(WITHDRAW, now.uuid, reason="Løst"))
    change(cast, last, Wish(WITHDRAW, now.uuid, reason="Løst"))
    issue(cast, last)
    exempt.refresh_from_db()
    assert exempt.status == "withdrawn"
    assert Assignment.objects.filter(reference="TB2026-70").count() == 1


def test_the_comment_on_its_money_is_not_written_by_hand_either(cast: Cast, log_in: LogIn, exempt: Assignment) -> None:
    letter = make_registered_letter(cast)
    draft, line = supplement(cast, letter), BudgetLine.objects.get(document=letter, chapter=746)
    change(cast, draft, Wish(AMOUNT, line.uuid, amount=1_000_000, basis="revised", assignment=item_of(exempt)))
    made = BudgetLine.objects.get(document=draft)
    common: dict[str, Any] = {
        "document": draft, "item_type": "budget_line", "item": made.uuid, "actor": cast.actor("officer"),
        "at": REGISTERED_AT,
    }  # fmt: skip
    for field in ("comment", "anchor"):
        with pytest.raises(RuleBroken) as refused:
            draft_rows.save_row(data={field: "Gjelder noe"}, **common)
        told = [(problem.field, str(problem.message)) for problem in refused.value.problems]
        assert [place for place, _words in told] == [field]
        assert "La merknad og underpunkt stå tomme." in told[0][1]
    url = reverse("governance:draft_write", args=[draft.uuid, "budsjett"]) + f"?rad=budget_line:{made.uuid}"
    assert "Merknad" in log_in("officer").get(url).content.decode()
    draft_rows.save_row(data={"name": "Driftsutgifter, økt"}, **common)
    tied = {"assignment_item": None, "comment": "Gjelder drift"}
    draft_rows.save_row(data=tied, **common)
    made.refresh_from_db()
    assert (made.comment, made.assignment_item) == ("Gjelder drift", None)
