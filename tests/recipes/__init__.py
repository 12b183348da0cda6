"""What the READMEs and the pages tell readers to run, run; and the released data, read with readers' own tools.

Every code block is found by `blocks.py` and handed to the treatment of its language (`treatments.py`); a block of a
language that has none fails. The tools are those of `make recipes`, apart from everything that we depend on.
"""
