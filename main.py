"""Start ClinicBridge: window or words. Plain syntax, since whatever Python is there has to read it."""

import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = "PySide6 requests keyring peewee schedule platformdirs tzdata rapidfuzz charset_normalizer phonenumbers cryptography"


def main(argv: "list[str] | None" = None) -> int:
    """Run with these words (without the program's name); returns the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    is_complete = sys.version_info >= (3, 11) and all(find_spec(name) for name in NEEDED.split())
    if not is_complete and not getattr(sys, "frozen", False):
        sys.path.insert(0, str(Path(__file__).resolve().parent / "packaging"))
        import bootstrap

        return bootstrap.main(["run"] + argv)
    wants_demo = argv[:1] == ["--demo"]
    if not argv or argv[0] in ("--demo", "--tray"):
        from app import display

        problem = display.window_problem(needs_screen=wants_demo)
        if problem is None:
            from ui import application

            return application.run(argv)
        print(problem, file=sys.stderr)
        if not wants_demo:
            return 3
    from app.cli import main as run_word

    return run_word(argv)


if __name__ == "__main__":
    sys.exit(main())
