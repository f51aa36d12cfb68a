"""What a failed set-up is called: from an installer's output to words that name the way out. Pure."""

from __future__ import annotations

from pathlib import Path

FOREIGN_ENVIRONMENT = (
    "ClinicBridge keeps its libraries in {folder},\n"
    "but the folder there was made by something else. Rename or remove it, then start again."
)
NO_NETWORK = (
    "ClinicBridge could not reach the Python package index, from which it fetches its libraries once.\n"
    "Check this computer's connection to the internet (and its proxy or firewall), then start again."
)
UNTRUSTED = (
    "The connection to the Python package index was not trusted: its certificate could not be checked.\n"
    "Often a company proxy or a wrong clock is the cause. Set the clock, or name the proxy's certificate in\n"
    "SSL_CERT_FILE and PIP_CERT, then start again."
)
CHANGED_FILE = (
    "A fetched library is not the one that ClinicBridge was tested with, so nothing of it was used.\n"
    "Start again; if this stays, something between this computer and the package index changes files."
)
NO_ROOM = "There is not enough free disk space (about 600 MB are needed). Free some, then start again."
NOT_MADE_FOR_THIS = (
    "A library that ClinicBridge needs is not made for this system. It needs a 64-bit Windows 10, macOS 13,\n"
    "Debian 12 or Ubuntu 22.04 (or newer), with Python 3.11 to 3.14 from python.org or the system."
)
UNKNOWN = (
    "ClinicBridge's libraries could not be installed. Start again; if this stays, the last lines tell more:"
)

# First hit wins: an installer that has no network often ends by saying that it found no version.
SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (NO_ROOM, ("no space left on device", "disk quota exceeded", "not enough space", "errno 28")),
    (CHANGED_FILE, ("do not match the hashes", "hash mismatch")),
    (
        UNTRUSTED,
        (
            "certificate_verify_failed",
            "certificate verify failed",
            "invalid peer certificate",
            "unknownissuer",
        ),
    ),
    (
        NO_NETWORK,
        (
            "name resolution",
            "name or service not known",
            "nodename nor servname",
            "getaddrinfo failed",
            "dns error",
            "failed to lookup address",
            "network is unreachable",
            "no route to host",
            "connection refused",
            "connection reset",
            "failed to establish a new connection",
            "error sending request",
            "failed to fetch",
            "max retries exceeded",
            "timed out",
            "cannot connect to proxy",
        ),
    ),
    (
        NOT_MADE_FOR_THIS,
        (
            "no matching distribution found",
            "no wheels with a matching",
            "no solution found",
            "not a supported wheel",
        ),
    ),
)
LAST_LINES = 12


def explain(output: str, log: Path | None = None) -> str:
    """The words for what an installer said; its last lines are added only where no cause is known."""
    lowered = output.lower()
    words = next((words for words, signs in SIGNS if any(sign in lowered for sign in signs)), "")
    if not words:
        words = "\n".join([UNKNOWN, "", *output.strip().splitlines()[-LAST_LINES:]])
    return f"{words}\n(All that was said: {log})" if log is not None else words


def not_writable(folder: Path, error: OSError) -> str:
    """The words for a folder that cannot be written, or a file in it that is in use."""
    return (
        f"ClinicBridge keeps its libraries in {folder},\n"
        f"and that folder cannot be changed ({error.strerror}).\n"
        "If ClinicBridge is open, close it first. If the folder is not yours, copy ClinicBridge to your own\n"
        "home folder and start it there."
    )


def no_installer(install_line: str) -> str:
    """The words for a Python without pip; `install_line` is the command that helps, "" if not known."""
    words = "This Python comes without pip, which fetches the libraries that ClinicBridge needs."
    if install_line:
        return f"{words} This line installs what is missing; then start again:\n\n    {install_line}\n"
    return f"{words} Install pip (or the uv tool) with your system's package tool, then start again."
