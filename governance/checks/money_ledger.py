"""Amounts against the ledger and against the letter's own words (issue 3.4 and 3.5). Whole kroner throughout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import in_thousand_kroner
from governance.checks.content import Content, MoneyText, Row, Stage
from governance.checks.registry import Found, at, check
from governance.importing.habits import budget as habit
from governance.importing.values.money import AmountHit, find_amounts
from governance.models import Severity

INCOME = range(3000, 6000)
Post = tuple[int, int]


def _post(row: Row) -> Post:
    return int(row.text("chapter") or 0), int(row.text("post") or 0)


def _words(post: Post) -> dict[str, str]:
    return {"code": f"{post[0]}.{post[1]:02d}"}


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    """The first row of each post: one sentence per post."""
    seen: set[Post] = set()
    for row in rows:
        if _post(row) not in seen:
            seen.add(_post(row))
            yield row


def _own(content: Content) -> list[Row]:
    """Lines the issuer pays itself."""
    return [row for row in content.of("budget_line") if not row.data.get("financed_by_other")]


@check("PENGER-1", Severity.STOPS, gettext_lazy("Mer enn det som er bevilget på posten"), stages={Stage.DRAFT})
def within_the_appropriation(content: Content) -> Iterable[Found]:
    """What is allotted to all agencies and in this draft is not more than the ledger says (two share 702.21)."""
    for row in _once(_own(content)):
        use = content.money.posts.get(_post(row)) if content.money.has_ledger else None
        if use is None or use.granted is None or _post(row)[0] in INCOME or use.own <= 0:
            continue
        over = use.allotted + use.own - use.granted
        if over > 0:
            sentence = _(
                "%(code)s går %(over)s ut over bevilgningen (i 1 000 kroner): bevilget %(granted)s, tildelt i andre "
                "brev %(allotted)s, i dette brevet %(own)s."
            )
            yield at(row, sentence % {**_words(_post(row)), **_amounts(over, use.granted, use.allotted, use.own)})


def _amounts(over: int, granted: int, allotted: int, own: int) -> dict[str, str]:
    values = {"over": over, "granted": granted, "allotted": allotted, "own": own}
    return {name: in_thousand_kroner(value) for name, value in values.items()}


@check(
    "PENGER-2",
    Severity.WARNING,
    gettext_lazy("Mer enn bevilget når andre utkast regnes med"),
    stages={Stage.DRAFT},
)
def within_with_other_drafts(content: Content) -> Iterable[Found]:
    """Two drafts that each fit may not fit together: the second to be issued would be stopped."""
    for row in _once(_own(content)):
        use = content.money.posts.get(_post(row)) if content.money.has_ledger else None
        if use is None or use.granted is None or _post(row)[0] in INCOME or use.own <= 0 or use.other_drafts <= 0:
            continue
        left = use.granted - use.allotted - use.own
        if 0 <= left < use.other_drafts:
            sentence = _(
                "Andre utkast har reservert %(drafts)s på %(code)s, men det er bare %(left)s igjen (i 1 000 kroner)."
            )
            words = {"drafts": in_thousand_kroner(use.other_drafts), "left": in_thousand_kroner(left)}
            yield at(row, sentence % {**_words(_post(row)), **words})


@check("PENGER-3", Severity.STOPS, gettext_lazy("Beløp på en post som ikke er bevilget"), stages={Stage.DRAFT})
def post_is_in_the_ledger(content: Content) -> Iterable[Found]:
    """Where the issuer keeps a ledger for the year, an amount stands on one of its posts."""
    if not content.money.has_ledger:
        return
    for row in _once(_own(content)):
        use = content.money.posts.get(_post(row))
        if use is None or use.granted is None:
            sentence = _(
                "%(code)s står ikke i regnskapet over bevilgninger for %(year)s. Rett posten, eller få den ført."
            )
            yield at(row, sentence % {**_words(_post(row)), "year": content.year})


@check(
    "PENGER-4",
    Severity.WARNING,
    gettext_lazy("Tidligere og ny tildeling er ikke summen som står"),
    stages={Stage.DRAFT, Stage.IMPORT},
)
def earlier_and_new_is_the_sum(content: Content) -> Iterable[Found]:
    """«Tidligere + ny = sum»: by the table's own columns, and by what is in force before the letter."""
    for row in content.of("budget_line"):
        total, amount = row.data.get("total_after", row.data.get("total")), row.data.get("amount")
        if total is None or amount is None or row.text("kind") != "change":
            continue
        earlier = row.data.get("previous")
        if earlier is not None and int(earlier) + int(amount) != int(total):
            yield at(row, _sum_sentence(int(earlier), int(amount), int(total)))
            continue
        before = content.money.before.get(_post(row))
        same_post = [other for other in content.of("budget_line") if _post(other) == _post(row)]
        if before is not None and len(same_post) == 1 and before + int(amount) != int(total):
            yield at(row, _registered_sentence(before, int(amount), int(total)))


def _sum_sentence(before: int, amount: int, total: int) -> str:
    sentence = _("Tidligere %(before)s og ny %(amount)s blir %(right)s, men brevet sier %(total)s (i 1 000 kroner).")
    return sentence % _sum_words(before, amount, total)


def _registered_sentence(before: int, amount: int, total: int) -> str:
    """What stood before is taken from the letters that are here: one may be missing."""
    sentence = _(
        "Brevene som er registrert her, gir %(before)s før dette. Med %(amount)s blir det %(right)s, men brevet sier "
        "%(total)s (i 1 000 kroner). Rett beløpet, eller registrer brevet som mangler."
    )
    return sentence % _sum_words(before, amount, total)


def _sum_words(before: int, amount: int, total: int) -> dict[str, str]:
    return {
        "before": in_thousand_kroner(before),
        "amount": in_thousand_kroner(amount),
        "right": in_thousand_kroner(before + amount),
        "total": in_thousand_kroner(total),
    }


# ---- the letter's own words ----
def sections(texts: Iterable[MoneyText]) -> Iterator[tuple[Post, MoneyText, list[MoneyText]]]:
    """The text under each heading that names a chapter and post, until the next heading."""
    current: tuple[Post, MoneyText, list[MoneyText]] | None = None
    for text in texts:
        named = _heading_post(text)
        if named is not None:
            if current is not None:
                yield current
            current = (named, text, [])
        elif text.heading:
            if current is not None:
                yield current
            current = None
        elif current is not None:
            current[2].append(text)
    if current is not None:
        yield current


def _heading_post(text: MoneyText) -> Post | None:
    words = text.text.strip()
    if len(words) > 110 or words.endswith(".") or find_amounts(words):
        return None
    match = habit.WORDED.match(words)
    if match is None or (not text.heading and len(match["rest"]) > 60):
        return None
    return int(match["chapter"]), int(match["post"])


def given_in(text: str) -> list[int]:
    """The amounts sentences give («tildeles», «økes med»), with sign; parts and sums told again are left out."""
    found = []
    for sentence in re.split(r"(?<=[a-zæøå)\d]{2}[.:])\s+(?=[A-ZÆØÅ])", text):
        verb = habit.GIVES.search(sentence)
        if verb is None or habit.NOT_GIVEN.search(sentence[: verb.end()]):
            continue
        less = -1 if habit.LESS.search(sentence[: verb.end() + 1]) else 1
        last = verb.end()
        hits = [hit for hit in find_amounts(sentence) if hit.start >= verb.start() and not _is_unit(sentence, hit)]
        for number, hit in enumerate(hits):
            lead = sentence[last : hit.start]
            if habit.PART.search(lead) or (number and not re.search(r"(?:,|\bog|\bsamt)\s*(?:med\s+)?$", lead)):
                break
            found.append(less * hit.kroner)
            last = hit.end
    return found


def _is_unit(sentence: str, hit: AmountHit) -> bool:
    """«(i 1 000 kroner)» says how the numbers are written; it gives nothing."""
    return hit.kroner == 1000 and re.search(r"\bi\s+$", sentence[: hit.start]) is not None


@check("PENGER-5", Severity.WARNING, gettext_lazy("Teksten gir en annen sum enn tabellen"))
def prose_gives_the_tables_sum(content: Content) -> Iterable[Found]:
    """Under a post's heading, the amounts the text gives add up to the change the table says (760.21)."""
    tabled: dict[Post, int] = {}
    rows: dict[Post, Row] = {}
    for row in content.of("budget_line"):
        if row.text("kind") == "change" and row.data.get("amount") is not None:
            tabled[_post(row)] = tabled.get(_post(row), 0) + int(row.data["amount"])
            rows.setdefault(_post(row), row)
    for post, _heading, texts in sections(content.money.texts):
        told = [amount for text in texts for amount in given_in(text.text)]
        if post in tabled and told and sum(told) != tabled[post]:
            sentence = _("Teksten om %(code)s gir til sammen %(told)s, men tabellen sier %(table)s (i 1 000 kroner).")
            words = {"told": in_thousand_kroner(sum(told)), "table": in_thousand_kroner(tabled[post])}
            yield at(rows[post], sentence % {**_words(post), **words})


@check("PENGER-6", Severity.WARNING, gettext_lazy("Overskriften gjelder en annen post enn teksten"))
def heading_and_text_name_one_post(content: Content) -> Iterable[Found]:
    """A heading names one post and the text below speaks of others only (714.21)."""
    for post, heading, texts in sections(content.money.texts):
        named = {found for text in texts for found in _named(text.text)}
        if named and post not in named:
            others = ", ".join(f"{chapter}.{number:02d}" for chapter, number in sorted(named))
            sentence = _("Overskriften gjelder %(code)s, men teksten under viser til %(others)s.")
            yield Found(sentence % {**_words(post), "others": others}, place=heading.text[:200], passage=heading.uuid)


def _named(text: str) -> Iterator[Post]:
    for match in habit.ANYWHERE.finditer(text):
        yield int(match["chapter"] or match["chapter2"]), int(match["post"] or match["post2"])
