"""Builds a running program from data folder, environment, keys and addresses: real, demo or test.

What is heavy (database, engine, network, simulators) is imported only when it is first needed, so that the
window paints before and a word that needs none of it starts at once.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from app.clock import Clock, SystemClock
from app.domain.imported import ImportJob
from app.domain.releases import ReleaseSource
from app.domain.reports import Report
from app.errors import BadInput, KeyringUnusable, NotSetUp
from app.events import QuestionsCounted
from app.keys import Keys
from app.logs import LogFiles, hide, start_logging
from app.paths import DataFolder, data_folder
from app.service import Program
from app.service.activity import Activity
from app.service.care import Care
from app.service.connections import Connections
from app.service.elsewhere import Elsewhere
from app.service.imports import Imports
from app.service.live_state import LiveState
from app.service.local_data import LocalData
from app.service.pages import Pages
from app.service.people import People
from app.service.review import Review
from app.service.setup import NAME, SERVICES, Service, Setup
from app.service.shared import SharedDatabase
from app.service.syncing import Syncing
from app.service.trying import Trying
from app.service.updates import Updates, packaged_source
from app.settings import Settings

if TYPE_CHECKING:
    from app.clients.cliniko import ClinikoClient
    from app.clients.hubspot import HubSpotClient
    from app.store.store import Store
    from app.sync.execution import Engine

ADDRESS_VARIABLE: Final = {"cliniko": "CLINIKO_BASE_URL", "hubspot": "HUBSPOT_BASE_URL"}


def assemble(
    environ: Mapping[str, str] | None = None,
    *,
    folder: DataFolder | None = None,
    keys: Keys | None = None,
    clock: Clock | None = None,
    database: str = "",
) -> Program:
    """The program for this environment. Nothing is opened, read or asked yet but the log.

    `folder`, `keys` and `clock` replace those of this computer, for the demo and for tests; `database` is the address
    of a shared database in place of what this computer keeps.
    """
    surroundings = os.environ if environ is None else environ
    parts = _Parts(
        surroundings,
        folder or data_folder(surroundings),
        keys or Keys(surroundings),
        clock or SystemClock(),
        database=database,
    )
    parts.folder.prepare()
    start_logging(parts.folder.logs)
    return parts.program()


def start_log() -> None:
    """Make sure that there is a log, for a word that went wrong before it had a program."""
    if not any(isinstance(handler, LogFiles) for handler in logging.getLogger().handlers):
        folder = data_folder()
        folder.prepare()
        start_logging(folder.logs)


@dataclass(frozen=True)
class Sandbox:
    """Both services simulated on this computer: where they answer, the keys they accept, and the simulators
    themselves, on which a demo or a test does what clinic staff and HubSpot users would do."""

    cliniko_url: str
    cliniko_key: str
    hubspot_url: str
    hubspot_key: str
    cliniko: Any
    hubspot: Any

    def environ(self) -> dict[str, str]:
        """The environment that leads a program here."""
        return {
            "CLINIKO_BASE_URL": self.cliniko_url,
            "CLINIKO_API_KEY": self.cliniko_key,
            "HUBSPOT_BASE_URL": self.hubspot_url,
            "HUBSPOT_ACCESS_TOKEN": self.hubspot_key,
        }


@contextmanager
def start_sandbox(
    *, cliniko_port: int = 0, hubspot_port: int = 0, seed: int = 1, patients: int = 200, contacts: int = 0
) -> Iterator[Sandbox]:
    """Serve both simulators until the block ends: a made-up clinic of so many patients, and a HubSpot account that
    was in use before with about so many contacts. Port 0 is any free one. Raises BadInput where a port is taken."""
    from app.sandbox.clinic import build_clinic
    from app.sandbox.cliniko import Cliniko
    from app.sandbox.demo import people_of, staff_of
    from app.sandbox.hubspot import HubSpot
    from app.sandbox.portal import build_portal
    from app.sandbox.server import serve

    cliniko, hubspot = Cliniko(), HubSpot()
    if patients:
        build_clinic(cliniko, seed, patients)
    if contacts:
        build_portal(hubspot, seed, contacts, people_of(cliniko), staff_of(cliniko))
    try:
        with serve(cliniko, port=cliniko_port) as clinic, serve(hubspot, port=hubspot_port) as portal:
            yield Sandbox(
                f"{clinic.base_url}/v1", cliniko.key, portal.base_url, hubspot.token, cliniko, hubspot
            )
    except OSError as error:
        raise BadInput(
            f"a port cannot be used: {error.strerror}",
            sentence="A port is taken or not allowed.",
            next_step="Choose another port, or 0 for any free one.",
        ) from None


@dataclass(frozen=True)
class Demo:
    """A program on the simulated services, and those services, on which both sides can be changed."""

    program: Program
    sandbox: Sandbox


def demo() -> Program:
    """The program on a made-up clinic in which a few things need a person; closing it ends the simulated services
    and removes its data folder."""
    from app.sandbox.demo import add_something_to_decide

    opened = open_demo()
    add_something_to_decide(opened.sandbox.cliniko, opened.sandbox.hubspot)
    return opened.program


def open_demo(patients: int = 120, seed: int = 1) -> Demo:
    """A made-up clinic: both services on loopback, a throw-away data folder, keys in memory only."""
    things = ExitStack()
    try:
        root = things.enter_context(
            TemporaryDirectory(prefix="clinicbridge-demo-", ignore_cleanup_errors=True)
        )
        sandbox = things.enter_context(start_sandbox(seed=seed, patients=patients, contacts=patients // 2))
        environ = sandbox.environ()
        parts = _Parts(environ, DataFolder(Path(root)), Keys(environ), SystemClock(), ReleaseSource)
        things.callback(parts.close)
        return Demo(replace(parts.program(), close=things.close), sandbox)
    except BaseException:
        things.close()
        raise


class _Parts:
    """The parts of one program, each made when first asked for."""

    def __init__(
        self,
        environ: Mapping[str, str],
        folder: DataFolder,
        keys: Keys,
        clock: Clock,
        source: Callable[[], ReleaseSource] = packaged_source,
        database: str = "",
    ) -> None:
        """`source` tells where news of a newer version are asked for."""
        self.environ, self.folder, self.keys, self.clock = environ, folder, keys, clock
        self.source, self.live, self.stop = source, LiveState(), threading.Event()
        self.shared = SharedDatabase(folder, keys, clock, self.stop, _try_database, database)
        self._guard = threading.RLock()
        self._store: Store | None = None
        self._clients: dict[Service, tuple[tuple[object, ...], Any]] = {}
        self._engine: tuple[tuple[object, ...], Engine] | None = None

    def program(self) -> Program:
        """The bundle of services over these parts."""
        care = Care(
            self.store,
            self,
            self.clock,
            self.folder,
            self.keyring_problem,
            lambda: self.store().health(),
            self.is_syncing,
            lambda folder: self.store().backup(folder),
            self.engine,
            self.lock,
            lambda: self.shared.working(self.store),
        )
        syncing = Syncing(
            self.engine,
            self.lock,
            self.settings,
            self.store,
            self.clock,
            self.live,
            self.stop,
            care.tonight,
            Elsewhere(self.store, self.shared, care.history, self.clock, self.live),
        )
        setup = Setup(self.store, self.keys, self, self.engine, self.lock, self.shared)
        return Program(
            syncing=syncing,
            review=Review(self.store, self.clock, self.live),
            people=People(self.memory, self.store, self.engine, self.lock, self.hubspot, self.folder.backups),
            activity=Activity(self.store, self.is_syncing, self.engine, self.lock),
            setup=setup,
            shared=self.shared,
            care=care,
            pages=Pages(self.store, self.clock),
            connections=Connections(setup, self.keys, self, self.store),
            imports=Imports(self.store, self.import_file, self.lock, self.folder.reports, self.stop),
            local=LocalData(self.store, self.folder, self.close),
            trying=Trying(self.engine_for, self.settings, self.lock, self.stop),
            updates=Updates(self.store, self.ask_release, self.source, self.clock),
            live=self.live,
            stop=self.stop,
            close=self.close,
        )

    # local data

    def store(self) -> Store:
        """The local database, opened once. Raises DatabaseUnusable, DatabaseTooNew."""
        with self._guard:
            if self._store is None:
                from app.store.store import open_store

                self._store = open_store(self.shared.url(), self.clock)
                found = self._store
                self.live(QuestionsCounted(found.count_conflicts(), found.count_conflicts(blocking=True)))
            return self._store

    def settings(self) -> Settings:
        """The settings as they are kept now."""
        return Settings(self.store().settings())

    def lock(self) -> AbstractContextManager[object]:
        """The lock to be held during an execution."""
        return self.shared.lock(self.store)

    def is_syncing(self) -> bool:
        """Whether some copy holds that lock now."""
        return self.shared.is_syncing(self.store)

    # keys and services

    def cliniko(self) -> ClinikoClient:
        """The way to Cliniko. Raises AddressRefused, NotSetUp, KeyringUnusable, KeysRefused."""
        from app.clients.cliniko import ClinikoClient

        client: ClinikoClient = self._client("cliniko", ClinikoClient)
        return client

    def hubspot(self) -> HubSpotClient:
        """The way to HubSpot. Raises AddressRefused, NotSetUp, KeyringUnusable, KeysRefused."""
        from app.clients.hubspot import HubSpotClient

        client: HubSpotClient = self._client("hubspot", HubSpotClient)
        return client

    def _client(self, service: Service, kind: Callable[..., Any]) -> Any:
        """One client as long as key, address and settings stay: its pacing remembers what was sent."""
        address = self._address(service)
        settings = self.settings()
        email, share = settings.text("contact.email"), settings.number("sync.limit_share_percent")
        marks = (self._key(service), address, email, share)
        with self._guard:
            kept = self._clients.get(service)
            if kept is not None and kept[0] == marks:
                return kept[1]
            client = kind(
                marks[0],
                self.clock,
                contact_email=email,
                base_url=address,
                share_percent=share,
                stop=self.stop,
            )
            self._clients[service] = (marks, client)
            return client

    def _address(self, service: Service) -> str | None:
        """The other server that the environment names, checked before any key is looked for (I9)."""
        from app.clients.addresses import pinned

        for each in SERVICES:
            named = self.environ.get(ADDRESS_VARIABLE[each], "").strip()
            if named:
                pinned(named)
        return self.environ.get(ADDRESS_VARIABLE[service], "").strip() or None

    def _key(self, service: Service) -> str:
        key = self.keys.get(service)
        if not key:
            raise NotSetUp(
                f"no {service} key",
                sentence=f"The {NAME[service]} key is not set yet.",
                next_step="Set it under Settings, Connections (or: keys set).",
            )
        hide(key)
        return key

    def keyring_problem(self) -> str:
        """What is wrong with the password store, in plain words; "" where nothing is, or where it is not needed."""
        try:
            if all(self.keys.source(service) == "environment" for service in SERVICES):
                return ""
            self.keys.store_name()
        except KeyringUnusable as error:
            return f"{error.sentence} {error.next_step}"
        return ""

    def ask_release(self, source: ReleaseSource) -> str:
        """The signed text about the newest version. Raises what `app.clients.releases` raises."""
        from app.clients.releases import ask_release

        return ask_release(source.address, source.public_key, self.stop)

    # the engine

    def engine(self) -> Engine:
        """The engine for settings and keys as they are now; the same one as long as they stay."""
        cliniko, hubspot = self.cliniko(), self.hubspot()
        from app.sync.execution import Engine

        settings = self.settings()
        marks = (id(cliniko), id(hubspot), settings)
        with self._guard:
            if self._engine is None or self._engine[0] != marks:
                made = Engine(self.store(), cliniko, hubspot, settings, self.clock, self.live, self.stop)
                self._engine = (marks, made)
            return self._engine[1]

    def engine_for(self, settings: Settings) -> Engine:
        """An engine of its own for other settings than those kept: the trial's."""
        from app.sync.execution import Engine

        return Engine(
            self.store(), self.cliniko(), self.hubspot(), settings, self.clock, self.live, self.stop
        )

    def import_file(self, job: ImportJob, cancel: threading.Event, dry_run: bool) -> Report:
        """Run one import, or rehearse it."""
        from app.sync.importing import ImportEngine

        return ImportEngine(self.engine(), job, cancel).rehearse_or_run(dry_run)

    def memory(self) -> Engine:
        """An engine that answers from the local data alone: no key, no network."""
        from app.sync.execution import Engine

        absent: Any = _Absent()
        return Engine(self.store(), absent, absent, self.settings(), self.clock, self.live, self.stop)

    def close(self) -> None:
        """Close connections and database."""
        with self._guard:
            for _, client in self._clients.values():
                client.transport.close()
            self._clients.clear()
            if self._store is not None:
                self._store.close()
                self._store = None


def _try_database(url: str) -> bool:
    from app.store.reach import try_database

    return try_database(url)


class _Absent:
    """Stands where a service would; touching it says that it is not there."""

    def __getattr__(self, name: str) -> Any:
        raise NotSetUp(f"{name} was asked of a service that is not there")
