"""The deliveries of an assignment at review, part by part (decision A6): pure functions on the row's values.

A delivery that is taken away stays in the row as rejected, so that what the reader found can be seen and taken back.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from governance.importing.values.dates import find_days
from governance.intake.acts import new_delivery

Delivery = dict[str, Any]
#: what the reader calls the things that are handed in, in the order they are offered
PRODUCTS = ("final", "preliminary", "partial", "plan", "status_report", "draft_consultation", "meeting")


def live(deliveries: Iterable[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """The deliveries that stand: those nobody has rejected."""
    return [dict(row) for row in deliveries or () if not row.get("rejected")]


def set_deadline(delivery: Delivery, *, form: str, day: date | None) -> None:
    """The deadline as a person reads it: its form (``doubtful`` is under clarification) and its date."""
    chosen = form or str(delivery.get("kind") or "none")
    delivery["doubtful"] = chosen == "doubtful"
    if not delivery["doubtful"]:
        delivery["kind"] = "date_time" if chosen == "date" and delivery.get("time") else chosen
        delivery["doubt"] = ""
    delivery["date"] = day.isoformat() if day else None


def changed(deliveries: Sequence[Delivery], place: int, values: Mapping[str, Any]) -> list[Delivery]:
    """One delivery with other values. What the letter says of the deadline stays as it stands."""
    made = copy.deepcopy(list(deliveries))
    row = made[place]
    for name in ("part", "title", "product", "passages"):
        if name in values:
            row[name] = values[name]
    if "deadline_text" in values and not row.get("start"):  # words of the letter are never rewritten
        row["deadline_text"] = values["deadline_text"]
    if "time" in values:
        row["time"] = values["time"].isoformat() if values["time"] else None
    set_deadline(row, form=str(values.get("form") or ""), day=values.get("date"))
    return made


def added(deliveries: Sequence[Delivery], values: Mapping[str, Any]) -> list[Delivery]:
    """One more delivery at the end. The empty one an assignment without deadlines has, gives way to it."""
    made = copy.deepcopy(list(deliveries))
    if len(live(made)) == 1 and _says_nothing(made[0]):
        made[0]["rejected"] = True
    made.append({**new_delivery(), "title": ""})
    return changed(made, len(made) - 1, values)


def _says_nothing(row: Mapping[str, Any]) -> bool:
    return row.get("kind") == "none" and not any(row.get(name) for name in ("deadline_text", "date", "part", "title"))


def rejected(deliveries: Sequence[Delivery], place: int, *, back: bool = False) -> list[Delivery]:
    """One delivery taken away, or taken back. An assignment always has one: the last gives way to an empty one."""
    made = copy.deepcopy(list(deliveries))
    made[place]["rejected"] = not back
    if not live(made):
        made.append(new_delivery())
    elif back:
        made = [row for row in made if row is made[place] or not (_says_nothing(row) and not row.get("rejected"))]
    return made


def split(deliveries: Sequence[Delivery], place: int) -> list[Delivery]:
    """Two deliveries out of one. Where the words of the deadline hold two dates, each gets its own."""
    made = copy.deepcopy(list(deliveries))
    first = made[place]
    second = {**copy.deepcopy(first), "product": "final"}
    year = int(str(first["date"])[:4]) if first.get("date") else None
    days = [found.date for found in find_days(str(first.get("deadline_text") or ""), year) if found.date]
    if len(set(days)) > 1:
        first["date"], second["date"] = days[0].isoformat(), days[-1].isoformat()
        first["kind"] = second["kind"] = "date"
    else:
        second |= {"date": None, "time": None, "kind": "none", "doubtful": False, "doubt": ""}
    first["product"] = "preliminary" if first.get("product") == "final" else first.get("product")
    made.insert(place + 1, second)
    return made


def merged(deliveries: Sequence[Delivery], place: int, other: int) -> list[Delivery]:
    """``other`` put into ``place``: the words of both, the date of the first that has one; ``other`` is rejected."""
    made = copy.deepcopy(list(deliveries))
    kept, eaten = made[place], made[other]
    for name in ("part", "title", "deadline_text"):
        words = dict.fromkeys(text for text in (str(kept.get(name) or ""), str(eaten.get(name) or "")) if text)
        kept[name] = "; ".join(words)
    if not kept.get("date"):
        kept |= {name: eaten.get(name) for name in ("date", "time", "kind", "doubtful", "doubt")}
    kept["passages"] = sorted({*(kept.get("passages") or ()), *(eaten.get("passages") or ())})
    eaten["rejected"] = True
    return made


def passages_of(
    delivery: Mapping[str, Any], resting: Sequence[int], passages: Iterable[Mapping[str, Any]]
) -> list[int]:
    """The passages a delivery rests on, among those of its row: chosen by a person, else where its words stand."""
    chosen = [ordinal for ordinal in delivery.get("passages") or () if ordinal in resting]
    if chosen:
        return chosen
    mine = [passage for passage in passages if passage["ordinal"] in resting]
    start, words = int(delivery.get("start") or 0), " ".join(str(delivery.get("deadline_text") or "").split())
    if start:
        inside = [passage["ordinal"] for passage in mine if passage["start"] <= start < passage["end"]]
        if inside:
            return inside
    said = [passage["ordinal"] for passage in mine if words and words in " ".join(passage["plain"].split())]
    return said[-1:]
