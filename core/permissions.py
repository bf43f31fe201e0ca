"""The only door to guardian: rights on organisations and departments, asked as one subquery.

The truth is the dated appointment (decision B1): guardian's row says that a role's group has a right on an
organisation; the appointment says that this person is in the group today. A guardian row left behind by an
ended appointment gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.utils import get_group_obj_perms_model

__all__ = ["GroupObjectPermissionBase", "UserObjectPermissionBase", "grant", "revoke"]


def grant(group: Group, codenames: Iterable[str], objects: Iterable[models.Model]) -> int:
    """Write guardian's rows for a role group on objects of one model; those that exist stay. Returns how many."""
    targets = list(objects)
    if not targets:
        return 0
    meta = targets[0]._meta
    permissions = Permission.objects.filter(
        content_type__app_label=meta.app_label, content_type__model=meta.model_name, codename__in=list(codenames)
    )
    rows: Any = get_group_obj_perms_model(targets[0])
    made = [
        rows(group=group, permission=permission, content_object=target)
        for permission in permissions
        for target in targets
    ]
    rows._default_manager.bulk_create(made, ignore_conflicts=True)
    return len(made)


def revoke(group: Group, codename: str, obj: models.Model) -> None:
    """Take one guardian row away."""
    rows: Any = get_group_obj_perms_model(obj)
    rows._default_manager.filter(group=group, permission__codename=codename, content_object=obj).delete()
