"""Words of the rules an instruction gives for the dialogue, bokmål and nynorsk. Data: add a word, not a rule."""

from __future__ import annotations

import re

_I = re.IGNORECASE
#: «… skal ha kopi av …», «kopi av … sendes til …», «… med kopi til …»
COPY_HOLDS = re.compile(
    r"^(?P<who>.{3,90}?)\s+(?:skal|får)\s+(?:alltid\s+)?(?:(?:ha|få|motta)\s+)?(?:en\s+|ein\s+)?(?:kopi|gjenpart)\s+av\s+(?P<what>.{3,300})",
    _I,
)
COPY_SENT = re.compile(
    r"^(?:kopi|gjenpart)\s+av\s+(?P<what>.{3,200}?)\s+(?:er|blir|skal|vert)?\s*(?:bli\s+)?(?:send\w*|sendt|oversend\w*)\s+(?:til\s+)?(?P<who>[A-ZÆØÅ].{2,90})",
    _I,
)
COPY_WITH = re.compile(r"^(?P<what>.{10,400}?)\s+(?:med|i)\s+kopi\s+til\s+(?P<who>[A-ZÆØÅ][\wæøåÆØÅ-]{1,60})", _I)
TOGETHER = re.compile(r"\bsamtidig|\bsamstundes|\bsamtidlig|\bpå\s+samme\s+tid|\bpå\s+same\s+tid", _I)
#: what the copy is of; the first that fits in each stretch of words
AUDIT_LETTERS = re.compile(r"korrespondanse\b.{0,120}\bRiksrevisjon", _I)
EVERYTHING = re.compile(
    r"\ball(?:e|\s+skriftl\w+)?\s+korrespondanse|\bheile?\s+styringsdialogen|\bhele\s+styringsdialogen", _I
)
CORRESPONDENCE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("supplement", re.compile(r"suppler\w+\s+(?:tildelings)?brev\w*|tillegg\w*\s+til\s+tildelingsbrev\w*", _I)),
    ("letter", re.compile(r"tildelingsbrev\w*", _I)),
    ("instruction", re.compile(r"\b\w*instruks\w*", _I)),
    ("annual_report", re.compile(r"årsrapport\w*|årsmelding\w*", _I)),
    ("activity_report", re.compile(r"virksomhetsrapport\w*|verksemdsrapport\w*", _I)),
    ("budget_report", re.compile(r"re[gk]n(?:skap|eskap)srapport\w*|\brapport\w*\s+per\s+\d{1,2}\.\s?\w+", _I)),
    ("minutes", re.compile(r"\breferat\w*", _I)),
    ("feedback", re.compile(r"tilbakemelding\w*", _I)),
    ("answer", re.compile(r"svar\w*\s+på\s+oppdrag\w*", _I)),
)

MEETINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("governance", re.compile(r"etatsstyringsmøte\w*|etatsstyringssamtale\w*", _I)),
    ("portfolio", re.compile(r"styringsmøte\w*\b.{0,60}(?:prioriter|portefølj)", _I)),
    ("strategy", re.compile(r"strategimøte\w*|\bmøte\w*\b.{0,160}\bstrategi", _I)),
    ("contact", re.compile(r"kontaktmøte\w*", _I)),
    ("expert", re.compile(r"fagmøte\w*|faglege\s+møte\w*", _I)),
)
HELD = re.compile(r"\b(?:har|hald\w+|hold\w+|avhold\w+|gjennomfør\w+|skal|blir|vert|inviter\w+|innkall\w+)\b", _I)
YEARLY = re.compile(
    r"\bårl(?:ig|eg)\w*\b(?!\s+(?:styringskalend|tildelingsbrev))|\bi\s+året\b|\bi\s+løpet\s+av\s+året|\bhvert\s+år|\bkvart\s+år|\b(?:per|pr\.?)\s+år|\bi\s+året",
    _I,
)
NUMBERS = {
    "et": 1, "ett": 1, "eitt": 1, "ein": 1, "en": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
}  # fmt: skip
HOW_MANY = re.compile(rf"\b(?P<n>{'|'.join(NUMBERS)}|\d{{1,2}})\s+(?:\w+\s+){{0,2}}?\w*(?:møte|samtale)", _I)
#: meetings of others that the agency takes part in
OF_OTHERS = re.compile(r"\bdelta\w*\b", _I)
YEARLY_LIST = re.compile(r"årl(?:ig|eg)\w*\s+styringsdialog\w*", _I)

NOTIFY = re.compile(
    r"\b(?:varsl\w+|varsel|informer\w*|orienter\w*|meld\w*\s+(?:fra|frå)|gi\s+\w*\s*beskjed|gje\s+\w*\s*beskjed|rapporter\w*\s+umiddelbart)\b",
    _I,
)
OBLIGED = re.compile(r"\b(?:skal|må|plikt\w*|ansvar\s+for)\b", _I)
TO_MINISTRY = re.compile(r"departement|\b[A-ZÆØÅ]{2,5}D\b")
BY_MINISTRY = re.compile(r"^\s*(?:[A-ZÆØÅ][\wæøå-]*\s+(?:og\s+)?)?\w*departementet\s+(?:vil|skal|kan|har|må)\b", _I)
NOT_A_NOTICE = re.compile(r"\bforelegg\w*|\bavklar\w*\s+med|\boffentlig\s+debatt|\bdialog\s+med\s+andre", _I)
TIMINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "before",
        re.compile(r"\b(?:i\s+god\s+tid\s+)?før\s+(?:offentliggjør|publiser|vedtak|anskaff|kjøp|avtale)\w*", _I),
    ),
    ("immediate", re.compile(r"umiddelbart|straks|omgående|snarest|uten\s+opphold|utan\s+opphald", _I)),
    ("early", re.compile(r"så\s+tid(?:lig|leg)\s+som\s+m[uo][lg]\w*|snarlig|snarleg|i\s+god\s+tid", _I)),
)
#: where what is to be told begins
ABOUT = re.compile(r"(?:\bdersom\b|\bhvis\b|\bnår\b|\bved\b|\bom\b(?!\s+dette)|\bfør\b)\s+(?P<what>[^.;]{6,260})", _I)
SUBJECT = re.compile(
    r"^(?P<what>.{6,160}?)\s+skal\s+(?:\w+\s+)?(?:varsl(?:es|ast)|rapporter(?:es|ast)|meld(?:es|ast))\b", _I
)

LOCKED = re.compile(
    r"(?P<what>[\wæøåÆØÅ-]*rapport\w*)\s+(?:skal|kan|må)\s+(?:ikke|ikkje)\s+(?:endres?|endrast|rettes?|rettast)\b", _I
)
SENT = re.compile(r"\better\b.{0,60}\b(?:send\w*|sendt|oversend\w*|innsend\w*|lever\w*)\b", _I)
UNLESS = re.compile(
    r"\b(?:med\s+mindre|unntatt|unnateke|bortsett\s+fra|om\s+ikke|så\s+framt\s+ikk\w+)\b\s*(?P<what>.{4,260})", _I
)
#: «kan bare åpnes av …», «… etter samtykke fra …», «med mindre … godkjenner»
OPENED = re.compile(
    r"\b(?:bare|kun|berre)\s+(?:\w+\s+){0,2}?(?:gjen)?(?:åpnes?|åpnast|opnast|låses?\s+opp|låsast\s+opp|endres|endrast|rettes|rettast)\b(?P<how>[^.;]{3,160})",
    _I,
)
CONSENT = re.compile(
    r"\b(?:samtykk\w+|godkjenning|tillatelse|løyve)\s+(?:fra|frå|av)\s+(?P<consent>[^.;]{3,100})"
    r"|\bmed\s+mindre\s+(?P<unless>[^.;,]{3,80}?)\s+(?:samtykk\w+|godkjenn\w+|tillater|tillet)\b",
    _I,
)
OPENED_BY = re.compile(r"\b(?:av|når)\s+(?P<by>[^.;]{3,100})", _I)
#: who that is; the ministry only where none of its people is named
DECIDERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("permanent_secretary", re.compile(r"\bdepartementsråd\w*", _I)),
    ("signer", re.compile(r"\bekspedisjonssjef\w*", _I)),
    ("director", re.compile(r"\b\w*direktøren|\bvirksomhetens\s+leder|\bleiaren\s+(?:av|i)\s+verksemd\w*", _I)),
)
MINISTRY = re.compile(r"\b\w*departementet\b|\b[A-ZÆØÅ]{2,5}D\b")

PUBLISHED = re.compile(r"\b(?:offentlig?gjør\w*|offentleggjer\w*|publiser\w*)\b", _I)
REPORT = re.compile(r"\b\w*rapport\w*", _I)
EVENTS: tuple[re.Pattern[str], ...] = (
    re.compile(r"så\s+snart\s+(?:[^.;]|(?<=\d)\.){6,140}", _I),
    re.compile(r"innen\s+samme\s+frist\s+som\s+[^.;,]{4,80}|innan\s+same\s+frist\s+som\s+[^.;,]{4,80}", _I),
    re.compile(r"innen\s+(?:den\s+)?frist(?:en)?\s+[^.;,]{4,80}tildelingsbrev\w*", _I),
    re.compile(r"før\s+endelig\s+fastset\w+", _I),
    re.compile(r"ved\s+(?:ferdigstillelse|prosjektslutt)[^.;,]{0,60}", _I),
    re.compile(r"\bårl(?:ig|eg)\b|\bhvert\s+år\b|\bkvart\s+år\b", _I),
)
EFFECTIVE = re.compile(
    r"\b(?:trer|trår|tek|trår)\s+i\s+kraft\s+(?:fra\s+|frå\s+|med\s+virkning\s+fra\s+)?(?:og\s+med\s+)?", _I
)
APPLIES_FROM = re.compile(r"\b(?:gjelder|gjeld)\s+(?:fra|frå)\s+(?:og\s+med\s+)?", _I)
REPLACES = re.compile(r"\b(?:erstatter|erstattar|avløser|avløyser)\b", _I)
SAME_DAY = re.compile(r"^\s*samme\s+(?:dato|dag)|^\s*same\s+(?:dato|dag)", _I)
