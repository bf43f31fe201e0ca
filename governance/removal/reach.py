"""Where copies of a document's words lie: each app names its own tables, so that none is forgotten (decision A16).

A test compares the tables named here with every table that holds words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core.models import Event, Job, Message, MessageFile, StoredFile
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

Copies = Callable[[SteeringDocument], Iterable["QuerySet[Any]"]]
_COPIES: list[Copies] = []


def register_copies(function: Copies) -> None:
    """Say which rows of an app came from a document. Called in the app's ``ready``; twice changes nothing."""
    if function not in _COPIES:
        _COPIES.append(function)


def content(document: SteeringDocument) -> list[QuerySet[Any]]:
    """The document itself: its head and everything that stands in it."""
    head = SteeringDocument.objects.filter(pk=document.pk)
    return [head, *(model._default_manager.filter(document_id=document.pk) for model in part_models())]


def around(document: SteeringDocument) -> list[QuerySet[Any]]:
    """What has been made of it: the way in, the work on it, rounds, findings, and what the other apps registered."""
    imports = DocumentImport.objects.filter(document=document)
    of_import = {"document_import__in": imports.values("pk")}
    own: list[QuerySet[Any]] = [
        Publication.objects.filter(document=document),
        EnclosureDispatch.objects.filter(document=document),
        imports,
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
    ]
    return [*own, *chain.from_iterable(function(document) for function in _COPIES)]


def beside(document: SteeringDocument, subjects: set[UUID]) -> list[QuerySet[Any]]:
    """What is written about the rows by their permanent id: events, e-mails, jobs, dispatches, journal, files."""
    about = Q(subject__in=subjects)
    dispatches = Dispatch.objects.filter(about)
    mails = Q(about__in=subjects) | Q(message_id__in=dispatches.exclude(message_id="").values("message_id"))
    named = Q(arguments__document=str(document.uuid)) | Q(arguments__subject__in=[str(uuid) for uuid in subjects])
    jobs = Job.objects.filter(about | named)
    return [
        dispatches,
        JournalEntry.objects.filter(about),
        Event.objects.filter(about),
        Message.objects.filter(mails),
        jobs,
        StoredFile.objects.filter(owner__in=subjects),
    ]


@dataclass(frozen=True)
class Files:
    """The files of a document. ``whole`` hold its text for certain; ``other`` may hold the words."""

    whole: list[StoredFile]
    other: list[StoredFile]


def files_of(document: SteeringDocument, subjects: set[UUID]) -> Files:
    """Every stored file that came with the document, was made of it, or was sent about it.

    ``subjects`` are the permanent ids of the rows reached. What was shown in a hearing and the frozen content are
    not here: they are written anew with the marker.
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
        | Q(pk__in=ReturnedFile.objects.filter(document=document).values("file"))
        | Q(uuid__in=[made_file for made_file in made if made_file])
    )
    shown = HearingRound.objects.filter(document=document, shown__isnull=False).values("shown")
    mailed = MessageFile.objects.filter(message__about__in=subjects).values("file")
    other = (
        Q(pk__in=DocumentFile.objects.filter(document=document).values("file"))
        | Q(pk__in=EnclosureDispatch.objects.filter(document=document).values("file"))
        | Q(pk__in=mailed)
        | Q(owner__in=subjects)
    )
    left = StoredFile.objects.filter(removed_at__isnull=True)
    certain = list(left.filter(whole).order_by("pk"))
    kept = [row.pk for row in certain] + [document.snapshot_id]
    rest = left.filter(other).exclude(pk__in=kept).exclude(pk__in=shown).order_by("pk")
    return Files(certain, list(rest))
