"""All the rules of an instruction, in an order one can read; a sentence that is a rule is no reporting requirement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.copy_rules import recognise_copy_rules
from governance.importing.recognisers.event_dates import recognise_publication, with_events
from governance.importing.recognisers.lock_rules import recognise_lock_rules
from governance.importing.recognisers.meeting_rules import recognise_meeting_rules
from governance.importing.recognisers.notice_duties import recognise_notice_duties
from governance.importing.records import (
    DraftCopyRule,
    DraftLockRule,
    DraftMeetingRule,
    DraftNoticeDuty,
    DraftReportingRequirement,
    LetterKind,
)


@dataclass(frozen=True, slots=True)
class InstructionRules:
    """The rules by kind, and the reporting requirements that are left."""

    copies: tuple[DraftCopyRule, ...] = ()
    meetings: tuple[DraftMeetingRule, ...] = ()
    notices: tuple[DraftNoticeDuty, ...] = ()
    locks: tuple[DraftLockRule, ...] = ()
    reporting: tuple[DraftReportingRequirement, ...] = ()


def recognise_instruction_rules(reading: Reading, reporting: list[DraftReportingRequirement]) -> InstructionRules:
    """The rules of an instruction. A letter's are read by the recognisers of letters: nothing is added to it."""
    if reading.kind is not LetterKind.INSTRUCTION:
        return InstructionRules(reporting=tuple(reporting))
    copies, notices = recognise_copy_rules(reading), recognise_notice_duties(reading)
    locks, meetings = recognise_lock_rules(reading), recognise_meeting_rules(reading)
    taken = {row.text for row in copies} | {row.text for row in notices} | {row.text for row in locks}
    kept = with_events([item for item in reporting if item.text not in taken])
    kept += recognise_publication(reading, {item.text for item in kept} | taken)
    kept.sort(key=lambda item: item.passages)
    numbered = tuple(replace(item, key=f"reporting-{number}") for number, item in enumerate(kept, start=1))
    return InstructionRules(tuple(copies), tuple(meetings), tuple(notices), tuple(locks), numbered)
