"""The whole letter: letterhead, the flow of words and rows, signatures, copies, annexes on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from core import formatting
from core.pdf import blocks as b
from core.pdf.inline import Language
from core.pdf.words import words_for as furniture_for
from governance import copying
from governance.letters.goals import goal_lines
from governance.letters.lookup import Lookup, lookup_for
from governance.letters.rows import row_blocks
from governance.letters.values import Data, Setting
from governance.letters.words import LetterWords, words_for
from governance.models import DocumentFile, DocumentKind, Origin, SteeringDocument
from governance.roundtrip.flow import Heading, Part, Rows, Words, flow_of
from governance.roundtrip.frozen import letter_of_snapshot
from governance.roundtrip.letter import Letter
from governance.roundtrip.source import exempt_items, letter_of

#: Fixed headings over rows that no words and no chapter have a place for.
MADE_HEADINGS = {
    "goal": "goals", "parameter": "parameters", "key_figure": "key_figures", "assignment": "assignments",
    "budget_line": "budget", "common_directive": "directives", "enclosure": "enclosures",
    "authorisation": "authorisations", "calendar": "calendar", "reporting": "requirements",
    "copy_rule": "copy_rules", "meeting_rule": "meeting_rules", "notice_duty": "notice_duties",
    "lock_rule": "lock_rules",
}  # fmt: skip
_ANNEX = re.compile(r"^vedlegg\s+([IVX]+|\d{1,2})\b", re.IGNORECASE)
HEAD_WORDS = 7
#: what the writer takes from the document itself
SHOWN_HEAD = ("title", "year", "language", "case_number", "document_number", "addressee", "has_text")
SHORT = 200


def letter_document(
    document: SteeringDocument,
    *,
    created: datetime,
    preview: bool = False,
    whole: bool = False,
    withheld: Collection[UUID] | None = None,
) -> b.Document:
    """The letter in its own written norm; the words are the letter's, never rewritten.

    Exempt assignments stand as shells (number, public title, basis) unless ``whole`` (decision B2); ``withheld``
    names those one reader may not read. ``preview`` marks a draft. ``document`` must come with kind, issuer, recipient
    and the letter it supplements (``for_detail``).
    """
    if withheld is None:
        withheld = () if whole else exempt_items(document)
    letter = letter_of(document, withheld=withheld)
    with translation.override(document.language):
        return _Writer(document, letter, created, preview).document()


def frozen_document(document: SteeringDocument, snapshot: Mapping[str, Any], *, created: datetime) -> b.Document:
    """A draft as it was shown on a day, from its snapshot: marked as a draft, with nothing that was not in it.

    ``document`` must come with kind, issuer and recipient (``for_detail``); its own values are not used.
    """
    then = copy(document)
    head = snapshot["document"]
    for name in SHOWN_HEAD:
        setattr(then, name, head[name])
    then.document_date = date.fromisoformat(head["document_date"]) if head["document_date"] else None
    with translation.override(then.language):
        return _Writer(then, letter_of_snapshot(document, snapshot), created, preview=True, alone=True).document()


def kind_name(kind: DocumentKind, language: str) -> str:
    """The kind of document in the letter's norm."""
    return kind.name_nn if language == "nn" else kind.name_nb


@dataclass
class _Place:
    """Where the writer is: level of the last heading, its words, and how many annexes have begun."""

    level: int = 1
    above: str = ""
    annexes: int = 0
    in_annex: bool = False


class _Writer:
    def __init__(
        self, document: SteeringDocument, letter: Letter, created: datetime, preview: bool, alone: bool = False
    ) -> None:
        self.row, self.letter, self.created, self.preview = document, letter, created, preview
        self.alone = alone
        self.language: Language = "nn" if document.language == "nn" else "nb"
        self.words: LetterWords = words_for(self.language)
        self.lookup: Lookup = lookup_for(document, letter)
        self.place = _Place()
        self.annex_titles: list[str] = []
        self.said = " ".join(word for row in letter.passages for word in row["text"].split())
        self.setting = Setting(
            words=self.words,
            lookup=self.lookup,
            language=self.language,
            issuer=document.issuer.short,
            year=document.year,
        )

    def document(self) -> b.Document:
        parts = flow_of(self.letter, self.lookup.homes, self.lookup.names.values())
        first = next((n for n, part in enumerate(parts) if isinstance(part, Heading) and part.annex), len(parts))
        body, annexes = self._blocks(parts[:first]), self._blocks(parts[first:])
        if not self.row.has_text:
            body.append(b.Paragraph(self.words.without_text, style="note"))
        return b.Document(meta=self._meta(), blocks=(self._head(), *body, *self._closing(), *annexes))

    # ---- the head ----
    def _meta(self) -> b.Meta:
        row, kind = self.row, kind_name(self.row.kind, self.language)
        return b.Meta(
            title=row.title,
            author=row.issuer.name,
            lang="nn" if self.language == "nn" else "nb",
            created=self.created,
            name=kind if row.year is None or str(row.year) in kind else f"{kind} {row.year}",
            organisation=row.recipient.name,
            case=row.case_number,
            head=row.title if len(row.title.split()) <= HEAD_WORDS else kind,
            classification=self.words.draft if self.preview else "",
        )

    def _head(self) -> b.Letterhead:
        row, furniture = self.row, furniture_for(self.language)
        facts = []
        if row.case_number:
            whole = row.document_number.startswith(row.case_number)
            number = row.document_number if whole else f"{row.case_number}-{row.document_number}".rstrip("-")
            facts.append(b.Fact(furniture.our_reference, number))
        if row.document_date:
            facts.append(b.Fact(furniture.date, formatting.full_date(row.document_date)))
        if self.preview:
            facts.append(b.Fact(self.words.status, self.words.draft))
        addressee = tuple(line for line in row.addressee.splitlines() if line.strip()) or (row.recipient.name,)
        return b.Letterhead(sender=row.issuer.name, addressee=addressee, references=tuple(facts), title=row.title)

    # ---- words and rows ----
    def _blocks(self, parts: Sequence[Part]) -> list[b.Block]:
        found: list[b.Block] = []
        for number, part in enumerate(parts):
            if isinstance(part, Heading):
                found.extend(self._heading(part))
            elif isinstance(part, Words):
                follows = isinstance(parts[number + 1], Rows) if number + 1 < len(parts) else False
                found.append(self._passage(part, keep=follows and len(part.passage["text"]) < SHORT))
            else:
                found.extend(self._rows(part))
        return found

    def _heading(self, part: Heading) -> Iterable[b.Block]:
        title = part.title or str(getattr(self.words, MADE_HEADINGS[part.made_for]))
        self.place.annexes = max(self.place.annexes, _annex_number(part))
        lang = self._lang(part.passage["language"]) if part.passage else None
        self.place.above = title
        if part.annex:
            yield self._annex(part, title, lang)
            return
        level = min(part.level + 1, self.place.level + 1, 4)
        level = max(level, 2)
        self.place.level = level
        text = self.setting.text(title)
        if level == 2:
            yield b.Section(text, part.number, 2, lang=lang)
        elif level == 3:
            yield b.Section(text, part.number, 3, lang=lang)
        else:
            yield b.Section(text, part.number, 4, lang=lang)
        if part.goal is not None and (part.passage is None or len(part.goal["passages"]) == 1):
            yield from goal_lines(self.setting, part.goal, self.said)

    def _annex(self, part: Heading, title: str, lang: Language | None) -> b.Block:
        self.place.annexes += 0 if _annex_number(part) else 1
        self.place.level, self.place.in_annex = 1, True
        if part.made_for:
            title = f"{self.words.annex} {_roman(self.place.annexes)} {title}"
        only = f"{part.unsaid}: "  # the list is headed «Vedlegg» already
        self.annex_titles.append(title.removeprefix(only) if part.unsaid else title)
        short = " ".join(title.split()[:HEAD_WORDS])
        return b.Part(self.setting.text(title), on_axis=False, head=short, lang=lang)

    def _passage(self, part: Words, *, keep: bool) -> b.Block:
        passage = part.passage
        lang = self._lang(passage["language"])
        if passage["rich"]:
            return b.RichText(passage["rich"], lang=lang, shift=max(self.place.level - 1, 0))
        return b.Paragraph(self.setting.text(passage["text"]), lang=lang, keep_with_next=keep)

    def _rows(self, part: Rows) -> list[b.Block]:
        setting = replace(self.setting, level=self.place.level, above=self.place.above)
        return row_blocks(setting, part.key, part.items)

    def _lang(self, language: str) -> Language | None:
        if language == self.language:
            return None
        return "nn" if language == "nn" else "nb"

    # ---- what closes the letter ----
    def _closing(self) -> Iterable[b.Block]:
        signers = [b.Signer(row["name"], row["title"], bool(row["by_authority"])) for row in self.letter.signatories]
        if signers and not self.preview:
            elsewhere = self.row.origin == Origin.REGISTERED
            approval = self.words.signed_elsewhere if elsewhere else self.words.approved
            yield b.Signature(tuple(signers), self.words.greeting, approval)
        copies = self._copies()
        if copies:
            yield b.NamedList(self.words.copy, copies, level=2)
        annexes = self._annexes()
        if annexes:
            yield b.NamedList(self.words.annexes, annexes, level=2)

    def _copies(self) -> tuple[str, ...]:
        day: date | None = self.row.document_date
        if day is None or self.alone:
            return ()
        found = copying.effective_copies(
            agency=self.row.recipient, correspondence=copying.correspondence_of(self.row), day=day, document=self.row
        )
        return tuple(one.organisation.name for one in found if one.organisation.pk != self.row.recipient_id)

    def _annexes(self) -> tuple[str, ...]:
        """Annexes in the letter, files beside it, and what is sent later."""
        later = [Data(row) for row in self.letter.items if row["type"] == "enclosure"]
        files = DocumentFile.objects.none()
        if not self.alone:
            files = DocumentFile.objects.filter(document=self.row, role=DocumentFile.Role.ATTACHMENT)
        return (
            *self.annex_titles,
            *(one.file.name for one in files.select_related("file")),
            *(f"{row.title} ({self.words.sent_later})" for row in later),
        )


def _annex_number(part: Heading) -> int:
    """The number the letter's own words give an annex: 2 of «Vedlegg II»; 0 where they give none."""
    found = _ANNEX.match(part.number) or _ANNEX.match(part.title)
    if found is None:
        return 0
    number = found.group(1)
    return int(number) if number.isdigit() else next((n for n in range(1, 40) if _roman(n) == number), 0)


def _roman(number: int) -> str:
    values = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in values:
        while number >= value:
            text, number = text + letters, number - value
    return text
