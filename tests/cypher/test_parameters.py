"""Every parameter of every question is held to its domain before anything is asked, and what is wrong is one clear line."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.queries import Parameter, load_modules

OUTSIDE = {"date": "16/01/2026", "choice": "sideways", "modalities": "fact,wish", "origins": "heard", "entity": "  ", "string": "  "}


def outside(parameter: Parameter) -> str:
    """Return a value that the parameter's domain does not hold."""
    return str(float(parameter.domain[1]) + 1) if parameter.type in ("integer", "number") else OUTSIDE[parameter.type]


@pytest.mark.parametrize("parameter", [
    pytest.param(parameter, id=f"{module.name} {parameter.name}") for module in load_modules().values() for parameter in module.parameters
])
def test_a_value_out_of_the_domain_is_refused_in_one_line(parameter: Parameter) -> None:
    with pytest.raises(QueryError, match=rf"^{parameter.name} must") as refused:
        parameter.value(outside(parameter))
    assert "\n" not in str(refused.value)
