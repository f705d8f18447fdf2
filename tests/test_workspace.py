"""A workspace: found, made, its settings read with located faults, its files named."""

import re
import stat
import tomllib
from pathlib import Path

import pytest

from formwright import settings, workspace
from formwright.errors import Faults, Unusable
from formwright.workspace import NoWorkspace, Workspace

SECRET = bytes(range(32))


def made(folder: Path, name: str = "Account team 12") -> Path:
    workspace.create(folder, id="ws-0123456789", secret=SECRET, name=name, email="returns@nasc.example")
    return folder


def test_a_new_workspace_is_whole_and_private(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".gitignore", "accounts", "files", "forms", "formwright.toml", "keys", "overlays",
    ]  # fmt: skip
    assert stat.S_IMODE((folder / "keys" / "K1").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with Workspace.open(folder) as opened:
        assert opened.settings.id == "ws-0123456789"
        assert opened.settings.days_to_answer == 30
        assert opened.signing_key().secret == SECRET
        assert opened.printed() == {"return_email": "returns@nasc.example"}
        assert opened.store.issues() == ()
    ignored = (folder / ".gitignore").read_text("utf-8").splitlines()
    assert {"/keys/", "/store.db*", "/files/", "/quarantine/", "/out/"} <= set(ignored), "nothing that came back"


@pytest.mark.parametrize("name", ['Team "12"\\', "二番", "tab\tand\nline", "\x01\x7f"])
def test_any_name_survives_the_settings(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path / "team", name)
    assert tomllib.loads((folder / "formwright.toml").read_text("utf-8"))["name"] == name
    assert Workspace.open(folder).settings.name == name


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Unusable, match=re.escape("is not empty. Name a new folder")):
        made(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_it_is_found_upwards_from_where_one_stands(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    assert workspace.find(None, folder / "accounts") == folder
    assert workspace.find(folder, tmp_path) == folder
    with pytest.raises(NoWorkspace, match=re.escape("or a folder above it. Make one with: formwright")):
        workspace.find(None, tmp_path)
    with pytest.raises(NoWorkspace):
        workspace.find(folder / "accounts", folder)  # a folder that is named is not searched from


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "a"\nid = "ws-0123456789"\n\n[return_to]\nemial = "x"\n',
         'formwright.toml:5:1: there is no setting "return_to.emial". Did you mean "return_to.email"?'),
        ('name = "a"\nid = "ws-0123456789"\n\n[return_to]\ntelex = "x"\n',
         'formwright.toml:5:1: there is no setting "return_to.telex". Known here: email, address.'),
        ('name = "a"\nid = "ws-0123456789"\n  nmae = "b"\n',
         'formwright.toml:3:3: there is no setting "nmae". Did you mean "name"?'),
        ('id = "ws-0123456789"\n', 'formwright.toml:1:1: the setting "name" is missing. Add it.'),
        ('name = "a"\nid = "X"\n',
         'formwright.toml:2:1: the setting "id": must be 8 to 64 lower-case letters, digits and hyphens. '
         "Change it as docs/reference/workspace.md says."),
        ('name = "a"\nid = "ws-0123456789"\nkey = "key one"\n',
         'formwright.toml:3:1: the setting "key": must be K and a number, such as K1. '
         "Change it as docs/reference/workspace.md says."),
        ('name = "a\n', "formwright.toml:1:10: a text is not closed where its line ends. Put a quote there."),
        ('name = "a"\nname = "b"\n',
         "formwright.toml:2:11: this stands here a second time. Keep one of the two."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_settings_is_located(text: str, fault: str) -> None:
    with pytest.raises(Faults) as caught:
        settings.load(text.encode(), "formwright.toml")
    assert str(caught.value) == fault


def test_all_faults_of_the_settings_come_at_once() -> None:
    with pytest.raises(Faults) as caught:
        settings.load(b'name = ""\nid = "X"\n[sender]\nfax = "1"\n', "formwright.toml")
    assert [fault.line for fault in caught.value.faults] == [1, 2, 4]


def test_settings_that_are_not_utf_8_are_said() -> None:
    with pytest.raises(Faults, match=r"formwright.toml: the file is not UTF-8. Save it as UTF-8."):
        settings.load("name = 'Zürich'".encode("latin-1"), "formwright.toml")


def test_a_key_that_is_missing_stops_issuing_only(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    (folder / "keys" / "K1").unlink()
    opened = Workspace.open(folder)
    assert opened.key("K1") is None
    with pytest.raises(Unusable, match=re.escape("is missing. Restore it from the backup.")):
        opened.signing_key()


def test_an_unknown_account_or_definition_names_what_is_near(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    (folder / "accounts" / "northwind.yaml").write_text("id: northwind\n")
    opened = Workspace.open(folder)
    assert opened.account("northwind").data == b"id: northwind\n"
    with pytest.raises(Unusable, match=re.escape('There is no account "nortwind". Did you mean "northwind"?')):
        opened.account("nortwind")
    with pytest.raises(
        Unusable, match=re.escape('There is no definition "acount_management". Did you mean "account_management"?')
    ):
        opened.definition("acount_management")
    with pytest.raises(Unusable, match=re.escape("nowhere.yaml cannot be read: No such file or directory.")):
        opened.account("nowhere.yaml")


def test_own_forms_come_before_packaged_ones(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    opened = Workspace.open(folder)
    packaged = opened.definition("account_management")
    assert packaged.name == "forms/questionnaires/account_management.yaml"
    (folder / "forms" / "mine").mkdir()
    (folder / "forms" / "mine" / "account_management.yaml").write_text("ours")
    assert opened.definition("account_management").data == b"ours"


def test_only_overlays_that_may_bind_are_opened(tmp_path: Path) -> None:
    folder = made(tmp_path / "team")
    texts = {
        "a": "id: a\naccount: northwind  # yes\n",
        "b": 'id: b\naccount: "lantern"\n',
        "c": "id: c\nbase: {id: x}\n",
        "d": "id: d\nnote:\n  account: lantern\n",
    }
    for name, text in texts.items():
        (folder / "overlays" / f"{name}.yaml").write_text(text)
    found = [Path(source.name).stem for source in Workspace.open(folder).overlays("northwind")]
    assert found == ["a", "c", "d"]
