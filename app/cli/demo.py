"""The demo as text: a made-up clinic is set up, synced, changed on both sides, asked one question, and a file of
its patients imported."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.assembly import Demo, open_demo
from app.cli.demo_file import NAME, write_export
from app.cli.output import check_lines
from app.cli.words import Desk, Parser, Word
from app.domain.conflicts import Conflict
from app.service.imports import Imported
from app.wording import report_lines

ROBERT: Final = {"firstname": "Robert", "lastname": "Marsh", "email": "bob.marsh@mail.example.test"}
BOB: Final = {"first_name": "Bob", "last_name": "Marsh", "email": "bob.marsh@mail.example.test"}
MOBILE: Final = "0491 570 006"
NEWCOMERS: Final = (
    {
        "first_name": "Ida",
        "last_name": "Novak",
        "email": "ida@mail.example.test",
        "date_of_birth": "1990-07-21",
    },
    {
        "first_name": "Sam",
        "last_name": "Okoro",
        "email": "sam@mail.example.test",
        "date_of_birth": "1972-11-02",
    },
)


def demo(desk: Desk) -> int:
    """Play the whole story and print what happens; 0 where all of it went as it should."""
    opened = open_demo(patients=desk.arguments.patients, seed=desk.arguments.seed)
    try:
        return _Story(desk, opened).tell()
    finally:
        opened.program.close()


class _Story:
    """What happens, chapter by chapter."""

    def __init__(self, desk: Desk, opened: Demo) -> None:
        self._say = desk.output.line
        self._output = desk.output
        self._program, self._sandbox = opened.program, opened.sandbox
        self._chapters: list[str] = []

    def tell(self) -> int:
        """All chapters in order."""
        bob = self._sandbox.cliniko.add_patient(**BOB)
        robert = self._sandbox.hubspot.add_contact(**ROBERT)
        kim = self._sandbox.cliniko.add_patient(
            first_name="Kim", last_name="Arnold", email="kim@mail.example.test", date_of_birth="1984-03-09"
        )
        steps = [
            self._set_up(),
            self._sync("First sync"),
            self._change_in_cliniko(kim),
            self._change_in_hubspot(kim),
            self._question(bob, robert),
            self._import([bob, kim]),
            self._sync("Once more: nothing is left to do"),
        ]
        went_well = all(steps)
        self._chapter("That was the demo" if went_well else "Something did not go as it should")
        self._say("  The made-up clinic and everything about it is gone now.")
        self._output.answer({"chapters": self._chapters, "went_well": went_well}, ())
        return 0 if went_well else 1

    def _chapter(self, title: str) -> None:
        self._chapters.append(title)
        self._say(f"\n== {title}")

    def _set_up(self) -> bool:
        self._chapter("Set-up")
        self._say("  Both services are simulated on this computer; nothing leaves it.")
        checks = [check.as_json() for check in self._program.setup.test_keys()]
        for line in check_lines(checks):
            self._say(f"  {line}")
        return all(check["ok"] for check in checks)

    def _sync(self, title: str) -> bool:
        self._chapter(title)
        report = self._program.syncing.run(until_caught_up=True)
        for line in report_lines(report):
            self._say(f"  {line}")
        return report.status != "failed"

    def _change_in_cliniko(self, patient_id: str) -> bool:
        self._chapter("A change in Cliniko")
        self._say("  The front desk corrects Kim's address; the next run carries it over.")
        self._sandbox.cliniko.edit_patient(patient_id, city="Geelong")
        self._program.syncing.run()
        city = self._contact_of(patient_id).get("city", "")
        self._say(f"  HubSpot now says: {city}")
        return city == "Geelong"

    def _change_in_hubspot(self, patient_id: str) -> bool:
        self._chapter("A change in HubSpot, sent to Cliniko on request")
        self._say("  Somebody types Kim's mobile into HubSpot and sets ‘Update Cliniko patient’ to yes.")
        contact_id = self._program.people.why("patient", patient_id)["hubspot_id"]
        self._sandbox.hubspot.edit_contact(contact_id, mobilephone=MOBILE, update_cliniko_patient="yes")
        self._program.syncing.run()
        phones = self._sandbox.cliniko.patient(patient_id).get("patient_phone_numbers") or []
        numbers = [str(phone.get("number")) for phone in phones]
        self._say(f"  Cliniko now says: {', '.join(numbers) or 'nothing'}")
        self._say(
            f"  The request in HubSpot is back to: {self._contact_of(patient_id)['update_cliniko_patient']}"
        )
        return any(_digits(number).endswith(_digits(MOBILE)[-9:]) for number in numbers)

    def _question(self, bob: str, robert: str) -> bool:
        self._chapter("A question")
        found = self._about(bob)
        if found is None:
            self._say("  There is none, although there should be.")
            return False
        self._say(f"  {found.message}")
        self._say(
            f"  Answers: {', '.join(answer for answer in ('link', 'separate', 'later'))}. We say: link."
        )
        self._program.review.answer(found.id, "link")
        self._program.syncing.run()
        linked = self._program.people.why("patient", bob)["hubspot_id"]
        self._say(f"  Bob's contact in HubSpot is now {linked}, the one that was there before.")
        return bool(linked == robert)

    def _import(self, known: list[str]) -> bool:
        """A file of two who are there already and two who are not: rehearsed, imported, and imported once more."""
        self._chapter("An import of a file exported from Cliniko")
        fresh = [self._sandbox.cliniko.add_patient(**one) for one in NEWCOMERS]
        with TemporaryDirectory(prefix="clinicbridge-demo-file-") as folder:
            file = Path(folder) / NAME
            write_export(file, map(self._sandbox.cliniko.patient, [*known, *fresh]))
            self._say(f"  {NAME}: {len(known)} patients whom HubSpot knows, {len(fresh)} newcomers.")
            rehearsed = self._import_once("The rehearsal would do", file, is_rehearsal=True)
            waited = not self._are_in_hubspot(fresh)
            done = self._import_once("The import did", file)
            arrived = self._are_in_hubspot(fresh)
            again = self._import_once("The same file once more did", file)
        self._say("  Nothing was written before the import, and nothing by importing it twice.")
        self._say("  The next run meets the newcomers in Cliniko itself and adds what no file tells.")
        self._program.syncing.run()
        counts = [one.rows["done"] for one in (rehearsed, done, again)]
        return counts == [len(fresh), len(fresh), 0] and waited and arrived

    def _import_once(self, title: str, file: Path, is_rehearsal: bool = False) -> Imported:
        done = self._program.imports.run(file, "patients", None, is_rehearsal)
        rows = done.rows
        numbers = ", ".join(f"{rows[name]} {name}" for name in ("done", "unchanged", "held", "refused"))
        self._say(f"  {title}: {numbers}.")
        return done

    def _are_in_hubspot(self, patients: list[str]) -> bool:
        return all(self._program.people.why("patient", one)["hubspot_id"] for one in patients)

    def _about(self, patient_id: str) -> Conflict | None:
        questions = self._program.review.every_question()
        return next((one for one in questions if one.subject_id == patient_id), None)

    def _contact_of(self, patient_id: str) -> dict[str, str]:
        hubspot_id = self._program.people.why("patient", patient_id)["hubspot_id"]
        return dict(self._sandbox.hubspot.contact(hubspot_id))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _options(parser: Parser) -> None:
    parser.add_argument("--patients", type=int, default=60, metavar="N", help="how large a clinic")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same clinic")


WORDS: Final = (Word("demo", "the made-up clinic as text (also: --demo)", demo, _options),)
