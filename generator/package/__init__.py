"""Assessed registers → Frictionless data packages: descriptors, files of every format, validation, replacement."""

from generator.package.subsets import Subset, packages_of
from generator.package.validate import validate_packages
from generator.package.write import write_packages

__all__ = ["Subset", "packages_of", "validate_packages", "write_packages"]
