"""Letters that hold what should never have been there, and a second person who may take it out."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from agencies import access
from agencies.actions.appointments import appoint
from agencies.models import User
from agencies.rights import RoleCode
from core.actor import Actor, system_actor
from core.clock import OSLO
from governance.actions.removals import RemovalRequest, ask_for_removal
from governance.content import ContentWriter
from governance.models import Passage, Removal, SteeringDocument
from tests.cast import SET_UP_AT, SINCE, Cast
from tests.factories.documents import make_issued_supplement, write_assignment

AT = datetime(2026, 2, 3, 10, 0, tzinfo=OSLO)
#: What must be nowhere afterwards.
SECRET = "Tormod Fiksdal-Personlig 31129955555"
BASIS = "personvernforordningen art. 17"
MARKER = "[Fjernet 03.02.2026, personvernforordningen art. 17]"


def second_person(cast: Cast, part: str = "second_officer") -> Actor:
    """One more with the right to remove content from letters to DMP."""
    user, made = User.objects.get_or_create(
        username=f"{part}@test.invalid", defaults={"email": f"{part}@test.invalid", "full_name": "Vibeke Strand"}
    )
    if made:
        appoint(
            user=user,
            role=RoleCode.PERMANENT_SECRETARY,
            organisation=cast.org("HOD"),
            valid_from=SINCE,
            actor=system_actor("tester"),
            at=SET_UP_AT,
        )
    cast.users[part] = user
    return access.actor_for(user, access.appointments_of(user, AT.date())[0])


def write_secret(writer: ContentWriter, cast: Cast, reference: str = "TB2026-7") -> None:
    """The secret in a title, a text, a passage with mark-up and across a line break."""
    write_assignment(writer, cast, reference, f"Følge opp saken til {SECRET} i direktoratet")
    passage = writer.passage(f"Departementet viser til {SECRET.replace(' ', chr(10), 1)}, som har klaget.")
    first, rest = SECRET.split(" ", 1)
    Passage.objects.filter(pk=passage.pk).update(
        rich=f"<p>Departementet viser til <strong>{first}</strong> {rest}, som har klaget.</p>"
    )
    writer.passage("Et avsnitt som skal stå.")


def letter_with_secret(cast: Cast, reference: str = "TB2026-7", **facts: Any) -> SteeringDocument:
    """A supplement made and issued here."""
    return make_issued_supplement(cast, fill=partial(write_secret, reference=reference), **facts)


def asked(cast: Cast, letter: SteeringDocument, **values: Any) -> Removal:
    """The officer asks for the secret to be taken out."""
    request = {"words": SECRET, "reason": "Personopplysninger ble med ved en feil.", "basis": BASIS, **values}
    return ask_for_removal(document=letter, request=RemovalRequest(**request), actor=cast.actor("officer"), at=AT)
