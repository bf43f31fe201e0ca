"""The base queryset: a lazy foreign key fails loudly in development and tests (architecture 9)."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models

M = TypeVar("M", bound=models.Model)


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
