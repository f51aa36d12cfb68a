"""Set-up from nothing but Python and a network to PyPI: run the program, run the checks, renew the locks.

Usage:
    python3 packaging/bootstrap.py run [words]         set up what is missing, then start main.py
    python3 packaging/bootstrap.py test [pytest args]  the one check command: format, lint, types, tests
    python3 packaging/bootstrap.py lock                write the hash-locked requirements anew (needs uv)

This file alone is read by whatever Python is there, even one that is too old: hence the plain syntax.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)
NOT_SET_UP = 3
HERE = os.path.dirname(os.path.abspath(__file__))


def python_problem(version: "tuple[int, ...]", is_64_bit: bool, system: str) -> str:
    """What is wrong with this Python, in words that name the way out; "" if it will do."""
    found = "%d.%d" % version  # noqa: UP031
    get = "Install a newer one from https://www.python.org/downloads/"
    if system.startswith("linux"):
        get = (
            "Install a newer one with your system's package tool (Debian 12, Ubuntu 24.04 and later have it)"
        )
    if version < OLDEST:
        return (
            "ClinicBridge needs Python 3.11 or newer, and this is Python " + found + ".\n" + get + ",\n"
            "then start ClinicBridge with that Python, for example: python3.12 main.py\n"
        )
    if version > NEWEST:
        return (
            "ClinicBridge runs on Python 3.11 to 3.14, and this is Python " + found + ", for which\n"
            "its window library is not made yet. Start it with an older Python: python3.14 main.py\n"
        )
    if not is_64_bit:
        return "ClinicBridge needs a 64-bit Python, and this one is 32-bit. " + get + ".\n"
    return ""


def main(words: "list[str]") -> int:
    """Do what the words say; returns the exit code: 2 for wrong words, 3 if the set-up cannot be made."""
    problem = python_problem(tuple(sys.version_info[:2]), sys.maxsize > 2**32, sys.platform)
    if problem:
        sys.stderr.write(problem)
        return NOT_SET_UP
    if words[:1] not in (["run"], ["test"], ["lock"]):
        sys.stderr.write(__doc__)
        return 2
    for folder in (os.path.dirname(HERE), HERE):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    import bootstrap_words  # only now: it is written for the Python that was just asked for

    return bootstrap_words.obey(words[0], words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
