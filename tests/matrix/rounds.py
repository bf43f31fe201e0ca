"""The work around a draft: approval, hearing, input, comments."""

from __future__ import annotations

from typing import Any

from governance.actions import approvals
from governance.models import SteeringDocument
from tests.cast import Cast
from tests.factories.assignments import AT
from tests.matrix.people import EVERYONE, Row

#: Sees the draft of the world by right.
SEES_DRAFT = frozenset({"officer", "signer", "department_head"})
DRAFTER = frozenset({"officer"})
UNSEEN = EVERYONE - SEES_DRAFT

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
]  # fmt: skip


def fill(world: Any, cast: Cast) -> None:
    """An approval step on the draft of the world."""
    draft = SteeringDocument.objects.for_detail().get(pk=world.things["draft"].pk)
    step = approvals.NewStep(kind="leadership", approver=cast.user("department_head"))
    world.things["step"] = approvals.add_step(document=draft, new=step, actor=cast.actor("officer"), at=AT)
