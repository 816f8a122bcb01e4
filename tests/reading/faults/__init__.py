"""Clean reports of invented towns, and the faults put into them. See ../README.md."""

from . import (of_arithmetic, of_identity, of_numbering, of_residue, of_structure,  # noqa: F401
               of_substance, of_time)
from .build import clean, report
from .fault import FAULTS

__all__ = ["FAULTS", "clean", "report"]
