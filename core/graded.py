"""Text marked as graded after the security act is refused everywhere it can come in (decision C8).

Only a *marking* counts: the upper-case word alone in a page's head or foot or on a line of its own, or the words
«gradert etter sikkerhetsloven». The same words in running text («begrenset tilgang») are ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Problem

CODE = "graded_text"
_DEGREES = r"STRENGT[^\S\n]+HEMMELIG|HEMMELIG|KONFIDENSIELT|BEGRENSET"
#: what may stand on the marking's own line without making it a sentence: dashes, page numbers, the legal basis
_BESIDE = r"(?:[^\w\n]|\d|[Ss]ide|SIDE|av|AV)*"
_BASIS = r"(?:[^\S\n]*[,(]?[^\S\n]*(?:jf\.?|i henhold til|iht\.?|etter) +(?:sikkerhet|SIKKERHET)\w*[^\n]{0,40})?"
_ALONE = re.compile(rf"^{_BESIDE}\b({_DEGREES})\b{_BASIS}{_BESIDE}$", re.MULTILINE)
_SPACED = re.compile(r"^[^\w\n]*((?:[A-Z] ){6,}[A-Z])[^\w\n]*$", re.MULTILINE)
_PHRASE = re.compile(
    r"\bgradert\s+(?:etter|i\s+henhold\s+til|iht\.?|jf\.?)\s+(?:sikkerhetslov|sikringslov|tryggleikslov|tryggingslov"
    r"|lov\s+om\s+nasjonal\s+sikkerhet)\w*",
    re.IGNORECASE,
)
#: words before the phrase that make it speak of other texts, not of this one
_OTHERS = re.compile(r"(?:\bikke|\bikkje|\bsom\s+er|\bhvis\b[^.]{0,60}|\bdersom\b[^.]{0,60})\s*$", re.IGNORECASE)


def graded_marking(text: str) -> str | None:
    """The marking a text carries, as it stands there; None when it carries none."""
    if not text:
        return None
    alone = _ALONE.search(text)
    if alone:
        return " ".join(alone.group(1).split())
    for spaced in _SPACED.finditer(text):
        joined = re.sub(r"\s", "", spaced.group(1))
        if joined in ("BEGRENSET", "KONFIDENSIELT", "HEMMELIG", "STRENGTHEMMELIG"):
            return joined
    for phrase in _PHRASE.finditer(text):
        if not _OTHERS.search(text[max(0, phrase.start() - 80) : phrase.start()]):
            return " ".join(phrase.group().split())
    return None


def graded_problems(values: Mapping[str, Any]) -> list[Problem]:
    """One problem per named text that carries a marking. Names are form fields; what is not text is left alone.

    Lists and mappings are looked through, so the values of a whole row may be given.
    """
    problems = []
    for name, value in values.items():
        marking = next((found for text in _texts(value) if (found := graded_marking(text))), None)
        if marking:
            problems.append(Problem(CODE, sentence(marking), name))
    return problems


def sentence(marking: str) -> str:
    """What a person is told."""
    words = _(
        "Teksten er merket «%(marking)s». Graderte opplysninger skal ikke inn i dette systemet. "
        "Ta merkingen og det graderte ut, og send det i et godkjent gradert system."
    )
    return words % {"marking": marking}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for held in value.values() for text in _texts(held)]
    if isinstance(value, list | tuple):
        return [text for held in value for text in _texts(held)]
    return []
