"""HTTP on a free loopback port: keep-alive, recorded calls, trouble on order, up and down in milliseconds."""

from __future__ import annotations

import gzip
import json
import os
import socket
import socketserver
import struct
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from app.sandbox.faults import Fault, Faults, Kind
from app.sandbox.messages import Call, Now, Reply, Request, Service, utc_now

__all__ = ["Call", "Reply", "Request", "RunningServer", "Service", "serve", "utc_now"]

HOST = "127.0.0.1"
CALLS_KEPT = 200_000
GZIP_FROM_BYTES = 1024


def serve(
    service: Service,
    faults: Faults | None = None,
    port: int = 0,
    *,
    now: Now | None = None,
    latency_s: float = 0.0,
) -> RunningServer:
    """Start answering on loopback (port 0: any free one) and return at once.

    The `Date` header tells `now`, else the service's own attribute `now`, else real time. `latency_s` seconds
    pass before each answer. Raises OSError when the port is taken.
    """
    own_clock: Now = getattr(service, "now", utc_now)
    running = RunningServer(service, faults or Faults(), now or own_clock, latency_s)
    running.come_up(port)
    return running


@dataclass
class RunningServer:
    """A service that answers; also a context manager that closes it."""

    service: Service
    faults: Faults
    now: Now
    latency_s: float = 0.0
    port: int = 0
    failures: list[str] = field(default_factory=list)
    _calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    _listener: _Listener | None = None

    @property
    def base_url(self) -> str:
        """Scheme, host and port, without a path."""
        return f"http://{HOST}:{self.port}"

    @property
    def calls(self) -> list[Call]:
        """The calls so far, oldest first; noted just before their answer leaves."""
        return list(self._calls)

    def forget_calls(self) -> None:
        """Start counting calls anew."""
        self._calls.clear()

    def come_up(self, port: int | None = None) -> None:
        """Listen (again), by default where it listened before."""
        self._listener = _Listener(self, self.port if port is None else port)
        self.port = self._listener.server_port

    def go_down(self) -> None:
        """Stop listening and drop all connections; until `come_up` further ones are refused."""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    def close(self) -> None:
        """End for good; time-outs and drips under way end as well."""
        self.go_down()

    def note(self, call: Call) -> None:
        """Remember one call."""
        self._calls.append(call)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    # On Windows this option would let two servers share one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, running: RunningServer, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.running = running
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._aborted: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._acceptor = threading.Thread(target=self._accept, name="sandbox", daemon=True)
        self._acceptor.start()

    def server_bind(self) -> None:
        """Bind without HTTPServer's reverse name lookup, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name = HOST
        self.server_port = int(self.server_address[1])

    def _accept(self) -> None:
        while not self.stopping.is_set():
            self.handle_request()

    def stop(self) -> None:
        """Stop accepting, wake whoever waits and drop what is open."""
        self.stopping.set()
        # handle_request sleeps in accept; one connection wakes it on every system.
        with socket.socket() as waker:
            waker.settimeout(1)
            waker.connect_ex((HOST, self.server_port))
        self._acceptor.join(2)
        self.server_close()
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            with self._guard:
                still_open = list(self._open)
            if not still_open:
                return
            for connection in still_open:
                _quietly_shut(connection)
            time.sleep(0.001)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def abort(self, connection: socket.socket) -> None:
        """Let the connection end with a reset instead of an orderly close."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with self._guard:
            self._aborted.add(connection)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            aborted = request in self._aborted
            self._aborted.discard(request)
        if aborted:
            self.close_request(request)
        else:
            super().shutdown_request(request)
        with self._guard:
            self._open.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is daily business, not an error of the server."""


def _quietly_shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other end or its own thread was faster


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "sandbox"
    sys_version = ""
    # Buffered writes send head and body in one packet: 0.5 ms an answer instead of 44 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Listener

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The simulated present for the Date header."""
        return format_datetime(self.server.running.now(), usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the console: calls are kept in `RunningServer.calls`."""

    def answer(self) -> None:
        """Read one call, let trouble strike or the service act, and send what came of it."""
        running = self.server.running
        request = self._read()
        fault = running.faults.take(request)
        reply = None
        if fault is None or fault.after_act:
            reply = self._act(running.service, request)
        if running.latency_s > 0:
            self.server.stopping.wait(running.latency_s)
        if fault is None:
            if reply is not None:
                self._note(request, reply.status)
                self._send(reply)
        else:
            self._spoil(request, fault, reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            method=self.command,
            path=unquote(parts.path),
            query=tuple(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length) if length > 0 else b"",
        )

    def _act(self, service: Service, request: Request) -> Reply:
        try:
            return service.handle(request)
        except Exception:  # a fault of the simulator is kept for its tests and must not hang the caller
            self.server.running.failures.append(traceback.format_exc())
            return Reply(500, {"message": "The sandbox itself failed."})

    def _note(self, request: Request, status: int, fault: str = "") -> None:
        running = self.server.running
        at, monotonic = running.now(), time.monotonic()
        running.note(
            Call(request.method, request.path, request.query, status, at, fault, monotonic, request.body)
        )

    def _spoil(self, request: Request, fault: Fault, reply: Reply | None) -> None:
        instead = fault.reply(self.server.running.now())
        if instead is not None:
            self._note(request, instead.status, fault.kind)
            self._send(instead)
            return
        self._note(request, 0, fault.kind)
        self.close_connection = True
        if fault.kind is Kind.TRUNCATED and reply is not None:
            self._send(reply, share=0.5)
        elif fault.kind is Kind.SLOW_DRIP and reply is not None:
            self._send(reply, drip_s=fault.seconds)
        else:
            if fault.kind is Kind.TIMEOUT:
                self.server.stopping.wait(fault.seconds)
            self.server.abort(self.connection)

    def _send(self, reply: Reply, share: float = 1.0, drip_s: float = 0.0) -> None:
        body, kind = _encode(reply)
        headers = {name.lower(): value for name, value in reply.headers.items()}
        zips = "gzip" in self.headers.get("Accept-Encoding", "")
        if zips and len(body) >= GZIP_FROM_BYTES and "content-encoding" not in headers:
            body = gzip.compress(body, compresslevel=1)
            self._head(reply, body, kind, {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
        else:
            self._head(reply, body, kind, {})
        if self.command == "HEAD":
            return
        if drip_s > 0:
            self._drip(body, drip_s)
        else:
            self.wfile.write(body if share >= 1 else body[: int(len(body) * share)])

    def _head(self, reply: Reply, body: bytes, kind: str, more: dict[str, str]) -> None:
        # 204 and 304 have no body by definition; a length there confuses some clients.
        self.send_response(reply.status, _PHRASES.get(reply.status))
        given = {name.lower() for name in reply.headers}
        if reply.status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
            if kind and "content-type" not in given:
                self.send_header("Content-Type", kind)
        for name, value in {**more, **reply.headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _drip(self, body: bytes, seconds: float) -> None:
        pieces = 10
        size = max(1, len(body) // pieces)
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            if self.server.stopping.wait(seconds / pieces):
                return


_PHRASES = {
    477: "Migration in Progress",
    521: "Web Server Is Down",
    522: "Connection Timed Out",
    523: "Origin Is Unreachable",
    524: "A Timeout Occurred",
}


def _encode(reply: Reply) -> tuple[bytes, str]:
    if reply.status in (204, 304):
        return b"", ""
    if reply.raw is not None:
        return reply.raw, ""
    if reply.body is None:
        return b"", ""
    if isinstance(reply.body, str):
        return reply.body.encode("utf-8", "replace"), "text/html; charset=utf-8"
    text = json.dumps(reply.body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace"), "application/json; charset=utf-8"
