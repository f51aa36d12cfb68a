"""Makes the keys and files by which a copy of the program learns of a newer version. Run where the libraries are:

    python packaging/sign_release.py new-key release.key
        a new key (for this user only); prints its public half
    python packaging/sign_release.py build-with https://example.org/clinicbridge.json PUBLIC_KEY
        writes resources/release.json, before building: where that build asks, and whose signature it takes
    python packaging/sign_release.py sign 1.2.0 https://example.org/news --notes "What is new." --key release.key
        writes clinicbridge.json, to be put at that address once the version can be had

The key is read from the file after --key, or from the variable CLINICBRIDGE_RELEASE_KEY (the same text). It belongs
to whoever publishes, never into the repository or a build.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from app.clients.addresses import pinned  # noqa: E402
from app.clients.releases import SIGNED_FOR, signed_text  # noqa: E402
from app.domain.releases import Release, read_release  # noqa: E402
from app.errors import ClinicBridgeError  # noqa: E402

VARIABLE = "CLINICBRIDGE_RELEASE_KEY"


def public_half(key: Ed25519PrivateKey) -> str:
    """The public key as it stands in resources/release.json."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def signed_file(release: Release, key: Ed25519PrivateKey) -> str:
    """The text of a release file. Raises ValueError where a copy of the program would not take it."""
    text = release.as_text()
    read_release(text)
    signature = base64.b64encode(key.sign(SIGNED_FOR + text.encode())).decode("ascii")
    made = json.dumps({"signed": text, "signature": signature}, ensure_ascii=False, indent=2) + "\n"
    signed_text(made.encode(), public_half(key))
    return made


def read_key(file: str | None) -> Ed25519PrivateKey:
    """The key in a file, or in the environment. Raises ValueError where there is none."""
    text = Path(file).read_text(encoding="ascii") if file else os.environ.get(VARIABLE, "")
    if not text.strip():
        raise ValueError(f"no key: name a file with --key, or set {VARIABLE}")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), validate=True))


def new_key(file: Path) -> str:
    """Write a new key, readable by this user only; returns its public half. Never replaces a file."""
    key = Ed25519PrivateKey.generate()
    place = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "w", encoding="ascii") as out:
        out.write(base64.b64encode(key.private_bytes_raw()).decode("ascii") + "\n")
    return public_half(key)


def build_with(address: str, public_key: str, file: Path) -> None:
    """Write where a build asks. Raises ValueError, AddressRefused for what it could not use."""
    pinned(address)
    if len(base64.b64decode(public_key, validate=True)) != 32:
        raise ValueError("a public key is 32 bytes as base64, as new-key prints it")
    told = {"address": address, "public_key": public_key}
    file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def main(argv: list[str]) -> int:
    """Do what the words say; returns the exit code, 2 where they cannot be used."""
    parser = argparse.ArgumentParser(prog="sign_release.py", description=(__doc__ or "").partition(".")[0])
    words = parser.add_subparsers(dest="word", required=True)
    made = words.add_parser("new-key")
    made.add_argument("file", type=Path)
    built = words.add_parser("build-with")
    built.add_argument("address")
    built.add_argument("public_key")
    built.add_argument("--file", type=Path, default=ROOT / "resources" / "release.json")
    signed = words.add_parser("sign")
    signed.add_argument("version")
    signed.add_argument("page")
    signed.add_argument("--notes", default="")
    signed.add_argument("--published", type=date.fromisoformat, default=datetime.now(UTC).date())
    signed.add_argument("--key")
    signed.add_argument("--out", type=Path, default=Path("clinicbridge.json"))
    given = parser.parse_args(argv)
    try:
        if given.word == "new-key":
            print(new_key(given.file))
        elif given.word == "build-with":
            build_with(given.address, given.public_key, given.file)
        else:
            release = Release(given.version, given.published, given.page, given.notes)
            given.out.write_text(signed_file(release, read_key(given.key)), encoding="utf-8")
            print(f"{given.out} is signed.")
    except (ValueError, OSError, ClinicBridgeError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
