"""Meetings: what arises in an expert meeting is given in writing (V-26), and the year has enough of them (V-27)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formatting import full_date
from governance.checks.content import Content
from governance.checks.registry import Found, check
from governance.models import Severity

LONGEST = 120
#: what a calendar row of each kind of meeting is called
_NAMES = {
    "governance": re.compile(r"etats?styringsm[øo]te", re.I),
    "portfolio": re.compile(r"styringsmøte om prioritering|porteføljestyringsmøte|porteføljemøte", re.I),
    "strategy": re.compile(r"strategim[øo]te", re.I),
    "expert": re.compile(r"fagm[øo]te", re.I),
    "contact": re.compile(r"kontaktm[øo]te", re.I),
}


@check("V-26", Severity.STOPS, gettext_lazy("Styringsbehov fra fagmøte som ikke er gitt skriftlig"))
def given_in_writing(content: Content) -> Iterable[Found]:
    """What arises in an expert meeting is followed by a letter from the right signer to the director (R-51)."""
    for need in content.around.needs:
        if not need.answered:
            sentence = _(
                "«%(words)s» kom opp i et fagmøte %(date)s og er ikke gitt skriftlig. Ta det inn i dette brevet eller "
                "i et annet, eller trekk behovet med en begrunnelse."
            )
            words = {"words": _beginning(need.words), "date": full_date(need.arose_on)}
            place = _("fagmøte %(date)s") % {"date": full_date(need.arose_on)}
            yield Found(sentence % words, place=place, item=need.uuid or None)


def _beginning(words: str) -> str:
    """The first words of a need, cut between two of them."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0].rstrip(',.;:')} …"


@check("V-27", Severity.WARNING, gettext_lazy("Færre møter i kalenderen enn instruksen eller brevet krever"))
def meetings_enough(content: Content) -> Iterable[Found]:
    """The calendar has as many meetings of each kind as the instruction in force and the letter ask for (R-50)."""
    calendar = [row.text("title") for row in content.of("calendar")]
    if content.family != "letter" or not calendar:
        return
    wanted: dict[str, tuple[int, str, str]] = {}
    for rule in content.around.meetings:
        if rule.minimum > wanted.get(rule.kind, (0, "", ""))[0]:
            wanted[rule.kind] = (rule.minimum, rule.words, rule.document)
    for kind, (minimum, name, source) in wanted.items():
        held = sum(1 for title in calendar if _NAMES[kind].search(title))
        if held < minimum:
            sentence = ngettext(
                "«%(source)s» krever minst %(minimum)s møte av typen %(name)s i året. Kalenderen har %(held)s.",
                "«%(source)s» krever minst %(minimum)s møter av typen %(name)s i året. Kalenderen har %(held)s.",
                minimum,
            )
            words = {"source": source, "minimum": minimum, "name": name, "held": held}
            yield Found(sentence % words, place=_("kalenderen, %(name)s") % {"name": name})
