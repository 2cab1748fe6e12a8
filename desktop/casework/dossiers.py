"""The dossier of a household: the household itself with its people, cases, visits and papers."""

from collections.abc import Mapping
from typing import Any

from db import journal
from desktop.casework import cases, households, issued, persons, visit_views
from desktop.casework.fields import phone_warnings
from desktop.casework.masks import mask_phone
from desktop.casework.views import HouseholdView
from desktop.casework.work import Work


def show(work: Work, household_id: str) -> HouseholdView:
    """A household with people (masked), cases, visits and papers."""
    work.allow("look")
    household = households.find_one(work.session, household_id)
    members = tuple(persons.view(work, person) for person in persons.of_household(work.session, household.id))
    warned = tuple(phone_warnings(household.phone)) + tuple(w for member in members for w in member.warnings)
    return HouseholdView(
        household_id=household.id,
        village=household.village,
        group=household.group,
        address=household.address,
        phone=mask_phone(household.phone),
        hukou=household.hukou,
        remark=household.remark,
        members=members,
        cases=tuple(cases.rows(work, household_id=household.id)),
        visits=tuple(visit_views.rows(work, household_id=household.id)),
        documents=tuple(issued.rows(work, household_id=household.id)),
        warnings=warned,
        versions=journal.versions(work.session, household.id),
    )


def change(
    work: Work, household_id: str, values: Mapping[str, Any], seen: Mapping[str, str] | None = None
) -> HouseholdView:
    """Set fields of a household and show it."""
    households.change(work, household_id, values, seen)
    return show(work, household_id)
