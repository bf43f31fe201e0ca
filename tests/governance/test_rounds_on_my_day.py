"""What waits around drafts stands on Min arbeidsdag, for the one it waits for; new rights reach old roles."""

from __future__ import annotations

from datetime import date

from agencies.actions.appointments import resync_rights
from agencies.models import Organisation, OrganisationGroupPermission
from agencies.rights import Right
from governance.actions import approvals, comments, hearings, inputs
from governance.models import ApprovalStep, InputRequest
from reporting.selectors.todo_rounds import round_rows
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.documents import REGISTERED_AT as AT
from tests.factories.documents import make_draft

TODAY = AT.date()
DEADLINE = date(2026, 1, 23)


def titles(cast: Cast, part: str) -> list[str]:
    return [str(row.title) for row in round_rows(cast.actor(part), TODAY)]


def test_an_approval_waits_for_the_approver_and_comes_back_to_the_writer(cast: Cast) -> None:
    document = make_draft(cast, kind="supplement", title="Brev A", document_date=None)
    officer = {"actor": cast.actor("officer"), "at": AT}
    for order, part in ((1, "department_head"), (2, "signer")):
        step = approvals.NewStep(kind="leadership", order=order, approver=cast.user(part))
        approvals.add_step(document=document, new=step, **officer)
    assert titles(cast, "department_head") == []
    approvals.send_for_approval(document=document, **officer)
    assert (titles(cast, "department_head"), titles(cast, "signer")) == (["Godkjenn Brev A"], [])
    row = ApprovalStep.objects.select_related("document__issuer").get(document=document, order=1)
    approvals.return_step(step=row, reason="Rett tallet.", actor=cast.actor("department_head"), at=AT)
    assert titles(cast, "officer") == ["Rett Brev A"]
    assert titles(cast, "department_head") == []


def test_a_hearing_waits_for_the_agency_with_the_title_it_was_shown(cast: Cast) -> None:
    document = make_draft(cast, kind="supplement", title="Brev B", document_date=None)
    hearing = hearings.open_hearing(
        document=document, message="", deadline=DEADLINE, actor=cast.actor("officer"), at=AT
    )
    type(document).objects.filter(pk=document.pk).update(title=f"Ny {MARKER_MINISTRY}")
    for part in ("director", "controller"):
        assert titles(cast, part) == ["Uttal dere om Brev B"]
    for part in ("owner", "other_director", "auditor"):
        assert titles(cast, part) == []
    said = comments.NewComment("Kort frist", audience="shared", hearing=hearing)
    comments.write_comment(document=document, new=said, actor=cast.actor("controller"), at=AT)
    assert titles(cast, "officer") == []
    hearings.answer_hearing(hearing=hearing, text="", no_remarks=False, actor=cast.actor("director"), at=AT)
    assert titles(cast, "officer") == ["Svar på kommentar fra DMP"]
    assert titles(cast, "director") == []


def test_input_waits_for_the_department_and_its_proposal_for_the_writer(cast: Cast) -> None:
    document = make_draft(cast, kind="supplement", title="Brev C", document_date=None)
    inputs.open_round(
        document=document, departments=[cast.department("SHA")], message="", deadline=DEADLINE,
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    assert titles(cast, "department_officer") == ["Gi innspill til Brev C"]
    assert titles(cast, "other_department_officer") == []
    data = {"title": "Forslag", "body": "Skal kartlegge.", "deliveries": [{"deadline_kind": "none"}]}
    request = InputRequest.objects.for_list().get()
    inputs.propose(request=request, item_type="assignment", data=data, actor=cast.actor("department_officer"), at=AT)
    assert titles(cast, "officer") == ["Avgjør forslag til Brev C"]
    assert titles(cast, "department_officer") == []


def test_a_right_that_is_new_in_the_table_reaches_appointments_made_before(cast: Cast) -> None:
    rows = OrganisationGroupPermission.objects.filter(permission__codename=Right.ANSWER_HEARING.value)
    rows.delete()
    director = cast.actor("director")
    assert not Organisation.objects.with_right(director, Right.ANSWER_HEARING, TODAY).exists()
    resync_rights(day=TODAY)
    assert Organisation.objects.with_right(director, Right.ANSWER_HEARING, TODAY).exists()
