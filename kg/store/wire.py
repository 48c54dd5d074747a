"""Requests to a SPARQL server: who asks, how often it is tried, and what goes wrong in one line."""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.errors import QueryError, StoreError
from kg.store.address import Address

TIMEOUT = 300.0  # seconds without a byte from the server
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds before each further attempt
_PASSING = {429, 502, 503, 504}  # a server that is overloaded or starts
_AGAIN = ("deadlock", "S1T00", "40001")  # what Virtuoso says of a transaction that lost against another


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    kind: str
    data: bytes
    headers: Mapping[str, str]


class TooLarge(StoreError):
    """A request with more in it than the server takes."""


class Unsupported(StoreError):
    """An address that does not know this kind of request."""


class Wire:
    """The way to one server."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._met = False  # whether the server has answered before: one that has is waited for
        self._opener = _opener(address)

    def send(self, url: str, body: bytes, kind: str, accept: str, *, again: bool = False) -> Reply:
        """Post a request; with ``again``, once more after a while where what went wrong may pass, for it changes nothing to do it twice."""
        for wait in (*WAITS, None):
            try:
                reply = self._sent(url, body, kind, accept)
                self._met = True
                return reply
            except _Passing as error:
                if wait is None or not again or not self._met:
                    raise error.told from None
                time.sleep(wait)
        raise AssertionError

    def _sent(self, url: str, body: bytes, kind: str, accept: str) -> Reply:
        request = Request(url, data=body, headers={"Content-Type": kind, "Accept": accept}, method="POST")
        if self._address.token:
            request.add_header("Authorization", f"Bearer {self._address.token}")
        elif self._address.user and url.startswith("https:"):
            pair = base64.b64encode(f"{self._address.user}:{self._address.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {pair}")
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return Reply(response.headers.get_content_type(), response.read(), dict(response.headers))
        except HTTPError as error:
            self._met = True
            with error:
                words = " ".join(error.read(400).decode("utf-8", "replace").split())
            raise self._refused(error.code, words, url) from None
        except (TimeoutError, URLError, ConnectionError, HTTPException) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                hint = "ask for less, or give the server more"
                told = StoreError(f"no answer within {TIMEOUT:.0f} seconds", where=url, hint=hint)
            else:
                told = StoreError(f"no answer ({reason})", where=url, hint="is the server running?")
            raise _Passing(told) from None

    def _refused(self, code: int, words: str, url: str) -> Exception:
        if code in (401, 403):
            hint = "give name:password@ before the host, or a token in KG_STORE_TOKEN"
            return StoreError(f"the server answered {code}: {words}", where=url, hint=hint)
        if code == 413:
            return TooLarge(f"the server answered 413: {words}", where=url)
        if code in (404, 405, 415, 501):
            return Unsupported(f"the server answered {code}: {words}", where=url)
        told = StoreError(f"the server answered {code}: {words}", where=url)
        if code in _PASSING or (code == 500 and any(word in words for word in _AGAIN)):
            return _Passing(told)
        return QueryError(f"the server refused the query: {words}", where=url) if code == 400 else told


class _Passing(Exception):
    """What may have passed when it is tried again."""

    def __init__(self, told: StoreError) -> None:
        super().__init__(str(told))
        self.told = told


def _opener(address: Address) -> OpenerDirector:
    if not address.user:
        return build_opener()
    from urllib.request import HTTPBasicAuthHandler

    known = HTTPPasswordMgrWithDefaultRealm()
    for url in {address.query, address.update, address.data} - {""}:
        known.add_password(None, url, address.user, address.password)
    return build_opener(HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known))
