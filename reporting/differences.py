"""What has changed since last time, word by word (pure)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from reporting.contexts import ChangeSpan

_TOKEN = re.compile(r"\n+|[^\S\n]+|\w+|[^\w\s]")
_LONGEST = 6000


def word_changes(before: str, now: str) -> list[ChangeSpan]:
    """The text now, with what was added and removed since before. Removed stands first where words were replaced."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    if len(old) + len(new) > _LONGEST:
        return [ChangeSpan(before, "removed"), ChangeSpan(now, "added")]
    spans: list[ChangeSpan] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(ChangeSpan("".join(new[new_start:new_end])))
            continue
        if end > start:
            spans.append(ChangeSpan("".join(old[start:end]), "removed"))
        if new_end > new_start:
            spans.append(ChangeSpan("".join(new[new_start:new_end]), "added"))
    return _joined(spans)


def _joined(spans: list[ChangeSpan]) -> list[ChangeSpan]:
    """Small equal pieces between changes are read as part of the change: whole phrases, not single words."""
    result: list[ChangeSpan] = []
    for at, span in enumerate(spans):
        between = 0 < at < len(spans) - 1 and not span.kind and not span.text.strip(" ,")
        if between and result and result[-1].kind == "added" and spans[at + 1].kind:
            result[-1] = ChangeSpan(result[-1].text + span.text, "added")
        elif result and result[-1].kind == span.kind:
            result[-1] = ChangeSpan(result[-1].text + span.text, span.kind)
        else:
            result.append(span)
    return result


def changed(before: str, now: str) -> bool:
    """Whether more than white space differs."""
    return " ".join(before.split()) != " ".join(now.split())
