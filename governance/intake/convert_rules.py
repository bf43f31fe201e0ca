"""Rules of the dialogue from an import: whom a copy goes to by name, and each rule as an item of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agencies.models import Organisation
from governance.intake.convert_items import text
from governance.models import (
    CopyRule,
    CorrespondenceType,
    ImportRow,
    LockDecider,
    LockRule,
    MeetingKind,
    MeetingRule,
    NoticeDuty,
    NoticeTiming,
    RowState,
)

if TYPE_CHECKING:
    from governance.intake.convert import Conversion

#: what a text calls the one that issued it
ISSUER_WORDS = frozenset({"departementet", "departement", "ministeriet"})


def known_bodies(issuer: Organisation) -> dict[str, Organisation]:
    """Every name a body goes or went by, in lower case; «departementet» is the issuer. Two queries."""
    found: dict[str, Organisation] = dict.fromkeys(ISSUER_WORDS, issuer)
    for body in Organisation.objects.prefetch_related("names").order_by("id"):
        names = (body.name, body.name_nn, body.short_name, *(row.name for row in body.names.all()))
        found |= {" ".join(name.split()).casefold(): body for name in names if name}
    return found


def find_recipients(rows: Iterable[ImportRow], issuer: Organisation) -> list[ImportRow]:
    """Tie each copy rule nobody has decided on to the body it names; the rows that changed, not saved.

    A name nobody goes by makes the row unsure: a person must say who is meant.
    """
    open_states = (RowState.RECOGNISED, RowState.UNSURE)
    waiting = [row for row in rows if row.kind == "copy_rule" and row.state in open_states]
    waiting = [row for row in waiting if not row.data.get("recipient_uuid")]
    bodies = known_bodies(issuer) if waiting else {}
    for row in waiting:
        written = " ".join(str(row.data.get("recipient") or "").split())
        body = bodies.get(written.casefold())
        row.data = {**row.data, "recipient_uuid": str(body.uuid) if body else ""}
        if body is None:
            sentence = _("Teksten nevner «%(name)s» som kopimottaker. Velg hvem det er.") % {"name": written}
            doubt = {"code": "recipient_unknown", "field": "recipient_uuid", "sentence": sentence, "borders": []}
            row.doubts = [*row.doubts, doubt]
            row.state = RowState.UNSURE
    return waiting


def _chosen(data: Any, name: str, offered: Any) -> str:
    value = text(data, name)
    return value if value in offered.values else offered.values[0]


def copy_rule(work: Conversion, row: ImportRow) -> CopyRule:
    """A copy to a known body; accepting the row has seen to that it is chosen."""
    return work.writer.add(
        CopyRule,
        uuid=row.uuid,
        correspondence=_chosen(row.data, "correspondence", CorrespondenceType),
        recipient=Organisation.objects.get(uuid=row.data["recipient_uuid"]),
        simultaneous=bool(row.data.get("simultaneous")),
        section=work.section_of(row)[:40],
    )


def meeting_rule(work: Conversion, row: ImportRow) -> MeetingRule:
    """A minimum of meetings."""
    return work.writer.add(
        MeetingRule,
        uuid=row.uuid,
        kind=_chosen(row.data, "kind", MeetingKind),
        minimum=int(row.data.get("minimum") or 1),
        text=text(row.data, "text"),
        section=work.section_of(row)[:40],
    )


def notice_duty(work: Conversion, row: ImportRow) -> NoticeDuty:
    """What is to be told of, and how soon."""
    return work.writer.add(
        NoticeDuty,
        uuid=row.uuid,
        title=text(row.data, "title"),
        text=text(row.data, "text"),
        timing=_chosen(row.data, "timing", NoticeTiming),
        section=work.section_of(row)[:40],
    )


def lock_rule(work: Conversion, row: ImportRow) -> LockRule:
    """A report that is not changed after it was sent."""
    decider = text(row.data, "decider")
    return work.writer.add(
        LockRule,
        uuid=row.uuid,
        correspondence=text(row.data, "correspondence") or CorrespondenceType.ANNUAL_REPORT,
        exception=text(row.data, "exception"),
        decider=decider if decider in LockDecider.values else "",
        text=text(row.data, "text"),
        section=work.section_of(row)[:40],
    )


RULE_CONVERTERS: dict[str, Callable[[Conversion, ImportRow], Any]] = {
    "copy_rule": copy_rule,
    "meeting_rule": meeting_rule,
    "notice_duty": notice_duty,
    "lock_rule": lock_rule,
}
