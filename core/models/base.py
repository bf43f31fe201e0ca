"""Base of every model: integer key inside, permanent uuid outside."""

from __future__ import annotations

from django.db import models

from core.ids import new_uuid
from core.querysets import BaseQuerySet


class BaseModel(models.Model):
    """A row with a permanent id. Nothing is deleted through the ORM (see the database triggers)."""

    uuid = models.UUIDField("fast id", default=new_uuid, unique=True, editable=False)

    objects = BaseQuerySet.as_manager()

    class Meta:
        abstract = True


class VersionedModel(BaseModel):
    """An aggregate that people edit: ``version`` is raised by every act, also on its children (decision E3)."""

    version = models.PositiveIntegerField("versjon", default=1)
    created_at = models.DateTimeField("opprettet", auto_now_add=True)
    updated_at = models.DateTimeField("endret", auto_now=True)

    class Meta:
        abstract = True
