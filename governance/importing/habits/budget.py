"""Words of budget tables and of allotment in running text. Data."""

from __future__ import annotations

import re

CODE = re.compile(
    r"^(?:[Kk]ap(?:ittel|\.)?\s*/?\s*)?(?P<chapter>\d{2,4})\s?[./]\s?(?P<post>\d{2})(?!\d|[.,]\d)\s*(?P<rest>.*)$",
    re.DOTALL,
)
"""«702.21 Spesielle driftsutgifter»."""

WORDED = re.compile(
    r"^(?:[Kk]ap(?:ittel|\.)?|[Kk]apittel)\s*(?P<chapter>\d{2,4})\s*(?P<name>[^\d,:\n]{0,80}?)[\s,:.–—-]*(?:[Pp]ost(?:ane|ene)?|[Pp]\.)\s*(?P<post>\d{1,2})(?!\d)\s*[:–—.,-]?\s*(?P<rest>.*)$",
    re.DOTALL,
)
"""«Kap. 760, post 21 – …»."""

CHAPTER = re.compile(
    r"^(?:[Kk]ap(?:ittel|\.)?)\s*(?P<chapter>\d{2,4})\b(?!\s*[.,]?\s*[Pp]ost)\s*[:–—-]?\s*(?P<rest>.*)$", re.DOTALL
)
POST = re.compile(r"^(?:[Pp]ost)\s*(?P<post>\d{1,2})(?!\d)\s*[:–—-]?\s*(?P<rest>.*)$", re.DOTALL)
APART = re.compile(r"^(?P<chapter>\d{3,4})\s+(?P<post>\d{2})\s+(?P<rest>[A-ZÆØÅ].*)$", re.DOTALL)
"""«702 21 Spesielle driftsutgifter 400»: chapter and post in columns of their own."""

APART_ALONE = re.compile(r"^(?P<chapter>\d{3,4})\s+(?P<post>\d{2})(?P<rest>)$")
"""«702 21» alone in a cell."""

ANYWHERE = re.compile(
    r"[Kk]ap(?:ittel|\.)?\s*(?P<chapter>\d{2,4})\s*,?\s*(?:[Pp]ost(?:ane|ene|er)?)\s*(?P<post>\d{1,2})(?!\d)|(?<![\d.])(?P<chapter2>\d{3,4})\.(?P<post2>\d{2})(?![\d.])"
)

POST_NAMED = re.compile(
    ANYWHERE.pattern
    + r"|(?:\b(?:og|til|fra|frå|på|over|under|mens|medan|samt)\s+|,\s*)[Pp]ost\s*(?P<post3>\d{1,2})(?!\d)"
)
"""A post in running text, also «og post 21» of the chapter named before."""
ONLY_POINTED_AT = re.compile(
    r"(?:\bjf\.?|\bjamfør|\bmot|\bse|\bsjå|merinntekt\w*\s+\w+)\s*(?:over\s+|under\s+)?$", re.IGNORECASE
)
MOVES = re.compile(r"\b(?:omdisponer|flytt|overfør|omfordel|omprioriter)\w*", re.IGNORECASE)
COMES_FROM = re.compile(r"\b(?:fra|frå)\s*$", re.IGNORECASE)
GOES_TO = re.compile(r"\btil\s*$", re.IGNORECASE)

SUM_ROW = re.compile(r"^(?:sum|totalt?|i\s+alt|samla|samlet|til\s+saman|til\s+sammen|netto|brutto)\b", re.IGNORECASE)
HEAD_CODE = re.compile(
    r"^(?:kap(?:ittel|\.)?(?:\s*/?\s*(?:og\s+)?post)?\.?|kap\.?\s*/\s*post\.?|kap\.?\s*post\.?)\b.{0,15}$",
    re.IGNORECASE,
)
HEAD_POST = re.compile(r"^post\.?(?:\s*nr\.?)?$", re.IGNORECASE)
CHAPTER_IN_HEAD = re.compile(r"^[Kk]ap(?:ittel|\.)?\s*(?P<chapter>\d{2,4})(?!\d)")
"""«Kap. 1362 | Post | Benevnelse»: the head of the table names the chapter."""
CHAPTER_HEAD_LINE = re.compile(r"^[Kk]ap(?:ittel|\.)?\s*(?P<chapter>\d{2,4})\s+[Pp]ost\b(?!\s*\d).{0,120}$")
BARE_POST = re.compile(r"^(?P<post>\d{2})\s+(?P<rest>[A-ZÆØÅ].*)$", re.DOTALL)
"""«01   Driftsutgifter   211 340» below a line that names the chapter."""
NAME_AFTER = re.compile(
    r"^\s*[,:«–-]?\s*(?P<name>[A-ZÆØÅ][^.,;:()«»]{2,90}?)\s*(?=[.,;:()»]|$|\b(?:er|blir|tildeles|tildelast|vert|får|skal|økes|"
    r"aukar|auka|reduseres|reduserast|bevilges|stilles|settes|med\s+\d|på\s+\d|til\s+\d)\b)"
)
"""The name of a post behind its number in running text: «kap. 940 post 70 Tilskudd til reiselivet»."""
CARRY = re.compile(
    r"^,\s+(?:kan\s+(?:overføres|overførast|nyttes\s+under|nyttast\s+under|nyttes\s+av)[^.;:()«»]{0,40}?|overslagsbevilgning|overslagsløyving)"
    r"(?=\s*(?:[.,;:()]|$|\b(?:er|blir|tildeles|får|økes|reduseres|med\s+\d)\b))"
)
"""«, kan overføres» behind the name of a post belongs to the name."""
FROM_TO = re.compile(r"\b(?:fra|frå)\s.{3,40}?\s(?:til|opp\s+til|ned\s+til)\s+(?:kr\s+)?(?=\d)")
"""«fra 150 mill. kroner til 158 mill. kroner»: the second amount is the new total."""
HEAD_NAME = re.compile(
    r"^(?:benevnelse|benevning|benemning|nemning|navn|namn|tekst|betegnelse|beskrivelse|beskriving|formål|føremål|"
    r"post(?:tekst|navn|namn|betegnelse)|betegning|tiltak|ordning)\b",
    re.IGNORECASE,
)
HEAD_NOTE = re.compile(
    r"^(?:kommentar|merknad|omtale|herav|forklaring|grunngiving|begrunnelse|jf\.?|fullmakt|stikkord)", re.IGNORECASE
)
HEAD_PREVIOUS = re.compile(
    r"tidl(?:igere|egare)|opprinnelig|opphavleg|saldert|vedtatt|vedteke|gjeldende|gjeldande|før\s+endring|tildelt\s+tidl|blå\s+bok|rammetildeling\s+i\s+tb",
    re.IGNORECASE,
)
HEAD_CHANGE = re.compile(
    r"endring|økning|auke|reduksjon|tillegg|tilleggsbevilgning|tilleggsløyving|justering|\+\s*/\s*[-–]|differanse",
    re.IGNORECASE,
)
HEAD_TOTAL = re.compile(
    r"\bsum\b|samlet|samla|revidert|etter\s+endring|total|ny\s+sum|ny\s+ramme|ny\s+løyving|ny\s+bevilgning|disponibel",
    re.IGNORECASE,
)
HEAD_NEW = re.compile(r"^ny(?:e|tt)?\b|^årets\b", re.IGNORECASE)
HEAD_AMOUNT = re.compile(
    r"beløp|tildel|bevilg|løyving|1[ .\u00a0]?000|kroner|\bkr\b|budsjett|ramme|20\d\d|utgift|inntekt|sum", re.IGNORECASE
)
HEAD_CARRIED = re.compile(r"overført|overføres\s+fra|overførte\s+midl", re.IGNORECASE)
HEADER_LINE = re.compile(r"^(?:Kap\.?|Kapittel)\s*(?:/|og|\s)\s*(?:post|Post)\b(?!\s*\d).{0,120}$")

GIVES = re.compile(
    r"\b(?:tildel(?:es|t|ast|er|te|as)|får\s+tildelt|tildeler|løyv(?:er|d|de|t|ast|a)|løyve|bevilge[rs]?|bevilga|bevilges|bevilgast|bevilget|stiller\b.{0,60}?\btil\s+(?:disposisjon|rådighet|rådvelde)|får\s+stilt\b.{0,60}?\btil\s+(?:disposisjon|rådighet|rådvelde)|stilles?\s+(?:det\s+|med\s+dette\s+)?til\s+(?:disposisjon|rådighet)|still(?:ast|es|er)\s+til\s+(?:disposisjon|rådvelde)|"
    r"øk(?:es|ast|er|t)|auk(?:ar|ast|es|a)|auka|styrk(?:es|ast)|redus(?:eres|erast|ert)|ned?juster(?:es|ast)|nedsettes|oppjuster(?:es|ast)|sett(?:es|ast)\s+(?:opp|ned)|trekk(?:es|jast)\s+(?:ned|inn)?|omdisponer(?:es|ast)|kutt(?:es|ast)|overfør(?:es|ast)|budsjetter(?:t|es|ast|a)|krev\w*\s+inn|innkrev\w*)\b|\bfår\s+(?:i\s+tillegg\s+|dermed\s+|no\s+|nå\s+)?(?=(?:kr\s+)?\d)|\ben\s+tildeling\s+på\b|\bei\s+(?:tildeling|løyving)\s+på\b|\btildeling(?:en|a)?\s+(?:er|blir|utgjør)\b|\bramme(?:n|a)?\s+(?:er|blir|på)\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(?:redus\w+|ned?juster\w+|nedsett\w*|sett(?:es|ast)\s+ned|trekk(?:es|jast)\s+(?:ned|inn|ut)|kutt\w*|innspar\w+|reduksjon\w*)\b",
    re.IGNORECASE,
)
NOT_GIVEN = re.compile(
    r"\b(?:samlet|samla|korrekt|totalt|til\s+sammen\s+er|skal\s+være|skal\s+vere|korrigert|hvorav|kvarav|herav|viser\s+til\s+tildeling|utgjør\s+(?:nå|no|da|etter)|er\s+dermed|kostnadsanslag|budsjettramme\s+for)\b",
    re.IGNORECASE,
)
PART = re.compile(r"\b(?:hvorav|kvarav|herav|av\s+dette|inkludert|inkl\.|minst|der\s+av)\b", re.IGNORECASE)
TOTAL_TEXT = re.compile(
    r"\b(?:korrekt\s+tildeling|ny(?:\s+samlet)?\s+tildeling|samlet\s+tildeling|samla\s+tildeling|ny\s+ramme|ny\s+løyving|sum(?:\s+tildelt)?)\b.{0,80}\b(?:er|blir|skal\s+være|skal\s+vere|utgjør|på)\b",
    re.IGNORECASE,
)
CARRIED_TEXT = re.compile(
    r"overførte?\s+midl\w+\s+fra|overføring\s+av\s+ubrukt|ubrukt\s+bevilgning|overført\s+fra|overførte?\s+midlar|ubrukt\s+løyving|overført\s+frå",
    re.IGNORECASE,
)
OTHER_MINISTRY = re.compile(r"over\s+(?P<ministry>[A-ZÆØÅ][\wæøå]+(?:-\s+og\s+[a-zæøå]+)?departementet)s?\b")
