"""Mutation testing: the code is changed in one place at a time, and some test must notice.

``make mutation`` does it for what accusations are made of: quantities, assessment, stamping.
"""
