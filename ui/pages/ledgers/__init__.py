"""The pages of ledgers: what comes in from Excel and what goes out to it."""
