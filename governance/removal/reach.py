"""Where copies of a document's words lie: each app names its own tables, so that none is forgotten (decision A16).

A test compares the tables named here with every table that holds words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from core.models import Audience, Event, Job, Message, MessageFile, StoredFile
from governance.models import (
    ApprovalStep,
    Autosave,
    BatchEntry,
    Dispatch,
    DocumentFile,
    DocumentImport,
    EnclosureDispatch,
    Finding,
    HearingRound,
    ImportAct,
    ImportBatch,
    ImportFile,
    ImportRow,
    InputRequest,
    InputRound,
    JournalEntry,
    NumberReservation,
    Presence,
    Proposal,
    Publication,
    RegistrationCorrection,
    Rendition,
    ReturnedChange,
    ReturnedFile,
    RoundReminder,
    RowComment,
    RowRevision,
    SteeringDocument,
)
from governance.selectors.outputs import PDF_JOB
from governance.snapshot import part_models


@dataclass(frozen=True)
class Held:
    """Rows that may hold a document's words. ``own``: the agency's own until it shares them.

    Those lose the words like all others, but are neither counted nor shown for the ministry's side.
    """

    rows: QuerySet[Any]
    own: bool = False


Copies = Callable[[SteeringDocument], Iterable[Held]]
_COPIES: list[Copies] = []

#: Files that hold frozen content: written anew with the marker, so not among those that lose their bytes.
_REWRITTEN = {"governance.SteeringDocument.snapshot", "governance.HearingRound.shown"}


def register_copies(function: Copies) -> None:
    """Say which rows of an app may hold a document's words. Called in the app's ``ready``; twice changes nothing."""
    if function not in _COPIES:
        _COPIES.append(function)


def written_anew(column: str) -> None:
    """Say that the app itself writes the file in this column anew ("app.Model.field") when the words go."""
    _REWRITTEN.add(column)


def content(document: SteeringDocument) -> list[Held]:
    """The document itself: its head and everything that stands in it."""
    head = SteeringDocument.objects.filter(pk=document.pk)
    parts = (model._default_manager.filter(document_id=document.pk) for model in part_models())
    return [Held(rows) for rows in (head, *parts)]


def around(document: SteeringDocument) -> list[Held]:
    """What has been made of it: the way in, the work on it, rounds, findings, and what the other apps registered."""
    imports = DocumentImport.objects.filter(document=document)
    of_import = {"document_import__in": imports.values("pk")}
    made: list[QuerySet[Any]] = [
        Publication.objects.filter(document=document),
        EnclosureDispatch.objects.filter(document=document),
        imports,
        ImportFile.objects.filter(**of_import),
        ImportRow.objects.filter(**of_import),
        ImportAct.objects.filter(**of_import),
        BatchEntry.objects.filter(**of_import),
        ImportBatch.objects.filter(pk__in=BatchEntry.objects.filter(**of_import).values("batch")),
        Finding.objects.filter(Q(document=document) | Q(**of_import)),
        RowRevision.objects.filter(document=document),
        Presence.objects.filter(document=document),
        Autosave.objects.filter(document=document),
        Proposal.objects.filter(document=document),
        RowComment.objects.filter(document=document),
        ReturnedFile.objects.filter(document=document),
        ReturnedChange.objects.filter(returned__document=document),
        HearingRound.objects.filter(document=document),
        InputRound.objects.filter(document=document),
        InputRequest.objects.filter(round__document=document),
        RoundReminder.objects.filter(Q(request__round__document=document) | Q(hearing__document=document)),
        ApprovalStep.objects.filter(document=document),
        NumberReservation.objects.filter(document=document),
        Rendition.objects.filter(document=document),
        RegistrationCorrection.objects.filter(document=document),
    ]
    return [*map(Held, made), *chain.from_iterable(function(document) for function in _COPIES)]


def beside(document: SteeringDocument, subjects: set[UUID]) -> list[Held]:
    """What is written about the rows by their permanent id: events, e-mails, jobs, dispatches, journal, files.

    What another side than the issuer keeps for itself is its own.
    """
    about = Q(subject__in=subjects)
    dispatches = Dispatch.objects.filter(about)
    mails = Q(about__in=subjects) | Q(message_id__in=dispatches.exclude(message_id="").values("message_id"))
    named = Q(arguments__document=str(document.uuid)) | Q(arguments__subject__in=[str(uuid) for uuid in subjects])
    known = Q(organisation=document.issuer.uuid) | Q(organisation__isnull=True)
    events, messages = Event.objects.filter(about), Message.objects.filter(mails)
    files = StoredFile.objects.filter(owner__in=subjects)
    shown_events = known | Q(audience=Audience.SHARED)
    return [
        Held(dispatches),
        Held(JournalEntry.objects.filter(about, organisation=document.issuer_id)),
        Held(JournalEntry.objects.filter(about).exclude(organisation=document.issuer_id), own=True),
        Held(events.filter(shown_events)),
        Held(events.exclude(shown_events), own=True),
        Held(messages.filter(known)),
        Held(messages.exclude(known), own=True),
        Held(Job.objects.filter(about | named)),
        Held(files.filter(known)),
        Held(files.exclude(known), own=True),
    ]


@dataclass(frozen=True)
class Files:
    """The files of a document. ``whole`` hold its text for certain; ``other`` may hold the words.

    ``own`` are keys of those the agency has not shared.
    """

    whole: list[StoredFile]
    other: list[StoredFile]
    own: frozenset[int]


def files_of(document: SteeringDocument, held: Sequence[Held], subjects: set[UUID]) -> Files:
    """Every stored file that came with the document, was made of it, was sent about it, or lies with a row reached.

    ``held`` are the rows reached, ``subjects`` their permanent ids. What was shown in a hearing and frozen content
    are not here: they are written anew with the marker.
    """
    imports = DocumentImport.objects.filter(document=document).values("pk")
    made = Job.objects.filter(name=PDF_JOB, arguments__document=str(document.uuid)).values_list(
        "result__file", flat=True
    )
    whole = (
        Q(pk__in=DocumentFile.objects.filter(document=document, role=DocumentFile.Role.SOURCE).values("file"))
        | Q(pk__in=ImportFile.objects.filter(document_import__in=imports).values("file"))
        | Q(pk__in=BatchEntry.objects.filter(document_import__in=imports, file__isnull=False).values("file"))
        | Q(pk__in=Rendition.objects.filter(document=document).values("file"))
        | Q(pk__in=RegistrationCorrection.objects.filter(document=document).values("previous"))
        | Q(pk__in=ReturnedFile.objects.filter(document=document).values("file"))
        | Q(uuid__in=[made_file for made_file in made if made_file])
    )
    mailed = MessageFile.objects.filter(message__about__in=subjects).values("file")
    shared, own, rewritten = _lying_with(held)
    left = StoredFile.objects.filter(removed_at__isnull=True)
    certain = list(left.filter(whole).order_by("pk"))
    other = Q(pk__in=shared | own) | Q(pk__in=mailed) | Q(owner__in=subjects)
    rest = list(left.filter(other).exclude(pk__in=rewritten | {row.pk for row in certain}).order_by("pk"))
    known = {None, document.issuer.uuid}
    hidden = {row.pk for row in rest if row.pk in own or (row.pk not in shared and row.organisation not in known)}
    return Files(certain, rest, frozenset(hidden))


def _lying_with(held: Sequence[Held]) -> tuple[set[int], set[int], set[int]]:
    """Keys of the files that rows point at: those both sides know, the agency's own, and those written anew."""
    shared, own, rewritten = set[int](), set[int](), set[int]()
    for one in held:
        for column in file_columns(one.rows.model):
            keys = set(one.rows.filter(**{f"{column.name}__isnull": False}).values_list(column.attname, flat=True))
            anew = f"{one.rows.model._meta.label}.{column.name}" in _REWRITTEN
            (rewritten if anew else own if one.own else shared).update(keys)
    return shared, own, rewritten


def file_columns(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """The columns of a model that point at a stored file."""
    columns = model._meta.concrete_fields
    return [one for one in columns if isinstance(one, models.ForeignKey) and one.related_model is StoredFile]
