"""How letters name themselves, their sender and receiver. Data."""

from __future__ import annotations

import re

TITLE = re.compile(
    r"^(?:(?:Statsbudsjettet\s+(?:for\s+)?20\d\d\s*[–—:-]\s*)?(?:\w+\s+){0,3}?(?:supplerende|supplerande)\s+tildelingsbrev|"
    r"(?:\w+\s+)?(?:tillegg|tilleggsbrev|tilleggsskriv)\s.{0,30}tildelingsbrev|(?:endelig\s+|endeleg\s+)?tildelingsbrev|"
    r"statsbudsjettet\s+(?:for\s+)?20\d\d.{0,20}tildelingsbrev|.{0,40}(?:tildelingsbrev(?:et)?|oppdragsbrev)\b.{0,60}20\d\d|oppdragsbrev|oppdragsdokument|"
    r"(?:hoved|økonomi)?instruks|virksomhets-?\s+og\s+økonomiinstruks|verksemds-?\s+og\s+økonomiinstruks|instruks)",
    re.IGNORECASE,
)

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "supplement",
        re.compile(
            r"supplerende\s+tildelingsbrev\s*(?:nr|til|20|[–-]|for|\b[A-ZÆØÅ])|supplerande\s+tildelingsbrev|tillegg(?:sbrev)?\s+(?:nr\.?\s*\d+\s+)?til\s+tildelingsbrev|"
            r"endring(?:er)?\s+i\s+tildelingsbrev|^[ \t]*TTB\s?20\d\d",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "assignment_letter",
        re.compile(r"^[ \t]*(?:\w+\s+){0,3}(?:oppdragsbrev|oppdragsdokument)", re.IGNORECASE | re.MULTILINE),
    ),
    (
        "instruction",
        re.compile(
            r"instruksen\s+er\s+(?:fastsatt|fastsett)|^[ \t]*(?:hoved|virksomhets|økonomi)?-?\s?(?:og\s+\w+)?instruks\s+(?:for|til)\b",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    ("allocation_letter", re.compile(r"tildelingsbrev", re.IGNORECASE)),
)

MINISTRY = re.compile(
    r"(?:[A-ZÆØÅ][a-zæøå]+(?:-,\s[a-zæøå]+)?-\s+og\s+[a-zæøå]+|[A-ZÆØÅ][a-zæøå]+)departementets?\b|Statsministerens\s+kontor"
)
MINISTRY_ALONE = re.compile(
    r"(?m)^[ \t]*(?:DET\s+KONGELIGE\s+|Det\s+kongelige\s+|DET\s+KONGELEGE\s+)?"
    r"(?P<name>[A-ZÆØÅ][a-zæøåA-ZÆØÅ]+(?:(?:,\s[a-zæøåA-ZÆØÅ]+)?-\s+(?:og|OG)\s+[a-zæøåA-ZÆØÅ]+)?(?:departement|DEPARTEMENT)(?:et|ET)?)[ \t]*$"
)
"""A ministry's name alone on a line, as in a letterhead; older ones in capitals below «Det kongelige»."""
SENT_BY = re.compile(r"(?m)^[ \t]*(?:Fra|Frå|Avsender|Avsendar)\s*:\s*(?P<name>[A-ZÆØÅ][^\n]{3,50}departementet)")

_NAME = r"(?P<name>[A-ZÆØÅ][^\n.:;–—()]{2,80}?)"
ADDRESSEE: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(
            rf"(?i:tildelingsbrev(?:et)?|oppdragsbrev|instruks)\s*(?:nr\.?\s*\d+\s*)?(?:for\s+)?(?:20\d\d)?\s*(?:til|for|[–—-])\s+(?:den\s+|det\s+)?{_NAME}"
            r"(?=\s*(?:for\s+(?:budsjett|virksomhets|verksemds)?(?:året\s+)?20\d\d|20\d\d|$|\n|\bav\s+\d|\bfastsatt|\bfastsett|\bdatert|[–—]|\(|\.|,\s))"
        ),
        0.9,
    ),
    (re.compile(rf"(?m)^{_NAME}\s+(?:Postboks|Pb\.?)\s+\d+"), 0.85),
    (re.compile(rf"(?i:tildelingsbrev)\s+(?:nr\.?\s*\d+\s+)?{_NAME}(?=\s+20\d\d|\s*$|\n)"), 0.7),
    (
        re.compile(
            rf"(?i:styringssignal\w*|budsjettvedtak\w*|forutsetninger\w*|rammer)\s+for\s+{_NAME}(?=\s+(?:for|i)\s+20\d\d)"
        ),
        0.85,
    ),
    (re.compile(rf"(?i:instruks)\s+for\s+{_NAME}(?=\s+fastsatt|\s+av|\n|$)"), 0.8),
)

BODY = re.compile(
    r"\b[A-ZÆØÅ][a-zæøå]+(?:-\s+og\s+[a-zæøå]+)?(?:direktoratet|tilsynet|instituttet|etaten|verket|nemnda|arkivet|rådet|sentralen)\b|"
    r"\bDirektoratet\sfor\s[a-zæøå-]+(?:\s+og\s+[a-zæøå]+)?|\b(?:Statens|Norsk|Norges|Nasjonalt)\s[a-zæøå-]+(?<!s)(?:\s+og\s+[a-zæøå]+)?\b"
)
PART_OF_NAME = re.compile(r"(?:^|\s)[A-ZÆØÅ][a-zæøå]{3,}\s$")
"""«Innovasjon » before «Norge»: what follows goes on with a name."""
TOLD_TO = re.compile(
    r"(?<![\wæøå-])(?P<name>[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ][a-zæøå]+){0,2})\s+(?:skal|bes|må|får\s+i\s+oppdrag)(?=\s)"
)
"""«Innovasjon Norge skal …»: who is told to do something, for bodies whose name says nothing of what they are."""
COMMON_BODY = frozenset(("direktoratet", "etaten", "instituttet", "tilsynet", "verket", "rådet", "nemnda"))

BUDGET_YEAR = re.compile(
    r"(?<!utkast til )(?<!foreløpig )(?<!førebels )(?:tildelingsbrev|oppdragsbrev|statsbudsjettet|budsjettåret|virksomhetsåret|verksemdsåret|styringssignal\w*)\b"
    r"(?:(?!\.\s+[A-ZÆØÅ])[^\n]){0,90}?\b(20\d\d)\b|"
    r"\b(20\d\d)\b(?=[^\n]{0,40}tildelingsbrev)",
    re.IGNORECASE,
)
YEAR_SPOKEN_OF = re.compile(r"\b(?:for|i)\s+(20\d\d)\b(?!\s*[-–])")
CALENDAR_YEAR = re.compile(
    r"(?:kalender|kalendar|møteplan|rapporteringsplan)(?:en)?\s+(?:for\s+)?(20\d\d)", re.IGNORECASE
)
YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
"""«tildelingsbrev-2024.pdf»: the year a file is named by."""
ANY_YEAR = re.compile(r"\b20\d\d\b")
PROPOSITION_YEAR = re.compile(r"Prop\.?\s*1\s*S\s*\(20\d\d\s*[-–]\s*(20\d\d)\)")
DATE_LINE = re.compile(
    r"(?:^|\s)(?:Dato|Vår\s+dato|Brevdato|Oslo|Bergen)\s*[:,]?\s*(?:den\s+)?(?P<rest>\d{1,2}\.\s?\w+\.?\s?\d{2,4}|20\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
DATE_ALONE = re.compile(r"^(?:[A-ZÆØÅ][a-zæøå]+,?\s+)?(?:den\s+)?\d{1,2}\.\s?[a-zæøå]{3,9}\.?\s20\d\d$")
"""«20. desember 2023» alone on a line near the top."""
OUR_REFERENCE = re.compile(
    r"(?:Vår\s+ref(?:er?anse|\.)?|Saksn(?:ummer|r)\.?|Sak(?=:)|Vår\s+ref)\s*:?\s*(?P<number>\d{2,4}/\d{1,6}(?:-\d{0,4})?)",
    re.IGNORECASE,
)
REFERENCE_HEADS = re.compile(
    r"^(?:(?:Deres|Dykkar|Vår)\s+ref\w*\.?|Saksnr\.?|Dato)\s+(?:.{0,20}\s+)?(?:Vår\s+ref\w*\.?|Dato)\s*(?:Dato)?\s*$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\b(?:i|og|for|av|på|til|ved)$")
"""A title that ends so goes on with the next line."""
REFERENCES_AND_DATE = re.compile(
    r"^(?:(?:Deres|Dykkar|Vår)\s+ref\w*\.?\s*:?\s+){1,2}Dato\s*:?\s+(?P<rest>\S.{4,60})$", re.IGNORECASE
)
"""«Deres ref Vår ref Dato 20/118-14 3. juli 2020»: heads and values of a letterhead in one paragraph."""
DATE_HEAD = re.compile(r"^Dato\s*:?$", re.IGNORECASE)
BROKEN_WORD = re.compile(r"-\n\s*(?=[a-zæøå])")
CASE_INSIDE = re.compile(r"(?<![\d/])(?P<number>(?:20)?\d{2}/\d{2,6}(?:-\d{0,4})?)(?![\d/])")
CASE_ALONE = re.compile(r"^(?P<number>(?:20)?\d{2}/\d{2,6}(?:-\d{0,4})?)$")
LETTER_NUMBER = re.compile(r"\bnr\.?\s*(\d{1,3})\b|(?<!\d)(\d)\.\s*(?:supplerende|tillegg)", re.IGNORECASE)
LETTERHEAD = re.compile(
    r"^(?:(?:Deres|Dykkar)\s+ref|Vår\s+ref|Dato\b|Vår\s+dato|Postboks|Postadresse|Kontoradresse|Telefon|Telefaks|Org\.?\s?n(?:r|ummer)|"
    r"Saksbehandlar|Saksbehandler|E-post|www\.|Vår\s+saksbehandler|Avdeling\s+Saksbehandler|Unntatt\s+offentlighet,?\s+off)|^[^.]{3,60}\sPostboks\s+\d+.{0,40}$|"
    r"^(?:20)?\d{2}/\d{2,6}-?\d{0,4}$|^[^.:]{0,40}\b\d{4}\s+[A-ZÆØÅ]{3,20}$",
    re.IGNORECASE,
)
GREETING = re.compile(r"^Med\s+(?:vennlig\s+|venleg\s+)?(?:hilsen|helsing)\b", re.IGNORECASE)
COPY_LINE = re.compile(
    r"^(?:Kopi(?:\s+til|mottaker\w*|mottakar\w*)?|Gjenpart(?:\s+til)?|Kopi\s+av\s+brevet)\s*(?::|$|\s(?=[A-ZÆØÅ]))",
    re.IGNORECASE,
)
ANNEX = re.compile(r"^Vedlegg\b", re.IGNORECASE)
_TITLES = (
    r"ekspedisjonssjef|avdelingsdirektør|departementsråd|seniorrådgiver|seniorrådgivar|rådgiver|rådgivar|fagdirektør|"
    r"direktør|underdirektør|statsråd|assisterende\s+\w+|kontorsjef|avdelingssjef|spesialrådgiver|ass\.\s*\w+"
)
JOB_TITLE = re.compile(rf"^(?:{_TITLES})\b", re.IGNORECASE)
_PERSON = r"[A-ZÆØÅ][\w.'æøåÆØÅ-]+(?:\s+(?:von|van|de)?\s?[A-ZÆØÅ][\w.'æøåÆØÅ-]*){1,4}"
NAME = re.compile(rf"^{_PERSON}(?:\s*\(e\.?\s?f\.?\))?$")
NAME_AND_TITLE = re.compile(
    rf"^(?P<name>{_PERSON})\s*(?P<ef>\(e\.?\s?f\.?\))?,?\s+(?P<title>(?:{_TITLES})\b.{{0,40}})$", re.IGNORECASE
)
SIGNED_ELECTRONICALLY = re.compile(
    r"^(?:Dette\s+)?[Dd]okumentet\s+er\s+elektronisk\s+(?:signert|godkjent|godkjend)|^Brevet\s+er\s+(?:signert|godkjent|godkjend)"
)
