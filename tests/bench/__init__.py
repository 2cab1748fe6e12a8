"""Figures of `make bench`: one small module a subject, each on a real store in a temporary folder."""
