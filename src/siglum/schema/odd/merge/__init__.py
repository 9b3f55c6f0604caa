"""One specification over another: what `add`, `delete`, `replace` and `change` make of it (Guidelines, 22.8.3).

From the top: `specs` (a spec over that of the source), `classes`, `attributes`, `values`, `constraints`; `explicit` says
first what a mode that is not written means, and `inherit` gives elements their last form beside their classes.
"""
