"""Processing models of an ODD (Guidelines, 23.5.4), before siglum's own models and clauses.

`ProcessingModel` renders one element: by the model of the ODD that applies, or by siglum's own. Text that a model leaves out is
reported as an omission.
"""

from __future__ import annotations

from siglum.convert.reading.processing_model.choose import Chooser
from siglum.convert.reading.processing_model.engine import ProcessingModel

__all__ = ["Chooser", "ProcessingModel"]
