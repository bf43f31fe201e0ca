"""Everything that happens in the demonstration, from all its stories."""

from __future__ import annotations

from agencies.actions.appointments import resync_rights
from core import clock
from reporting.demo import documents, excerpts, money, needs, rounds, year
from reporting.demo.documents import Act
from reporting.demo.people import World, rights_renewed


def acts(world: World) -> list[Act]:
    """All acts, unsorted; of two at the same time, the one first here comes first."""
    renewed = [Act(at, lambda at: resync_rights(day=clock.local_date(at))) for at in rights_renewed()]
    letters = [*documents.acts(world), *excerpts.acts(world)]
    talks = needs.acts(world)
    return [*renewed, *money.acts(world), *letters, *talks, *year.acts(world), *rounds.acts(world)]
