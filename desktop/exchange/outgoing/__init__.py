"""Ledgers out of the store: their rows, their sheets, the bytes of the file, and who may have them."""
