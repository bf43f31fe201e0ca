"""A governing document as blocks for the reading and archive copies (documents.md section 2)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from core import formatting
from core.pdf import blocks
from governance import copying
from governance.models import (
    AssignmentItem,
    BudgetLine,
    DeliveryItem,
    ItemPassage,
    Passage,
    PassageKind,
    Signatory,
    SteeringDocument,
)


def letter_document(
    document: SteeringDocument, *, created: datetime, preview: bool = False, whole: bool = False
) -> blocks.Document:
    """The letter in its own written norm; the words are the passages', never rewritten.

    Exempt assignments stand as shells (number, public title, basis) unless ``whole`` (decision B2).
    """
    with translation.override(document.language):
        return _build(document, created, preview, whole)


def _build(document: SteeringDocument, created: datetime, preview: bool, whole: bool) -> blocks.Document:
    body = _body(document, whole)
    parts: list[blocks.Block] = [_head(document, preview), *body, *_closing(document, preview)]
    kind = document.kind.name_nn if document.language == "nn" else document.kind.name_nb
    meta = blocks.Meta(
        title=document.title,
        author=document.issuer.name,
        lang="nn" if document.language == "nn" else "nb",
        created=created,
        name=kind,
        organisation=document.recipient.name,
        case=_("sak %(case)s") % {"case": document.case_number} if document.case_number else "",
        head=document.title if len(document.title.split()) <= 7 else kind,
    )
    return blocks.Document(meta=meta, blocks=tuple(parts))


def _head(document: SteeringDocument, preview: bool) -> blocks.Letterhead:
    references = []
    if document.document_date:
        references.append(blocks.Fact(_("Dato"), formatting.full_date(document.document_date)))
    if document.case_number:
        references.append(blocks.Fact(_("Vår ref."), document.case_number))
    if preview:
        references.append(blocks.Fact(_("Status"), _("Utkast, ikke utstedt")))
    addressee = tuple(document.addressee.splitlines()) or (document.recipient.name,)
    return blocks.Letterhead(
        sender=document.issuer.name, addressee=addressee, references=tuple(references), title=document.title
    )


def _body(document: SteeringDocument, whole: bool) -> list[blocks.Block]:
    passages = list(Passage.objects.filter(document=document).exclude(kind=PassageKind.FURNITURE))
    items = {item.uuid: item for item in AssignmentItem.objects.filter(document=document)}
    lines = {line.uuid for line in BudgetLine.objects.filter(document=document)}
    owner: dict[int, UUID] = {}
    for link in ItemPassage.objects.filter(document=document, field="").order_by("ordinal"):
        if link.item in items or link.item in lines:
            owner.setdefault(link.passage_id, link.item)
        if link.item in items and items[link.item].restricted:
            owner[link.passage_id] = link.item
    deadlines: dict[int, list[str]] = defaultdict(list)
    for row in DeliveryItem.objects.filter(document=document):
        deadlines[row.assignment_item_id].append(row.deadline_text)
    texts: dict[UUID, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.pk in owner and owner[passage.pk] in items:
            texts[owner[passage.pk]].append(passage.text)
    result: list[blocks.Block] = []
    done: set[UUID] = set()
    for passage in passages:
        item = items.get(owner.get(passage.pk)) if passage.pk in owner else None  # type: ignore[arg-type]
        if item is None:
            result.append(_prose(passage))
        elif item.uuid not in done:
            done.add(item.uuid)
            shell = item.restricted and not whole
            result.append(_shell(item) if shell else _assignment(item, texts[item.uuid], deadlines[item.pk]))
    return result


def _shell(item: AssignmentItem) -> blocks.Block:
    """What everybody may know of an exempt assignment: number, department, public title and legal basis."""
    return blocks.AssignmentBlock(
        number=item.reference or _("Oppdrag"),
        title=item.restricted_title or _("Oppdrag unntatt offentlighet"),
        department=item.department_text or "–",
        deadline=_("fremgår av oppdraget"),
        body=(
            _("Unntatt offentlighet, jf. %(basis)s.") % {"basis": item.restricted_basis},
            _("Teksten leses i Styringsdialog av dem som er gitt lesetilgang."),
        ),
        key=f"o{item.ordinal}",
        level=3,
    )


def _prose(passage: Passage) -> blocks.Block:
    if passage.heading_level:
        return blocks.Section(title=passage.text, number=passage.section_number, level=2, key=f"p{passage.ordinal}")
    return blocks.Paragraph(text=passage.text)


def _assignment(item: AssignmentItem, texts: list[str], deadlines: list[str]) -> blocks.Block:
    if item.change != "new":
        return blocks.Paragraph(text=" ".join(texts) or item.body)
    body = [text for text in texts[1:] if not text.startswith(_("Frist: "))] if len(texts) > 1 else [item.body]
    return blocks.AssignmentBlock(
        number=item.reference,
        title=item.title,
        department=item.department_text or "–",
        deadline="; ".join(text for text in deadlines if text) or _("ingen frist"),
        body=tuple(text for text in body if text),
        key=f"o{item.ordinal}",
        level=3,
    )


def _closing(document: SteeringDocument, preview: bool) -> list[blocks.Block]:
    signers = Signatory.objects.filter(document=document)
    result: list[blocks.Block] = []
    if signers and not preview:
        result.append(
            blocks.Signature(
                signers=tuple(blocks.Signer(row.name, row.title, row.by_authority) for row in signers),
                opening=_("Med hilsen"),
                approval=_("Dokumentet er godkjent elektronisk og har derfor ingen håndskreven signatur."),
            )
        )
    day = document.document_date
    if day is not None:
        copies = copying.effective_copies(
            agency=document.recipient, correspondence=copying.correspondence_of(document), day=day, document=document
        )
        names = tuple(row.organisation.name for row in copies if row.organisation.pk != document.recipient_id)
        if names:
            result.append(blocks.NamedList(title=_("Kopi"), items=names, level=2))
    return result
