"""Packaged data is found, nothing outside it is; WeasyPrint's way out serves assets alone (THREATS.md 22)."""

from __future__ import annotations

import jinja2
import pytest
from weasyprint.urls import FatalURLFetchingError

from formwright import resources
from formwright.errors import Unusable


def test_data_is_found() -> None:
    assert resources.read_text("templates/html/document.css").startswith("/* The look of every document in PDF.")
    assert (resources.data_root() / "forms").is_dir()


@pytest.mark.parametrize("path", ["../run", "/etc/hostname", "templates/../run", "templates//x", "", "a\\..\\b"])
def test_no_path_leads_out(path: str) -> None:
    with pytest.raises(ValueError, match="is not a path of packaged data"):
        resources.entry(path)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(Unusable, match="templates/none of the package"):
        resources.read_bytes("templates/none")


def test_templates_escape_and_know_no_undefined_names() -> None:
    jinja = resources.environment()
    assert jinja.from_string("{{ words }}").render(words="<b>&") == "&lt;b&gt;&amp;"
    with pytest.raises(jinja2.UndefinedError):
        jinja.from_string("{{ nothing }}").render()
    with pytest.raises(jinja2.TemplateNotFound):
        jinja.get_template("html/none.jinja")


def test_assets_and_data_are_served() -> None:
    fetcher = resources.url_fetcher()
    assert fetcher.fetch("asset:fonts/PublicSans-Regular.ttf").read()[:4] == b"\x00\x01\x00\x00"
    assert fetcher.fetch("data:text/plain;base64,SGk=").read() == b"Hi"


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "http://127.0.0.1/x", "https://forms.example/", "ftp://a.example/b"]
)
def test_everything_else_is_denied(url: str) -> None:
    with pytest.raises(ValueError, match="disallowed protocol"):
        resources.url_fetcher().fetch(url)


@pytest.mark.parametrize("url", ["asset:fonts/none.ttf", "asset:../html/document.css", "asset:/etc/hostname"])
def test_an_asset_that_is_none_stops_the_rendering(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        resources.url_fetcher().fetch(url)
