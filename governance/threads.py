"""A closed shared thread as one document to read, for journal and copies (decision C4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core import formatting
from core.pdf import blocks
from governance.models import RowComment, SteeringDocument


def thread_document(
    document: SteeringDocument, rows: Sequence[RowComment], *, title: str, created: datetime
) -> blocks.Document:
    """The words in the order they were written, with who and when; nothing is added. ``rows`` are shared ones only."""
    facts = (
        blocks.Fact(_("Gjelder"), document.title),
        blocks.Fact(_("Vår ref."), document.case_number or "–"),
    )
    head = blocks.Letterhead(
        sender=document.issuer.name, addressee=(document.recipient.name,), references=facts, title=title
    )
    parts: list[blocks.Block] = [head]
    for row in rows:
        parts.append(blocks.Section(title=f"{row.author_name}, {row.organisation.name}", key=f"k-{row.pk}"))
        parts.append(blocks.Paragraph(formatting.moment(row.at), style="note"))
        parts += [blocks.Paragraph(part) for part in row.text.split("\n\n") if part.strip()]
    note = _("En kommentar er ikke et styringssignal og endrer ingen oppgave og ingen frist.")
    parts.append(blocks.Paragraph(note, style="note"))
    meta = blocks.Meta(
        title=title, author=document.issuer.name, lang="nb", created=created, name=_("Kommentarer"),
        organisation=document.recipient.name,
    )  # fmt: skip
    return blocks.Document(meta=meta, blocks=tuple(parts))
