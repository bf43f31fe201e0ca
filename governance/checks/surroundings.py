"""What lies around a document that checks read: its words, earlier letters, the instruction, what was sent after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """One passage: where it stands and what it says."""

    uuid: str
    section: str
    text: str
    heading: bool = False


@dataclass(frozen=True)
class ChangeMade:
    """What a supplement does to an earlier row. ``fixed`` when the row's deadline cannot be departed from (V-38).

    Of a draft: ``gone`` when the row is in force no more, by the letter with the title ``by``; ``since`` the title of
    the letter that has changed the row after this was written; ``drafts`` the titles of others that change it too.
    """

    uuid: str
    kind: str
    target: str
    target_known: bool
    fixed: bool
    place: str
    text: str
    gone: bool = False
    by: str = ""
    since: str = ""
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """An assignment given by an earlier letter to the same agency, and whether it still goes on."""

    reference: str
    key: str
    title: str
    year: int | None
    document: str
    due: date | None
    ended: bool
    kept: bool


@dataclass(frozen=True)
class MeetingsAsked:
    """A minimum of meetings of a kind in a year, and which document asks for it."""

    kind: str
    words: str
    minimum: int
    document: str


@dataclass(frozen=True)
class PostTotal:
    """One chapter and post through the year, in whole kroner: what the letters give, and the sum the last one says."""

    code: str
    given: int
    said: int | None
    document: str


@dataclass(frozen=True)
class SentFile:
    """A file made of the issued document, with what is known of it (V-36)."""

    role: str
    sha256: str
    pages: int | None


@dataclass(frozen=True)
class Signature:
    """A name under the document. ``authorised`` is None when no role is on record (V-37)."""

    name: str
    by_authority: bool
    represented: str
    authorised: bool | None = None


@dataclass(frozen=True)
class Need:
    """A need for a written instruction that arose in an expert meeting (V-26). ``answered`` by a later letter."""

    uuid: str
    words: str
    arose_on: date
    answered: bool


@dataclass(frozen=True)
class Surroundings:
    """Everything above for one document; empty when the stage does not know it."""

    words: tuple[Words, ...] = ()
    changes: tuple[ChangeMade, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    editions: tuple[str, ...] = ()
    meetings: tuple[MeetingsAsked, ...] = ()
    totals: tuple[PostTotal, ...] = ()
    files: tuple[SentFile, ...] = ()
    files_due: bool = False
    signatures: tuple[Signature, ...] = ()
    needs: tuple[Need, ...] = ()
    unsettled: frozenset[str] = frozenset()
    lapse_through_year: int | None = None
    parent_known: bool = True
    made_here: bool = True
    seal_broken: bool = False
    copies_outside: tuple[str, ...] = ()
    language: str = ""
    title: str = ""
