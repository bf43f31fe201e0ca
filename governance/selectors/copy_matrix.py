"""The copy rules of an agency on a day as a table: kinds of correspondence down, recipients across (C6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.rights import Right
from core import formatting
from core.actor import Actor
from core.visuals.parts import Empty, Link, PageHead
from governance import copying
from governance.copying import CopyTo
from governance.instructions import instruction_in_force
from governance.models import CorrespondenceType, SteeringDocument


@dataclass(frozen=True)
class Cell:
    """What one recipient gets of one kind: the rule, where it stands, and whether in the same act."""

    copied: bool
    simultaneous: bool = False
    rule: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class MatrixRow:
    """One kind of correspondence. ``note`` says what a reader of the row must know."""

    kind: str
    label: str
    cells: Sequence[Cell]
    note: str = ""
    current: bool = False


@dataclass(frozen=True)
class Matrix:
    """The table. ``recipients`` are those any rule names; one without mailbox is marked."""

    recipients: Sequence[Organisation]
    rows: Sequence[MatrixRow]


@dataclass(frozen=True)
class MatrixPage:
    """The page of one agency on one day."""

    head: PageHead
    agency: Organisation | None
    day: date
    matrix: Matrix | None
    instruction: Link | None
    instruction_words: str
    empty: Empty | None


def agencies_for(actor: Actor, day: date) -> QuerySet[Organisation]:
    """The agencies whose rules the actor may look up: those whose documents one sees."""
    found: QuerySet[Organisation] = Organisation.objects.with_right(actor, Right.SEE_DOCUMENTS, day).order_by("name")
    return found


def matrix_of(
    *, agency: Organisation, day: date, actor: Actor, today: date, document: SteeringDocument | None = None
) -> Matrix:
    """The effective rule for every kind; ``document`` is the one being issued, and its own row is marked."""
    effective = copying.copy_matrix(agency=agency, day=day, document=document)
    recipients = {copy.organisation.pk: copy.organisation for copies in effective.values() for copy in copies}
    ordered = sorted(recipients.values(), key=lambda body: body.name)
    seen = _seen_documents(effective, actor, today)
    own = copying.correspondence_of(document) if document else ""
    return Matrix(
        recipients=ordered,
        rows=[
            MatrixRow(
                kind=kind.value,
                label=str(kind.label),
                cells=[_cell(effective[kind.value], body, seen) for body in ordered],
                note=_note(kind, effective[kind.value]),
                current=kind.value == own,
            )
            for kind in copying.KINDS
        ],
    )


def _seen_documents(effective: dict[str, list[CopyTo]], actor: Actor, day: date) -> set[int]:
    named = {copy.document.pk for copies in effective.values() for copy in copies if copy.document}
    rows = SteeringDocument.objects.visible_to(actor, day).filter(pk__in=named)
    return set(rows.order_by().values_list("pk", flat=True))


def _cell(copies: Sequence[CopyTo], body: Organisation, seen: set[int]) -> Cell:
    copy = next((one for one in copies if one.organisation.pk == body.pk), None)
    if copy is None:
        return Cell(copied=False)
    link = None
    if copy.document is not None and copy.document.pk in seen and copy.document.is_issued:
        link = Link(copy.basis, reverse("governance:document", args=[copy.document.uuid]))
    return Cell(copied=True, simultaneous=copy.simultaneous, rule=copy.basis, link=link)


def _note(kind: CorrespondenceType, copies: Sequence[CopyTo]) -> str:
    if kind == CorrespondenceType.AUDIT:
        return _("Går motsatt vei: departementet får kopi av det virksomheten og Riksrevisjonen skriver til hverandre.")
    if kind == CorrespondenceType.BUDGET_INPUT and not copies:
        return _("Dekkes ikke av «all korrespondanse». Kopi krever en egen regel i instruks eller brev.")
    return ""


def matrix_page(*, actor: Actor, agency: Organisation | None, day: date, today: date) -> MatrixPage:
    """The page; empty when the actor follows no agency."""
    crumbs = [Link(_("Styringsdokumenter"), reverse("governance:documents"))]
    if agency is None:
        empty = Empty(_("Ingen kopimatrise å vise"), _("Du følger ingen virksomhet i rollen du har valgt."))
        return MatrixPage(PageHead(title=_("Kopimatrise"), crumbs=crumbs), None, day, None, None, "", empty)
    lead = _("Hvem som får kopi av hva i styringsdialogen med %(agency)s, slik reglene gjelder %(day)s.")
    instruction = instruction_in_force(agency, day)
    link, words = _instruction(instruction, actor, today)
    return MatrixPage(
        head=PageHead(
            title=_("Kopimatrise"),
            overline=agency.name,
            lead=lead % {"agency": agency.short, "day": formatting.full_date(day)},
            crumbs=crumbs,
        ),
        agency=agency,
        day=day,
        matrix=matrix_of(agency=agency, day=day, actor=actor, today=today),
        instruction=link,
        instruction_words=words,
        empty=None,
    )


def _instruction(found: SteeringDocument | None, actor: Actor, today: date) -> tuple[Link | None, str]:
    if found is None:
        return None, _("ingen instruks er registrert; bare lovbestemte kopier og brevenes egne regler gjelder")
    words = found.title
    if found.document_date:
        words = _("%(title)s av %(date)s") % {
            "title": found.title,
            "date": formatting.full_date(found.document_date),
        }
    visible = SteeringDocument.objects.visible_to(actor, today).filter(pk=found.pk).exists()
    return (Link(words, reverse("governance:document", args=[found.uuid])) if visible else None), words
