"""The one small room of cryptography, shared by laptop and county: suites, keys, sealing, derivation."""
