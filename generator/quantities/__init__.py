"""The only numeric grammar: what in a Chinese text is a quantity, a date, or a number that is neither."""

from generator.quantities.dates import find_as_of, find_due, month_end
from generator.quantities.grammar import Grammar
from generator.quantities.number import Number

__all__ = ["Grammar", "Number", "find_as_of", "find_due", "month_end"]
