"""Duixian: what a city government promised for the year, and what became of it."""

__version__ = "0.1.0"
