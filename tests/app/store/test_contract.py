"""The store against what the engine asks of it."""

from __future__ import annotations

import inspect

from app.store import Store
from app.sync.storage import Storage


def typed(store: Store) -> Storage:
    """Checked by mypy: a store is a storage."""
    return store


def promised() -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(member)
        for name, member in vars(Storage).items()
        if inspect.isfunction(member) and not name.startswith("_")
    }


def test_every_promised_method_is_there_with_its_parameters() -> None:
    """The engine knows the protocol only; a method it names is here, with the same words and defaults."""
    assert len(promised()) > 50
    for name, signature in promised().items():
        method = getattr(Store, name, None)
        assert method is not None, name
        wanted = [(each.name, each.default, each.kind) for each in signature.parameters.values()]
        offered = [
            (each.name, each.default, each.kind) for each in inspect.signature(method).parameters.values()
        ]
        assert offered[: len(wanted)] == wanted, name
        assert all(default is not inspect.Parameter.empty for _, default, _ in offered[len(wanted) :]), name
