"""Words that head the parts of a letter, bokmål and nynorsk. Data: add a word, not a rule."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Label(StrEnum):
    """What a heading or an introducing sentence says that follows."""

    PARAMETER = "parameter"
    KEY_FIGURE = "key_figure"
    ASSIGNMENT = "assignment"
    GOAL = "goal"
    BUDGET = "budget"
    CALENDAR = "calendar"
    REPORTING = "reporting"
    AUTHORISATION = "authorisation"
    COMMON = "common"
    COPY = "copy"


WORDS: dict[Label, str] = {
    Label.PARAMETER: (
        r"styringsparamet(?:er|re|ere|erane|rar|rane|erar|rene|erene)s?|resultatindikator(?:er|ar|ene|ane)?|"
        r"styringsindikator(?:er|ar)?|måleparamet(?:er|re|ere|rar)|"
        r"måleindikator(?:er|ar)?|indikator(?:er|ar|ene|ane)|kvalitetsindikator(?:er|ar)|"
        r"vurderingskriteri(?:er|um|ar)|måles\s+(?:ved|gjennom|med)|målast\s+(?:ved|gjennom|med)|resultat(?:mål|krav)(?=\s+(?:for|til|under|knytt\w*\s+til)\s+\w*mål\b)"
    ),
    Label.KEY_FIGURE: (
        r"nøkkeltall(?:ene)?|nøkkeltal(?:a|la)?|nøkkelinformasjon|nøkkelindikator(?:er|ar)?|aktivitetstal(?:l)?|"
        r"volumtal(?:l)?|bakgrunnstal(?:l)?|statistikktal(?:l)?|produksjonstal(?:l)?"
    ),
    Label.ASSIGNMENT: (
        r"oppdrag(?:a|ene)?|enkeltoppdrag|særoppdrag|tilleggsoppdrag|fellesoppdrag|oppdragsliste|oppdragsoversikt|"
        r"bestilling(?:er|ar)|(?:særlige|særlege|særskilte|særskilde|spesielle|prioriterte|konkrete|tidsavgrensede|tidsavgrensa|nye)\s+oppg(?:aver|åver)"
    ),
    Label.GOAL: (
        r"mål|måla|målene|hovedmål(?:ene)?|hovudmål(?:a)?|sektormål(?:ene|a)?|delmål(?:ene|a)?|samfunnsmål(?:ene|a)?|"
        r"effektmål(?:ene|a)?|brukermål(?:ene)?|brukarmål(?:a)?|virksomhetsmål(?:ene)?|verksemdsmål(?:a)?|"
        r"målstruktur|måltabell|målbilde|målbilete"
    ),
    Label.BUDGET: (
        r"budsjett\w*|tildeling(?:er|ar|a|en|ene|ane)?|bevilgning(?:er|en|ene)?|løyving(?:a|ar|ane)?|"
        r"budsjettildeling(?:er|ar)?|tildelte\s+midler|tildelte\s+midlar|økonomiske?\s+ramme\w*|budsjettramme\w*|"
        r"tilsagnsramme\w*"
    ),
    Label.CALENDAR: (
        r"\w*kalender(?:en)?|\w*kalendar(?:en)?|møteplan(?:en)?|møteoversikt|møtedatoer|møtedatoar|"
        r"styringshjul(?:et)?|årshjul(?:et)?|frist(?:er|ar|ene|ane)|(?:viktige\s+)?dato(?:er|ar|ene|ane)|"
        r"rapporteringsfrist(?:er|ar)|tidsplan|(?:(?:møte|rapporterings)-?\s*og\s*)?(?:møte|rapporterings|dialog|styrings)plan(?:en)?|fristoversikt|fristliste|frist-?\s*og\s+møteoversikt"
    ),
    Label.REPORTING: (
        r"rapportering\w*|rapporteringskrav\w*|årsrapport(?:en)?|tertialrapport\w*|resultatrapportering|"
        r"virksomhetsrapport\w*|verksemdsrapport\w*"
    ),
    Label.AUTHORISATION: r"\w*fullmakt(?:er|ene|a|ar|en|ane)?",
    Label.COMMON: r"fellesføring(?:er|ar|ene|ane|a|en)?|felles\s+føring(?:er|ar)",
    Label.COPY: r"kopi(?:\s+til)?|kopimottaker(?:e)?|kopimottakar(?:ar)?|gjenpart(?:er)?|kopi\s+av\s+brevet\s+til",
}
_ANY = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{label.value}>{pattern})" for label, pattern in WORDS.items()) + r")(?![\w])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:vedlegg\s+\w{1,4}\b|kap(?:ittel|\.)?\s*\d+(?!\d)|del\s+[IVX\d]+\b|[\d.]+|[a-z]\)|[IVX]+\.)?[\s:.–—-]*",
    re.IGNORECASE,
)
_LEAD = (
    r"(?:(?:følgende|følgjande|nye|nytt|andre|øvrige|øvrige|særskilte|særlige|særlege|konkrete|faste|overordnede|overordna|"
    r"langsiktige|viktigste|aktuelle|felles|årets|gjeldende|gjeldande|sentrale|utvalgte|utvalde|tidsavgrensede|"
    r"tidsavgrensa|øvrige|endringer\s+i|endringar\s+i|presisering\w*\s+av|tidligere|tidlegare|innmeldte|"
    r"departementets|direktoratets|etatens|oversikt\s+over|liste\s+over|status\s+for|de|dei|den|statens|regjeringens|"
    r"regjeringa\s+sine|nasjonale|strategiske|kvantitative|kvalitative|tilknyttede|tilhørende|tilhøyrande)\s+){0,4}"
)
_LABEL_LINE = re.compile(
    rf"^{_LEAD}(?P<word>[\wæøåÆØÅ-]+(?:\s+til\b)?)"
    r"(?P<rest>\s*:?$|\s+(?:for|til|under|knytt|knyttet|i|på|innen|innan|som|av|frå|fra|20\d\d|nr|og|\d|–|-|\().{0,70}$|"
    r"\s*[:(–,-].{0,70}$)",
    re.IGNORECASE,
)


def words_in(text: str) -> list[Label]:
    """The labels mentioned in a text, in order, each once."""
    return list(_words_in(text[:600]))


@lru_cache(maxsize=8_192)
def _words_in(text: str) -> tuple[Label, ...]:
    return tuple(dict.fromkeys(Label(match.lastgroup or "") for match in _ANY.finditer(text)))


def heading_labels(text: str) -> list[Label]:
    """The labels of a heading such as «3.1.1. Styringsparametere» or «Oppdrag knyttet til X:».

    Several labels («Mål, styringsparametere og oppdrag») make the heading a container only.
    """
    bare = _NUMBER.sub("", text.strip(), count=1)
    if len(bare) > 110:
        return []
    match = _LABEL_LINE.match(bare)
    if not match:
        return words_in(bare) if len(bare) < 90 and not bare.endswith(".") else []
    return words_in(bare)


def opens(text: str, label: Label) -> bool:
    """True when the text begins with a word of the label (after a number and words such as «Nye»)."""
    bare = _NUMBER.sub("", text.strip(), count=1)
    match = re.match(rf"{_LEAD}(?:{WORDS[label]})(?!\w)", bare, re.IGNORECASE)
    return bool(match)


_SECTOR = re.compile(
    r"sektor|overordn|regjering|samfunns(?!oppdrag)|nasjonal|politi(?:ske|kk)|departementet\s+har|faglige\s+mål|faglege\s+mål",
    re.IGNORECASE,
)
_SUB = re.compile(r"\bdelmål|\bundermål", re.IGNORECASE)


def goal_level(text: str) -> str:
    """``sector``, ``sub`` or ``main`` from the words around a list of goals."""
    if _SUB.search(text):
        return "sub"
    return "sector" if _SECTOR.search(text) and not re.search(r"hovedmål|hovudmål", text[-60:], re.I) else "main"
