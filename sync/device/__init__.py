"""The laptop's side of the exchange: enrolment, packages up and down, both ways to the county, differences."""

from sync.device.carry import exchange, inspect, read_stick, write_stick
from sync.device.differences import Difference, conflicts, resolve
from sync.device.digests import state_hash
from sync.device.enrol import accept, request

__all__ = [
    "Difference",
    "accept",
    "conflicts",
    "exchange",
    "inspect",
    "read_stick",
    "request",
    "resolve",
    "state_hash",
    "write_stick",
]
