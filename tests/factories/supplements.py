"""Supplements for tests: a letter that can be changed, a draft, changes and issue."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from governance.actions.change_base import Wish
from governance.actions.change_in_force import change_in_force
from governance.actions.documents import issue_document
from governance.content import ContentWriter
from governance.models import Authorisation, Change, DeliveryItem, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter, write_assignment, write_letter


def changeable_letter(cast: Cast) -> SteeringDocument:
    """The letter of the year, registered, with two deliveries in one assignment and an authorisation."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_letter(writer, cast)
        dates = [("1. juni 2026", date(2026, 6, 1)), ("1. desember 2026", date(2026, 12, 1))]
        write_assignment(writer, cast, "TB2026-7", "Plan i to deler", deadlines=dates)
        writer.add(Authorisation, title="Fullmakt til å erstatte skader", limit=30_000)

    return make_registered_letter(cast, fill=fill)


def supplement(cast: Cast, letter: SteeringDocument, **facts: Any) -> SteeringDocument:
    """A draft supplement to the letter."""
    values = {"title": "Supplerende brev", "document_date": None, "supplements": letter, **facts}
    return make_draft(cast, kind="supplement", **values)


def change(cast: Cast, draft: SteeringDocument, *wishes: Wish) -> list[Change]:
    """Write changes as the officer."""
    return change_in_force(
        document=draft, wishes=wishes, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None
    )


def issue(cast: Cast, draft: SteeringDocument) -> SteeringDocument:
    """Issue as the signer."""
    issue_document(document=draft, actor=cast.actor("signer"), at=REGISTERED_AT)
    return SteeringDocument.objects.for_detail().get(pk=draft.pk)


def deliveries(reference: str) -> list[UUID]:
    """Permanent ids of an assignment's deliveries in the letter."""
    rows = DeliveryItem.objects.filter(assignment_item__reference=reference).order_by("ordinal", "id")
    return list(rows.values_list("uuid", flat=True))
