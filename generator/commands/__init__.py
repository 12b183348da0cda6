"""The commands, a file for each kind of work: thin functions over the two halves, which only they know both of.

What a command runs is imported inside it, so that ``--help`` is fast.
"""
