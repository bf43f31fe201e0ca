"""A report that is not to be changed after it was sent, by the rules in force; the terms, and who decides (R-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, Organisation
from agencies.rights import Right
from core.actor import Actor
from core.formatting import full_date
from governance.instructions import instruction_in_force
from governance.models import ItemPassage, LockDecider, LockRule, SteeringDocument


@dataclass(frozen=True)
class Lock:
    """The rule in force: its document, its terms, who decides, and the words it rests on.

    ``exception`` empty: there is none. ``decider`` None: nobody is named, and the head of the agency decides.
    """

    document: SteeringDocument
    exception: str
    section: str
    words: str
    passage: int | None = None
    decider: LockDecider | None = None

    @property
    def is_closed(self) -> bool:
        """Neither an exception nor anybody who may open: the report stays as it was sent."""
        return not self.exception and self.decider is None

    @property
    def place(self) -> str:
        """Where the rule stands, in words."""
        title, dated = self.document.title, self.document.document_date
        place = _("%(title)s av %(date)s") % {"title": title, "date": full_date(dated)} if dated else title
        section = self.section.rstrip(".")
        return _("%(place)s, punkt %(section)s") % {"place": place, "section": section} if section else place


def lock_in_force(agency: Organisation, correspondence: str, day: date) -> Lock | None:
    """The rule of the instruction in force, else of the letters of the year; None when no document says so."""
    instruction = instruction_in_force(agency, day)
    letters = SteeringDocument.objects.in_force(day).filter(recipient=agency, year__in=(day.year, day.year - 1))
    held = Q(document=instruction) if instruction else Q(pk__in=())
    rows = LockRule.objects.filter(held | Q(document__in=letters.order_by()), correspondence=correspondence)
    found = sorted(
        rows.select_related("document", "document__issuer"), key=lambda row: (row.document != instruction, -row.pk)
    )
    return _lock(found[0]) if found else None


def _lock(rule: LockRule) -> Lock:
    links = ItemPassage.objects.filter(item=rule.uuid, field="").select_related("passage")
    link = links.order_by("passage__ordinal", "id").first()
    words = rule.text or (" ".join(link.passage.text.split()) if link else "")
    decider = LockDecider(rule.decider) if rule.decider else None
    return Lock(rule.document, rule.exception, rule.section, words, link.passage.ordinal if link else None, decider)


def deciders(lock: Lock | None, agency: Organisation, day: date) -> list[Appointment]:
    """The roles that may open a sent report of the agency: those the rule names, else the head of the agency."""
    who = lock.decider if lock else None
    if lock is None or who in (None, LockDecider.DIRECTOR):
        return access.holders(Right.SUBMIT_REPORTS, agency, inside=agency, day=day)
    found = access.holders(Right.ISSUE_DOCUMENTS, agency, inside=lock.document.issuer, day=day)
    return [row for row in found if who in (LockDecider.MINISTRY, row.role.code)]


def may_decide(actor: Actor, lock: Lock | None, agency: Organisation, day: date) -> bool:
    """Whether the actor is one of them, or stands in for one."""
    side = agency if lock is None or lock.decider in (None, LockDecider.DIRECTOR) else lock.document.issuer
    right = Right.SUBMIT_REPORTS if side == agency else Right.ISSUE_DOCUMENTS
    if not access.may(actor, right, agency, day):
        return False
    if actor.appointment is None and actor.on_behalf_of is None:
        return actor.user_id in {row.user_id for row in deciders(lock, agency, day)}
    return {actor.appointment, actor.on_behalf_of} & {row.uuid for row in deciders(lock, agency, day)} != set()
