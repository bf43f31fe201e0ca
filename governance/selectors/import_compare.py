"""A reading of a letter beside what the same letter gave before: new, gone and changed rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from core.visuals.parts import Action, Link, PageHead
from governance.intake import differing, matching
from governance.intake.earlier import earlier_of
from governance.intake.kinds import KINDS
from governance.intake.row_words import number_of, title_of
from governance.models import DocumentImport, ImportRow, ImportState, Origin, RowState, SteeringDocument

DECIDED = (RowState.ACCEPTED, RowState.CORRECTED)


@dataclass(frozen=True)
class FieldChange:
    """One field: what the file said before, what a person made of it (when that differs), and what it says now."""

    name: str
    before: str
    decided: str
    now: str


@dataclass(frozen=True)
class CompareRow:
    """One row that is not the same. ``state``: new, gone, changed or corrected (only a person has changed it)."""

    state: str
    state_words: str
    number: str
    title: str
    url: str
    note: str
    fields: Sequence[FieldChange] = ()
    choice: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class CompareGroup:
    """The rows of one kind that are not the same."""

    title: str
    rows: Sequence[CompareRow]


@dataclass(frozen=True)
class ComparePage:
    """The page. ``take_over`` is offered while the earlier reading is open.

    ``correct`` is where chosen rows are taken into the record of the registered letter; empty when they cannot be.
    """

    head: PageHead
    readings: Sequence[Link]
    counts: str
    groups: Sequence[CompareGroup]
    explanation: str
    take_over: Action | None
    again: Action
    back: str
    correct: str = ""
    history: Link | None = None


def compare_link(found: DocumentImport) -> Link | None:
    """The way to the comparison, when the letter has been read before. One query."""
    if not earlier_of(found):
        return None
    return Link(_("Lest inn før: sammenlign"), reverse("governance:import_compare", args=[found.uuid]))


def compare_page(found: DocumentImport, chosen: str, *, locked: str = "", marked: Collection[str] = ()) -> ComparePage:
    """The reading against the chosen earlier one, else the registered one, else the newest.

    ``locked`` is why the actor cannot put the record of the registered letter right; ``marked`` the rows ticked.
    """
    known = earlier_of(found)
    first = next((row for row in known if row.state == ImportState.REGISTERED), known[0] if known else None)
    before = next((row for row in known if str(row.uuid) == chosen), first)
    review = reverse("governance:import_review", args=[found.uuid])
    here = reverse("governance:import_compare", args=[found.uuid])
    base = _base(before)
    if base is not None:
        rows = _registered(found, base, review, marked)
    else:
        rows = _rows(found, before, review) if before is not None else {}
    open_ = before is not None and before.state in (ImportState.REVIEW, ImportState.DETAILS)
    return ComparePage(
        head=PageHead(
            title=_("Sammenlign med en tidligere lesing"),
            overline=found.title,
            lead=_("Det nye er lest inn %(at)s.") % {"at": formatting.moment(found.created_at)},
            crumbs=[Link(_("Importer"), reverse("governance:imports")), Link(_("Gå gjennom"), review)],
        ),
        readings=[Link(_reading(row), f"{here}?med={row.uuid}", current=row == before) for row in known],
        counts=_counts(rows),
        groups=[CompareGroup(str(KINDS[kind].plural), rows[kind]) for kind in KINDS if rows.get(kind)],
        explanation=_explanation(before, locked),
        take_over=_take_over(found, before) if open_ and before is not None else None,
        again=Action(_("Les filene på nytt"), reverse("governance:import_read_anew", args=[found.uuid]), post=True),
        back=review,
        correct=reverse("governance:import_correct", args=[found.uuid]) if base and rows and not locked else "",
        history=_history(before),
    )


def _base(before: DocumentImport | None) -> DocumentImport | None:
    """The import that keeps the record of a letter registered from an earlier reading; None for all else."""
    if before is None or before.state != ImportState.REGISTERED or before.document is None:
        return None
    return differing.base_of(before.document) if before.document.origin == Origin.REGISTERED else None


def _history(before: DocumentImport | None) -> Link | None:
    if before is None or before.document is None or not before.document.is_issued:
        return None
    return Link(_("Rettelser av registreringen"), reverse("governance:corrections", args=[before.document.uuid]))


def _take_over(found: DocumentImport, before: DocumentImport) -> Action:
    return Action(
        _("Ta med avgjørelsene hit"),
        reverse("governance:import_take_over", args=[found.uuid]),
        post=True,
        primary=True,
        fields=(("before", str(before.uuid)),),
    )


def _reading(row: DocumentImport) -> str:
    words = {"at": formatting.moment(row.created_at), "state": row.get_state_display()}
    return _("Lest inn %(at)s, %(state)s") % words


def _explanation(before: DocumentImport | None, locked: str) -> str:
    if before is None:
        return _("Dokumentet er ikke lest inn før.")
    if before.state == ImportState.REGISTERED and before.document is not None:
        return _of_registered(before.document, locked)
    if before.state == ImportState.DISCARDED:
        return _("Den tidligere lesingen er forkastet. Den vises bare for sammenligning.")
    return _(
        "Tar du med avgjørelsene, beholder radene id og nummer. Det du har rettet, blir stående. Rader som er endret"
        " i filen, må godtas på nytt én for én. Den tidligere lesingen legges bort."
    )


def _of_registered(document: SteeringDocument, locked: str) -> str:
    title = {"title": document.title}
    if not document.is_issued:
        return _("«%(title)s» er et utkast laget fra den tidligere lesingen. Rett det i utkastet.") % title
    if document.origin != Origin.REGISTERED:
        return _("«%(title)s» er utstedt herfra og rettes ikke. Skriv et supplerende brev.") % title
    said = _("«%(title)s» er registrert fra den tidligere lesingen.") % title
    return f"{said} " + (
        locked
        or _(
            "Sto det i brevet hele tiden, rettes registreringen: velg radene. Id og det som henger på radene, blir"
            " stående. Er brevet blitt endret, hører endringen hjemme i et supplerende brev."
        )
    )


def _registered(
    found: DocumentImport, base: DocumentImport, review: str, marked: Collection[str]
) -> dict[str, list[CompareRow]]:
    """What the reading says otherwise than the record, each row to choose."""
    words = {differing.ADDED: ("new", _("Ny")), differing.REMOVED: ("gone", _("Borte"))}
    made: dict[str, list[CompareRow]] = {}
    for one in differing.differences(differing.paired(found, base, differing.rows_of(found, base))):
        state, said = words.get(one.act, ("changed", _("Endret")))
        fields = [
            FieldChange(
                name=str(matching.FIELDS[name]),
                before=matching.words_of(name, one.before.data) if one.before else "",
                decided="",
                now=matching.words_of(name, one.data),
            )
            for name in one.fields
        ]
        url = f"{review}?rad={one.now.uuid}#rad-{one.now.uuid}" if one.now is not None else ""
        made.setdefault(one.kind, []).append(
            CompareRow(
                state, said, number_of(one.row), title_of(one.row), url, "", fields,
                choice=str(one.uuid), chosen=str(one.uuid) in marked,
            )
        )  # fmt: skip
    return made


def _rows(found: DocumentImport, before: DocumentImport, review: str) -> dict[str, list[CompareRow]]:
    every = ImportRow.objects.filter(document_import__in=[found, before]).exclude(state=RowState.MERGED)
    rows = list(every.order_by("ordinal", "id"))
    pairs = matching.pairs(
        [row for row in rows if row.document_import_id == found.pk],
        [row for row in rows if row.document_import_id == before.pk],
    )
    made: dict[str, list[CompareRow]] = {}
    for pair in pairs:
        shown = _shown(pair, review)
        if shown is not None:
            made.setdefault(pair.row.kind, []).append(shown)
    return made


def _shown(pair: matching.Pair, review: str) -> CompareRow | None:
    now, before = pair.now, pair.before
    url = f"{review}?rad={now.uuid}#rad-{now.uuid}" if now is not None else ""
    if before is None:
        return CompareRow("new", _("Ny"), number_of(pair.row), title_of(pair.row), url, "")
    if now is None:
        note = _("En person har tatt stilling til raden.") if before.state in DECIDED else ""
        return CompareRow("gone", _("Borte"), number_of(before), title_of(before), "", note)
    was, said = matching.read_data(before), matching.read_data(now)
    changed = matching.changed_fields(was, said)
    decided = matching.changed_fields(was, before.data) if before.state in DECIDED else []
    if not changed and not decided:
        return None
    fields = [
        FieldChange(
            name=str(matching.FIELDS[name]),
            before=matching.words_of(name, was),
            decided=matching.words_of(name, before.data) if name in decided else "",
            now=matching.words_of(name, said),
        )
        for name in matching.FIELDS
        if name in changed or name in decided
    ]
    state, words = ("changed", _("Endret")) if changed else ("corrected", _("Rettet av en person"))
    return CompareRow(state, words, number_of(now), title_of(now), url, "", fields)


def _counts(rows: dict[str, list[CompareRow]]) -> str:
    every = [row.state for group in rows.values() for row in group]
    if not every:
        return _("Ingen forskjeller. Alle radene er de samme.")
    new, gone, changed = every.count("new"), every.count("gone"), every.count("changed")
    parts = [
        ngettext("%(n)s ny rad", "%(n)s nye rader", new) % {"n": new},
        ngettext("%(n)s borte", "%(n)s borte", gone) % {"n": gone},
        ngettext("%(n)s endret", "%(n)s endret", changed) % {"n": changed},
    ]
    return ", ".join(parts)
