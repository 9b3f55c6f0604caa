"""What elements become by the processing models of an ODD (Guidelines, 23.5.4): the models over siglum's own clauses.

`Modelled` takes the place of the clauses: for an element with a model that applies it does what the model says, for every other
what the clauses say. Text that a model leaves out is reported like any other.
"""

from __future__ import annotations

from siglum.convert.reading.processing_model.choose import Chooser
from siglum.convert.reading.processing_model.engine import Modelled

__all__ = ["Chooser", "Modelled"]
