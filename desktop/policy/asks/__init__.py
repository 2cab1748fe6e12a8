"""One module an ask of the contract, named by the ask; `table` lists them."""
