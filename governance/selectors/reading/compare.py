"""Two texts beside each other: two documents, two years of one agency, or two agencies on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting
from core.visuals.parts import Empty, Link, PageHead
from governance.consolidation import Consolidated, Entry, passages_of
from governance.differences import PassageDifference, Segment, compare_passages
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors.reading.compare_rows import CompareGroup, compare_groups
from governance.selectors.reading.copy_matrix import CopyMatrix, copy_matrix
from governance.selectors.reading.original import as_issued, source_of
from governance.selectors.reading.scope import Reader, consolidated_for, issued_seen, readable_agencies

DOCUMENTS, YEARS, AGENCIES = "dokumenter", "aar", "virksomheter"
#: Passages that are alike are folded away, but for those next to a change.
AROUND = 1


@dataclass(frozen=True)
class Side:
    """One of the two: its name, and what stands in it."""

    name: str
    url: str
    rows: Sequence[Entry]
    passages: Sequence[Entry]
    lang: str = ""


@dataclass(frozen=True)
class TextPart:
    """A passage of the marked text, or (``alike``) how many were left out because they are the same."""

    kind: str
    segments: Sequence[Segment] = ()
    heading: bool = False
    alike: int = 0


@dataclass(frozen=True)
class Comparison:
    """What differs."""

    sides: tuple[Side, Side]
    counts: Sequence[tuple[int, str]]
    copies: CopyMatrix | None
    groups: Sequence[CompareGroup]
    text: Sequence[TextPart]
    text_counts: Sequence[tuple[int, str]]
    same: Empty | None = None


def compare_head(mode: str) -> PageHead:
    """The head of the page, with the three ways to compare."""
    page = reverse("governance:compare")
    names = ((DOCUMENTS, _("To dokumenter")), (YEARS, _("To år")), (AGENCIES, _("To virksomheter")))
    return PageHead(
        title=_("Sammenlign"),
        lead=_("Det som er likt, vises ikke. Kopiregler som er ulike, står øverst."),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
        views=[Link(words, f"{page}?hva={name}", current=name == mode) for name, words in names],
        views_label=_("Hva som sammenlignes"),
    )


def choosable_documents(reader: Reader) -> QuerySet[SteeringDocument]:
    """The documents one can choose from, newest first."""
    rows = issued_seen(reader).select_related("kind", "issuer", "recipient").defer("canonical_text", "search")
    return rows.order_by("-document_date", "-id")


def choosable_years(reader: Reader) -> list[int]:
    """The budget years one sees letters of, newest first."""
    years = issued_seen(reader).filter(year__isnull=False).values_list("year", flat=True).distinct()
    return sorted({int(year) for year in years if year}, reverse=True)


def choosable_agencies(reader: Reader) -> QuerySet[Organisation]:
    """The agencies one reads about."""
    return readable_agencies(reader).order_by("name")


# ---- the sides ----
def document_side(reader: Reader, document: SteeringDocument) -> Side:
    """One document as it was issued, whatever has changed it since."""
    day = document.effective_on or document.document_date or reader.today
    found = consolidated_for(reader, document.recipient, max(day, reader.today), letter=document)
    return Side(
        name=_("%(title)s til %(agency)s") % {"title": document.title, "agency": document.recipient.short},
        url=reverse("governance:document", args=[document.uuid]),
        rows=as_issued(document, reader),
        passages=[entry for entry in found.passages if entry.source.uuid == document.uuid],
        lang="nn" if document.language == "nn" else "",
    )


def draft_side(reader: Reader, document: SteeringDocument) -> Side:
    """A draft as it stands, for those who read it."""
    source = source_of(document)
    return Side(
        name=_("%(title)s, utkast") % {"title": document.title},
        url=reverse("governance:draft", args=[document.uuid]),
        rows=as_issued(document, reader),
        passages=[Entry(item, source) for item in passages_of([document.pk])],
        lang="nn" if document.language == "nn" else "",
    )


def year_side(reader: Reader, agency: Organisation, year: int) -> Side:
    """The letters of a year with their supplements: at the year's end, or today in the running year."""
    day = min(date(year, 12, 31), max(reader.today, date(year, 1, 1)))
    found = consolidated_for(reader, agency, day)
    instructions = {source.id for source in found.documents if source.family == DocumentFamily.INSTRUCTION}
    return Side(
        name=_("%(agency)s %(year)s") % {"agency": agency.short, "year": year},
        url=f"{reverse('governance:in_force', args=[agency.uuid])}?dato={day.isoformat()}",
        rows=[entry for entry in found.entries if entry.source.id not in instructions],
        passages=[entry for entry in found.text() if entry.source.id not in instructions],
    )


def agency_side(reader: Reader, agency: Organisation, day: date) -> Side:
    """Everything in force for an agency on a day: instruction, letters and supplements."""
    found: Consolidated = consolidated_for(reader, agency, day)
    return Side(
        name=_("%(agency)s %(day)s") % {"agency": agency.short, "day": formatting.full_date(day)},
        url=f"{reverse('governance:in_force', args=[agency.uuid])}?dato={day.isoformat()}",
        rows=found.entries,
        passages=list(found.text()),
    )


# ---- what differs ----
def comparison(before: Side, after: Side) -> Comparison:
    """Rows and running text laid against each other."""
    rows = compare_groups(before.rows, after.rows)
    old, new = list(before.passages), list(after.passages)
    found = compare_passages([entry.item for entry in old], [entry.item for entry in new])
    kinds = [each.kind for each in found]
    text_counts = [
        (kinds.count("added"), _("nye avsnitt")),
        (kinds.count("removed"), _("avsnitt borte")),
        (kinds.count("changed"), _("avsnitt endret")),
    ]
    alike = not rows.groups and all(kind == "same" for kind in kinds)
    same = Empty(_("Ingen forskjeller"), _("De to er like, rad for rad og ord for ord.")) if alike else None
    return Comparison(
        sides=(before, after),
        counts=[(rows.added, _("nye")), (rows.removed, _("borte")), (rows.changed, _("endret"))],
        copies=copy_matrix(before.rows, after.rows, rows.names, (before.name, after.name)),
        groups=[group for group in rows.groups if group.key != "copy_rule"],
        text=[] if alike else list(_parts(found, old, new)),
        text_counts=text_counts,
        same=same,
    )


def _parts(found: Sequence[PassageDifference], old: Sequence[Entry], new: Sequence[Entry]) -> Iterable[TextPart]:
    """The marked text with runs of alike passages folded."""
    near = {
        place + step for place, each in enumerate(found) if each.kind != "same" for step in range(-AROUND, AROUND + 1)
    }
    folded = 0
    for place, each in enumerate(found):
        if each.kind == "same" and place not in near:
            folded += 1
            continue
        if folded:
            yield TextPart("folded", alike=folded)
            folded = 0
        yield _part(each, old, new)
    if folded:
        yield TextPart("folded", alike=folded)


def _part(each: PassageDifference, old: Sequence[Entry], new: Sequence[Entry]) -> TextPart:
    entry = new[each.after] if each.after is not None else old[each.before or 0]
    text = " ".join(str(entry.item.data.get("text") or "").split())
    kind = {"added": "ins", "removed": "del"}.get(each.kind, "same")
    return TextPart(each.kind, each.segments or (Segment(kind, text),), bool(entry.item.data.get("heading_level")))
