"""What a ledger file may be at most, and how its readers say that it is none; nothing in words for people."""

MAX_ROWS = 50_000
"""Filled rows of one file."""

MAX_LAST_ROW = 200_000
"""The highest row number that a row may have, gaps included."""

MAX_BLANK_RUN = 200
"""Whatever comes behind more blank rows than these is left alone."""

MAX_COLUMNS = 500
"""Columns behind these are left alone."""


class Broken(ValueError):
    """The file is not what a workbook must be."""


class NoWorkbook(ValueError):
    """A package, but not one of a workbook."""


class TooLarge(ValueError):
    """More rows than a ledger may have."""
