"""Fuzzing: documents that are damaged in every way we can think of, and what must hold of whatever is read of them.

``python -m tests.fuzz --documents 100000 --seed 1`` (or ``make fuzz``); see CONTRIBUTING, *Fuzz the reading*.
"""
