"""The work itself: households, persons, cases, visits, papers; the only writer of cases, without a window or a key."""
