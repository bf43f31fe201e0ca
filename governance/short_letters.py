"""A short letter made by an act (an answer, a decision, feedback), so that what is dispatched is a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting
from core.pdf import blocks


@dataclass(frozen=True)
class ShortLetter:
    """What such a letter says. ``paragraphs`` are the words of the act; ``facts`` stand in the head."""

    title: str
    kind: str
    sender: Organisation
    recipient: Organisation
    day: date
    created: datetime
    paragraphs: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    annexes: Sequence[str] = ()
    signer: str = ""


def as_document(letter: ShortLetter) -> blocks.Document:
    """The letter as blocks, in bokmål; the same input gives the same bytes."""
    with translation.override("nb"):
        parts: list[blocks.Block] = [
            blocks.Letterhead(
                sender=letter.sender.name,
                addressee=(letter.recipient.name,),
                references=(
                    blocks.Fact(_("Dato"), formatting.full_date(letter.day)),
                    *(blocks.Fact(label, value) for label, value in letter.facts if value),
                ),
                title=letter.title,
            ),
            *(
                blocks.Paragraph(text=" ".join(text.split()))
                for words in letter.paragraphs
                for text in words.split("\n\n")
                if text.strip()
            ),
        ]
        if letter.signer:
            approval = _("Dokumentet er godkjent elektronisk og har derfor ingen håndskreven signatur.")
            parts.append(blocks.Signature((blocks.Signer(letter.signer, ""),), _("Med hilsen"), approval))
        if letter.annexes:
            parts.append(blocks.NamedList(title=_("Vedlegg"), items=tuple(letter.annexes), level=2))
    meta = blocks.Meta(
        title=letter.title,
        author=letter.sender.name,
        lang="nb",
        created=letter.created,
        name=letter.kind,
        organisation=letter.sender.name,
        head=letter.kind,
    )
    return blocks.Document(meta=meta, blocks=tuple(parts))
