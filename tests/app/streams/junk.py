"""Whatever JSON may hold where a record is expected, and what HubSpot accepts as values."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.domain.stream import Property

_FORMATS = {
    "number": r"-?\d+(\.\d+)?",
    "date": r"\d{4}-\d{2}-\d{2}",
    "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z",
}


def check_formats(rows: tuple[Property, ...], values: dict[str, str]) -> None:
    """Every value is text that HubSpot takes for its property's type."""
    assert set(values) == {row.name for row in rows if row.value}
    for row in rows:
        value = values.get(row.name, "")
        assert isinstance(value, str)
        assert value == value.strip()
        assert len(value.encode("utf-16-le")) <= 2 * 65_536
        assert not re.search("[\x00-\x1f\x7f]", value)
        if value and row.type in _FORMATS:
            assert re.fullmatch(_FORMATS[row.type], value), (row.name, value)
        if value and row.options:
            assert value in {option for option, _ in row.options}, (row.name, value)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(
        ["", "true", "2025-13-45", "1984-11-02", "2025-03-04T23:00:00+10:00", "x@y.zz", "NaN", "1e999"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["links", "self", "id", "number", "phone_type", "nominative"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)

patiently = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""The machine may be busy: neither a slow example nor slow drawing is a failure of the rule."""
