"""Who exists, who steers whom, who may what."""

from agencies.models.appointment import (
    ApiToken,
    Appointment,
    DepartmentGroupPermission,
    DepartmentUserPermission,
    OrganisationGroupPermission,
    OrganisationUserPermission,
    Role,
    StandIn,
)
from agencies.models.organisation import (
    DatedModel,
    Department,
    Organisation,
    OrganisationKind,
    OrganisationName,
    SteeringRelation,
    SteeringRole,
    Succession,
    SuccessionKind,
)
from agencies.models.user import Density, User

__all__ = [
    "ApiToken",
    "Appointment",
    "DatedModel",
    "Density",
    "Department",
    "DepartmentGroupPermission",
    "DepartmentUserPermission",
    "Organisation",
    "OrganisationGroupPermission",
    "OrganisationKind",
    "OrganisationName",
    "OrganisationUserPermission",
    "Role",
    "StandIn",
    "SteeringRelation",
    "SteeringRole",
    "Succession",
    "SuccessionKind",
    "User",
]
