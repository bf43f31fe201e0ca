"""What is sent stays as it was, and a supplement names what it changes: V-34 and V-38."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.checks.content import Content, Row, Stage
from governance.checks.registry import Found, at, check
from governance.checks.surroundings import ChangeMade
from governance.models import Severity

_NEEDS_TARGET = ("replace", "withdraw", "move_deadline")
_CHANGES = ("clarified", "moved", "withdrawn")


@check("V-34", Severity.STOPS, gettext_lazy("Endring uten henvisning til det som endres, eller brutt kontrollsum"))
def corrections_name_what_they_change(content: Content) -> Iterable[Found]:
    """A sent letter is corrected by a supplement that says which row it changes; the letter itself never changes."""
    if content.around.seal_broken:
        sentence = _("Innholdet stemmer ikke lenger med kontrollsummen som ble satt da brevet ble fryst.")
        yield Found(sentence, place=_("kontrollsum"))
    severity = "" if content.is_draft else Severity.WARNING.value
    named = {change.uuid for change in content.around.changes if change.target_known}
    for change in content.around.changes:
        if change.kind in _NEEDS_TARGET and not change.target_known:
            sentence = _("Endringen sier ikke hvilken rad i et tidligere brev den gjelder.")
            yield Found(sentence, place=change.place, item=change.uuid, severity=severity)
        if content.is_draft:
            yield from _meanwhile(change)
    for row in content.of("assignment"):
        if row.text("change") in _CHANGES and row.uuid not in named and not _named(row):
            sentence = _("Brevet endrer et tidligere oppdrag, men sier ikke hvilket.")
            yield at(row, sentence, severity=severity)
    if content.family == "supplement" and not content.around.parent_known and content.stage is not Stage.IMPORT:
        sentence = _("Det supplerende brevet er ikke knyttet til noe tildelingsbrev.")
        yield Found(sentence, place=_("brevhodet"), severity=Severity.INFORMATION.value)


def _meanwhile(change: ChangeMade) -> Iterable[Found]:
    """The row has gone or been changed after the change was written, or another draft changes it too: one of them."""
    words = {"name": change.place, "by": change.by or change.since, "drafts": "», «".join(change.drafts)}
    severity = ""
    if change.gone and change.by:
        sentence = _(
            "«%(name)s» gjelder ikke lenger slik den var: «%(by)s» har endret den. Fjern endringen, og skriv den på "
            "nytt ut fra det som gjelder nå."
        )
    elif change.gone:
        sentence = _("«%(name)s» er ikke lenger i kraft. Fjern endringen.")
    elif change.since:
        severity = Severity.WARNING.value
        sentence = _(
            "«%(name)s» er endret i «%(by)s» etter at dette ble skrevet. Se før og etter, og skriv endringen på nytt "
            "om teksten ikke lenger stemmer."
        )
    elif change.drafts:
        severity = Severity.INFORMATION.value
        sentence = _("Utkastet «%(drafts)s» endrer også «%(name)s». Det som utstedes sist, må bygge på det første.")
    else:
        return
    yield Found(sentence % words, place=change.place, item=change.uuid, severity=severity)


def _named(row: Row) -> bool:
    """The row carries the number of the assignment it changes, as its own or beside it."""
    reference = row.data.get("reference")
    written = reference.get("written") if isinstance(reference, dict) else ""
    return bool(str(row.data.get("changes_reference") or written or "").strip())


@check("V-38", Severity.WARNING, gettext_lazy("Frist som ikke kan fravikes, flyttes"), stages=(Stage.DRAFT,))
def fixed_deadlines_stay(content: Content) -> Iterable[Found]:
    """A deadline marked «kan ikke fravikes» moves by a supplement only, and then with a reason on record.

    The agency and the departments cannot move it at all; the act on the assignment refuses them.
    """
    for change in content.around.changes:
        if change.kind == "move_deadline" and change.fixed:
            sentence = _(
                "Fristen for %(name)s er merket «kan ikke fravikes». Bekreft at den flyttes, og skriv hvem som har "
                "bestemt det."
            )
            yield Found(sentence % {"name": change.place}, place=change.place, item=change.uuid)
