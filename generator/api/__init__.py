"""The static JSON API: one address for each thing, beside its page."""

from generator.api.commitment import render_twin

__all__ = ["render_twin"]
