"""Table of the programmes for a special purpose: disaster, treatment, school, housing, work (rule book 05, 06)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import (
    disaster_relief,
    education_aid,
    employment_aid,
    home_teaching,
    housing_aid,
    medical_aid,
)

PROGRAMMES: tuple[Programme, ...] = (
    disaster_relief.PROGRAMME,
    medical_aid.PROGRAMME,
    education_aid.PROGRAMME,
    home_teaching.PROGRAMME,
    housing_aid.PROGRAMME,
    employment_aid.PROGRAMME,
)
