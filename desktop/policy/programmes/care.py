"""Table of the programmes of care: disabled and old people, children, stranded people, others (rule book 07)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import (
    de_facto_orphan,
    disability_living,
    disability_nursing,
    elder_allowance,
    funeral_relief,
    home_elder_care,
    judicial_aid_referral,
    left_behind_child,
    legal_aid_referral,
    orphan,
    price_subsidy,
    stranded_person,
)

PROGRAMMES: tuple[Programme, ...] = (
    disability_living.PROGRAMME,
    disability_nursing.PROGRAMME,
    elder_allowance.PROGRAMME,
    home_elder_care.PROGRAMME,
    orphan.PROGRAMME,
    de_facto_orphan.PROGRAMME,
    left_behind_child.PROGRAMME,
    stranded_person.PROGRAMME,
    price_subsidy.PROGRAMME,
    legal_aid_referral.PROGRAMME,
    judicial_aid_referral.PROGRAMME,
    funeral_relief.PROGRAMME,
)
