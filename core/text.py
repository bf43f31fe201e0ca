"""Norwegian typography for text that is set by the system.

The filter runs on text nodes only, never on attributes, SVG, identifiers or search text. It adds
no word and removes none: what it changes is where a line may break and which of several dashes and
spaces is used. Verbatim quotations go through :func:`typeset_quote`, which adds only marks without
width (soft hyphens and word joiners), so that the quotation stays character for character the same
when they are taken out again.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NBSP = "\u00a0"
SOFT_HYPHEN = "\u00ad"
WORD_JOINER = "\u2060"
MINUS = "\u2212"
EN_DASH = "\u2013"
NOTHING = EN_DASH
"""What a cell says when there is nothing to say. Zero is written 0, never like this."""

_MONTHS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    "|jan|feb|apr|jun|jul|aug|sept|okt|nov|des"
)
_UNITS = "prosent|kroner|kr|dager|dagar|uker|veker|årsverk"
_LAST_PARTS = (
    "avdelingen", "avdeling", "avtalen", "avtale", "anskaffelsen", "anskaffelse", "arbeidet",
    "beredskapen", "beredskap", "bevilgningen", "bevilgning", "departementene", "departementet",
    "departement", "dialogen", "dialog", "direktoratet", "direktorat", "direktør", "endringer",
    "endring", "evne", "forskriften", "forskrift", "forvaltningen", "forvaltning", "fullmakten",
    "fullmakter", "fullmakt", "føringene", "føringer", "føring", "grunnlaget", "grunnlag",
    "inntekter", "instituttet", "institutt", "instruksen", "instruks", "kalenderen", "kalender",
    "kjedene", "kjeden", "kjeder", "kontrollen", "kontroll", "kostnader", "ledelsen", "ledelse",
    "legemidlene", "legemidler", "legemiddel", "meldingene", "meldingen", "meldinger", "melding",
    "modellen", "modell", "myndigheten", "myndighet", "oppdragene", "oppdraget", "oppdrag",
    "oppfølgingen", "oppfølging", "oppnåelsen", "oppnåelse", "ordningen", "ordninger", "ordning",
    "parametere", "parameteren", "parameter", "parametre", "planen", "planer", "prognosen",
    "prognoser", "prognose", "prosessen", "prosesser", "rapporten", "rapporter", "rapporteringen",
    "rapportering", "rapport", "regelverket", "regelverk", "registeret", "register", "regnskapet",
    "regnskap", "revisjonen", "revisjon", "risiko", "sikkerheten", "sikkerhet", "systemene",
    "systemet", "system", "tildelingen", "tildelinger", "tildeling", "tilskudd", "tjenesten",
    "tjenester", "utgiftene", "utgifter", "utredningen", "utredning", "utviklingen", "utvikling",
    "vurderingene", "vurderingen", "vurderinger", "vurdering", "virksomheten", "virksomheter",
    "virksomhet", "økonomen", "økonomer", "økonomien",
    # nynorsk
    "løyvinga", "løyving", "meldingar", "oppfølginga", "rapportar", "rapporteringa", "rekneskapen",
    "rekneskap", "tildelinga", "utgreiinga", "utgreiing", "utviklinga", "verksemda", "verksemder",
    "verksemd", "vurderinga", "vurderingar",
)  # fmt: skip
_WORD_OF_13 = re.compile(r"[^\W\d_]{13,}")
_LAST_PART = re.compile(r"^(.{4,}?)(" + "|".join(sorted(_LAST_PARTS, key=len, reverse=True)) + r")s?$", re.IGNORECASE)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # day and month, with the year when it follows
    (re.compile(rf"\b(\d{{1,2}}\.) ({_MONTHS})\b", re.I), rf"\1{NBSP}\2"),
    (re.compile(rf"\b((?:{_MONTHS})\.?) (?=\d{{4}}\b)", re.I), rf"\1{NBSP}"),
    # references whose number must not stand alone on a line
    (
        re.compile(
            r"\b(kap\.|kapittel|post|punkt|pkt\.|§§?|nr\.|avsnitt|side|del|vedlegg|tabell|figur|note"
            r"|sak|versjon|kl\.|Meld\. St\.|Innst\.|Prop\.|Dok\.|St\.) (?=[\dIVX])",
            re.I,
        ),
        rf"\1{NBSP}",
    ),
    (re.compile(r"(§§?) (?=\d)"), rf"\1{NBSP}"),
    (re.compile(r"\b(Prop\. \d+|Prop\.\u00a0\d+|Innst\.\u00a0\d+) (?=[SL]\b)"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\d[\u00a0 ][SL]) (?=\(\d{4})"), NBSP),
    (re.compile(r"\b(Meld\.) (?=St\.)"), rf"\1{NBSP}"),
    (re.compile(r"\b(jf\.) (?=(Prop|Meld|Innst|St|§|kap|punkt|pkt))"), rf"\1{NBSP}"),
    # numbers and what they count
    (re.compile(rf"(?<=\d) (?=(?:%|p\.p\.|mill\.|mrd\.|°|(?:{_UNITS})\b))"), NBSP),
    (re.compile(r"\b(mill\.|mrd\.) (?=kroner\b|kr\b)"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\d\.) (?=(?:tertial|kvartal|halvår)\b)"), NBSP),
    (re.compile(r"(?<=[≥≤]) (?=\d)"), NBSP),
    # minus before a number, when nothing but a space or a bracket stands before it
    (re.compile(r"(?:(?<=^)|(?<=[\s(\u00a0]))-(?=\d)"), MINUS),
    # a year after a preposition
    (
        re.compile(
            r"\b(i|for|fra|frå|til|av|per|om|innen|innan|og|ved|etter|før|siden|sidan)"
            r" (?=(?:19|20)\d\d\b)",
            re.I,
        ),
        rf"\1{NBSP}",
    ),
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_RANGE = re.compile(r"(?<=\d)\u2013(?=\d)")
_SHORT_IN_HEADING = re.compile(r"\b(og|i|for) (?=\w)", re.I)
_LAST_SHORT_WORD = re.compile(r"(?<=\S) (\S{1,4})$")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def squeeze(text: str) -> str:
    """Runs of white space as one space; none at the ends. Tables and headings break lines oddly
    when the source's own line ends are kept (paragraphs are set with ``white-space: pre-wrap``)."""
    return _SPACES.sub(" ", text).strip(" ")


@lru_cache(maxsize=4096)
def soft_hyphens(word: str) -> str:
    """One long word with a soft hyphen before a known last part (``styrings-parametere``).

    The dictionaries that come with the layout engine break Norwegian compounds in the wrong place,
    so running text breaks only where this list says."""
    match = _LAST_PART.match(word)
    if match is None or match.group(1)[-1:] == SOFT_HYPHEN:
        return word
    head = match.group(1)
    return f"{head}{SOFT_HYPHEN}{word[len(head) :]}"


def _hyphenate(text: str) -> str:
    return _WORD_OF_13.sub(lambda match: soft_hyphens(match.group(0)), text)


def _group(match: re.Match[str]) -> str:
    return match.group(0).replace(" ", NBSP)


def typeset(text: str, *, heading: bool = False, end: bool = False) -> str:
    """Running text, a heading or a cell, ready to be escaped and written.

    ``heading`` also ties short words to the next one; ``end`` says that this node ends its
    paragraph, so that a single short last word is tied to the one before it."""
    text = _THOUSANDS.sub(_group, text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _RANGE.sub(f"{EN_DASH}{WORD_JOINER}", text)
    if heading:
        text = _SHORT_IN_HEADING.sub(rf"\1{NBSP}", text)
    if end and text.count(" ") > 3:
        text = _LAST_SHORT_WORD.sub(rf"{NBSP}\1", text)
    return _hyphenate(text)


def typeset_quote(text: str) -> str:
    """Quoted words: only marks without width, so the words stay as they were written."""
    return _hyphenate(_RANGE.sub(f"{EN_DASH}{WORD_JOINER}", text))


def plain(text: str) -> str:
    """The text as it was before :func:`typeset_quote`, for search, names and comparison."""
    return text.replace(SOFT_HYPHEN, "").replace(WORD_JOINER, "").replace(NBSP, " ")


def format_number(value: int | float | Decimal | None, *, decimals: int = 0, sign: bool = False) -> str:
    """A number as Norwegians write it: ``9 120``, ``-21,4`` with a real minus; nothing is ``–``.

    ``sign`` writes a plus before positive numbers, for changes. Floats are taken by their shortest
    decimal form, so 0.1 is 0,1."""
    if value is None:
        return NOTHING
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(number):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    if number < 0:
        return f"{MINUS}{digits}"
    return f"+{digits}" if sign and number > 0 else digits


def format_percent(value: int | float | Decimal | None, *, decimals: int = 0, sign: bool = False) -> str:
    """A share already in percent: 98.4 → ``98,4 %``."""
    if value is None:
        return NOTHING
    return f"{format_number(value, decimals=decimals, sign=sign)}{NBSP}%"


def format_thousands(kroner: int | None, *, sign: bool = False) -> str:
    """Whole kroner shown in 1 000 kroner (decisions.md A12): 482 315 000 → ``482 315``.

    Half a thousand is rounded away from zero, as in the State accounts."""
    if kroner is None:
        return NOTHING
    return format_number(Decimal(kroner) / 1000, sign=sign)
