"""The work around a draft: approval, hearing, input, comments."""

from __future__ import annotations

from typing import Any

from governance.actions import approvals, comments, hearings, inputs
from governance.actions.comments import NewComment
from governance.models import InputRequest, SteeringDocument
from tests.cast import MARKER_AGENCY, MARKER_MINISTRY, Cast
from tests.factories.assignments import AT
from tests.factories.documents import make_draft
from tests.matrix.people import EVERYONE, SEES_LETTER, Row

#: Sees the draft of the world by right.
SEES_DRAFT = frozenset({"officer", "signer", "department_head"})
DRAFTER = frozenset({"officer"})
UNSEEN = EVERYONE - SEES_DRAFT
#: Asked for input to a draft of its own: SHA, officer and head.
ASKED = frozenset({"department_officer", "department_head"})
HEARD = frozenset({"director", "controller"})
ANSWERERS = frozenset({"director", "controller", "other_director", "other_controller", "sub_agency"})
PARTIES = SEES_LETTER - {"co_ministry"}
MINISTRY = frozenset(
    {"officer", "signer", "department_officer", "department_head", "other_department_officer", "budget_officer"}
)

ROWS: list[Row] = [
    Row("governance:approval", thing="draft", ok=SEES_DRAFT),
    *(
        Row(f"governance:approval_{name}", thing="draft", method=method, ok=DRAFTER, others=403, unseen=UNSEEN)
        for name, method in (
            ("add", "get"), ("take_back", "get"), ("template", "post"), ("keep_template", "post"), ("send", "post"),
        )
    ),
    Row("governance:approval_decide", thing="draft", second="step", ok=frozenset({"department_head"}), others=403,
        unseen=UNSEEN),
    Row("governance:approval_outside", thing="draft", second="step", ok=DRAFTER, others=403, unseen=UNSEEN),
    Row("governance:approval_remove", thing="draft", second="step", method="post", ok=DRAFTER, others=403, unseen=UNSEEN),
    # input
    Row("governance:inputs", thing="draft", ok=SEES_DRAFT),
    Row("governance:input_open", thing="draft", ok=DRAFTER, others=403, unseen=UNSEEN),
    *(
        Row(f"governance:{name}", thing="request", ok=ASKED, others=403, unseen=EVERYONE - SEES_DRAFT - ASKED)
        for name in ("input_answer", "proposal_make")
    ),
    *(
        Row(f"governance:{name}", thing="input_round", method="post", ok=DRAFTER, others=403,
            unseen=EVERYONE - SEES_DRAFT - ASKED)
        for name in ("input_remind", "input_close")
    ),
    Row("governance:proposal_accept", thing="proposal", method="post", ok=DRAFTER, others=403,
        unseen=EVERYONE - SEES_DRAFT - ASKED),
    Row("governance:proposal_decline", thing="proposal", ok=DRAFTER, others=403, unseen=EVERYONE - SEES_DRAFT - ASKED),
    Row("governance:proposal_withdraw", thing="proposal", method="post", ok=ASKED, others=403,
        unseen=EVERYONE - SEES_DRAFT - ASKED),
    # hearing
    Row("governance:hearings", thing="draft", ok=SEES_DRAFT),
    Row("governance:hearing_open", thing="draft", ok=DRAFTER, others=403, unseen=UNSEEN),
    Row("governance:my_hearings", ok=ANSWERERS, others=403),
    *(
        Row(f"governance:{name}", thing="hearing", ok=ok, others=others, method=method, unseen=EVERYONE - SEES_DRAFT - HEARD)
        for name, method, ok, others in (
            ("hearing", "get", SEES_DRAFT | HEARD, 404),
            ("hearing_comment", "get", SEES_DRAFT | HEARD, 403),
            ("hearing_answer", "get", HEARD, 403),
            ("hearing_close", "post", DRAFTER, 403),
        )
    ),
    # comments
    *(
        Row(f"governance:{name}", thing="letter", ok=PARTIES, others=403, unseen=EVERYONE - SEES_LETTER)
        for name in ("comments", "comment_write")
    ),
    Row("governance:comment_close", thing="comment", method="post", ok=MINISTRY, others=403,
        unseen=EVERYONE - MINISTRY),
    Row("governance:comment_proposal", thing="shared_comment", method="post", ok=DRAFTER, others=403,
        unseen=EVERYONE - SEES_LETTER),
]  # fmt: skip


def fill(world: Any, cast: Cast) -> None:
    """An approval step on the draft of the world."""
    draft = SteeringDocument.objects.for_detail().get(pk=world.things["draft"].pk)
    step = approvals.NewStep(kind="leadership", approver=cast.user("department_head"))
    world.things["step"] = approvals.add_step(document=draft, new=step, actor=cast.actor("officer"), at=AT)
    _hearing(world, cast)
    _input(world, cast)
    letter = world.things["letter"]
    for part, marker in (("officer", MARKER_MINISTRY), ("controller", MARKER_AGENCY)):
        said = NewComment(f"Notat {marker}", audience="internal")
        world.things.setdefault(
            "comment", comments.write_comment(document=letter, new=said, actor=cast.actor(part), at=AT)
        )
    shared = NewComment("Hvordan forstår dere dette?", audience="shared")
    world.things["shared_comment"] = comments.write_comment(
        document=letter, new=shared, actor=cast.actor("officer"), at=AT
    )


def _hearing(world: Any, cast: Cast) -> None:
    """A round whose draft has been changed since, with each side's internal words."""
    heard = make_draft(cast, kind="supplement", title="Brev til uttalelse", document_date=None)
    made = hearings.open_hearing(
        document=heard, message="", deadline=AT.date().replace(year=AT.year + 1), actor=cast.actor("officer"), at=AT
    )
    world.things["hearing"] = made
    SteeringDocument.objects.filter(pk=heard.pk).update(title=f"Ny tittel {MARKER_MINISTRY}")
    said = NewComment(f"Notat {MARKER_AGENCY}", audience="internal", hearing=made)
    comments.write_comment(document=heard, new=said, actor=cast.actor("controller"), at=AT)


def _input(world: Any, cast: Cast) -> None:
    """One department asked for input to a draft of its own, with a proposal to decide."""
    asked = make_draft(cast, kind="supplement", title=f"Brev med innspill {MARKER_MINISTRY}", document_date=None)
    round_ = inputs.open_round(
        document=asked, departments=[cast.department("SHA")], message="", actor=cast.actor("officer"), at=AT,
        deadline=AT.date().replace(year=AT.year + 1),
    )  # fmt: skip
    request = InputRequest.objects.for_list().get(round=round_)
    data = {"title": f"Forslag {MARKER_MINISTRY}", "body": "Skal kartlegge.", "deliveries": [{"deadline_kind": "none"}]}
    proposal = inputs.propose(
        request=request, item_type="assignment", data=data, actor=cast.actor("department_officer"), at=AT
    )
    world.things |= {"input_round": round_, "request": request, "proposal": proposal}
