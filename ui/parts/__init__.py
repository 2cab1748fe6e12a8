"""Building blocks that every page is made of; each shows something or says what the person did."""
