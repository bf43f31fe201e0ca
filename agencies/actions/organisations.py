"""Making organisations known: kinds, names, departments, steering, succession."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import orgnr
from agencies.models import (
    Department,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Role,
    SteeringRelation,
    Succession,
)
from core import reference
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken


def load_reference() -> int:
    """Organisation kinds and the words of roles, from fixtures/reference."""
    count = reference.upsert(OrganisationKind, reference.read("reference/organisation_kinds.json"))
    return count + reference.upsert(Role, reference.read("reference/roles.json"))


@transaction.atomic
def load_organisations(*, data: Mapping[str, Any], actor: Actor, mail_domain: str = "") -> dict[str, Organisation]:
    """Load bodies with their dated names, departments, steering and succession (safe to run again).

    ``mail_domain`` gives each body without a mailbox one there. Raises NotAllowed for persons, RuleBroken with
    every organisation number whose check digit is wrong (V-33).
    """
    if not actor.system:
        raise NotAllowed(_("Organisasjoner lastes inn av driften."))
    wrong = [row for row in data["organisations"] if row["number"] and not orgnr.is_valid(row["number"])]
    if wrong:
        raise RuleBroken(
            problems=[
                Problem("organisation_number", _("%(number)s er ikke et gyldig organisasjonsnummer.") % row, row["key"])
                for row in wrong
            ]
        )
    found = {row["key"]: _organisation(row, mail_domain) for row in data["organisations"]}
    for row in data["names"]:
        OrganisationName.objects.get_or_create(**_linked(row, found, "organisation"))
    for row in data["departments"]:
        values = _linked(row, found, "organisation")
        if mail_domain:
            values["mailbox"] = f"{row['code'].lower().replace('ø', 'o')}.{row['organisation'].lower()}@{mail_domain}"
        Department.objects.get_or_create(
            organisation=values.pop("organisation"), code=values.pop("code"), defaults=values
        )
    for row in data["relations"]:
        SteeringRelation.objects.get_or_create(**_linked(row, found, "superior", "agency"))
    for row in data["successions"]:
        Succession.objects.get_or_create(**_linked(row, found, "predecessor", "successor"))
    return found


def _organisation(row: Mapping[str, Any], mail_domain: str) -> Organisation:
    kind = OrganisationKind.objects.get(code=row["kind"])
    values = {key: value for key, value in row.items() if key not in ("key", "kind", "number")}
    values |= {"kind": kind, "number": row["number"]}
    if mail_domain:
        values.setdefault("mailbox", f"postmottak.{row['key'].lower()}@{mail_domain}")
    for field in ("active_from", "active_to"):
        if values.get(field):
            values[field] = date.fromisoformat(values[field])
    lookup = {"number": row["number"]} if row["number"] else {"name": row["name"]}
    return Organisation.objects.get_or_create(**lookup, defaults=values)[0]


def _linked(row: Mapping[str, Any], found: Mapping[str, Organisation], *links: str) -> dict[str, Any]:
    values = dict(row)
    for link in links:
        values[link] = found[row[link]]
    for field in ("valid_from", "valid_to", "date"):
        if values.get(field):
            values[field] = date.fromisoformat(values[field])
    return values
