"""Which rows belong to one household, and what merged cells say for the rows they cover (excel.md §4.7)."""

from desktop.exchange import lines
from desktop.exchange.files.cells import Cell
from desktop.exchange.ledger import Home, Ledger, Row
from desktop.exchange.profiles import Field
from desktop.policy.text import without_blanks

_BREAKS = (lines.SUBTOTAL, lines.TOTAL, lines.NOTE)


def fill(ledger: Ledger) -> None:
    """Give every data row its cells; merged areas speak only for household and merged fields."""
    for row in ledger.data:
        row.cells = {
            field.key: _cell(ledger, row.number, column, field)
            for field in ledger.profile.fields
            if (column := ledger.header.columns.get(field.key)) is not None
        }


def _cell(ledger: Ledger, row: int, column: int, field: Field) -> Cell:
    sheet = ledger.chosen.sheet
    anchor = sheet.covered.get((row, column))
    if anchor is None or not field.scope or field.kind == "account" or anchor[0] <= ledger.header.rows[-1]:
        return sheet.cell(row, column)  # an account never comes from elsewhere
    return sheet.cell(*anchor)


def group(ledger: Ledger) -> None:
    """Put the data rows into households; `E_HOUSEHOLD_UNKNOWN` where a break left none."""
    column = next((c for key in ledger.profile.households if (c := ledger.header.columns.get(key))), None)
    if column is None:
        _nobody_s(ledger)
        return
    key, home, broken = "", None, True
    for number, code in ledger.lines.items():
        if code in _BREAKS:
            broken = True
        row = ledger.rows.get(number)
        if row is None:
            continue
        own = without_blanks(ledger.chosen.sheet.cell(number, column).shown)
        if own:
            if home is None or own != key:
                home = _open(ledger)
            key, broken = own, False
        if broken or home is None:
            row.say("household", "E_HOUSEHOLD_UNKNOWN")
        else:
            _join(home, row)


def _nobody_s(ledger: Ledger) -> None:
    """Nothing tells the households apart, though this kind of ledger has them."""
    if ledger.profile.households:
        for row in ledger.data:
            row.say("household", "E_HOUSEHOLD_UNKNOWN")


def _open(ledger: Ledger) -> Home:
    home = Home()
    ledger.homes.append(home)
    return home


def _join(home: Home, row: Row) -> None:
    home.rows.append(row)
    row.home = home


def share(ledger: Ledger) -> None:
    """Write the household's values, read from its first row, into all its rows."""
    keys = [f.key for f in ledger.profile.fields if f.scope == "household" and ledger.has(f.key)]
    for home in ledger.homes:
        shared = {key: home.first.values.get(key) for key in keys}
        for row in home.rows[1:]:
            row.values |= shared
