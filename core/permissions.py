"""The only door to guardian: rights on organisations and departments, asked as one subquery.

The truth is the dated appointment (decision B1): guardian's row says that a role's group has a right on an
organisation; the appointment says that this person is in the group today. A guardian row left behind by an
ended appointment gives nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm

__all__ = ["GroupObjectPermissionBase", "UserObjectPermissionBase", "grant", "revoke"]


def grant(group: Group, codename: str, obj: models.Model) -> Any:
    """Write one guardian row; ``codename`` is a permission of the object's model."""
    return assign_perm(f"{obj._meta.app_label}.{codename}", group, obj)


def revoke(group: Group, codename: str, obj: models.Model) -> None:
    """Take one guardian row away."""
    remove_perm(f"{obj._meta.app_label}.{codename}", group, obj)
