"""Made-up people for the matching tests: short builders for signs and candidates."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.normalise import fold_name, phone_key
from app.matching.decisions import Candidate
from app.matching.signs import Signs

BORN = date(1980, 2, 2)
MOBILE = "0400 000 001"


def signs(
    name: str = "",
    *,
    preferred: str = "",
    email: str = "",
    born: date | None = None,
    mobile: str = "",
    home: str = "",
    company: str = "",
    provider: str = "",
) -> Signs:
    """Signs of somebody called "First Last" (or "Last" alone), in Australia."""
    first, _, last = name.rpartition(" ")
    keys = tuple(phone_key(number, "AU") for number in (mobile, home) if number)
    return Signs(
        first_names=tuple(fold_name(part) for part in (first, preferred) if part),
        last_names=(fold_name(last),) if last else (),
        emails=(email,) if email else (),
        phones=keys,
        birth_date=born,
        mobiles=keys[:1] if mobile else (),
        company=fold_name(company),
        provider_number=provider,
    )


def contact(hubspot_id: str, name: str = "", *, secondary: str = "", **rest: Any) -> Candidate:
    """A candidate; what is no field of a candidate describes its signs."""
    own = {key: rest.pop(key) for key in list(rest) if key in Candidate.__dataclass_fields__}
    email = rest.get("email", "")
    about = signs(name, **rest)
    if secondary:
        about = Signs(**{**vars(about), "emails": (*about.emails, secondary)})
    return Candidate(hubspot_id, about, has_email=bool(about.emails), primary_email=email, **own)
