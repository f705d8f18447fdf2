"""The data that travels with the package (forms, templates, fonts), and nothing else.

In a wheel the data lies in `formwright/_data`, in a checkout beside `generator/`. All access goes through
`Traversable`, so that it works from a zipped wheel too. Templates see no other file, and WeasyPrint fetches nothing
but `asset:` and `data:` URLs (THREATS.md 22).
"""

from __future__ import annotations

import mimetypes
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from formwright.errors import Unusable

if TYPE_CHECKING:
    from jinja2 import Environment
    from weasyprint.urls import URLFetcher

ASSET = "asset:"
"""Scheme of packaged assets in our style sheets: `asset:fonts/PublicSans-Regular.ttf`."""


@cache
def data_root() -> Traversable:
    """Return the folder that holds `forms` and `templates`; raises Unusable where neither place has them."""
    packaged = files("formwright") / "_data"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout
    raise Unusable(
        "no_data",
        f"The forms and templates are neither in {packaged} nor in {checkout}.",
        "Install the package again.",
    )


def entry(path: str) -> Traversable:
    """Return a data file by its path below the root (`templates/html/document.css`); never one outside it."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part for part in parts):
        raise ValueError(f"{path!r} is not a path of packaged data")
    return data_root().joinpath(*parts)


def read_bytes(path: str) -> bytes:
    """Return the bytes of a data file; raises Unusable where it is missing."""
    try:
        return entry(path).read_bytes()
    except OSError as error:
        raise Unusable("no_data", f"The file {path} of the package cannot be read.", "Install it again.") from error


def read_text(path: str) -> str:
    """Return the text (UTF-8) of a data file; raises Unusable where it is missing."""
    return read_bytes(path).decode("utf-8")


def _template(name: str) -> str | None:
    source = entry(f"templates/{name}")
    return source.read_text("utf-8") if source.is_file() else None


def environment() -> Environment:
    """Return a fresh Jinja environment over `templates/`: undefined names are errors, all output is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def url_fetcher() -> URLFetcher:
    """Return WeasyPrint's only way out: `asset:` from `templates/assets`, `data:`; all else is denied.

    A missing asset stops the rendering; a denied address is left out by WeasyPrint, which logs it.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith(ASSET):
                return super().fetch(url, headers)
            try:
                body = entry("templates/assets/" + url.removeprefix(ASSET)).read_bytes()
            except (OSError, ValueError) as error:
                raise FatalURLFetchingError(f"{url} is not an asset of the package") from error
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return Fetcher(allowed_protocols=("data",), allow_redirects=False)
