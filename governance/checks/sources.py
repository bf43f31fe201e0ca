"""Which documents each rule is about and where it comes from: data beside the rules, shown in the list of rules.

A rule without an entry fails a test. Points of the provisions are those of the edition in force from 2020.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.visuals.badges import Text
from governance.models import DocumentFamily

INSTRUCTION, LETTER, SUPPLEMENT = (
    DocumentFamily.INSTRUCTION.value,
    DocumentFamily.LETTER.value,
    DocumentFamily.SUPPLEMENT.value,
)
ALL = (INSTRUCTION, LETTER, SUPPLEMENT)
LETTERS = (LETTER, SUPPLEMENT)


@dataclass(frozen=True)
class Origin:
    """The families of documents a rule is about, and the paragraph or practice it rests on."""

    families: tuple[str, ...]
    source: Text


_ALLOCATION = _("Bestemmelser om økonomistyring punkt 1.5 (tildelingsbrev)")
_INSTRUCTION = _("Reglement for økonomistyring § 3 og bestemmelsene punkt 1.3 (instruks)")
_DIALOGUE = _("Hovedinstruksens kapittel om styringsdialogen")
_BUDGET = _("Bevilgningsreglementet § 5 (stortingsvedtaket binder beløp og formål)")
_POSTS = _("Bevilgningsreglementet § 4 (inndeling i kapitler og poster)")
_COPIES = _("Hovedinstruksen og årets brev om kopi, jf. bestemmelsene punkt 1.5")
_QUALITY = _("Kvalitetskontroll: brevet skal kunne forstås på én måte")

ORIGINS: dict[str, Origin] = {
    "V-01": Origin(LETTERS, _("Hovedinstruksen: rapporteringskrav skal stå i tildelingsbrev eller supplerende brev")),
    "V-02": Origin(LETTERS, _INSTRUCTION),
    "V-03": Origin(LETTERS, _QUALITY),
    "V-04": Origin(LETTERS, _QUALITY),
    "V-05": Origin(LETTERS, _QUALITY),
    "V-06": Origin(LETTERS, _ALLOCATION),
    "V-07": Origin(LETTERS, _("Departementets nummerering av oppdrag per virksomhet og år")),
    "V-08": Origin(ALL, _QUALITY),
    "V-09": Origin(LETTERS, _ALLOCATION),
    "V-10": Origin(LETTERS, _("Bevilgningsreglementet § 11 og brevets fullmakter (merinntekt)")),
    "V-11": Origin(LETTERS, _POSTS),
    "V-12": Origin(LETTERS, _BUDGET),
    "V-13": Origin(ALL, _COPIES),
    "V-14": Origin((LETTER,), _("Hovedinstruksen: kopi av brevveksling med Riksrevisjonen")),
    "V-22": Origin((LETTER,), _ALLOCATION),
    "V-24": Origin((LETTER,), _("Tildelingsbrevets innledning: hvilke tidligere oppdrag som utgår og fortsetter")),
    "V-26": Origin(LETTERS, _("Hovedinstruksen: styringsbehov fra fagmøter gis skriftlig i styringslinjen")),
    "V-27": Origin((LETTER,), _DIALOGUE),
    "V-28": Origin(ALL, _DIALOGUE),
    "V-30": Origin(LETTERS, _("Offentleglova § 3 (unntak krever hjemmel) og § 11 (meroffentlighet)")),
    "V-31": Origin(ALL, _("Bevilgningsreglementet og fullmaktene i brevet eller instruksen")),
    "V-32": Origin(LETTERS, _("Departementets avdelinger på brevets dato")),
    "V-33": Origin(ALL, _("Enhetsregisterloven (organisasjonsnummer)")),
    "V-34": Origin(LETTERS, _("Et sendt brev endres bare av et supplerende brev, jf. bestemmelsene punkt 1.5")),
    "V-35": Origin((LETTER,), _("Årets rundskriv om fellesføringer")),
    "V-36": Origin(ALL, _("Forskrift om universell utforming av IKT-løsninger, og arkivforskriften")),
    "V-37": Origin(ALL, _("Departementets fullmakter til å signere på brevets dato")),
    "V-38": Origin((SUPPLEMENT,), _("Brevet frist er gitt i: «kan ikke fravikes»")),
    "V-39": Origin(LETTERS, _QUALITY),
    "V-40": Origin(ALL, _("Innlesing: ingen linje i kilden skal gå tapt")),
    "R-18": Origin(LETTERS, _("Tildelingsbrevet nevner tidligere oppdrag som fortsatt gjelder")),
    "R-09": Origin((INSTRUCTION,), _QUALITY),
    "S-01": Origin(LETTERS, _QUALITY),
    "R-01": Origin((INSTRUCTION,), _INSTRUCTION),
    "ETT-1": Origin(LETTERS, _("Brevet sier selv hva som ettersendes")),
    "PENGER-1": Origin(LETTERS, _BUDGET),
    "PENGER-2": Origin(LETTERS, _BUDGET),
    "PENGER-3": Origin(LETTERS, _BUDGET),
    "PENGER-4": Origin(LETTERS, _ALLOCATION),
    "PENGER-5": Origin(LETTERS, _QUALITY),
    "PENGER-6": Origin(LETTERS, _QUALITY),
}

#: what is shown of a rule nobody has placed yet; a test says which
UNTOLD = Origin(ALL, _QUALITY)
