"""One module a programme, named by its programme code; `living`, `special` and `care` are the tables of them."""
