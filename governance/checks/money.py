"""Amounts: V-09 to V-12. All amounts are whole kroner; sentences show 1 000 kroner as the letter does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import in_thousand_kroner
from governance.checks.content import Content, Row
from governance.checks.registry import Found, at, check, each
from governance.models import Severity

INCOME = range(3000, 6000)
INCOME_OFFSET = 3000


def _chapter(row: Row) -> int:
    return int(row.text("chapter") or 0)


def _code(row: Row) -> str:
    return f"{_chapter(row)}.{int(row.text('post') or 0):02d}"


@check("V-09", Severity.WARNING, gettext_lazy("Fordelingen summerer ikke til linjen, eller to rader for samme post"))
def splits_add_up(content: Content) -> Iterable[Found]:
    """Sub-splits add up to the line; a second row for a post must be explained."""
    seen: set[str] = set()
    for row in content.of("budget_line"):
        amount, parts = int(row.data.get("amount") or 0), [int(p["amount"]) for p in row.data.get("splits") or ()]
        if parts and sum(parts) != amount:
            sentence = _("Fordelingen summerer til %(sum)s, men linjen er %(line)s (i 1 000 kroner).")
            yield at(row, sentence % {"sum": in_thousand_kroner(sum(parts)), "line": in_thousand_kroner(amount)})
        if _code(row) in seen and row.text("kind") != "change":
            sentence = _("Kap. %(chapter)s post %(post)s står på to rader. Avklar om beløpet er i tillegg.")
            yield at(row, sentence % {"chapter": _chapter(row), "post": f"{int(row.text('post') or 0):02d}"})
        seen.add(_code(row))


@check(
    "V-10",
    Severity.WARNING,
    gettext_lazy("Inntektskapittel uten utgiftskapittel, eller fullmakt til post som ikke finnes"),
)
def income_has_expense(content: Content) -> Iterable[Found]:
    """An agency's income chapter is its expense chapter + 3000; excess-income powers name posts of the letter."""
    lines = content.of("budget_line")
    chapters, codes = {_chapter(row) for row in lines}, {_code(row) for row in lines}
    for row in lines:
        if INCOME_OFFSET < _chapter(row) < 5000 and _chapter(row) - INCOME_OFFSET not in chapters:
            sentence = _("Inntektskapittel %(income)s har ikke noe utgiftskapittel %(expense)s i brevet.")
            yield at(row, sentence % {"income": _chapter(row), "expense": _chapter(row) - INCOME_OFFSET})
    if not lines:
        return
    for row in content.of("authorisation"):
        named = [*(row.data.get("expense_posts") or ()), *(row.data.get("income_posts") or ())]
        missing = sorted({_as_code(code) for code in named} - codes)
        if missing:
            sentence = _("Fullmakten viser til %(posts)s, som ikke står i budsjettildelingen.")
            yield at(row, sentence % {"posts": ", ".join(missing)})


def _as_code(text: str) -> str:
    chapter, _sep, post = str(text).partition(".")
    return f"{chapter}.{int(post):02d}" if post.isdigit() else str(text)


#: what a post is called → the posts it belongs on (3.15 of the budget's own rules)
_POSTS = (
    (re.compile(r"driftsutgift", re.I), range(1, 30)),
    (re.compile(r"større utstyr|nybygg|anlegg\b|vedlikehold", re.I), range(30, 50)),
    (re.compile(r"\btilskudd|\btilskot|overføring", re.I), range(50, 90)),
    (re.compile(r"\b(?:ut)?lån\b|statsgjeld", re.I), range(90, 100)),
)


@check("V-11", Severity.WARNING, gettext_lazy("Inntekt og utgift på feil kapittel, eller post som ikke passer teksten"))
def side_of_chapter(content: Content) -> Iterable[Found]:
    """Chapters 3000 to 5999 are income, all others expense; an expense post fits what it is called."""

    def sentence(row: Row) -> str:
        income = _chapter(row) in INCOME
        if row.text("kind") == "income" and not income:
            return _("Linjen er merket som inntekt, men kapittel %(c)s er et utgiftskapittel.") % {"c": _chapter(row)}
        if row.text("kind") == "expense" and income:
            return _("Linjen er merket som utgift, men kapittel %(c)s er et inntektskapittel.") % {"c": _chapter(row)}
        return "" if income else _post_words(row)

    return each(content.of("budget_line"), sentence)


def _post_words(row: Row) -> str:
    name, post = row.text("name"), int(row.text("post") or 0)
    fitting = [posts for words, posts in _POSTS if words.search(name)]
    if not fitting or any(post in posts for posts in fitting):
        return ""
    words = {"post": f"{post:02d}", "name": name[:80], "first": f"{fitting[0].start:02d}", "last": fitting[0].stop - 1}
    return (
        _("Post %(post)s passer ikke med teksten «%(name)s», som hører hjemme på post %(first)s til %(last)s.") % words
    )


@check("V-12", Severity.STOPS, gettext_lazy("Øremerking større enn linjen"))
def earmarks_fit(content: Content) -> Iterable[Found]:
    """Money bound to purposes is not more than the line."""

    def sentence(row: Row) -> str:
        bound = sum(int(part["amount"]) for part in row.data.get("earmarks") or ())
        amount = int(row.data.get("amount") or 0)
        if row.text("kind") == "change" or bound <= amount:
            return ""
        words = {"bound": in_thousand_kroner(bound), "line": in_thousand_kroner(amount)}
        return _("Øremerket %(bound)s er mer enn linjen på %(line)s (i 1 000 kroner).") % words

    return each(content.of("budget_line"), sentence)
