"""Needs from expert meetings: the ministry's side that reads the letters; the agency sees none before a letter does."""

from __future__ import annotations

from typing import Any

from tests.cast import MARKER_MINISTRY
from tests.factories.needs import noted
from tests.matrix.people import SEES_LETTER, Row

AGENCY = frozenset({"controller", "owner", "director"})
ELSEWHERE = frozenset({"sub_agency_officer", "other_controller", "other_director", "sub_agency", "co_ministry"})
REGISTER = SEES_LETTER - {"co_ministry"}
MINISTRY = REGISTER - AGENCY
NOTERS = MINISTRY - {"signer"}
HDIR = frozenset({"sub_agency_officer"})
OFFICER = frozenset({"officer"})
KEEPERS = frozenset({"officer", "department_officer", "department_head"})

ROWS: list[Row] = [
    Row("reporting:needs", thing="dmp", ok=REGISTER, others=403, unseen=ELSEWHERE),
    Row("reporting:need_new", thing="dmp", ok=NOTERS, others=403, unseen=HDIR),
    Row("reporting:need", thing="need", ok=MINISTRY, others=403, unseen=ELSEWHERE | AGENCY),
    Row("reporting:need_take", thing="need", ok=OFFICER, others=403, unseen=HDIR),
    Row("reporting:need_point", thing="need", ok=OFFICER, others=403, unseen=HDIR),
    Row("reporting:need_withdraw", thing="need", ok=KEEPERS, others=403, unseen=HDIR),
]


def fill(world: Any, cast: Any) -> None:
    """A need nobody has given in writing."""
    world.things["need"] = noted(cast, words=f"Behov {MARKER_MINISTRY}")
