"""How ministries mark assignments: reference patterns, department labels, words of change. Data."""

from __future__ import annotations

import re

from governance.importing.values.text import DASHES

_D = f"[{DASHES}/]"
SERIES_YEAR = rf"[A-ZÆØÅ]{{1,8}}[ {DASHES}]?\s?20\d\d\s?[{DASHES}/.]\s?\d{{1,3}}[a-z]?(?![\w/])"
YEAR_NUMBER = rf"20\d\d\s?{_D}\s?[A-ZÆØÅ]{{0,3}}\d{{1,3}}[a-z]?(?![\w/])"
NUMBER_YEAR = r"(?:nr\.?\s*)?\d{1,3}/20\d\d(?!\d)"
NAMED = (
    rf"[Oo]ppdrag(?:\s+[Nn]r)?\.?\s*[A-ZÆØÅ]{{0,4}}[ {DASHES}]?\d{{1,4}}(?:[{DASHES}/.]\d{{1,4}}){{0,2}}[a-z]?(?!\w)"
)
LETTER_NUMBER = r"O\s?\d{1,3}(?=[.:]?\s+[A-ZÆØÅ«]|[.:]\s)|[Oo]ppdrag\s+[A-Z](?=\s*[:–])"
NUMBER_ONLY = r"[Nn]r\.?\s?\d{1,3}(?=[:.]?\s+[A-ZÆØÅ«])"
"""«Nr. 2 Kartlegging»: accepted only as one of a series where assignments stand."""
_SAID = (
    r"(?:(?:[Nn]ytt?|[Nn]ye|[Ee]ndr(?:et|a)|[Pp]resiser(?:t|ing)|[Uu]tgåtte?|[Tt]rukk(?:et|ne))\s+oppdrag\s*[:–-]\s*)?"
)
PAIR = r"\d{2}-\d{1,3}(?=[:.]?\s+[A-ZÆØÅ«])"
CODED = rf"[A-ZÆØÅ]{{1,8}}[ {DASHES}.]?\s?\d{{1,3}}(?:[{DASHES}./]\d{{1,3}})?[a-z]?(?![\w/])"

STRONG = re.compile(
    rf"^{_SAID}(?:ID\s*:?\s*|[Oo]ppdrag\s*(?:nr\.?)?\s*:?\s*|[Nn]r\.?\s*:?\s*)?(?P<ref>{SERIES_YEAR}|{YEAR_NUMBER}|{NUMBER_YEAR})\s*(?P<sep>[:.)–—|-]|)\s*(?P<rest>.*)$",
    re.DOTALL,
)
"""References with a year: accepted wherever a unit opens with one and a title follows."""

NAMED_START = re.compile(rf"^(?P<ref>{NAMED}|{LETTER_NUMBER})\s*(?P<sep>[:.)–—|-]|)\s*(?P<rest>.*)$", re.DOTALL)
"""«Oppdrag 7: …», «Oppdrag nr. 3 – …», «O 73. …»."""

CODED_START = re.compile(
    rf"^(?:ID\s*:?\s*|[Nn]r\.?\s*:?\s*(?!\d{{1,3}}[:.]?\s))?(?P<ref>{PAIR}|{CODED}|{NUMBER_ONLY})\s*(?P<sep>[:.)–—|-]|)\s*(?P<rest>.*)$",
    re.DOTALL,
)
"""Any other code: accepted only when the document itself shows it to be a series."""

TRAILING = re.compile(rf"^(?P<title>.{{5,200}}?)\s*[(–-]\s*(?:[Oo]ppdrag\s+)?(?P<ref>{SERIES_YEAR})\)?\s*$", re.DOTALL)
"""«Strategi for X (TB2026-4)» as a heading."""

NO_SERIES = frozenset(
    [
        "KAP",
        "POST",
        "PROP",
        "INNST",
        "MELD",
        "ST",
        "SIDE",
        "VEDLEGG",
        "TABELL",
        "FIGUR",
        "PUNKT",
        "PKT",
        "MÅL",
        "HOVEDMÅL",
        "DELMÅL",
        "NOU",
        "LOV",
        "FOR",
        "ISO",
        "EU",
        "EØS",
        "R",
        "D",
        "G",
        "H",
        "KL",
        "UKE",
        "SP",
        "NT",
        "KPI",
        "M",
        "A",
        "B",
        "C",
        "WP",
        "COVID",
        "NS",
        "IS",
        "PDF",
        "IKT",
        "IT",
        "PL",
        "PS",
        "HR",
        "T",
    ]
)
"""Letters before a number that are no series of assignments."""

MENTION = re.compile(
    rf"(?:(?P<word>[Oo]ppdrag(?:et|ene|a)?|[Dd]eloppdrag)\s+(?:nr\.?\s*)?)?(?P<ref>T{{0,2}}TB\s?20\d\d\s?[{DASHES}]\s?\d{{1,3}}[a-z]?(?![\w/])|"
    rf"(?<=[Oo]ppdrag\s)(?:nr\.?\s*)?(?:\d{{1,3}}/20\d\d|20\d\d\s?[{DASHES}/]\s?\d{{1,3}}|[A-ZÆØÅ]{{1,6}}\s?20\d\d\s?[{DASHES}]\s?\d{{1,3}}[a-z]?))"
    r"(?P<sub>,?\s+(?:bokstav|punkt|pkt\.?|del|deloppdrag)\s+\w{1,3}|\s+\d[a-z]\b)?"
)
"""An assignment mentioned in running text, with its sub-point."""

DEPARTMENT_IN_HEADING = re.compile(
    r"^(?:[Aa]nsvarlig\s+)?(?:[Aa]vd(?:eling)?|AVD)\.?\s*(?:i\s+)?(?:[A-ZÆØÅ]{2,4}\s*)?:\s*(?P<dep>[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6})*)(?![a-zæøå])[\s,:–—-]*|"
    r"^\((?:[Aa]vd\.?\s*:?\s*)?(?P<dep2>[A-ZÆØÅ]{2,6})\)[\s,:–—-]*"
)
DEPARTMENT_AFTER = re.compile(
    r"[\s,–—-]*\((?:[Aa]vd(?:eling)?\.?\s*:?\s*|[Aa]nsvar(?:lig|leg)?:?\s*)(?P<dep>[A-ZÆØÅ][\w/ -]{1,40})\)\s*$"
)
DEPARTMENT_LINE = re.compile(
    r"(?:Ansvar(?:lig|leg)\s+(?:fag)?avdeling|Ansvar(?:lig|leg)\s+(?:eining|enhet)|Fagavdeling|Kontaktavdeling|Ansvar(?:lig|leg)\s+i\s+departementet|"
    r"Avdeling|Ansvar(?:lig|leg))(?:\s+i\s+[\wÆØÅæøå-]{2,40})?(?:\s+i\s+departementet)?\s*:\s*(?P<dep>[A-ZÆØÅ][\wæøåÆØÅ/, -]{1,70}?)(?=[.;]|\s+Frist|$)"
)
EXEMPT = re.compile(
    r"unn?(?:tatt|atteke|tatt\s+frå|nateke|ntatt|nteke)\w*\s+(?:fra\s+|frå\s+)?(?:offentlighet|offentleg\w*|offentlighed|offentleghet)|unnateke\s+offentleg\w*",
    re.IGNORECASE,
)
EXEMPT_BASIS = re.compile(
    r"(?:jf\.?\s*)?(?P<basis>(?:off(?:entlig|entleg)?(?:hets|leg)?l(?:ova|oven)?\.?|offl\.|offentleglova)\s*§\s*\d+[a-z]?(?:\s*,?\s*(?:første|fyrste|andre|annet|tredje|fjerde)\s+ledd)?(?:\s*,?\s*(?:nr\.?\s*\d+|bokstav\s+\w))?)",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"(?:felles\s*oppdrag|fellesoppdrag)\s+(?:til|for|med|gitt\s+til)\s+(?P<bodies>[^).]{3,300})", re.IGNORECASE
)
JOINT_MARK = re.compile(r"\bfelles\s*oppdrag\b", re.IGNORECASE)

CHANGE_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "withdrawn",
        re.compile(
            r"\b(?:trukket|trukne|trekte|trekkes|trekkjast|utgår|utgåtte|bortfall\w*|avslutt\w*)\b.{0,40}oppdrag|oppdrag.{0,40}(?:trekkes|trukket|trekkjast|trekte|utgår|utgåtte|bortfall|som\s+går\s+ut)",
            re.IGNORECASE,
        ),
    ),
    (
        "moved",
        re.compile(
            r"(?:ny(?:e)?|endret|endrede|endra|utsatt|utsatte|utsett|utsette|justert\w*)\s+frist\w*|frist(?:endring|utsettelse|utsetting)",
            re.IGNORECASE,
        ),
    ),
    (
        "clarified",
        re.compile(
            r"(?:presiser|endring|endre|justering|oppdater|tillegg\s+til|utviding|utvidelse)\w*.{0,60}oppdrag|tidlegare\s+(?:gitte\s+|gjevne\s+)?oppdrag|tidligere\s+(?:gitte\s+)?oppdrag|oppdrag.{0,30}(?:presiser|endr)\w*",
            re.IGNORECASE,
        ),
    ),
)
NEW_HEADING = re.compile(r"^\W*(?:nye|nytt)\b", re.IGNORECASE)
WITHDRAWN_TEXT = re.compile(
    r"[Oo]ppdraget\s+(?:\w+\s+){0,3}?(?:trekkes|trekkjast|trekt|trukket|utgår|bortfaller|fell\s+bort|fall[ea]r\s+bort|går\s+ut|avsluttes|avsluttast)|(?:trekkes|trekkjast)\s+(?:med\s+dette\s+)?(?:tilbake|attende)",
    re.IGNORECASE,
)
MOVED_TEXT = re.compile(
    r"(?:flytt(?:ar|er)|utset(?:ter|t)|forleng(?:er|jer))\s+(?:\w+\s+){0,3}fristen|[Ff]risten?\s+(?:for\s+\w+\s+)?(?:\w+\s+){0,6}?(?:utsettes|utsett|utsatt|flyttes|flytta|flyttet|forlenges|forlenga|forlengast|endres|endra|endrast|utset|settes\s+til|blir\s+sett\s+til)",
    re.IGNORECASE,
)
SELF_REFERENCE = re.compile(
    r"^(?:Det\s+vises|Vi\s+viser|Det\s+visast|Det\s+blir\s+vist|Departementet\s+viser|Vi\s+syner)\s+til\s+oppdrag",
    re.IGNORECASE,
)

STATEMENT = re.compile(
    rf"(?P<lead>[Ff]rist(?:en)?\s+(?:for|på|i)\s+)?(?:[Oo]ppdrag(?:et)?\s+)(?:nr\.?\s*)?(?P<ref>{SERIES_YEAR}|{YEAR_NUMBER}|{NUMBER_YEAR}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\w.]\d)|\d{{1,3}}\b)"
    r"(?P<title>[^.\n]{0,220}?)\s*,?\s*(?P<verb>\b(?:utsettes|utsatt|utsett|flyttes|flytta|flyttet|forlenges|forlenga|endres|endra|er\s+endret|settes|trekkes|trekkjast|trukket|trekt|utgår|bortfaller|fell\s+bort|går\s+ut)\b)(?P<tail>[^\n]{0,200})"
)
"""«Fristen for oppdrag TB2026-12 … utsettes til 1. oktober 2026.» in running text."""
