"""Bytes on disk by their hash, outside the web root; the row says what they are (decision A16)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath
from uuid import UUID

import magic
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.canonical import sha256
from core.errors import ContentRemoved, TooLarge, Unreadable
from core.models import ScanState, StoredFile
from core.models.base import BaseModel


def _path(digest: str) -> Path:
    root = Path(settings.STORED_FILES_ROOT)
    return root / digest[:2] / digest[2:4] / digest


def check_size(name: str, size: int) -> None:
    """Refuse an empty or too large upload. Raises Unreadable or TooLarge."""
    limit = int(settings.MAX_UPLOAD_BYTES)
    if size == 0:
        raise Unreadable(_("Filen «%(name)s» er tom. Velg filen på nytt.") % {"name": name}, code="empty_file")
    if size > limit:
        megabytes = limit // 1_000_000
        raise TooLarge(
            _("Filen «%(name)s» er større enn %(limit)s MB. Del den opp, eller last opp en mindre utgave.")
            % {"name": name, "limit": megabytes}
        )


def store(
    *, name: str, data: bytes, actor: Actor, owner: BaseModel | None = None, organisation: UUID | None = None
) -> StoredFile:
    """Keep bytes and make their row. The file is written whole before the row can be committed."""
    name = PurePosixPath(name.replace("\\", "/")).name[:255] or "fil"
    check_size(name, len(data))
    digest = sha256(data)
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).replace(path)
    return StoredFile.objects.create(
        name=name,
        sha256=digest,
        size=len(data),
        content_type=magic.from_buffer(data[:4096], mime=True),
        scan_state=scan(data),
        owner_type=owner._meta.label_lower if owner is not None else "",
        owner=owner.uuid if owner is not None else None,
        organisation=organisation or actor.organisation,
        uploaded_by_id=actor.user_id,
    )


def kind_of(data: bytes) -> str:
    """What the bytes themselves say they are (media type), whatever the file is called."""
    return str(magic.from_buffer(data[:4096], mime=True))


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file, checked against the hash.

    Raises ContentRemoved when they have been taken out, Unreadable when they have changed or are gone.
    """
    if stored.removed_at is not None:
        raise ContentRemoved(stored.tombstone)
    try:
        data = _path(stored.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(
            _("«%(name)s» mangler i lageret. Meld fra til den som drifter systemet.") % {"name": stored.name},
            code="file_missing",
        ) from error
    if sha256(data) != stored.sha256:
        raise Unreadable(
            _("Innholdet i «%(name)s» stemmer ikke med kontrollsummen. Meld fra til den som drifter systemet.")
            % {"name": stored.name},
            code="hash_mismatch",
        )
    return data


def forget(stored: Iterable[StoredFile], *, tombstone: str, at: datetime) -> int:
    """Take the bytes out, also where the same bytes lie under another row; the rows stay with the hash (A16).

    The bytes leave the disk after commit; ``sweep_removed`` takes what a stop in between left behind. Returns how
    many rows lost their bytes.
    """
    digests = {row.sha256 for row in stored}
    gone = StoredFile.objects.filter(sha256__in=digests, removed_at__isnull=True).update(
        removed_at=at, tombstone=tombstone[:300]
    )
    transaction.on_commit(lambda: _unlink(digests))
    return gone


def release(stored: StoredFile, *, tombstone: str, at: datetime) -> None:
    """Let go of one row's bytes; they stay on disk as long as another row still holds the same."""
    StoredFile.objects.filter(pk=stored.pk).update(removed_at=at, tombstone=tombstone[:300])
    transaction.on_commit(lambda: _unlink([stored.sha256]))


def sweep_removed() -> int:
    """Take bytes off the disk whose rows say they are removed; returns how many files were still there."""
    removed = StoredFile.objects.filter(removed_at__isnull=False).values_list("sha256", flat=True)
    return _unlink(set(removed))


def _unlink(digests: Iterable[str]) -> int:
    """Bytes that have come in anew since then, under a row of their own, are left."""
    kept = set(
        StoredFile.objects.filter(sha256__in=set(digests), removed_at__isnull=True).values_list("sha256", flat=True)
    )
    paths = [path for digest in digests if digest not in kept and (path := _path(digest)).exists()]
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def scan(data: bytes) -> ScanState:
    """Ask the virus scanner where one is configured. Raises Unreadable for an infected file."""
    from core import antivirus

    if not settings.CLAMAV_ADDRESS:
        return ScanState.SKIPPED
    if antivirus.is_infected(data):
        raise Unreadable(
            _("Filen ble stoppet av viruskontrollen og er ikke lagret. Be avsenderen om en ny fil."),
            code="infected",
        )
    return ScanState.CLEAN
