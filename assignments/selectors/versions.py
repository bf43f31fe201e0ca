"""Shared statuses with what changed between them, and the draft for the one who writes."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assignments import rights
from assignments.models import Assignment, ProgressCode, StatusDraft, StatusVersion
from assignments.permissions import powers_on
from core import formatting as fmt
from core.actor import Actor


@dataclass(frozen=True)
class Piece:
    """A run of words: same, added or removed since the version before."""

    kind: str
    text: str


@dataclass(frozen=True)
class VersionLine:
    """One shared status."""

    title: str
    byline: str
    pieces: Sequence[Piece]


def shared_versions(assignment: Assignment) -> list[VersionLine]:
    """Newest first."""
    rows = list(StatusVersion.objects.filter(assignment=assignment).order_by("number"))
    lines = []
    before = ""
    for row in rows:
        byline = f"{row.get_progress_display()} · {row.shared_by_name}, {fmt.moment(row.shared_at)}"
        if row.expected_on:
            byline += " · " + _("forventet ferdig %(date)s") % {"date": fmt.full_date(row.expected_on)}
        pieces = compare(before, row.text) if before else [Piece("same", row.text)]
        lines.append(VersionLine(_("Versjon %(n)s") % {"n": row.number}, byline, pieces))
        before = row.text
    return lines[::-1]


def compare(old: str, new: str) -> list[Piece]:
    """Word by word."""
    a, b = old.split(" "), new.split(" ")
    pieces: list[Piece] = []
    for kind, a1, a2, b1, b2 in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(b[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", " ".join(a[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", " ".join(b[b1:b2])))
    return pieces


def draft_for_writer(assignment: Assignment, actor: Actor, day: date) -> StatusDraft | None:
    """The internal status, only for those who may see it."""
    if not rights.may_see_own_work(powers_on(actor, assignment, day), assignment):
        return None
    return StatusDraft.objects.select_related("edited_by").filter(assignment=assignment).first()


def initial(draft: StatusDraft | None) -> dict[str, Any]:
    """What the form starts with."""
    if draft is None:
        return {"version": 0, "progress": ProgressCode.ON_TRACK}
    return {
        "version": draft.version,
        "progress": draft.progress,
        "text": draft.text,
        "expected_on": draft.expected_on,
    }
