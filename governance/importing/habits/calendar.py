"""Column heads and phrases of calendars, bokmål and nynorsk. Data."""

from __future__ import annotations

import re

DATE_HEADS = re.compile(
    r"^(?:dato|datoer|datoar|når|tidspunkt|frist|fristar|frister|tid|måned|månad|dato\s*/\s*frist|frist\s*/\s*dato|dato/tid|dato\s+og\s+tid(?:spunkt)?)\b.{0,25}$"
)
TIME_HEADS = re.compile(r"^(?:kl\.?|klokkeslett|kl\s*\.?)$")
ACTION_HEADS = re.compile(
    r"^(?:tiltak|aktivitet|aktiviteter|aktivitetar|hva|kva|hendelse|hending|møte|møter|møte/frist|tema|sak|saker|leveranser?|leveransar|rapport(?:ering|er|ar)?|oppgave|oppgåve|"
    r"beskrivelse|beskriving|innhold|innhald|type|dokument|møter\s+og\s+rapporter|gjøremål|gjeremål|milepæl|hovedaktivitet)\b.{0,40}$"
)
NOTE_HEADS = re.compile(
    r"^(?:merknad|merknader|merknadar|kommentar|kommentarer|kommentarar|ansvar|ansvarlig|ansvarleg|hvem|kven|aktør|avsender|avsendar|mottaker|mottakar|deltar|form|jf\.?|omtale|henvisning|tilvising|deltakere|deltakarar)\b.{0,30}$"
)
PLACE_HEADS = re.compile(r"^(?:sted|stad|lokale|lokaler|hvor|kvar)\b.{0,20}$")
HEADER_LINE = re.compile(
    r"^(?:Dato|Tidspunkt|Frist|Når|Tid|Måned|Månad)\b(?=.*\b(?:[Tt]iltak|[Aa]ktivitet|[Tt]ema|[Mm]erknad|[Hh]va|[Kk]va|[Mm]øte|[Rr]apport|[Ss]ak|[Hh]ending|[Hh]endelse|[Kk]ommentar)\b).{0,80}$"
)
PLACE = re.compile(
    r"^(?:Hos\b|I\s+\w+s?\s+lokal|På\s+Teams|Teams\b|Digitalt\b|Departementet$|Direktoratet$|I\s+departementet|I\s+direktoratet|Fysisk)",
    re.IGNORECASE,
)
NOTE_OPENS = re.compile(
    r"(?<=[a-zæøå0-9.])\s(?=(?:Hos|Med|Kopi|Jf|Jamfør|Dagsorden|Dagsordenen|Dato|Tidspunkt|Digitalt|Fysisk|Bare|Berre|Teams|"
    r"Departementets\s+lokal\w+|I\s+\w+s?\s+(?:lokal\w+|møterom\w*)|I\s+(?:departementets?|direktoratets?|[A-ZÆØÅ][a-zæøå]+)|Etter|Tema|På\s+Teams|"
    r"Ved\s+behov|Ved\s+bruk|Se|Sjå|Eget\s+brev|Eige\s+brev|Eventuelt|Ev)\b)"
)
"""Where a remark begins behind a title on the same line: «Etatsstyringsmøte Hos direktoratet»."""
WEEK_ROW = re.compile(r"^(?P<when>(?:[Uu]ke|[Vv]eke)\s+\d{1,2})(?:\s*[:–—-]\s+|\s{2,}|\s+(?=[A-ZÆØÅ•])|$)")
"""«Uke 47 – Dialogmøte»: a row without a day."""
