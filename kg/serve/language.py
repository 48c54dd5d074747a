"""The language a request wants its page in."""

from starlette.requests import Request

from kg.portal import language


def lang_of(request: Request) -> str:
    """As the address says, else the cookie, else the browser."""
    return language(
        request.query_params.get("lang", ""),
        request.cookies.get("lang", ""),
        request.headers.get("accept-language", ""),
    )
