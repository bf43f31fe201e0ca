"""What stands where a sent report is opened again: the lock rule in force, in its own words, and who decides (R-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.formatting import listing
from core.visuals.parts import Link
from governance.locks import Lock, deciders, lock_in_force, may_decide
from governance.models import SteeringDocument
from reporting.models import Report


@dataclass(frozen=True)
class LockNote:
    """The rule as the page shows it. ``place`` leads to the passage for those who read the document.

    ``closed`` says why the one who reads this cannot open the report; empty when that one can.
    """

    title: str
    words: str
    terms: str
    who: str
    place: Link | None
    place_words: str
    closed: str = ""


def lock_note(report: Report, actor: Actor, day: date) -> LockNote:
    """The rule in force, or that no document has one and the system's own holds."""
    lock = lock_in_force(report.agency, report.kind.correspondence, day)
    who = _who(lock, report, day)
    if lock is None:
        words = _("Verken instruksen eller årets brev har en regel om dette. Da gjelder regelen her: en sendt rapport ")
        words += _("endres bare når særlige forhold gjør det nødvendig, med begrunnelse og ny utgave.")
        return LockNote(_("Når en sendt rapport kan endres"), words, "", who, None, "")
    place = lock.place
    seen = SteeringDocument.objects.visible_to(actor, day).filter(pk=lock.document.pk).exists()
    url = reverse("governance:document_text", args=[lock.document.uuid])
    anchor = f"#avsnitt-{lock.passage + 1}" if lock.passage is not None else ""
    terms = _("Unntak: %(terms)s") % {"terms": lock.exception} if lock.exception else ""
    return LockNote(
        title=_("Det instruksen sier") if lock.document.year is None else _("Det brevet sier"),
        words=lock.words,
        terms=_("Regelen har ingen unntak.") if lock.is_closed else terms,
        who=who,
        place=Link(place, url + anchor) if seen else None,
        place_words=place,
        closed=_closed(lock, may_decide(actor, lock, report.agency, day)),
    )


def _closed(lock: Lock, may: bool) -> str:
    if lock.is_closed:
        return _("Rapporten kan derfor ikke rettes her.")
    return "" if may else _("Du kan derfor ikke åpne rapporten selv. Be om det der, med begrunnelsen.")


def _who(lock: Lock | None, report: Report, day: date) -> str:
    """Who decides, with the names of those who may."""
    names = listing(sorted({str(row.user) for row in deciders(lock, report.agency, day)})) or _("ingen er oppnevnt")
    if lock is None or lock.decider is None:
        return _("Avgjøres av virksomhetens leder eller stedfortrederen: %(who)s.") % {"who": names}
    return _("Åpnes bare av %(role)s: %(who)s.") % {"role": lock.decider.label, "who": names}
