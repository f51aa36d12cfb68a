"""Whether an e-mail address can be given to HubSpot; how addresses are compared is in `normalise.py`."""

from __future__ import annotations

import re
from typing import Final

from app.domain.normalise import canonical_email

_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
_LABEL: Final = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?\Z")
_FORBIDDEN_LOCAL: Final = re.compile(r"[\s\\:\[\]\x00-\x1f\x7f-\x9f]")


def usable_email(text: str) -> str:
    """The address trimmed and in lower case, or "" when HubSpot would surely refuse it.

    Only what is wrong in form is turned away here; whether the domain exists is for HubSpot to judge.
    """
    address = canonical_email(text)
    if not address or len(address) > _LONGEST or not address.isprintable():
        return ""
    local, _, domain = address.partition("@")
    if len(local) > _LONGEST_LOCAL or _FORBIDDEN_LOCAL.search(local):
        return ""
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return ""
    labels = domain.split(".")
    well_formed = all(_LABEL.match(label) for label in labels) and "_" not in domain
    return address if well_formed and not labels[-1].isdecimal() else ""
