"""Pure rules: identity numbers, money, calendar, programmes; every fact is handed in by the caller."""
