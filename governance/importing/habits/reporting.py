"""Words that ask for reporting, bokmål and nynorsk. Data."""

from __future__ import annotations

import re

MODAL = re.compile(
    r"\b(?:skal|bes|må|bør|ber\b.{0,60}\bom|ber\s+om|bed\w*\s+om|forutset\w*|føreset\w*|forventer|ventar)\b",
    re.IGNORECASE,
)
DOCUMENT = re.compile(
    r"årsrapport|årsmelding|virksomhetsrapport|verksemdsrapport|tertialrapport|regnskapsrapport|rekneskapsrapport|\brapport(?:en|er|ar|ene)?\b|tertialrapportering|årsregnskap|årsrekneskap|halvårsrapport|kvartalsrapport|\brapportering(?:en|a)\b|\bfor\s+(?:første|fyrste|andre|1\.|2\.)(?:\s+og\s+(?:andre|2\.))?\s+tertial",
    re.IGNORECASE,
)
ACTION = re.compile(
    r"\b(?:rapporter\w*|beskriv\w*|omtal\w*|gi\s+en|gje\s+e[in]+|gi\b|gje\b|gis\b|oppgi\w*|oppgje|inngå|inngår|dekke|inneholde|innehalde|redegj\w+|gjer[ea]?s?\s+(?:rede|greie)|gjøre?s?\s+rede|"
    r"oversend\w*|sendes?|sendast|publiser\w*|underbygg\w*|legge?s?\s+(?:frem|fram|ved)|leggjast\s+(?:fram|ved)|fremgå|framgå|gå\s+fram|framstill\w*|fremstill\w*|spesifiser\w*|vurder\w*|levere?s?|leverast|inkluder\w*|vise[sr]?|opplys\w*)\b",
    re.IGNORECASE,
)
REPORTS = re.compile(
    r"\b(?:rapporter(?:e|es|ast|er|t)|rapportering\s+(?:på|om|av)|tilbakerapporter\w*)\b", re.IGNORECASE
)
NOTIFY = re.compile(
    r"\b(?:varsl\w+|orienter\w*|melde?s?\s+(?:fra|frå|inn)|informer\w*)\b.{0,80}\bdepartement|departementet?\b.{0,60}\b(?:varsl\w+|orienter\w+|informer\w+)|\bvarsl\w+\b.{0,40}(?:umiddelbart|straks)|umiddelbart\s+varsl",
    re.IGNORECASE,
)
HAND_OVER = re.compile(
    r"\b(?:oversend\w*|sendes?|sendast|forelegg\w*|leggast?\s+fram|legges\s+fr[ae]m|kopi\s+av)\b.{0,80}\bdepartement|\bdepartementet?\b.{0,40}\b(?:motta|få\s+kopi|kopi\s+av)|\bforelegg\w*\b",
    re.IGNORECASE,
)
RUNNING = re.compile(r"\bskal\s+(?:løpende|laupande|løpande|fortløpende)\s+(?:utarbeide|lage|sende)", re.IGNORECASE)
AUDIT = re.compile(r"følgj?e\s+opp\b.{0,80}\bRiksrevisjon", re.IGNORECASE)
ACCOUNT_NOTE = re.compile(
    r"\bnote\s+til\s+års(?:regnskap|rekneskap)|\bbør\s+dette\s+(?:fremgå|framgå|gå\s+fram)", re.IGNORECASE
)
COPY = re.compile(
    r"\bi\s+kopi\s+til\s+(?P<to>[A-ZÆØÅ][\w-]+(?:departementet)?)|\bkopi\s+til\s+(?P<to2>[A-ZÆØÅ][\w-]+)", re.IGNORECASE
)
ANNUAL = re.compile(r"årsrapport|årsmelding|årsregnskap|årsrekneskap", re.IGNORECASE)
ACTIVITY = re.compile(
    r"virksomhetsrapport|verksemdsrapport|tertial|regnskapsrapport|rekneskapsrapport|halvårs", re.IGNORECASE
)
IMMEDIATE = re.compile(r"umiddelbart|straks|omgående|snarest|så\s+tidlig\s+som\s+mulig", re.IGNORECASE)
EVENT = re.compile(
    r"\bved\s+(?:ferdig|vesentlig|avvik|endring|behov)|\bdersom\b|\bhvis\b|\bnår\b|\bvarsle\b|\bløpende\b|\bløpande\b|endringer\s+eller\s+feil|\bforelegg",
    re.IGNORECASE,
)
RECURRING = re.compile(
    r"hver\s+måned|kvar\s+månad|månedlig|månadleg|årlig|årleg|kvartalsvis|halvårlig|hvert\s+(?:kvartal|år)|kvart\s+(?:kvartal|år)|for\s+første\s+og\s+andre\s+tertial",
    re.IGNORECASE,
)
DELIVERS = re.compile(r"\b(?:oversend|lever|send|gi\s+(?:innspill|innspel|tilbakemelding))\w*", re.IGNORECASE)
NOT_A_DUTY = re.compile(
    r"^(?:\w*[Dd]epartementet\s+(?:vil|skal|viser|har)|Vi\s+(?:viser|syner)|Rapportene?\s+(?:blir|vil)|Det\s+vises|I\s+etatsstyringsmøte)|rapporteringskravene\s+internt|unngås|må\s+involveres",
    re.IGNORECASE,
)
DELIVERABLE = re.compile(
    r"rapport|innspill|innspel|levere|leverings|oversend|innsend|regnskap|rekneskap|forslag|plan(?:er|ar)?\b|disponering|statusbrev|redegjørelse|utgreiing|frist",
    re.IGNORECASE,
)
MEETING = re.compile(r"møte|samtale|samling|konferanse|seminar|besøk|dialog\b", re.IGNORECASE)

CIRCULAR = re.compile(r"(?<![\w-])(?P<series>[RDGHPQ])-(?P<number>\d{1,4}(?:/(?:20)?\d{2})?)(?![\w/])")
PROPOSITION = re.compile(r"Prop\.?\s*\d{1,3}\s*(?:S|L|LS)\s*(?:\(\s*\d{4}\s*[–-]\s*\d{4}\s*\))?")
RECOMMENDATION = re.compile(r"Innst\.?\s*\d{1,3}\s*(?:S|L)\s*(?:\(\s*\d{4}\s*[–-]\s*\d{4}\s*\))?")
WHITE_PAPER = re.compile(r"Meld\.?\s*St\.?\s*\d{1,3}\s*(?:\(\s*\d{4}\s*[–-]\s*\d{4}\s*\))?")
LAW = re.compile(
    r"(?:[A-ZÆØÅa-zæøå]{4,40}(?:loven|lova|forskriften|forskrifta|reglementet|instruksen)|[Rr]eglement(?:et)?\s+for\s+økonomistyring(?:\s+i\s+staten)?|[Bb]estemmelse\w*\s+om\s+økonomistyring(?:\s+i\s+staten)?),?\s*(?:§§?\s*\d{1,3}[a-z]?|(?:punkt|pkt\.?)\s*\d(?:\.\d+)*)"
)
INSTRUCTION = re.compile(
    r"(?:hoved|virksomhets|økonomi)?instruks(?:en)?\b[^.]{0,80}?\b(?:av|fastsatt|fastsett|datert)\s+(?P<date>\d{1,2}\.\s?\w+\.?\s?\d{4})",
    re.IGNORECASE,
)
LETTER = re.compile(r"\bbrev\s+(?:av|datert)\s+(?P<date>\d{1,2}\.\s?\w+\.?\s?\d{4})", re.IGNORECASE)
SECTION = re.compile(
    r"\b(?:avsnitt|punkt|pkt\.?|kap(?:ittel|\.)?|kapitla)\s+(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?![\d/])(?!\s*,?\s*post)",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"^\s*(?:i|av|frå|fra)\s+(?:hoved\w*|instruks\w*|reglement\w*|bestemmelse\w*|føresegn\w*|R-\d|rundskriv|økonomi\w*|vedlegg\s+\w+\s+til|lov\w*|direktiv\w*|Prop|Meld|Kunnskaps\w+|tildelingsbrevet\s+(?:til|fra|frå))",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(
    r"(?:reglement|bestemmelse|føresegn|instruks|rundskriv|R-\d|direktiv\w*|vedlegg\s+\w+,?|økonomistyring(?:\s+i\s+staten)?,?|tildelingsbrev\s+\w+\s+\w+|§\s*\d+\s*og\s+[^.]{0,60}staten,?|oppdrag\s+[^.]{0,40})\s*(?:og\s+[^.]{0,60})?$",
    re.IGNORECASE,
)

AUTHORISES = re.compile(r"\b(?:\w*fullmakt(?:en|a|er|ar|ene)?)\b", re.IGNORECASE)
AUTHORISATION_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("excess_income", re.compile(r"merinntekt", re.IGNORECASE)),
    (
        "commitment",
        re.compile(
            r"bestillingsfullmakt|tilsagnsfullmakt|tilsagnsramme|ut\s*over\s+(?:gitt|budsjettåret\s+inntil)",
            re.IGNORECASE,
        ),
    ),
    ("charging", re.compile(r"belastningsfullmakt|belaste\s+kap", re.IGNORECASE)),
    (
        "lease",
        re.compile(
            r"leieavtale|leigeavtale|husleie|husleige|kjøp\s+av\s+tjenester\s+utover|kjøp\s+av\s+tenester\s+ut\s*over",
            re.IGNORECASE,
        ),
    ),
    ("compensation", re.compile(r"erstatning|erstatting|skadebot", re.IGNORECASE)),
    ("carry_over", re.compile(r"overskrid|overføre|omdisponer|innspar", re.IGNORECASE)),
    ("personnel", re.compile(r"ansett|tilsett|stilling|lønn|løn\b|personal|topplede", re.IGNORECASE)),
)
POSTS = re.compile(
    r"kap(?:ittel|\.)?\s*(?P<chapter>\d{2,4})\s*,?\s*(?P<posts>post(?:ene|ane)?\s*\d{1,2}(?:\s*(?:,|og|og\s+post|samt)\s*(?:post\s*)?\d{1,2}(?!\d))*)",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"\b(?:inntil|opptil|ikke\s+over(?:stiger|stige)|ikkje\s+(?:over|overstig)\w*|over|på|ramme\s+på|grense\s+på|begrenset\s+oppad\s+til|avgrensa\s+oppover\s+til)\s*(?:kr\.?|NOK)?\s*$",
    re.IGNORECASE,
)
