"""The command line: the same use cases as the window, one small module a family of verbs (contracts/cli.md)."""
