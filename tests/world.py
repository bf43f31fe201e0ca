"""One world with something of everything, marked with texts that must never cross the line (decision B4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from agencies.models import Appointment
from governance.models import JournalEntry
from tests.cast import MARKER_EXEMPT, MARKER_MINISTRY, Cast
from tests.factories.documents import make_draft, make_registered_letter, write_assignment, write_letter


@dataclass
class World:
    """Things by name; ``uuid`` of each stands in the addresses."""

    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)

    def uuid(self, name: str) -> UUID:
        """The permanent id of a thing."""
        found: UUID = self.things[name].uuid
        return found


def build_world(cast: Cast) -> World:
    """Letters, drafts, assignments, reports: each side's internal texts carry its marker."""
    world = World(cast)
    world.things["dmp"] = cast.org("DMP")
    world.things["dmp_appointment"] = Appointment.objects.get(user=cast.user("controller"))
    world.things["nothing"] = SimpleNamespace(uuid=UUID("0198c2f4-7d1e-7a90-8000-000000000000"))
    world.things["letter"] = make_registered_letter(cast, fill=_letter)
    world.things["draft"] = make_draft(
        cast, kind="supplement", title=f"Supplerende brev {MARKER_MINISTRY}", document_date=None
    )
    world.things["journal_entry"] = JournalEntry.objects.get(subject=world.uuid("letter"), direction="U")
    return world


def _letter(writer: Any, cast: Cast) -> None:
    write_letter(writer, cast)
    write_assignment(
        writer,
        cast,
        "TB2026-9",
        f"Skjermet {MARKER_EXEMPT}",
        restricted=True,
        restricted_basis="offl. § 15 tredje ledd",
        body=f"Innhold {MARKER_EXEMPT}",
    )
