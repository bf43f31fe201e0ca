"""All findings of the documents and imports a person answers for: filtered, counted, in pages (issue 3.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.access import may_anywhere
from agencies.models import Department, Organisation, User
from agencies.querysets import organisations_with
from agencies.rights import Right
from core import formatting
from core.actor import Actor
from core.sheets import Sheet
from core.visuals.badges import SEVERITY
from core.visuals.parts import Action, Finding
from governance.models import (
    AssignmentItem,
    DocumentState,
    FindingState,
    ImportRow,
    ItemPassage,
    SectionOwner,
    Severity,
)
from governance.models import Finding as FindingRow
from governance.restricted import may_read_restricted, told_of_earlier
from governance.selectors.findings import SEVERITY_CODES, asks_for_instruction, capital, rule_link, said_before
from governance.selectors.workspace import chapter_url, kinds_of

PER_PAGE = 50
_RANK = {Severity.STOPS.value: 0, Severity.WARNING.value: 1, Severity.INFORMATION.value: 2}
OPEN, ACKNOWLEDGED, ALL = "open", "acknowledged", "all"
#: what a column is sorted by, each with the rest behind it
SORTS: dict[str, tuple[str, ...]] = {
    "alvor": ("rank", "agency", "owner_title", "check_id", "pk"),
    "virksomhet": ("agency", "owner_title", "rank", "pk"),
    "dokument": ("owner_title", "rank", "pk"),
    "regel": ("check_id", "agency", "pk"),
    "ansvarlig": ("responsible_name", "rank", "pk"),
    "dato": ("created_at", "pk"),
}
FACETS = ("agency", "document", "severity", "rule", "responsible", "department", "state")
#: the choice of the filter on responsible that is always the one who asks
MINE = "mine"


@dataclass(frozen=True)
class FindingLine:
    """One finding on the page."""

    finding: Finding
    check_id: str
    agency: str
    document: str
    document_url: str
    department: str
    responsible: str
    found: date
    acknowledged: str = ""
    before: str = ""


def seen_findings(actor: Actor, day: date) -> QuerySet[FindingRow]:
    """What the person sees, without what is mended and what belongs to something discarded."""
    rows: QuerySet[FindingRow] = FindingRow.objects.visible_to(actor, day)
    return (
        rows.exclude(state=FindingState.RESOLVED)
        .exclude(document__state=DocumentState.DISCARDED)
        .exclude(document__isnull=True, document_import__state__in=("discarded", "refused"))
    )


def _described(rows: QuerySet[FindingRow]) -> QuerySet[FindingRow]:
    """With agency, document, department, person and rank as columns, whether it is of a document or an import.

    The person is the one who answers for the chapter, else the one who began the letter or read it in.
    """
    of_row = AssignmentItem.objects.filter(uuid=OuterRef("item"), department__isnull=False).values("department")[:1]
    chapter = ItemPassage.objects.filter(item=OuterRef(OuterRef("item")), field="").values("passage__chapter")[:1]
    owners = SectionOwner.objects.filter(
        document=OuterRef("document"), ended_at__isnull=True, chapter=Subquery(chapter)
    )
    of_chapter = owners.values("department")[:1]
    person = owners.filter(user__isnull=False).order_by("id").values("user")[:1]
    names = User.objects.filter(pk=OuterRef("responsible")).annotate(
        shown=Case(When(full_name="", then=F("username")), default=F("full_name"))
    )
    ranks = [When(severity=code, then=Value(rank)) for code, rank in _RANK.items()]
    return rows.annotate(
        rank=Case(*ranks, output_field=IntegerField()),
        agency=Coalesce("document__recipient__name", "document_import__agency__name", Value("")),
        agency_uuid=Coalesce("document__recipient__uuid", "document_import__agency__uuid"),
        owner_title=Coalesce("document__title", "document_import__title"),
        owner_uuid=Coalesce("document__uuid", "document_import__uuid"),
        owner_department=Coalesce(Subquery(of_row), Subquery(of_chapter)),
        responsible=Coalesce(
            Subquery(person), "document__created_by", "document_import__created_by", output_field=BigIntegerField()
        ),
    ).annotate(
        responsible_name=Coalesce(Subquery(names.values("shown")[:1]), Value("")),
        responsible_uuid=Subquery(names.values("uuid")[:1]),
    )


# ---- counting: one query for every choice of every filter ----
@dataclass(frozen=True)
class Portfolio:
    """The filter's choices with counts, and how many there are of each severity."""

    choices: Mapping[str, Sequence[tuple[str, str]]]
    counts: Mapping[str, int]


def counted(actor: Actor, day: date, chosen: Mapping[str, str]) -> Portfolio:
    """What each filter offers, with how many findings the other filters leave it. Two queries."""
    names = (
        "state", "severity", "check_id", "agency", "agency_uuid", "owner_title", "owner_uuid", "owner_department",
        "responsible", "responsible_name", "responsible_uuid",
    )  # fmt: skip
    groups = list(_described(seen_findings(actor, day)).values(*names).annotate(n=Count("pk")).order_by())
    departments = {str(row.pk): row.code for row in Department.objects.filter(organisation__uuid=actor.organisation)}
    labels: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for group in groups:
        values = _values(group, departments, actor)
        failing = [facet for facet in FACETS if not _passes(facet, values[facet], chosen)]
        for facet in FACETS:
            if values[facet]:
                labels[facet].setdefault(values[facet], _label(facet, group, values))
            if not [one for one in failing if one != facet]:
                counts[facet][values[facet]] += group["n"]
    counts["state"][ALL] = sum(counts["state"].values())
    labels["state"] = {ACKNOWLEDGED: _("Bekreftet"), ALL: _("Åpne og bekreftede")}
    labels["responsible"][MINE] = _("Mine")
    labels["severity"] = {str(code): str(label) for code, label in Severity.choices}
    return Portfolio(
        choices={
            facet: [
                (value, _("%(label)s (%(n)s)") % {"label": label, "n": counts[facet][value]})
                for value, label in sorted(labels[facet].items(), key=lambda pair: _order(facet, pair))
            ]
            for facet in FACETS
        },
        counts=dict(counts["severity"]),
    )


def _order(facet: str, pair: tuple[str, str]) -> tuple[int, str]:
    value, label = pair
    return (_RANK.get(value, 0) if facet == "severity" else int(value != MINE), label.casefold())


def _values(group: Mapping[str, Any], departments: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """The group's value of each filter; a department that is not one's own is none."""
    department = str(group["owner_department"] or "")
    own = group["responsible"] is not None and group["responsible"] == actor.user_id
    return {
        "agency": str(group["agency_uuid"] or ""),
        "document": str(group["owner_uuid"] or ""),
        "severity": group["severity"],
        "rule": group["check_id"],
        "responsible": MINE if own else str(group["responsible_uuid"] or ""),
        "department": departments.get(department, ""),
        "state": group["state"],
    }


def _label(facet: str, group: Mapping[str, Any], values: Mapping[str, str]) -> str:
    if facet == "agency":
        return str(group["agency"])
    if facet == "document":
        return f"{group['owner_title']}, {group['agency']}" if group["agency"] else str(group["owner_title"])
    if facet == "responsible":
        return str(group["responsible_name"])
    return values[facet]


def _passes(facet: str, value: str, chosen: Mapping[str, str]) -> bool:
    """Without a choice: what is open, and of that what asks for an act."""
    wanted = chosen.get(facet, "")
    if facet == "state":
        return wanted == ALL or value == (wanted or OPEN)
    if facet == "severity" and not wanted:
        return value != Severity.INFORMATION.value
    return not wanted or value == wanted


# ---- the rows ----
def filtered(actor: Actor, day: date, chosen: Mapping[str, str], sort: str = "", *, down: bool = False) -> Any:
    """The findings the filter asks for, sorted."""
    rows = _described(seen_findings(actor, day))
    state, severity = chosen.get("state", ""), chosen.get("severity", "")
    if state != ALL:
        rows = rows.filter(state=state or OPEN)
    rows = rows.filter(severity=severity) if severity else rows.exclude(severity=Severity.INFORMATION)
    columns = {"agency": "agency_uuid", "document": "owner_uuid", "rule": "check_id"}
    rows = rows.filter(**{column: chosen[facet] for facet, column in columns.items() if chosen.get(facet)})
    person = chosen.get("responsible", "")
    if person:
        rows = rows.filter(responsible=actor.user_id) if person == MINE else rows.filter(responsible_uuid=person)
    if chosen.get("department"):
        own = Department.objects.filter(organisation__uuid=actor.organisation, code=chosen["department"])
        rows = rows.filter(owner_department__in=own.values("pk"))
    first, *rest = SORTS.get(sort, SORTS["alvor"])
    return rows.order_by(F(first).desc() if down else F(first).asc(), *rest)


def lines(rows: Sequence[Any], actor: Actor, day: date) -> list[FindingLine]:
    """Findings as lines, each leading to its row. A fixed number of queries however many there are."""
    about = _About.of(rows, actor, day)
    return [_line(row, about) for row in rows]


@dataclass(frozen=True)
class _About:
    """What all lines need, asked once: chapters and kinds of rows, rows of imports, who may decide, what is held."""

    chapters: Mapping[UUID, str]
    kinds: Mapping[UUID, str]
    import_rows: frozenset[UUID]
    deciding: frozenset[int]
    imports: bool
    held: frozenset[UUID]
    told: frozenset[UUID]
    departments: Mapping[int, str]

    @classmethod
    def of(cls, rows: Sequence[Any], actor: Actor, day: date) -> _About:
        """Gather for these findings."""
        items = {row.item for row in rows if row.item}
        drafted = {row.item for row in rows if row.item and row.document and not row.document.is_issued}
        chapters = ItemPassage.objects.filter(item__in=drafted, field="").order_by("-id")
        exempt = set(AssignmentItem.objects.filter(uuid__in=items, restricted=True).values_list("uuid", flat=True))
        decide = Organisation.objects.filter(
            Q(pk__in=organisations_with(actor, Right.DRAFT_DOCUMENTS, day))
            | Q(pk__in=organisations_with(actor, Right.REGISTER_DOCUMENTS, day))
        )
        own = Department.objects.filter(organisation__uuid=actor.organisation)
        return cls(
            chapters=dict(chapters.values_list("item", "passage__chapter")),
            kinds=kinds_of(drafted),
            import_rows=frozenset(ImportRow.objects.filter(uuid__in=items).values_list("uuid", flat=True)),
            deciding=frozenset(decide.values_list("pk", flat=True)),
            imports=may_anywhere(actor, Right.IMPORT_DOCUMENTS, day),
            told=told_of_earlier(exempt),
            held=frozenset(exempt - may_read_restricted(actor, exempt, day)),
            departments=dict(own.values_list("pk", "code")),
        )


def _line(row: Any, about: _About) -> FindingLine:
    page, url = _addresses(row, about)
    exempt = row.item in about.held and row.document is not None and (row.document.is_issued or row.item in about.told)
    words = _("Unntatt offentlighet. Oppdraget er unntatt, og du er ikke blant dem som leser det.")
    may = row.document.recipient_id in about.deciding if row.document else about.imports
    done = ""
    if row.state == FindingState.ACKNOWLEDGED:
        told = {"name": row.decided_by, "at": formatting.moment(row.decided_at), "reason": row.reason}
        done = _("Bekreftet av %(name)s %(at)s: «%(reason)s»") % told
    shown = Finding(
        SEVERITY_CODES[row.severity],
        words if exempt else row.message,
        "" if exempt else capital(row.place),
        _action(row) if may and not exempt else None,
        url,
        rule_link(row.check_id),
    )
    return FindingLine(
        finding=shown,
        check_id=row.check_id,
        agency=row.agency,
        document=row.owner_title,
        document_url=page,
        department=about.departments.get(row.owner_department, ""),
        responsible=row.responsible_name,
        found=row.created_at.date(),
        acknowledged="" if exempt else done,
        before="" if exempt or done else said_before(row),
    )


def _action(row: Any) -> Action | None:
    if row.state != FindingState.OPEN:
        return None
    if asks_for_instruction(row):
        return Action(_("Registrer instruksen"), f"{reverse('governance:instruction_new')}?funn={row.uuid}")
    if row.severity == Severity.WARNING:
        return Action(_("Bekreft"), reverse("governance:finding", args=[row.uuid]))
    return None


def _addresses(row: Any, about: _About) -> tuple[str, str]:
    """The page of the document or import, and the very row or passage."""
    if row.document is None:
        page = reverse("governance:import_findings", args=[row.document_import.uuid])
        if row.item in about.import_rows:
            review = reverse("governance:import_review", args=[row.document_import.uuid])
            return page, f"{review}?rad={row.item}#rad-{row.item}"
        return page, page
    document = row.document
    if not document.is_issued:
        page = reverse("governance:draft", args=[document.uuid])
        if row.item in about.kinds:
            chapter = chapter_url(document, about.chapters.get(row.item, ""))
            return page, f"{chapter}?rad={about.kinds[row.item]}:{row.item}#skjema"
        return page, page
    page = reverse("governance:document", args=[document.uuid])
    if row.passage:
        text = reverse("governance:document_text", args=[document.uuid])
        return page, f"{text}?avsnitt={row.passage}#avsnitt-{row.passage}"
    return page, f"{page}#rad-{row.item}" if row.item else page


def with_people(rows: Any) -> Any:
    """With the names a line shows."""
    return rows.select_related("document", "document_import", "decided_by").defer(
        "document__canonical_text", "document__search"
    )


MOST_ROWS = 20_000


def sheet(rows: Any, actor: Actor, day: date) -> Sheet:
    """The same findings as a file."""
    heads = [
        _("Alvor"), _("Regel"), _("Funn"), _("Sted"), _("Virksomhet"), _("Dokument"), _("Ansvarlig"), _("Avdeling"),
        _("Funnet"), _("Bekreftet"),
    ]  # fmt: skip
    found = lines(list(with_people(rows)[:MOST_ROWS]), actor, day)
    table = [
        [
            str(SEVERITY[line.finding.severity].label), line.check_id, str(line.finding.text), str(line.finding.where),
            line.agency, line.document, line.responsible, line.department, line.found, line.acknowledged,
        ]
        for line in found
    ]  # fmt: skip
    return Sheet(_("Funn"), heads, table, (16, 12, 80, 30, 34, 34, 24, 12, 12, 50))
