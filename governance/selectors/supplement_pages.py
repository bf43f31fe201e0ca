"""What the pages of a supplement show: what is in force and can change, and the draft's changes before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Department, Organisation
from core import clock
from core.actor import Actor
from core.visuals.parts import Action, Link, PageHead
from governance.consolidation import Entry
from governance.differences import FieldChange, field_changes
from governance.differences.fields import field_label, spoken_fields, words_of_field
from governance.drafting.acts import AMOUNT, MOVE, REPLACE, WITHDRAW, possible
from governance.drafting.effect import (
    changeable,
    effect_of,
    other_drafts,
    owner_of,
    part_ids,
    standing,
    unreadable,
)
from governance.items import ITEM_TYPES, Item
from governance.models import (
    AssignmentItem,
    Change,
    ChangeKind,
    CommonDirective,
    DirectiveEdition,
    DocumentFamily,
    DocumentState,
    Language,
    NumberReservation,
    SteeringDocument,
)
from governance.querysets import SteeringDocumentQuerySet
from governance.restricted import may_read_restricted, withheld_from
from governance.selectors.draft_hidden import hidden_rows
from governance.selectors.ledger import capital

ACT_WORDS = {
    MOVE: gettext_lazy("Flytt dato"),
    REPLACE: gettext_lazy("Ny ordlyd eller verdi"),
    AMOUNT: gettext_lazy("Endre beløp"),
    WITHDRAW: gettext_lazy("Trekk"),
}
#: What a line tells of each type beside its name.
TOLD = {
    "assignment": ("deliveries",), "budget_line": ("amount",), "calendar": ("date", "date_text"),
    "reporting": ("when", "due"), "parameter": ("targets",), "key_figure": ("unit",), "authorisation": ("limit",),
}  # fmt: skip


@dataclass(frozen=True)
class Choosable:
    """A row in force: its name, what it says now, where it stands, and what can be done with it."""

    uuid: UUID
    name: str
    now: str
    source: str
    acts: Sequence[tuple[str, str, bool]]
    changed: bool = False
    elsewhere: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of one type."""

    key: str
    title: str
    rows: Sequence[Choosable]


@dataclass(frozen=True)
class ChoosePage:
    """Choose what changes."""

    head: PageHead
    document: SteeringDocument
    picked: Sequence[Group]
    groups: Sequence[Group]
    kinds: Sequence[Link]
    tally: str


def head_of(document: SteeringDocument, title: str, lead: str = "") -> PageHead:
    """Head of a page under a draft."""
    return PageHead(
        title=title,
        overline=document.title,
        lead=lead,
        crumbs=[
            Link(_("Styringsdokumenter"), reverse("governance:documents")),
            Link(document.title, reverse("governance:draft", args=[document.uuid])),
        ],
    )


def choose_page(
    *,
    document: SteeringDocument,
    actor: Actor,
    day: date,
    kind: str = "",
    words: str = "",
    picked: str = "",
    chosen: Sequence[str] = (),
) -> ChoosePage:
    """The rows in force that a supplement may change, by type; the one asked for stands first.

    An exempt assignment is there for its readers alone.
    """
    entries = _choosable_rows(document, actor, day)
    done = list(Change.objects.filter(document=document, target__isnull=False).values_list("target", flat=True))
    others = other_drafts(document)
    first = [entry for entry in entries if str(entry.item.uuid) == picked]
    shown = [
        entry
        for entry in entries
        if entry not in first
        and (not kind or entry.item.key == kind)
        and (not words or words.casefold() in entry.item.name.casefold())
    ]
    page = reverse("governance:draft_changes", args=[document.uuid])
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.item.key] = counts.get(entry.item.key, 0) + 1
    kinds = [Link(_("Alle"), page, len(entries), current=not kind)]
    kinds += [
        Link(ITEM_TYPES[key].plural, f"{page}?slag={key}", counts[key], current=kind == key)
        for key in ITEM_TYPES
        if key in counts
    ]
    lead = _("Velg det som skal endres. Du skriver endringene på neste side, alle samlet.")
    return ChoosePage(
        head=head_of(document, _("Hva endres?"), lead),
        document=document,
        picked=_groups(first, done, chosen, others),
        groups=_groups(shown, done, chosen, others),
        kinds=kinds,
        tally=_("%(n)s rader i kraft") % {"n": len(entries)},
    )


def _choosable_rows(document: SteeringDocument, actor: Actor, day: date) -> list[Entry]:
    entries = changeable(standing(document, day))
    hidden = unreadable(entries, actor, day)
    return [entry for entry in entries if entry.item.uuid not in hidden]


def _groups(
    entries: Iterable[Entry], done: Sequence[Any], chosen: Sequence[str], others: Mapping[UUID, Sequence[str]]
) -> list[Group]:
    by_key: dict[str, list[Choosable]] = {}
    for entry in entries:
        by_key.setdefault(entry.item.key, []).append(_choosable(entry, done, chosen, others))
    return [Group(key, str(ITEM_TYPES[key].plural), by_key[key]) for key in ITEM_TYPES if key in by_key]


def _choosable(
    entry: Entry, done: Sequence[Any], chosen: Sequence[str], others: Mapping[UUID, Sequence[str]]
) -> Choosable:
    item = entry.item
    titles = sorted({title for uuid in (item.uuid, *part_ids(item)) for title in others.get(uuid, ())})
    told = [words_of_field(item, name, {}) for name in TOLD.get(item.key, ())]
    return Choosable(
        uuid=item.uuid,
        name=_name(item),
        now=" · ".join(part for part in told if part),
        source=entry.source.title,
        acts=[(f"{item.uuid}:{act}", str(ACT_WORDS[act]), f"{item.uuid}:{act}" in chosen) for act in possible(item)],
        elsewhere=", ".join(f"«{title}»" for title in titles),
        changed=any(target is not None and owner_of([entry], target) is not None for target in done),
    )


def _name(item: Item) -> str:
    """What a person knows the row by; a choice is said in words."""
    if item.type.model._meta.get_field(item.type.names).choices:  # type: ignore[union-attr]
        return words_of_field(item, item.type.names, {})
    return item.name or str(item.type.one)


def chosen_rows(document: SteeringDocument, actor: Actor, day: date, chosen: Sequence[str]) -> list[tuple[Item, str]]:
    """The rows and acts a person has chosen, in the order of the list. What they may not choose is left out."""
    wanted: dict[str, str] = {}
    for part in chosen:
        uuid, _sep, act = part.partition(":")
        wanted.setdefault(uuid, act)
    rows = [entry.item for entry in _choosable_rows(document, actor, day)]
    return [
        (item, wanted[str(item.uuid)])
        for item in rows
        if str(item.uuid) in wanted and wanted[str(item.uuid)] in possible(item)
    ]


def departments_of(document: SteeringDocument, day: date) -> QuerySet[Department]:
    """The issuer's departments on the day."""
    found: QuerySet[Department] = Department.objects.valid_on(day).filter(organisation=document.issuer)
    return found


def assignment_choices(document: SteeringDocument, actor: Actor, day: date) -> list[tuple[str, str]]:
    """Assignments money may be tied to: those of the draft first, then those of the year's issued letters.

    Exempt ones for those who read them, also where the address is that of a letter that was sent since.
    """
    rows = AssignmentItem.objects.filter(document__recipient=document.recipient, change="new")
    rows = rows.filter(document__issuer=document.issuer, document__year=document.year)
    own = rows.filter(document=document).exclude(uuid__in=withheld_from(document, actor, day)).order_by("ordinal")
    given = rows.filter(document__state=DocumentState.ISSUED).order_by("series", "number", "id")
    found = [(str(row.uuid), _("%(row)s (i dette utkastet)") % {"row": str(row).strip()}) for row in own]
    readable = may_read_restricted(actor, [row.uuid for row in given if row.restricted], day)
    seen = [row for row in given if not row.restricted or row.uuid in readable]
    return found + [(str(row.uuid), str(row).strip()) for row in seen]


# ---- before and after ----
@dataclass(frozen=True)
class Effected:
    """A change with the row before and after it."""

    uuid: UUID
    kind: str
    name: str
    text: str
    fields: Sequence[FieldChange]
    gone: bool
    new: bool
    said: Sequence[tuple[str, str]]
    remove: Action | None


@dataclass(frozen=True)
class EffectPage:
    """Before and after, change by change."""

    head: PageHead
    document: SteeringDocument
    rows: Sequence[Effected]


def effect_page(*, document: SteeringDocument, actor: Actor, day: date, may_write: bool) -> EffectPage:
    """Every change of the draft beside what it changes. A fixed number of queries.

    What it changes in an exempt assignment stands as the number for those who may not read that.
    """
    hidden = hidden_rows(document, actor, day)
    effect = effect_of(document, day)
    before = changeable(effect.before)
    after = [*effect.after.rows, *effect.after.carried]
    known = {str(entry.item.uuid): entry.item.name for entry in (*before, *after)}
    known |= {
        str(uuid): name
        for uuid, name in Department.objects.filter(organisation=document.issuer).values_list("uuid", "name")
    }
    rows = [
        _withheld(change, hidden[change.new_item])
        if change.new_item in hidden
        else _effected(change, before, after, document, known, may_write=may_write)
        for change in Change.objects.filter(document=document).order_by("ordinal", "id")
    ]
    lead = _("Slik endrer brevet det som gjelder. Teksten kan pusses på i utkastet; den er det som gjelder.")
    return EffectPage(head_of(document, _("Før og etter"), lead), document, rows)


def _effected(
    change: Change,
    before: Sequence[Entry],
    after: Sequence[Entry],
    document: SteeringDocument,
    known: Mapping[str, str],
    *,
    may_write: bool,
) -> Effected:
    old = owner_of(before, change.target) if change.target else None
    new = (
        owner_of(after, change.new_item)
        if change.new_item and change.kind in (ChangeKind.ADD, ChangeKind.REPLACE)
        else None
    )
    if new is None and old is not None:
        new = owner_of([entry for entry in after if entry.is_in_force], old.item.uuid)
    item = new.item if new else old.item if old else None
    fields = field_changes(old.item, new.item, known) if old and new else []
    said = []
    if item is not None and old is None:
        said = [(label, words) for label, words in _said(item, known) if words]
    return Effected(
        uuid=change.uuid,
        kind=capital(str(change.get_kind_display())),
        name=item.name if item else "",
        text=change.text,
        fields=fields,
        gone=change.kind == ChangeKind.WITHDRAW,
        new=old is None,
        said=said,
        remove=_remove(change, document) if may_write else None,
    )


def _withheld(change: Change, words: str) -> Effected:
    return Effected(
        uuid=change.uuid, kind=capital(str(change.get_kind_display())), name=words, text="", fields=(),
        gone=change.kind == ChangeKind.WITHDRAW, new=False, said=(), remove=None,
    )  # fmt: skip


def _said(item: Item, known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(field_label(item.key, name), words_of_field(item, name, known)) for name in spoken_fields(item.key)]


def _remove(change: Change, document: SteeringDocument) -> Action:
    url = reverse("governance:draft_change_remove", args=[document.uuid, change.uuid])
    return Action(_("Fjern endringen"), url, post=True, fields=(("version", str(document.version)),))


# ---- numbers and directives ----
@dataclass(frozen=True)
class NumberLine:
    """A reserved number and what became of it."""

    reference: str
    words: str


def number_lines(document: SteeringDocument) -> list[NumberLine]:
    """The numbers reserved for a draft, with the assignment that took each, or why none did."""
    taken = {
        (row.series, row.year, row.number): row.title
        for row in AssignmentItem.objects.filter(document=document, change="new", number__isnull=False)
    }
    rows = NumberReservation.objects.filter(document=document, series=document.kind.series).order_by("number")
    return [
        NumberLine(
            str(row), taken.get((row.series, row.year, row.number)) or row.gap_reason or _("reservert, ikke brukt ennå")
        )
        for row in rows.exclude(series="")
    ]


def attachable(document: SteeringDocument) -> QuerySet[DirectiveEdition]:
    """Editions that the draft does not have yet, newest first."""
    held = CommonDirective.objects.filter(document=document, edition__isnull=False).values("edition_id")
    return DirectiveEdition.objects.exclude(pk__in=held).order_by("-year", "circular", "id")


# ---- beginning ----
def letters_to_change(actor: Actor, day: date, agencies: QuerySet[Organisation]) -> SteeringDocumentQuerySet:
    """Issued letters one may supplement: from one's own organisation to an agency one drafts for."""
    rows: SteeringDocumentQuerySet = SteeringDocument.objects.visible_to(actor, day).for_list()
    return rows.filter(
        state=DocumentState.ISSUED,
        issuer__uuid=actor.organisation,
        recipient__in=agencies,
        kind__family=DocumentFamily.LETTER,
    ).order_by("-year", "recipient__name", "-document_date")


def open_supplements(letter: SteeringDocument, actor: Actor, picked: str = "") -> list[Link]:
    """Drafts of supplements to the letter that are being written: a change may go into one of them."""
    rows = SteeringDocument.objects.visible_to(actor, clock.today())
    drafts = rows.filter(supplements=letter, state=DocumentState.DRAFT).only("uuid", "title")
    return [Link(row.title, after_start(row, picked)) for row in drafts]


def first_values(letter: SteeringDocument | None, year: int) -> dict[str, Any]:
    """What the form for a new supplement begins with: the letter's own facts where one is chosen."""
    year = letter.year or year if letter else year
    values: dict[str, Any] = {"year": year, "title": _("Supplerende tildelingsbrev %(year)s") % {"year": year}}
    if letter is not None:
        values |= {"letter": letter.uuid, "recipient": letter.recipient.uuid, "language": letter.language}
        if letter.language == Language.NN:
            values["title"] = f"Supplerande tildelingsbrev {year}"
    return values


def after_start(document: SteeringDocument, picked: str = "") -> str:
    """On to what changes, with the row one came from on top; without one, to the draft."""
    if not picked:
        return reverse("governance:draft", args=[document.uuid])
    return f"{reverse('governance:draft_changes', args=[document.uuid])}?{urlencode({'rad': picked})}"
