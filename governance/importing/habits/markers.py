"""How lines open in Norwegian government letters: bullets, numbers, labels, references. Data."""

from __future__ import annotations

import re

from governance.importing.values.text import DASHES

_BULLET = re.compile(r"^(?P<m>[•▪●○◦‣∙·■□\uf0b7\uf0a7\uf02d\uf0d8]|[-–—−‑*](?=\s)|o(?=\s+[A-ZÆØÅ])|–(?=[A-ZÆØÅ]))\s*")
_NUMBERED = re.compile(
    r"^(?P<m>\d{1,2}\)|\(\d{1,2}\)|[a-zæøå]\)|\([a-z]\)|[ivx]{1,4}\)|[a-z]\.(?=\s+[A-ZÆØÅ])|"
    r"(?!SP|NT|TB|O\s?\d)[A-ZÆØÅ]{1,2}\d{1,2}[.:](?=\s+[A-ZÆØÅ])|[A-H][.)](?=\s+[A-ZÆØÅ][a-zæøå]+\s+[a-zæøå]))\s*(?=\S)"
)

SECTION_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}\.?)\s+(?P<title>[A-ZÆØÅ«\"'(].*)$", re.DOTALL)
"""A number that may head a section or open a list item: «3.1.1. », «4 »."""

DEADLINE_LINE = re.compile(
    r"^(?:(?:Ny|Endelig|Leverings|Svar|Tids|Rapporterings|Foreløpig|Førebels)?-?\s?[Ff]rist(?:en)?)\b"
    r"(?:\s*:|\s+\d|\s+(?:for|og|punkt|pkt\.?|er|settes|sett|til)\b)"
)
"""A line that opens with a deadline."""

DEPARTMENT_LINE = re.compile(
    r"^(?:Ansvar(?:lig|leg)\s+(?:fag)?avdeling|Ansvar(?:lig|leg)\s+i\s+departementet|Avdeling|Kontaktavdeling|"
    r"Fagavdeling|Ansvar(?:lig|leg)(?:\s+eining|\s+enhet)?)\b[^:]{0,30}:"
)
"""A line that names the responsible department."""

LABEL_ONLY = re.compile(
    r"^(?:(?:[A-ZÆØÅ][\wæøå-]+\s+){0,2})?(?:[Ss]tyringsparamet\w+|[Nn]økkeltal\w*|[Nn]økkelinformasjon|[Rr]esultatindikator\w*|"
    r"[Rr]esultatmål|[Ee]ffektmål|[Oo]ppdrag|[Bb]akgrunn|[Bb]eskrivelse|[Bb]eskriving|[Rr]apportering|[Ll]everanse\w*|"
    r"[Pp]rioritering\w*|[Mm]ål|[Hh]ovedmål|[Hh]ovudmål|[Dd]elmål)(?:\s+(?:for|under|knytt\w*)\b.{0,60})?\s*:?$"
)
"""A line that holds a label and nothing else."""

REFERENCE_LINE = re.compile(
    rf"^(?:ID:\s*)?(?:[A-ZÆØÅ]{{1,5}}[ {DASHES}]?\s?20\d\d\s?[{DASHES}/]\s?\d{{1,3}}[a-z]?\b|"
    rf"20\d\d\s?[{DASHES}/]\s?\d{{1,3}}[a-z]?[:.]?\s+[A-ZÆØÅ«]|"
    rf"\d{{2}}[{DASHES}]\d{{1,3}}[:.]?\s+[A-ZÆØÅ«]|"
    r"[Oo]ppdrag\s+[A-Z]\s*[:–]\s|[Nn]r\.?\s?\d{1,3}[:.]?\s+[A-ZÆØÅ«]|"
    r"(?:[Oo]ppdrag)\s+(?:nr\.?\s*)?[A-ZÆØÅ]{0,3}[-\s]?\d[\d./-]{0,8}[a-z]?\s*[:.–-]|O\s?\d{1,3}(?:[.:]\s|\s+[A-ZÆØÅ«]))"
)
"""A line that opens with an assignment's reference in a usual form."""

GOAL_LINE = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:[Nn]asjonalt|[Oo]verordna|[Oo]verordnet|[Ss]trategisk|[Pp]olitisk)\s+)?(?:[Hh]oved|[Hh]ovud|[Dd]el|[Ss]ektor|[Ss]amfunns|[Ee]ffekt|[Bb]ruker|[Bb]rukar|[Vv]irksomhets|"
    r"[Vv]erksemds|[Rr]esultat|[Uu]nder)?-?[Mm]ål\s+(?:nr\.?\s*)?(?P<ref>\d{1,2}(?:\.\d{1,2}){0,2}|[A-H]|[IVX]{1,4})\b\s*[:.–—-]?\s*(?=[A-ZÆØÅ«])"
)
"""«Mål 2: …», «Delmål 1.1 …», «2.1 Hovedmål 1: …»."""


GOAL_ALONE = re.compile(
    r"^(?:[Hh]oved|[Hh]ovud|[Dd]el|[Ss]ektor|[Ss]amfunns|[Ee]ffekt|[Rr]esultat|[Bb]ruker|[Bb]rukar|[Vv]irksomhets|[Vv]erksemds)?-?[Mm]ål\s+(?:nr\.?\s*)?(?P<ref>\d{1,2}(?:\.\d{1,2})?|[A-H])\s*[:.]?$"
)
"""«Hovedmål 1» on a line of its own: the title is the next line."""

OF_GOAL = re.compile(
    r"^(?:(?:for|til|under)\s+)?(?:hoved|hovud|del|sektor|effekt|resultat|virksomhets|verksemds|bruker|brukar)?-?mål\s+(?P<ref>\d{1,2}(?:\.\d{1,2})*|[A-H])\s*:$",
    re.IGNORECASE,
)
"""«For delmål 1:» within a list of parameters: the goal of what follows."""

MEASURE_ALONE = re.compile(
    r"^(?:(?P<key>[Nn]økkeltall?|NT)|[Ss]tyringsparameter|[Rr]esultatindikator|[Ii]ndikator|SP)\s+(?:nr\.?\s*)?"
    r"(?P<ref>[A-H]?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?)\s*[:.]?$"
)
"""«Styringsparameter A1» on a line of its own: the title is the next line."""

BROKEN_OFF = re.compile(
    r"(?:[,/-]|\b(?:og|eller|i|på|av|for|til|med|om|fra|frå|som|at|å|den|det|de|dei|en|ei|et|ein|eit|ved|hos|per|mot|"
    r"innen|innan|under|over|mellom|samt|herunder|etter|mv|kan|skal|er|blir|har))$",
    re.IGNORECASE,
)
"""Words that never end a cell: what stands below goes on with them."""

LONE_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?$")
"""A section number alone on its line; the title is the next line."""

FIELD_LINE = re.compile(
    r"^(?:(?:[Ss]tyringsparamet|[Rr]esultatindikator|[Nn]økkeltal|[Ii]ndikator|[Rr]esultatområde|[Ii]nnsatsområde|[Rr]esultatkrav|"
    r"[Rr]esultatmål|[Aa]mbisjon|[Rr]apportering|[Pp]rioritering|[Ll]everanse|[Bb]akgrunn|[Mm]erknad|[Kk]ommentar|[Kk]jelde|[Kk]ilde|"
    r"[Bb]eskriv|[Oo]verordn\w+\s+målbeskriv|[Mm]ålbeskriv|[Ss]trategisk\s+område)[a-zæøå]*|SP|NT)"
    r"(?:\s+(?:for\s+|nr\.?\s*)?\d[\d.]{0,6})?\s*:(?:\s|$)"
)
"""A line that opens with the name of a field and a colon: «Styringsparameter: …», «Prioriteringer i 2024:»."""

TARGET_LINE = re.compile(
    r"^(?:Resultatkrav|Resultatmål|Prestasjonskrav|Ambisjon(?:snivå)?|Måltall?|Målverdi|Målnivå|Krav)(?:\s+(?:for\s+)?20\d\d)?\s*:\s*(?P<target>\S.{0,200})$"
)
"""«Resultatkrav: 95 prosent» below its parameter."""

GOAL_NAMED = re.compile(
    r"^(?:(?:(?:[Nn]asjonalt|[Oo]verordna|[Oo]verordnet|[Ss]trategisk|[Ll]angsiktig)\s+)?(?:[Hh]oved|[Hh]ovud|[Dd]el|[Ss]ektor|[Ss]amfunns|[Vv]irksomhets|[Vv]erksemds)?-?[Mm]ål\s*[:–—]|"
    r"(?:(?:[Dd]et\s+)?[Oo]verordn(?:ede|a)\s+)?(?:[Hh]oved|[Hh]ovud|[Ss]ektor|[Ss]amfunns|[Vv]irksomhets|[Vv]erksemds)?-?"
    r"[Mm]ålet\s+(?:for|til)\s+[^:.]{2,60}\s(?:er|i\s+20\d\d\s+er)\s*:)\s*(?=[A-ZÆØÅ«])"
)
"""«Hovedmål: …»: a goal without a number of its own."""


def marker_of(text: str) -> tuple[str, str]:
    """(list marker, rest) of a line; the marker is empty when there is none."""
    match = _BULLET.match(text) or _NUMBERED.match(text)
    if not match or match.end() >= len(text):
        return "", text
    return match["m"], text[match.end() :]
