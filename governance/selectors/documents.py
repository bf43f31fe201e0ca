"""The list of governing documents and the pages of one document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, Organisation
from agencies.rights import RIGHTS, Right
from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Finding, Link, PageHead, WhoCanSee
from governance import permissions
from governance.checks.content import Instruction
from governance.contexts import PassageLine, Span
from governance.lone_headings import read_passages
from governance.models import (
    AssignmentItem,
    Dispatch,
    DispatchState,
    DocumentFamily,
    DocumentFile,
    DocumentKind,
    DocumentState,
    FindingState,
    ItemPassage,
    Severity,
    Signatory,
    SteeringDocument,
)
from governance.paragraphs import flowing
from governance.restricted import may_read_restricted
from governance.selectors.corrections import corrections_link
from governance.selectors.document_actions import earlier_of_its_kind, reading_actions
from governance.selectors.draft_tabs import party_tabs
from governance.selectors.enclosures import EnclosureLine, enclosure_lines
from governance.selectors.findings import (
    SEVERITY_CODES,
    asks_for_instruction,
    capital,
    document_findings,
    rule_link,
)
from governance.selectors.instruction_note import InstructionNote, instructions_for, note_from


# ---- the list ----
@dataclass(frozen=True)
class DocumentLine:
    """One document in the list."""

    uuid: UUID
    title: str
    url: str
    agency: str
    kind: str
    year: int | None
    dated: date | None
    state: str
    state_label: str
    note: str


def seen(actor: Actor, day: date) -> QuerySet[SteeringDocument]:
    """The documents one sees, without discarded drafts."""
    found: QuerySet[SteeringDocument] = SteeringDocument.objects.visible_to(actor, day)
    return found.exclude(state=DocumentState.DISCARDED)


def filtered(rows: QuerySet[SteeringDocument], chosen: Mapping[str, Any]) -> QuerySet[SteeringDocument]:
    """The documents the filter asks for. Unknown values give nothing, not everything."""
    if chosen.get("agency"):
        rows = rows.filter(recipient__uuid=chosen["agency"])
    if chosen.get("year"):
        rows = rows.filter(Q(year=chosen["year"]) | Q(year__isnull=True, effective_on__year=chosen["year"]))
    if chosen.get("kind"):
        rows = rows.filter(kind__code=chosen["kind"])
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    return rows


def document_lines(rows: QuerySet[SteeringDocument]) -> list[DocumentLine]:
    """The list, newest first; drafts on top."""
    found = rows.select_related("kind", "recipient", "supplements").defer("canonical_text", "search")
    return [
        DocumentLine(
            uuid=row.uuid,
            title=row.title,
            url=address(row),
            agency=row.recipient.short,
            kind=str(row.kind),
            year=row.year,
            dated=row.document_date,
            state=row.state,
            state_label=str(row.get_state_display()),
            note=_note(row),
        )
        for row in found.order_by("-state", "-document_date", "-id")[:500]
    ]


def address(document: SteeringDocument) -> str:
    """The page of an issued document, or of a draft."""
    name = "governance:document" if document.is_issued else "governance:draft"
    return reverse(name, args=[document.uuid])


def _note(row: SteeringDocument) -> str:
    parts = []
    if row.effective_on and row.effective_on != row.document_date:
        parts.append(_("gjelder fra %(date)s") % {"date": formatting.full_date(row.effective_on)})
    if not row.has_text:
        parts.append(_("registrert uten tekst"))
    if row.case_number:
        parts.append(_("sak %(number)s") % {"number": row.case_number})
    return " · ".join(parts)


def list_choices(actor: Actor, day: date) -> dict[str, list[tuple[str, str]]]:
    """What the filter offers: only what is among the documents one sees."""
    rows = seen(actor, day)
    agencies = Organisation.objects.filter(pk__in=rows.values("recipient")).order_by("name")
    years = sorted({year for year in rows.values_list("year", flat=True) if year}, reverse=True)
    return {
        "agency": [(str(row.uuid), row.name) for row in agencies],
        "year": [(str(year), str(year)) for year in years],
        "kind": [(row.code, str(row)) for row in DocumentKind.objects.order_by("name_nb")],
        "state": [(DocumentState.ISSUED.value, _("Utstedt")), (DocumentState.DRAFT.value, _("Utkast"))],
    }


# ---- one document ----
@dataclass(frozen=True)
class FileLine:
    """A file of the document; without ``url`` for one who may not download it."""

    name: str
    size: int
    url: str
    sha256: str


@dataclass(frozen=True)
class DocumentPage:
    """The head and side that every part of a document's page shares."""

    head: PageHead
    tabs: Sequence[Link]
    document: SteeringDocument
    facts: Sequence[tuple[Any, ...]]
    instruction: InstructionNote | None
    supplements: Sequence[Link] = ()
    findings: Sequence[Finding] = ()
    acknowledged: Sequence[tuple[Finding, str]] = ()
    sees_findings: bool = False
    files: Sequence[FileLine] = field(default_factory=tuple)
    enclosures: Sequence[EnclosureLine] = ()
    change: Action | None = None
    renew: Action | None = None
    corrections: Link | None = None


def document_page(
    *, document: SteeringDocument, actor: Actor, day: date, tab: str, withheld: Collection[UUID] | None = None
) -> DocumentPage:
    """What stands around the part that is shown. ``withheld``: the exempt rows the reader may not read, when known."""
    if withheld is None:
        withheld = _held_back(document, actor, day)
    rights = permissions.rights_from_issuer(actor, document, day)
    judges, drafts = Right.SEE_DRAFTS in rights, Right.DRAFT_DOCUMENTS in rights
    rows = document_findings(document, actor, day) if judges else []
    known = instructions_for(document)
    around = _around(document, known, actor, day)
    still_open = [row for row in rows if row.state == FindingState.OPEN and row.severity != Severity.INFORMATION]
    may_decide = bool(rows) and permissions.may_acknowledge(actor, document.recipient_id, day)
    return DocumentPage(
        head=_head(document, around),
        tabs=[*_tabs(document, tab, len(still_open) if judges else None), *party_tabs(document, actor)],
        document=document,
        facts=_facts(document),
        instruction=note_from(document, known, {str(row.uuid) for row in around}, day),
        supplements=_related(document, around),
        findings=[_finding(document, row, may_decide=may_decide) for row in rows if row.state == FindingState.OPEN],
        acknowledged=[
            (_finding(document, row, may_decide=False), f"{row.reason} ({row.decided_by})")
            for row in rows
            if row.state == FindingState.ACKNOWLEDGED
        ],
        sees_findings=judges,
        files=_files(document, whole=not withheld),
        enclosures=enclosure_lines(document, actor, day, whole=not withheld),
        change=_change_action(document) if drafts else None,
        renew=_renew_action(document) if drafts else None,
        corrections=corrections_link(document, offered=drafts),
    )


def _change_action(document: SteeringDocument) -> Action | None:
    """An issued letter changes by a supplement alone (V-34)."""
    if document.kind.family == DocumentFamily.INSTRUCTION or not document.is_issued:
        return None
    letter = document.supplements.uuid if document.supplements else document.uuid
    return Action(_("Endre med supplerende brev"), f"{reverse('governance:new_supplement')}?brev={letter}", icon="plus")


def _renew_action(document: SteeringDocument) -> Action | None:
    """An instruction is replaced by a new one (R-02)."""
    if document.kind.family != DocumentFamily.INSTRUCTION or not document.is_issued:
        return None
    url = f"{reverse('governance:instruction_start')}?virksomhet={document.recipient.uuid}"
    return Action(_("Ny instruks fra den som gjelder"), url, icon="plus")


def sees_findings(document: SteeringDocument, actor: Actor, day: date) -> bool:
    """Findings belong to the side that drafts and registers."""
    return actor.organisation == document.issuer.uuid and access.may(
        actor, Right.SEE_DRAFTS, document.recipient_id, day
    )


def _head(document: SteeringDocument, around: Sequence[Any]) -> PageHead:
    lead = [str(document.kind)]
    if document.document_date:
        lead.append(formatting.date_with_weekday(document.document_date))
    if document.case_number:
        lead.append(_("sak %(number)s") % {"number": document.case_number})
    if document.is_issued:
        lead.append(_("fryst %(at)s") % {"at": formatting.moment(document.frozen_at)} if document.frozen_at else "")
    return PageHead(
        title=document.title,
        overline=_("Fra %(issuer)s til %(recipient)s")
        % {"issuer": document.issuer.name, "recipient": document.recipient.name},
        lead=" · ".join(part for part in lead if part),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
        actions=reading_actions(document, [row for row in around if row.earlier]),
        lang="nn" if document.language == "nn" else "",
    )


def _tabs(document: SteeringDocument, tab: str, findings: int | None) -> list[Link]:
    def link(name: str, label: str, count: int | None = None) -> Link:
        return Link(label, reverse(f"governance:{name}", args=[document.uuid]), count, current=name == tab)

    tabs = [
        link("document", _("Innhold")),
        link("document_text", _("Full tekst")),
        link("document_archive", _("Utsending og arkiv")),
    ]
    return [*tabs, link("document_findings", _("Funn"), findings)] if findings is not None else tabs


def _facts(document: SteeringDocument) -> list[tuple[Any, ...]]:
    signers = Signatory.objects.filter(document=document)
    names = "; ".join(
        f"{row.name}{', ' + row.title if row.title else ''}{' (e.f.)' if row.by_authority else ''}" for row in signers
    )
    pairs = [
        (_("Gjelder fra"), formatting.full_date(document.effective_on) if document.effective_on else ""),
        (_("Budsjettår"), str(document.year or "")),
        (_("Signert av"), names),
        (_("Adressat"), document.addressee),
        (_("Hjemmel"), document.legal_basis),
        (
            _("Oppdrag som utgår"),
            _("til og med %(year)s") % {"year": document.lapse_through_year} if document.lapse_through_year else "",
        ),
        (_("Opphav"), str(document.get_origin_display())),
    ]
    return [pair for pair in pairs if pair[1]]


def _around(
    document: SteeringDocument, known: Sequence[Instruction], actor: Actor, day: date
) -> list[SteeringDocument]:
    """What one sees of letter, supplements and instructions around it, and those before it: one query."""
    family = document.supplements_id or document.pk
    near = Q(pk=family) | Q(supplements_id=family) | Q(supplements_id=document.pk)
    rows = seen(actor, day).annotate(earlier=earlier_of_its_kind(document)).exclude(pk=document.pk)
    rows = rows.filter(near | Q(uuid__in=[row.uuid for row in known]) | Q(earlier=True))
    return list(rows.order_by("document_date", "id").only("uuid", "title", "state", "supplements_id", "document_date"))


def _related(document: SteeringDocument, around: Sequence[SteeringDocument]) -> list[Link]:
    """The letter a supplement belongs to, or the supplements of a letter."""
    family = {document.pk, document.supplements_id} - {None}
    return [
        Link(
            f"{row.title}, {formatting.full_date(row.document_date)}" if row.document_date else row.title, address(row)
        )
        for row in around
        if row.pk in family or row.supplements_id in family
    ]


def _finding(document: SteeringDocument, row: Any, *, may_decide: bool) -> Finding:
    page = reverse("governance:document", args=[document.uuid])
    action = None
    if may_decide and row.severity == Severity.WARNING:
        action = Action(_("Bekreft"), reverse("governance:finding", args=[row.uuid]))
        if asks_for_instruction(row):
            action = Action(_("Registrer instruksen"), f"{reverse('governance:instruction_new')}?funn={row.uuid}")
    url = f"{page}#rad-{row.item}" if row.item else ""
    if row.passage:
        url = f"{reverse('governance:document_text', args=[document.uuid])}?avsnitt={row.passage}#avsnitt-{row.passage}"
    return Finding(SEVERITY_CODES[row.severity], row.message, capital(row.place), action, url, rule_link(row.check_id))


def _files(document: SteeringDocument, *, whole: bool) -> list[FileLine]:
    """The files; without address for one who may not read all that is in them, since the page holds it back (B2)."""
    rows = DocumentFile.objects.filter(document=document).select_related("file")
    return [
        FileLine(
            row.file.name,
            row.file.size,
            reverse("governance:file", args=[row.file.uuid]) if whole else "",
            row.file.sha256,
        )
        for row in rows
    ]


# ---- the text ----
def text_lines(*, document: SteeringDocument, actor: Actor, day: date, chosen: str) -> list[PassageLine]:
    """The full text, each passage with the row that rests on it. What is exempt is held back."""
    held = _held_back(document, actor, day)
    hidden = set(ItemPassage.objects.filter(item__in=held).values_list("passage_id", flat=True))
    by_passage: dict[int, UUID] = {}
    for linked, passage in ItemPassage.objects.filter(document=document, field="").values_list("item", "passage_id"):
        by_passage.setdefault(passage, linked)
    page = reverse("governance:document", args=[document.uuid])
    lines = []
    for row in read_passages(document):
        item = by_passage.get(row.pk)
        text = _("Unntatt offentlighet") if row.pk in hidden else " ".join(flowing(row.printed).split())
        lines.append(
            PassageLine(
                number=row.ordinal + 1,
                spans=[Span(text)],
                kind=row.kind,
                heading=bool(row.heading_level),
                chosen=bool(chosen) and chosen in (str(item), str(row.uuid)),
                url=f"{page}#rad-{item}" if item else "",
                key=str(item or ""),
            )
        )
    return lines


def _held_back(document: SteeringDocument, actor: Actor, day: date) -> set[UUID]:
    items = list(AssignmentItem.objects.filter(document=document, restricted=True).values_list("uuid", flat=True))
    return set(items) - may_read_restricted(actor, items, day)


# ---- who can see this ----
def who_can_see(document: SteeringDocument, day: date) -> WhoCanSee:
    """Both sides, others with a part, and copies that were really sent. Names of roles, and of people on both sides."""
    right = Right.SEE_DOCUMENTS if document.is_issued else Right.SEE_DRAFTS
    roles = [role.value for role, rights in RIGHTS.items() if right in rights]
    people = (
        Appointment.objects.valid_on(day)
        .filter(role__code__in=roles)
        .filter(
            Q(organisation_id=document.issuer_id, target__isnull=True)
            | Q(target_id=document.recipient_id)
            | Q(organisation_id=document.recipient_id)
        )
        .select_related("user", "role", "organisation")
        .order_by("organisation__name", "role__ordinal", "user__full_name")
    )
    rows: dict[str, list[str]] = {}
    for row in people:
        if row.organisation_id != document.issuer_id and not document.is_issued:
            continue
        rows.setdefault(row.organisation.name, []).append(f"{row.user} ({row.role})")
    pairs: list[tuple[Any, Any]] = [(name, ", ".join(names)) for name, names in rows.items()]
    copies = Dispatch.objects.filter(subject=document.uuid, state=DispatchState.SENT, role="copy").select_related(
        "recipient"
    )
    pairs.append((_("Kopi sendt"), ", ".join(row.recipient.name for row in copies) or _("ingen")))
    pairs.append((_("Offentlig"), _("ikke her; innsyn gis gjennom journalen")))
    return WhoCanSee(pairs)
