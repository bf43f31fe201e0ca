"""The base queryset: a lazy foreign key fails loudly in development and tests (architecture 9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL

from core.actor import Actor

M = TypeVar("M", bound=models.Model)
#: Rows an actor may see on a day, as a queryset that asks the database nothing while it is built.
Seen = Callable[[Actor, date], models.QuerySet[Any]]


@lru_cache(maxsize=500)
def _written(seen: Seen, actor: Actor, day: date) -> tuple[str, tuple[Any, ...]]:
    sql, params = seen(actor, day).order_by().values("pk").query.sql_with_params()
    return sql, tuple(params)


def keys(seen: Seen, actor: Actor, day: date) -> RawSQL:
    """Primary keys of the rows seen, for ``__in``: the words of the condition are kept, never what it finds.

    To write a condition of many subqueries takes longer than to answer it. It is kept by everything the actor is
    and by the day; the database answers it anew each time.
    """
    sql, params = _written(seen, actor, day)
    return RawSQL(sql, params)  # noqa: S611  ours, and the values stand apart


class BaseQuerySet(models.QuerySet[M]):
    """Every queryset of ours starts here; ``for_list`` and ``for_detail`` own the joins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fetch_mode = settings.FETCH_MODE

    def by_uuid(self, value: object) -> Self:
        """Only the row with this permanent id (an id that is no uuid gives nothing, not an error)."""
        from uuid import UUID

        try:
            return self.filter(uuid=value if isinstance(value, UUID) else UUID(str(value)))
        except ValueError:
            return self.none()

    def locked(self) -> Self:
        """Lock only the rows of this model, not those joined in."""
        return self.select_for_update(of=("self",))
