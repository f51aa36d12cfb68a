"""Every failure the program can name, as one tree: words for the manager, words for the log.

`str(error)` is the precise sentence for the log; `error.sentence` and `error.next_step` are what a
practice manager reads. Neither ever holds a name, an address or a key (I6).
"""

from __future__ import annotations


class ClinicBridgeError(Exception):
    """The root. `code` is a stable slug, `exit_code` the command line's answer."""

    code = "bug"
    exit_code = 70
    sentence = "Something went wrong inside ClinicBridge."
    next_step = "Please send the diagnostics file from the Help page."

    def __init__(self, detail: str = "", *, sentence: str = "", next_step: str = "") -> None:
        super().__init__(detail or sentence or self.sentence)
        if sentence:
            self.sentence = sentence
        if next_step:
            self.next_step = next_step
        self.report: object = None
        """The report of the execution that this ended, where there was one."""


class Bug(ClinicBridgeError):
    """Our own mistake."""


class BadInput(ClinicBridgeError):
    """The words, file, setting, address or id given cannot be used."""

    code = "bad_input"
    exit_code = 2
    sentence = "This cannot be used as it is."
    next_step = "Correct it and try again."


class HeadingsUnknown(BadInput):
    """The first row of a file has no headings that we know (R70)."""

    sentence = "The first row of the file does not hold headings of a Cliniko export."
    next_step = "Put the headings back, or name the columns in the mapping."


class DateOrderOpen(BadInput):
    """The dates of a file do not show whether the day or the month comes first, and nobody said so (R70)."""

    sentence = "The dates in this file do not show whether the day or the month comes first."


class AddressRefused(BadInput):
    """A base URL that must not be given a key (I9)."""

    code = "address_refused"
    sentence = "The address of the service is not safe to send a key to."
    next_step = "Use an address that begins with https:// (plain http:// works for this computer only)."


class ReleaseRefused(ClinicBridgeError):
    """What came back about a new version is not what its key has signed, or cannot be read."""

    code = "release_refused"
    exit_code = 1
    sentence = "What came back about updates cannot be trusted and is ignored."
    next_step = "Nothing has changed on this computer."


class NotSetUp(ClinicBridgeError):
    """No keys yet."""

    code = "not_set_up"
    exit_code = 3
    sentence = "The keys of Cliniko and HubSpot are not set yet."
    next_step = "Set both keys under Settings, Connections."


class KeyringUnusable(NotSetUp):
    """The operating system's password store is absent, locked or does not answer."""

    code = "keyring_unusable"
    sentence = (
        "This computer has no password store that ClinicBridge can use "
        "(on Linux: GNOME Keyring, KWallet or KeePassXC with Secret Service)."
    )
    next_step = "Unlock or install it, or keep the keys for this session only."


class KeysRefused(ClinicBridgeError):
    """401: the service does not accept the key. `service` is Cliniko or HubSpot."""

    code = "keys_refused"
    exit_code = 4

    def __init__(self, service: str, detail: str = "") -> None:
        super().__init__(
            detail or f"{service} answered 401",
            sentence=f"{service} does not accept the key.",
            next_step="Paste a new key under Settings, Connections.",
        )
        self.service = service


class RightsMissing(ClinicBridgeError):
    """403: the key may not do what is needed. `rights` are scope or resource names."""

    code = "rights_missing"
    exit_code = 4

    def __init__(self, service: str, rights: tuple[str, ...] = (), detail: str = "") -> None:
        named = ", ".join(rights)
        super().__init__(
            detail or f"{service} answered 403, missing: {named or 'not named'}",
            sentence=f"The {service} key lacks a right it needs" + (f": {named}." if named else "."),
            next_step="Give the key this right and test it under Settings, Connections.",
        )
        self.service = service
        self.rights = rights


class TryLater(ClinicBridgeError):
    """A service cannot be used now; nothing is lost, the next run goes on. Exit 5."""

    code = "try_later"
    exit_code = 5
    sentence = "A service cannot be reached at the moment. Nothing is lost."
    next_step = "ClinicBridge tries again by itself."

    def __init__(self, service: str = "", detail: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(
            detail or f"{service} cannot be used now",
            sentence=f"{service} cannot be reached at the moment. Nothing is lost." if service else "",
        )
        self.service = service
        self.retry_after_s = retry_after_s


class RateLimited(TryLater):
    """429 that outlasted the waiting we allow ourselves."""

    code = "rate_limited"

    def __init__(self, service: str = "", detail: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(service, detail, retry_after_s)
        if service:
            self.sentence = (
                f"{service} takes no more calls for now, because its limit is used up. Nothing is lost."
            )


class ServiceUnavailable(TryLater):
    """Refused connection, time-out, 5xx, 423, 477, broken or foreign answer."""

    code = "unavailable"


class OutcomeUnknown(ServiceUnavailable):
    """A write whose answer was lost: it may or may not have happened (I1)."""

    code = "outcome_unknown"


class BudgetSpent(TryLater):
    """An execution used all the calls it may use (I7)."""

    code = "budget_spent"


class Cancelled(ClinicBridgeError):
    """A person or the system asked to stop; what was done is recorded."""

    code = "cancelled"
    exit_code = 0
    sentence = "Stopped as asked."
    next_step = "The next run goes on where this one stopped."


class RequestRefused(ClinicBridgeError):
    """A 4xx that is about what we sent: kept with status and machine-readable parts, never the body."""

    code = "refused"
    exit_code = 1
    sentence = "The service did not accept a change."
    next_step = "See the question about it under Needs you."

    def __init__(self, service: str, status: int, detail: str = "", body: object = None) -> None:
        super().__init__(detail or f"{service} answered {status}")
        self.service = service
        self.status = status
        self.body = body


class OtherInstance(ClinicBridgeError):
    """Another copy is syncing with this data folder, or holds the lease (R86)."""

    code = "other_instance"
    exit_code = 6
    sentence = "Another copy of ClinicBridge is syncing right now."
    next_step = "Wait until it has finished."


class LeaseHeld(OtherInstance):
    """Another computer holds the lease of the shared database. `pc` is its name (R86)."""

    def __init__(self, pc: str) -> None:
        super().__init__(
            "another computer holds the lease",
            sentence=f"{pc} is syncing right now.",
            next_step="Only one computer syncs at a time. Wait until it has finished.",
        )
        self.pc = pc


class LeaseLost(OtherInstance):
    """This computer was away for so long that another could take over; it may not write any more (R86)."""

    code = "lease_lost"
    sentence = "This computer lost touch with the shared database, so another one may have gone on."
    next_step = "The next run goes on by itself."


class RestartNeeded(OtherInstance):
    """The database was changed since this program opened its own (R86)."""

    code = "restart_needed"
    sentence = "The database of this computer was changed in the settings."
    next_step = "Close ClinicBridge on this computer and open it again."


class AccountChanged(ClinicBridgeError):
    """The other end is not the account this database belongs to (I10)."""

    code = "account_changed"
    exit_code = 7

    def __init__(self, service: str, detail: str = "") -> None:
        super().__init__(
            detail or f"{service} is another account than the one this database belongs to",
            sentence=f"The {service} key belongs to another account than before. Nothing was written.",
            next_step="Put the right key back, or use a new data folder for the other account.",
        )
        self.service = service


class DatabaseUnusable(ClinicBridgeError):
    """Local data cannot be used: corrupt, locked for good, disk full."""

    code = "database_unusable"
    exit_code = 8
    sentence = "The local data of ClinicBridge cannot be used."
    next_step = "Restore the last backup from the data folder, or call support."


class DatabaseUnreachable(DatabaseUnusable):
    """The shared database does not answer; it may do so later (R86)."""

    sentence = "The shared database cannot be reached."
    next_step = "Check the network and the database server; ClinicBridge goes on once it answers."


class DatabaseTooNew(DatabaseUnusable):
    """Written by a newer version of the program."""

    code = "database_too_new"
    sentence = "The local data was written by a newer version of ClinicBridge."
    next_step = "Install the newer version again."


class PlanTooSmall(ClinicBridgeError):
    """The HubSpot plan has too few free properties even for the smallest set (schema §8)."""

    code = "plan_too_small"
    exit_code = 1
    sentence = "The HubSpot plan has too few free custom properties for ClinicBridge."
    next_step = "Free some custom properties in HubSpot or choose a larger HubSpot plan."
