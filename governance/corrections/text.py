"""The text of a registered letter follows its corrected rows: words read otherwise, and passages that were missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max

from governance.models import DocumentImport, ItemPassage, Passage, PassageKind, SteeringDocument


def _words(text: str) -> str:
    return " ".join(text.split())


class Text:
    """The passages of one document, and those of the new reading by their place."""

    def __init__(self, document: SteeringDocument, found: DocumentImport) -> None:
        self.document = document
        self.read = {row["ordinal"]: row for row in found.passages}
        self.said = {_words(row["text"]) for row in found.passages}
        self.freed: set[int] = set()
        self.known: dict[str, Passage] = {}
        for passage in Passage.objects.filter(document=document).order_by("ordinal", "id"):
            self.known.setdefault(_words(passage.text), passage)

    def rest(self, item: UUID, ordinals: Sequence[int]) -> None:
        """Let a row rest on the passages the new reading says, writing the words that are not in the text yet."""
        wanted = [self.read[ordinal] for ordinal in ordinals if ordinal in self.read]
        links = list(
            ItemPassage.objects.filter(document=self.document, item=item, field="")
            .select_related("passage")
            .order_by("ordinal", "id")
        )
        gone = [link.passage for link in links if _words(link.passage.text) not in self.said]
        resting: list[Passage] = []
        for row in wanted:
            passage = self.known.get(_words(row["text"]))
            if passage is None:
                passage = self._reword(gone.pop(0), row) if gone else self._write(row, resting)
                self.known[_words(passage.text)] = passage
            resting.append(passage)
        if wanted:
            self._link(item, links, resting)

    def _reword(self, passage: Passage, row: Mapping[str, Any]) -> Passage:
        """The same place in other words: no longer a range of the text as it was first read."""
        passage.text, passage.rich, passage.start, passage.end = row["text"], "", None, None
        passage.save(update_fields=["text", "rich", "start", "end"])
        ItemPassage.objects.filter(passage=passage).exclude(field="").update(start=None, end=None)
        return passage

    def _write(self, row: Mapping[str, Any], resting: Sequence[Passage]) -> Passage:
        """A passage the first reading had missed, right after the one before it in the new reading."""
        earlier = [self.read[ordinal] for ordinal in sorted(self.read) if ordinal < row["ordinal"]]
        held = (self.known.get(_words(one["text"])) for one in reversed(earlier))
        before = resting[-1] if resting else next((passage for passage in held if passage is not None), None)
        passage: Passage = Passage.objects.create(
            document=self.document,
            ordinal=before.ordinal if before else 0,
            kind=PassageKind.STRUCTURED,
            text=row["text"],
            page=row["page"],
            section_number=row["section_number"][:40],
            heading_level=row["level"],
            language=self.document.language,
        )
        return passage

    def _link(self, item: UUID, links: Sequence[ItemPassage], resting: Iterable[Passage]) -> None:
        wanted = list(dict.fromkeys(passage.pk for passage in resting))
        held = {link.passage_id for link in links}
        last = ItemPassage.objects.filter(document=self.document).aggregate(last=Max("ordinal"))["last"] or 0
        new = [pk for pk in wanted if pk not in held]
        ItemPassage.objects.bulk_create(
            ItemPassage(document=self.document, item=item, passage_id=pk, ordinal=last + place)
            for place, pk in enumerate(new, start=1)
        )
        self.freed |= held - set(wanted)
        ItemPassage.objects.filter(document=self.document, item=item).exclude(passage_id__in=wanted).delete()
        Passage.objects.filter(pk__in=new, kind=PassageKind.PROSE).update(kind=PassageKind.STRUCTURED)

    def let_go(self, item: UUID) -> None:
        """The row goes away: note what it rested on. Called before it does."""
        rows = ItemPassage.objects.filter(document=self.document, item=item)
        self.freed |= set(rows.values_list("passage_id", flat=True))

    def settle(self, leaving: Collection[UUID]) -> None:
        """A passage no row rests on any longer is prose again (V-40). ``leaving`` are rows that go away."""
        resting = ItemPassage.objects.filter(document=self.document).exclude(item__in=leaving).values("passage")
        loose = Passage.objects.filter(pk__in=self.freed, kind=PassageKind.STRUCTURED).exclude(pk__in=resting)
        loose.update(kind=PassageKind.PROSE)
