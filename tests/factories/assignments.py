"""Assignments for tests, given by registered letters through the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from assignments.actions.answers import Upload, answer_delivery, distribute_answer
from assignments.actions.status import StatusText, save_status_draft, share_status
from assignments.models import Assignment, Delivery
from core.clock import OSLO
from governance.content import ContentWriter
from tests.cast import Cast
from tests.factories.documents import make_registered_letter, write_assignment

AT = datetime(2026, 5, 28, 10, 42, tzinfo=OSLO)
DAY = AT.date()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def fresh(assignment: Assignment) -> Assignment:
    """The row as it stands now, with its parties."""
    found: Assignment = Assignment.objects.select_related(
        "issuer", "responsible", "given_to", "department", "owner", "document"
    ).get(pk=assignment.pk)
    return found


def give(
    cast: Cast,
    reference: str = "TB2026-1",
    title: str = "Forsterke veiledning for kliniske studier",
    *,
    to: str = "DMP",
    deadlines: Sequence[tuple[str, date | None]] = (("31. desember 2026", date(2026, 12, 31)),),
    at: datetime | None = None,
    letter: dict[str, Any] | None = None,
    **item: Any,
) -> Assignment:
    """One assignment, given by a letter of its own."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, reference, title, deadlines=deadlines, **item)

    values = {"recipient": cast.org(to), "title": f"Brev med {reference}", **(letter or {})}
    extra: dict[str, Any] = {"at": at} if at else {}
    document = make_registered_letter(cast, fill=fill, **extra, **values)
    return fresh(Assignment.objects.get(document=document))


def give_many(cast: Cast, count: int, *, to: str = "DMP", department: str = "SHA", year: int = 2026) -> None:
    """A letter with many assignments of two deliveries each."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        for number in range(1, count + 1):
            days = [(f"{number % 28 + 1}. juni 2026", date(2026, 6, number % 28 + 1)), ("i dialog", None)]
            write_assignment(
                writer, cast, f"TB{year}-{number}", f"Oppdrag nummer {number}", department=department, deadlines=days
            )

    make_registered_letter(cast, fill=fill, recipient=cast.org(to), title=f"Tildelingsbrev {to}", year=year)


def delivery_of(assignment: Assignment, ordinal: int = 1) -> Delivery:
    """One delivery of an assignment."""
    found: Delivery = Delivery.objects.select_related("assignment").get(assignment=assignment, ordinal=ordinal)
    return found


def share(cast: Cast, assignment: Assignment, text: str = "Arbeidet er i gang.", at: datetime = AT) -> None:
    """The controller writes and shares a status."""
    status = StatusText(progress="on_track", text=text)
    save_status_draft(assignment=assignment, status=status, actor=cast.actor("controller"), at=at)
    share_status(assignment=assignment, actor=cast.actor("controller"), at=at)


def answer(
    cast: Cast,
    assignment: Assignment,
    ordinal: int = 1,
    *,
    text: str = "Her er svaret.",
    by: str = "controller",
    at: datetime = AT,
) -> Delivery:
    """The agency answers a delivery with a file."""
    answer_delivery(
        delivery=delivery_of(assignment, ordinal),
        text=text,
        uploads=[Upload("svar.pdf", PDF)],
        actor=cast.actor(by),
        at=at,
    )
    return delivery_of(assignment, ordinal)


def distribute(cast: Cast, assignment: Assignment, ordinal: int = 1, department: str = "SHA") -> Delivery:
    """The officer hands the answer to a department."""
    distribute_answer(
        delivery=delivery_of(assignment, ordinal),
        department=cast.department(department),
        actor=cast.actor("officer"),
        at=AT,
    )
    return delivery_of(assignment, ordinal)
