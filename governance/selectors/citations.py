"""Citations of earlier assignments as pages show them: what each means, or that it was not found (R-14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.visuals.parts import Link
from governance import citing, permissions
from governance.models import AssignmentItem, Citation, CitationKind, DocumentImport, SteeringDocument


@dataclass(frozen=True)
class CitationLine:
    """One citation: its words, what it means in words, and the words it stands in. ``tone``: success or warning."""

    place: int
    written: str
    means: str
    tone: str
    passage: str
    chosen: str


@dataclass(frozen=True)
class Meaning:
    """What a citation in a registered letter means: words, and a way to the assignment for those who see it."""

    words: str
    url: str = ""


def import_lines(found: DocumentImport) -> list[CitationLine]:
    """The citations of an import."""
    texts = {passage["ordinal"]: " ".join(passage["plain"].split()) for passage in found.passages}
    return [
        CitationLine(
            place=row.place,
            written=row.written,
            means=_means(row),
            tone="success" if row.cited else "warning",
            passage=texts.get(row.passages[0], "") if row.passages else "",
            chosen=citing.NONE if row.none else (str(row.cited.item) if row.cited and row.chosen else ""),
        )
        for row in citing.of_import(found)
    ]


def _means(row: citing.Citing) -> str:
    if row.none:
        return _("Ingen av de registrerte oppdragene. Valgt av deg.")
    if row.cited is not None:
        return row.cited.words
    if row.coming:
        return _("Står i «%(title)s», som er på vei inn. Henvisningen løses når det brevet er registrert.") % {
            "title": row.coming
        }
    return _("Ikke funnet blant registrerte oppdrag. Velg oppdraget, eller registrer brevet det står i.")


def import_link(found: DocumentImport) -> Link | None:
    """The way to the citations of an import, with how many were not found; None when the letter cites none."""
    rows = citing.of_import(found)
    if not rows:
        return None
    missing = sum(1 for row in rows if row.cited is None and not row.none)
    words = ngettext("%(n)s henvisning til tidligere oppdrag", "%(n)s henvisninger til tidligere oppdrag", len(rows))
    label = words % {"n": len(rows)}
    if missing:
        label += ngettext(", %(n)s ikke funnet", ", %(n)s ikke funnet", missing) % {"n": missing}
    return Link(label, reverse("governance:import_citations", args=[found.uuid]))


def choices(found: Iterable[citing.Cited]) -> list[tuple[str, str]]:
    """Assignments to choose among, and that none of them is meant."""
    listed = [(str(one.item), one.words[:140]) for one in found]
    return [("", _("Etter nummeret")), *listed, (citing.NONE, _("Ingen av dem"))]


def meanings(document: SteeringDocument, citations: Sequence[Citation], actor: Actor, day: date) -> dict[int, Meaning]:
    """What the citations of assignments in a letter mean, by primary key. The same queries however many there are."""
    wanted = [row for row in citations if row.kind == CitationKind.ASSIGNMENT]
    if not wanted or not document.is_issued:
        return {}
    found = citing.latest(row.pk for row in wanted)
    items: dict[UUID, AssignmentItem] = {
        row.uuid: row
        for row in AssignmentItem.objects.filter(uuid__in=[one.item for one in found.values() if one.item])
    }
    cited = {row.cited_document_id for row in found.values()} - {None}
    seen = set(SteeringDocument.objects.visible_to(actor, day).filter(pk__in=cited).values_list("pk", flat=True))
    decides = actor.organisation == document.issuer.uuid and permissions.may_acknowledge(
        actor, document.recipient_id, day
    )
    made = {}
    for row in wanted:
        one = found.get(row.pk)
        choose = reverse("governance:citation", args=[row.uuid]) if decides else ""
        if one is None:
            made[row.pk] = Meaning(_("Ikke funnet blant registrerte oppdrag"), choose)
        elif one.item is None or one.cited_document is None:
            made[row.pk] = Meaning(_("Gjelder ingen av de registrerte oppdragene"), choose)
        elif one.cited_document_id in seen and one.item in items:
            page = reverse("governance:document", args=[one.cited_document.uuid])
            words = f"{items[one.item].reference}, {one.cited_document.title}"
            made[row.pk] = Meaning(_("Gjelder %(what)s") % {"what": words}, f"{page}#rad-{one.item}")
    return made
