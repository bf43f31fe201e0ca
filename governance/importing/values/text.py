"""Joining lines, comparing titles, telling written norms apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

DASHES = "-‐‑‒–—―−"
BULLETS = "•▪●○◦‣∙·■□–\uf0b7\uf0a7\uf02d\uf0d8"
_SPACE = re.compile(r"\s+")
_ELLIPTIC = re.compile(r"^(?:og|eller|og/eller|samt|til)\b")
_DASH = re.compile(f"[{DASHES}]")
_EDGE = " \t.,;:" + BULLETS + DASHES


def squeeze(text: str) -> str:
    """Collapse white space to single spaces."""
    return _SPACE.sub(" ", text).strip()


def comparable(text: str) -> str:
    """Form for comparing titles: lower case, one kind of dash, no end punctuation."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return squeeze(_DASH.sub("-", text)).strip(_EDGE).lower()


def join_two(left: str, right: str) -> str:
    """Join two lines of one paragraph (I-15).

    «styrings-» + «dialogen» becomes «styringsdialogen»; an elliptic hyphen («helse-» + «og»)
    and a hyphen after a capital or digit («IT-» + «plattform») are kept.
    """
    left, right = left.rstrip(), right.lstrip()
    if not left:
        return right
    if not right:
        return left
    if left.endswith("\u00ad"):
        return left[:-1] + right
    last = left.rsplit(None, 1)[-1]
    if last[-1] in "-‐" and len(last) > 1 and last[-2].isalpha():
        if _ELLIPTIC.match(right):
            return f"{left} {right}"
        stem = last[:-1].rsplit("-", 1)[-1]
        if right[0].islower() and not stem.isupper() and len(stem) > 1:
            return left[:-1] + right
        return left + right
    if last[-1] == "/" and len(last) > 1:
        return left + right
    return f"{left} {right}"


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of one paragraph into one line of text. Linear in the text's length."""
    parts: list[str] = []
    for raw in lines:
        line = squeeze(raw)
        if not line:
            continue
        if not parts:
            parts.append(line)
            continue
        tail = parts[-1][-80:]
        joined = join_two(tail, line)
        parts[-1] = parts[-1][: len(parts[-1]) - len(tail)]
        parts.append(joined)
    return "".join(parts)


def similar(left: str, right: str) -> float:
    """Likeness of two short texts, 0..1, by shared words in order. Cheap and linear enough for
    titles: texts over 400 characters are compared by their beginnings."""
    from difflib import SequenceMatcher

    first, second = comparable(left)[:400], comparable(right)[:400]
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < 0.7 or matcher.quick_ratio() < 0.7:
        return 0.0
    return matcher.ratio()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[A-Za-zÆØÅæøå]+")
_NB_ONLY = _words(
    "ikke jeg en et fra være gjøre hvor hva noe hvordan hvilke virksomheten virksomhet oppgaver inntekter disse også "
    "kun følgende gjennomføres departementene videre bevilgningen bevilgning innenfor noen mellom hver uke frem "
    "øke styrke oppfølging rapportering gjelder bes skriftlig årlig dersom målet målene vurdere ivareta"
) - {"mellom", "noen", "øke", "styrke", "oppfølging", "rapportering", "vurdere", "innenfor"}
_NN_ONLY = _words(
    "ikkje eg ein eit frå vere gjere kvar kva noko korleis kvifor verksemda verksemd oppgåver inntektene desse òg "
    "dei berre følgjande gjennomførast vidare løyvinga løyving løyvingar nokon kvart veke fram nokre saman medan "
    "skriftleg årleg måla gjeld vidareføre høve tilskot korkje sidan innan auke innspel rekneskap"
) - {"fram", "gjeld", "innan"}
_NEUTRAL = _words("og som på til av skal for med er har det den")
_EN = _words("the of and to in is for that shall with by this be on are as ministry which from")


def written_norm(text: str, limit: int = 60_000) -> str:
    """``nb``, ``nn``, ``en`` or ``""`` (too little text), by counting common words."""
    nb = nn = en = neutral = total = 0
    for match in _WORD.finditer(text[:limit]):
        word = match.group().lower()
        total += 1
        nb += word in _NB_ONLY
        nn += word in _NN_ONLY
        en += word in _EN
        neutral += word in _NEUTRAL
    if total < 5:
        return ""
    if en > nb + nn + neutral and en > total * 0.12:
        return "en"
    if nb == nn == neutral == 0:
        return ""
    return "nn" if nn > nb else "nb"
