"""What is frozen by itself and holds a letter's words: checked before, sealed anew with the marker after (A16).

The hash from the day it was frozen stays on the row. The removal's own row names the hash it found and the hash it
left, so that the seal can be checked link by link, as for the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import canonical, files
from core.actor import Actor
from core.errors import NotInThisState
from core.models.base import BaseModel
from governance.models import Removal, RemovalState, SteeringDocument
from governance.removal.reach import written_anew


@dataclass(frozen=True)
class FrozenKind:
    """Rows of an app that freeze by themselves, with the column ``snapshot`` for the frozen content.

    ``held`` gives those that may hold a document's words, ``owner`` the organisation of the file, ``verify`` whether
    a row still is what it was, ``as_bytes`` its content now, and ``resealed`` is told, so that files are made anew.
    """

    model: type[models.Model]
    held: Callable[[SteeringDocument], QuerySet[Any]]
    owner: Callable[[Any], UUID]
    verify: Callable[[Any], bool]
    as_bytes: Callable[[Any], bytes]
    resealed: Callable[[Any, Actor], None]


_KINDS: list[FrozenKind] = []


def register_frozen(kind: FrozenKind) -> None:
    """Say that rows of an app are frozen by themselves. Called in the app's ``ready``; twice changes nothing."""
    if kind not in _KINDS:
        _KINDS.append(kind)
        written_anew(f"{kind.model._meta.label}.snapshot")


@dataclass(frozen=True)
class Watched:
    """A frozen row before anything is taken out."""

    kind: FrozenKind
    row: Any
    before: str
    intact: bool


def watch(document: SteeringDocument) -> list[Watched]:
    """Every frozen row that may hold the words, as it stands before; read under lock."""
    return [
        Watched(kind, row, canonical.sha256(kind.as_bytes(row)), kind.verify(row))
        for kind in _KINDS
        for row in kind.held(document).select_for_update(of=("self",)).order_by("pk")
    ]


def reseal_changed(watched: list[Watched], *, marker: str, actor: Actor, at: datetime) -> list[dict[str, str]]:
    """Seal anew those that lost words, and give a link for each: what it was, and the hash before and after.

    Raises NotInThisState for one that did not match its seal before: a removal may not hide another change.
    """
    links = []
    for one in watched:
        data = one.kind.as_bytes(one.row)
        if canonical.sha256(data) == one.before:
            continue
        if not one.intact:
            sentence = _("«%(title)s» stemmer ikke med kontrollsummen. Meld fra til den som drifter systemet.")
            raise NotInThisState(sentence % {"title": one.row}, code="seal_broken")
        links.append(_reseal(one, data, marker=marker, actor=actor, at=at))
    return links


def _reseal(one: Watched, data: bytes, *, marker: str, actor: Actor, at: datetime) -> dict[str, str]:
    row: BaseModel = one.row
    old = one.row.snapshot
    organisation = one.kind.owner(one.row)
    stored = files.store(name=f"{row.uuid}.json", data=data, actor=actor, owner=row, organisation=organisation)
    one.kind.model._default_manager.filter(pk=row.pk).update(snapshot=stored)
    files.forget([old], tombstone=marker, at=at)
    one.kind.resealed(one.row, actor)
    return {"uuid": str(row.uuid), "what": str(row._meta.verbose_name), "before": one.before, "after": stored.sha256}


def removals_of(uuid: UUID) -> list[Removal]:
    """The removals that took something out of a frozen row of another app, in the order they were done."""
    done = Removal.objects.filter(state=RemovalState.DONE, removed__seals__contains=[{"uuid": str(uuid)}])
    return list(done.order_by("decided_at", "id"))


def removals_done() -> int:
    """How many removals are done: one who makes a file of rows asks before and after, and makes it anew if it grew."""
    return Removal.objects.filter(state=RemovalState.DONE).count()


def expected_hash(uuid: UUID, original: str) -> str | None:
    """The hash the frozen content must have now: the original, or what the last link says. None for a broken chain."""
    expected = original
    for before, after in _links(uuid):
        if before != expected:
            return None
        expected = after
    return expected


def _links(uuid: UUID) -> Iterator[tuple[str, str]]:
    for removal in removals_of(uuid):
        for link in removal.removed["seals"]:
            if link["uuid"] == str(uuid):
                yield link["before"], link["after"]
