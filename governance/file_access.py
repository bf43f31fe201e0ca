"""The files of imports and documents: who may read them."""

from __future__ import annotations

from datetime import date

from agencies.querysets import organisations_with
from agencies.rights import Right
from core.actor import Actor
from core.models import MessageFile, StoredFile
from governance.files import register_file_access
from governance.models import (
    AssignmentItem,
    BatchEntry,
    Dispatch,
    DispatchState,
    DocumentFile,
    DocumentImport,
    DocumentState,
    EnclosureDispatch,
    ImportBatch,
    Rendition,
    SteeringDocument,
)
from governance.restricted import may_read_restricted


def _of_import(actor: Actor, stored: StoredFile, day: date) -> bool:
    """Those who import, until the letter is registered; after that those who see the letter with all that is in it."""
    imports = DocumentImport.objects.visible_to(actor, day).filter(uuid=stored.owner)
    if imports.exclude(document__state=DocumentState.ISSUED).exists():
        return True
    documents = DocumentFile.objects.filter(file=stored).values("document_id")
    return _seen(actor, SteeringDocument.objects.filter(pk__in=documents).values_list("uuid", flat=True), day)


def _of_batch(actor: Actor, stored: StoredFile, day: date) -> bool:
    """The files of a folder as dropped, for those who import; a registered letter's own copy is asked instead."""
    seen = ImportBatch.objects.visible_to(actor, day).filter(uuid=stored.owner).exists()
    registered = BatchEntry.objects.filter(file=stored, document_import__document__state=DocumentState.ISSUED)
    return seen and not registered.exists()


def _of_document(actor: Actor, stored: StoredFile, day: date) -> bool:
    """The copy to read holds nothing exempt; every other file of the document may."""
    outward = Rendition.objects.filter(file=stored, role=Rendition.Role.READING).values("document_id")
    if SteeringDocument.objects.visible_to(actor, day).filter(pk__in=outward).exists():
        return True
    return _seen(actor, [stored.owner], day)


def received_file(actor: Actor, stored: StoredFile, day: date) -> bool:
    """The file went by mail to the actor's organisation, as addressee or as a copy that has not been called back."""
    dispatches = Dispatch.objects.visible_to(actor, day).filter(
        recipient__uuid=actor.organisation, state=DispatchState.SENT
    )
    held = dispatches.exclude(role=Dispatch.Role.RECALL).exclude(message_id="").order_by()
    return MessageFile.objects.filter(file=stored, message__message_id__in=held.values("message_id")).exists()


def _seen(actor: Actor, uuids: object, day: date) -> bool:
    """The document is seen, and it holds nothing exempt that the actor may not read.

    The whole file would give away what the page holds back. A draft has no readers yet: those who write it read it.
    """
    for document in SteeringDocument.objects.visible_to(actor, day).filter(uuid__in=uuids):
        items = list(AssignmentItem.objects.filter(document=document, restricted=True))
        if len(may_read_restricted(actor, [item.uuid for item in items], day)) == len(items):
            return True
        drafting = organisations_with(actor, Right.REGISTER_DOCUMENTS, day)
        if (
            SteeringDocument.objects.exclude(state=DocumentState.ISSUED)
            .filter(pk=document.pk, issuer__uuid=actor.organisation, recipient_id__in=drafting)
            .exists()
        ):
            return True
    return False


def _of_enclosure(actor: Actor, stored: StoredFile, day: date) -> bool:
    """What was sent later is read by those who see the letter it belongs to."""
    letters = EnclosureDispatch.objects.filter(file=stored).values_list("document__uuid", flat=True)
    return _seen(actor, list(letters), day)


def connect() -> None:
    """Called once when the app starts."""
    register_file_access("governance.documentimport", _of_import)
    register_file_access("governance.importbatch", _of_batch)
    register_file_access("governance.steeringdocument", _of_document)
    register_file_access("governance.enclosuredispatch", _of_enclosure)
    register_file_access("governance.steeringdocument", received_file)
