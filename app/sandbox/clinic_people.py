"""The people of a made-up clinic: families on one inbox, twins, nicknames, many alphabets, third parties."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.sandbox import clinic_names as names
from app.sandbox.clinic_practice import Practice
from app.sandbox.cliniko import Cliniko
from app.sandbox.cliniko_filters import Row

FAMILY_SHARE = 0.08
NO_EMAIL_SHARE = 0.05


@dataclass
class People:
    """Ids of who was made, and who is special in which way."""

    patients: list[str] = field(default_factory=list)
    families: list[list[str]] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
    minors: list[str] = field(default_factory=list)
    without_email: list[str] = field(default_factory=list)
    archived: list[str] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    doctors: list[str] = field(default_factory=list)
    payers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class Population:
    """Draws people from a seeded source; `today` decides who is a minor."""

    def __init__(self, clinic: Cliniko, dice: random.Random, practice: Practice, today: date) -> None:
        self._clinic, self._dice, self._practice, self._today = clinic, dice, practice, today
        self.people = People()
        self._mail_number = 0

    def add_contacts(self, count: int, opened: datetime) -> None:
        """Doctors, payers and employers, `count` in all."""
        for number in range(count):
            made = opened + timedelta(minutes=number)
            turn = number % 5
            if turn < 3:
                self.people.doctors.append(self._add_doctor(number, made))
            elif turn == 3:
                payer = self._party(names.PAYERS, number, 2, made)
                self.people.payers.append(payer)
            else:
                self.people.others.append(self._party(names.EMPLOYERS, number, 0, made))

    def _add_doctor(self, number: int, made: datetime) -> str:
        dice = self._dice
        first, last = dice.choice(names.FIRST), dice.choice(names.LAST)
        return self._clinic.add_contact(
            title="Dr",
            first_name=first,
            last_name=last,
            preferred_name=None if number % 4 else first[:3],
            company_name=names.SURGERIES[number % len(names.SURGERIES)],
            type_code=1,
            doctor_type="specialist" if number % 3 == 2 else "general_practitioner",
            provider_number=f"{4_000_000 + number}A",
            email=f"rooms{number}@surgery.example.test" if number % 6 else None,
            phone_numbers=[("Work", f"03 52{number % 90 + 10} 0{number % 900 + 100}")],
            **self._address(),
            created_at=made,
            updated_at=made,
        )

    def _party(self, companies: tuple[str, ...], number: int, type_code: int, made: datetime) -> str:
        turn = number // 5
        company = companies[turn % len(companies)]
        if turn >= len(companies):
            company = f"{company} {turn // len(companies) + 1}"
        return self._clinic.add_contact(
            company_name=company,
            type_code=type_code,
            email=f"accounts{number}@payer.example.test",
            phone_numbers=[("Work", f"1300 {number % 900 + 100} 000")],
            created_at=made,
            updated_at=made,
        )

    def add_patients(self, moments: list[datetime]) -> None:
        """One patient for each moment, some of them in families, at least one of those with twins."""
        left = len(moments)
        planned = max(2, round(left * FAMILY_SHARE)) if left >= 10 else 0
        in_families = 0
        index = 0
        while index < len(moments):
            size = 1
            behind = in_families < planned * (index + 1) / left
            if behind and len(moments) - index >= 4:
                size = self._dice.randint(2, 4)
            if size > 1:
                self._add_family(moments[index : index + size])
                in_families += size
            else:
                self._add_single(moments[index])
            index += size

    def _add_single(self, made: datetime) -> None:
        dice = self._dice
        first, last, preferred = self._name()
        born = self._birthday(3 if dice.random() < 0.08 else 18, 92)
        email: str | None = self._email(first, last)
        if dice.random() < NO_EMAIL_SHARE:
            email = dice.choice((None, ""))
        self._add(first, last, preferred, born, email, self._phones(), self._address(), made)

    def _add_family(self, moments: list[datetime]) -> None:
        """A parent whose inbox and mobile all share, and children; every other family of three has twins."""
        first, last, _ = self._name()
        email, phones, address = self._email("family", last), self._phones(), self._address()
        parent = self._add(first, last, None, self._birthday(32, 50), email, phones, address, moments[0])
        family = [parent]
        birthday = self._birthday(4, 16)
        have_twins = len(moments) >= 3 and len(self.people.twins) <= len(self.people.families) // 2
        for number, made in enumerate(moments[1:]):
            born = birthday if have_twins and number < 2 else self._birthday(2, 17)
            child = self._dice.choice([one for one in names.FIRST if one != first])
            family.append(self._add(child, last, None, born, email, phones, address, made))
        if have_twins:
            self.people.twins.append((family[1], family[2]))
        self.people.families.append(family)

    def _add(
        self,
        first: str,
        last: str,
        preferred: str | None,
        born: date | None,
        email: str | None,
        phones: list[dict[str, str]],
        address: dict[str, str],
        made: datetime,
    ) -> str:
        dice, stamp = self._dice, self._clinic.stamp(made)
        row: Row = {
            "created_at": stamp,
            "updated_at": stamp,
            "title": dice.choice(("Mr", "Ms", "Mrs", "Mx", None, "")),
            "first_name": first,
            "last_name": last,
            "preferred_first_name": preferred,
            "date_of_birth": born.isoformat() if born else None,
            "sex": dice.choice(("Female", "Male", None)),
            "gender_identity": dice.choice(("Woman", "Man", "Non-binary", None, None)),
            "email": email,
            "patient_phone_numbers": phones,
            **address,
            "occupation": dice.choice(names.OCCUPATIONS),
            "reminder_type": dice.choice(("SMS & Email", "SMS & Email", "SMS", "Email", "None")),
            "accepted_privacy_policy": dice.choice((True, True, True, None, False)),
            "accepted_email_marketing": dice.choice((True, False, None)),
            "accepted_sms_marketing": dice.choice((True, False, None)),
            "old_reference_id": "",
        }
        if self.people.doctors and dice.random() < 0.3:
            row["referring_doctor_id"] = int(dice.choice(self.people.doctors))
        if dice.random() < 0.1:
            row["concession_type_id"] = int(dice.choice(self._practice.concessions))
        if dice.random() < 0.05:
            row["notes"] = "Prefers mornings.\r\nGate code 4711."
        patient_id = str(self._clinic.insert("patients", row)["id"])
        self._remember(patient_id, born, email)
        return patient_id

    def _remember(self, patient_id: str, born: date | None, email: str | None) -> None:
        self.people.patients.append(patient_id)
        if not email:
            self.people.without_email.append(patient_id)
        if born is not None and born > _years_before(self._today, 18):
            self.people.minors.append(patient_id)

    def add_referrals(self, moments: list[datetime]) -> None:
        """Where the patients come from, for about two in three; moments are those of the patients."""
        types, dice, people = self._practice.referral_types, self._dice, self.people
        for patient_id, made in zip(people.patients, moments, strict=True):
            name = dice.choice((*types, None, None))
            row: Row = {}
            if name == "Patient":
                row = {"referrer_id": int(dice.choice(people.patients)), "referrer_type": "Patient"}
            elif name == "Contact" and people.doctors:
                row = {"referrer_id": int(dice.choice(people.doctors)), "referrer_type": "Contact"}
            elif name == "Social media":
                row = {"subcategory": dice.choice(("Facebook", "Instagram", None))}
            if name is not None and row.get("referrer_id") != int(patient_id):
                stamp = self._clinic.stamp(made)
                row |= {"patient_id": int(patient_id), "referral_source_type_id": int(types[name])}
                self._clinic.insert("referral_sources", {**row, "created_at": stamp, "updated_at": stamp})

    def _name(self) -> tuple[str, str, str | None]:
        dice = self._dice
        chance = dice.random()
        if chance < 0.12:
            first, last = dice.choice(names.OF_THE_WORLD)
            return first, last, None
        if chance < 0.28:
            first, preferred = dice.choice(names.WITH_NICKNAME)
            return first, dice.choice(names.LAST), preferred
        return dice.choice(names.FIRST), dice.choice(names.LAST), None

    def _birthday(self, youngest: int, oldest: int) -> date:
        days = self._dice.randint(youngest * 366, max(youngest * 366, oldest * 365))
        return self._today - timedelta(days=days)

    def _email(self, first: str, last: str) -> str:
        self._mail_number += 1
        plain = "".join(
            one for one in f"{first}.{last}".lower() if one.isascii() and (one.isalnum() or one == ".")
        )
        local = plain.strip(".") or "friend"
        return f"{local}{self._mail_number}@{self._dice.choice(names.MAIL_HOSTS)}"

    def _phones(self) -> list[dict[str, str]]:
        dice = self._dice
        numbers = []
        if dice.random() < 0.88:
            digits = f"{dice.randint(0, 99_999_999):08d}"
            spelling = dice.choice(("04{0}{1} {2} {3}", "04{0}{1}{2}{3}", "+61 4{0}{1} {2} {3}"))
            mobile = spelling.format(digits[:1], digits[1:2], digits[2:5], digits[5:])
            numbers.append({"phone_type": "Mobile", "number": mobile})
        if dice.random() < 0.2:
            home = f"(03) 5{dice.randint(200, 299)} {dice.randint(1000, 9999)}"
            numbers.append({"phone_type": "Home", "number": home})
        if dice.random() < 0.1:
            numbers.append({"phone_type": "Work", "number": f"03 9{dice.randint(1_000_000, 9_999_999)}"})
        return numbers

    def _address(self) -> dict[str, str]:
        city, state, post_code = self._dice.choice(names.PLACES)
        street = f"{self._dice.randint(1, 240)} {self._dice.choice(names.STREETS)}"
        place = {"city": city, "state": state, "post_code": post_code, "country_code": "AU"}
        return {"address_1": street, "address_2": "", **place}


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
