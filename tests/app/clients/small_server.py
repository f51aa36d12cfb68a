"""A hand-made HTTP server on loopback that says exactly what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One call as it came in. `target` is path and query, still encoded."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Say:
    """One answer. `body` goes out as JSON unless it is bytes; `raw_socket` takes the whole matter over."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw_socket: Callable[[socket.socket], None] | None = None


Answering = Callable[[Asked], Say]


class SmallServer:
    """`answers` is a function from call to answer, or a list used up from its front (the last one stays)."""

    def __init__(self, answers: Answering | list[Say]) -> None:
        self.answers = answers
        self.asked: list[Asked] = []
        self.guard = threading.Lock()
        self.base_url = ""
        self.ending = threading.Event()

    def answer(self, asked: Asked) -> Say:
        with self.guard:
            self.asked.append(asked)
            if callable(self.answers):
                return self.answers(asked)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def small_server(answers: Answering | list[Say]) -> Iterator[SmallServer]:
    """Serve until the block ends."""
    small = SmallServer(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def log_message(self, format: str, *args: Any) -> None:
            return

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            say = small.answer(asked)
            if say.raw_socket is not None:
                self.close_connection = True
                say.raw_socket(self.connection)
                return
            body = say.body if isinstance(say.body, bytes) else json.dumps(say.body).encode()
            if say.status == 204:
                body = b""
            if "Date" in say.headers:
                self.send_response_only(say.status)
            else:
                self.send_response(say.status)
            for name, value in say.headers.items():
                self.send_header(name, value)
            if say.status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    small.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield small
    finally:
        small.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(2)


def reset(connection: socket.socket) -> None:
    """Break the connection without a word."""
    import struct

    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
