"""Chaos: whatever happens to a run, what was good stays good, and the next run gives what an undisturbed one gives.

``python -m tests.chaos --seed 1 --times 100`` (or ``make chaos``); see CONTRIBUTING, *Disturb the runs*.
"""
