"""What of a document's page is one reader's own: all else is the same for everyone who sees the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.actor import Actor
from governance import links
from governance.models import AssignmentItem, Citation, SteeringDocument
from governance.restricted import may_read_restricted
from governance.selectors.citations import Meaning, meanings


@dataclass(frozen=True)
class Followed:
    """The pages that follow up the assignments, the exempt ones, and what cited assignments mean.

    ``withheld`` are shells for the reader; ``any_exempt`` says whether the document has exempt ones at all.
    """

    pages: Mapping[UUID, str]
    withheld: frozenset[UUID]
    any_exempt: bool
    citations: Sequence[Citation]
    meanings: Mapping[int, Meaning]


def followed(document: SteeringDocument, actor: Actor, day: date) -> Followed:
    """The reader's own part of the document's page. A fixed number of queries."""
    items = dict(AssignmentItem.objects.filter(document=document).values_list("uuid", "restricted"))
    exempt = {item for item, restricted in items.items() if restricted}
    withheld = frozenset(exempt - may_read_restricted(actor, exempt, day))
    citations = list(Citation.objects.filter(document=document))
    means = meanings(document, citations, actor, day)
    return Followed(links.item_pages(actor, items, day), withheld, bool(exempt), citations, means)
