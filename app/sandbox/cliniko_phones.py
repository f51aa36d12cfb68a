"""Phone numbers in international digits, and the countries behind their codes."""

from __future__ import annotations

import re

COUNTRIES = {
    "AU": "Australia",
    "NZ": "New Zealand",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "US": "United States",
    "CA": "Canada",
    "DE": "Germany",
    "FR": "France",
    "NL": "Netherlands",
    "SG": "Singapore",
    "ZA": "South Africa",
    "VN": "Viet Nam",
    "CN": "China",
    "IN": "India",
}

_CALLING_CODES = {
    "AU": "61",
    "NZ": "64",
    "GB": "44",
    "IE": "353",
    "US": "1",
    "CA": "1",
    "DE": "49",
    "FR": "33",
    "NL": "31",
    "SG": "65",
    "ZA": "27",
    "VN": "84",
    "CN": "86",
    "IN": "91",
}

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""

COUNTRY_CODES = frozenset(_CODES.split())


def country_name(code: str | None) -> str | None:
    """The English name of a country code; the code itself where no name is kept; None for none."""
    return COUNTRIES.get(code, code) if code else None


def normalized(number: str, country_code: str | None) -> str:
    """The digits of a number with its country in front and no plus; empty when there are none."""
    calling_code = _CALLING_CODES.get(country_code or "", "61")
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        # People write "+61 (0)400 ..."; the zero in brackets is for calls from inside.
        return re.sub(rf"^{calling_code}0", calling_code, digits)
    for prefix in ("0011", "00"):
        if digits.startswith(prefix):
            return digits.removeprefix(prefix)
    if digits.startswith("0"):
        return calling_code + digits[1:]
    if digits.startswith(calling_code) and len(digits) >= len(calling_code) + 9:
        return digits
    return calling_code + digits if digits else ""
