"""What stands where a sent report is opened again: the lock rule in force, in its own words, and who decides (R-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Appointment
from agencies.rights import RIGHTS, Right
from core.actor import Actor
from core.formatting import full_date, listing
from core.visuals.parts import Link
from governance.locks import lock_in_force
from governance.models import SteeringDocument
from reporting.models import Report


@dataclass(frozen=True)
class LockNote:
    """The rule as the page shows it. ``place`` leads to the passage for those who read the document."""

    title: str
    words: str
    terms: str
    who: str
    place: Link | None
    place_words: str
    closed: bool


def lock_note(report: Report, actor: Actor, day: date) -> LockNote:
    """The rule in force, or that no document has one and the system's own holds."""
    lock = lock_in_force(report.agency, report.kind.correspondence, day)
    who = _who(report, day)
    if lock is None:
        words = _("Verken instruksen eller årets brev har en regel om dette. Da gjelder regelen her: en sendt rapport ")
        words += _("endres bare når særlige forhold gjør det nødvendig, med begrunnelse og ny utgave.")
        return LockNote(_("Når en sendt rapport kan endres"), words, "", who, None, "", closed=False)
    dated = lock.document.document_date
    place = _("%(title)s av %(date)s") % {"title": lock.document.title, "date": full_date(dated)} if dated else ""
    if lock.section:
        place = _("%(place)s, punkt %(section)s") % {"place": place, "section": lock.section.rstrip(".")}
    seen = SteeringDocument.objects.visible_to(actor, day).filter(pk=lock.document.pk).exists()
    url = reverse("governance:document_text", args=[lock.document.uuid])
    anchor = f"#avsnitt-{lock.passage + 1}" if lock.passage is not None else ""
    terms = _("Unntak: %(terms)s") % {"terms": lock.exception} if lock.exception else _("Regelen har ingen unntak.")
    return LockNote(
        title=_("Det instruksen sier") if lock.document.year is None else _("Det brevet sier"),
        words=lock.words,
        terms=terms,
        who=who,
        place=Link(place, url + anchor) if seen else None,
        place_words=place,
        closed=not lock.exception,
    )


def _who(report: Report, day: date) -> str:
    """The names of those who may decide it."""
    roles = [role.value for role, rights in RIGHTS.items() if Right.SUBMIT_REPORTS in rights]
    rows = Appointment.objects.valid_on(day).filter(organisation=report.agency, role__code__in=roles)
    names = sorted({str(row.user) for row in rows.select_related("user")})
    who = listing(names) or _("ingen er oppnevnt")
    return _("Avgjøres av virksomhetens leder eller stedfortrederen: %(who)s.") % {"who": who}
