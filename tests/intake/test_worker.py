"""A child process reads foreign files: what one file does to it, the next never feels (THREATS.md 3)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, String

from formwright.errors import Refused, Unusable
from formwright.intake import worker as module
from formwright.intake.limits import Limits
from formwright.intake.worker import InProcess, Worker, answer
from readers.handmade import PLACES, cell, field, form, minted, put, read, saved

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits need the resource module")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


@pytest.fixture
def trapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker with a reader of format `trap`: it does what the file says. Limits are low."""
    rooms = tmp_path / "sitecustomize.py"
    rooms.write_text(
        textwrap.dedent("""\
        import os, resource, signal, sys, time, types
        from formwright.raw import Identified
        from formwright.readers import _base

        class Trap(_base.Reader):
            def identify(self, data):
                word = data.decode()
                if word == "crash":
                    os.kill(os.getpid(), signal.SIGSEGV)
                if word == "exit":
                    os._exit(0)
                if word == "sleep":
                    time.sleep(60)
                if word == "spin":
                    while True:
                        pass
                if word == "eat":
                    b"x" * (3 << 30)
                if word == "deep":
                    self.identify(data)
                if word == "bug":
                    raise ZeroDivisionError
                if word == "leave":
                    raise SystemExit
                if word == "talk":
                    print("noise between the frames", flush=True)
                    os.write(1, b"more noise")
                if word == "write":
                    with open(os.path.join(os.path.dirname(__file__), "written"), "wb") as file:
                        file.write(b"x")
                if word == "limits":
                    soft = [resource.getrlimit(limit)[0] for limit in (
                        resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)]
                    return Identified(tokens=(), producer=repr(soft))
                return Identified(tokens=(), producer=f"{os.getpid()} {sorted(os.environ)}")

            def extract(self, data, places):
                return None

        module = types.ModuleType("formwright.readers.trap")
        Trap.__module__ = module.__name__
        module.Trap = Trap
        sys.modules[module.__name__] = module
    """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("FORMWRIGHT_SECRET", "must not be seen")
    with Worker(Limits(seconds=1.5, files=3)) as made:
        yield made


def refusal(worker: Worker, word: str) -> str:
    with pytest.raises(Refused) as caught:
        worker.identify("trap", word.encode())
    assert caught.value.fix
    return caught.value.code


def process_of(worker: Worker) -> str:
    return worker.identify("trap", b"who").producer.split()[0]


def test_it_says_the_same_as_in_this_process(worker: Worker) -> None:
    data = saved(form())
    found = worker.identify("pdf", data)
    assert {token.text for token in found.tokens} == {minted()}
    assert found == InProcess().identify("pdf", data)
    assert worker.extract("pdf", data, PLACES) == InProcess().extract("pdf", data, PLACES) == read(data)


def test_it_reads_many_files_in_one_process(worker: Worker) -> None:
    process = worker._process
    for _ in range(5):
        worker.extract("pdf", saved(form()), PLACES)
    assert worker._process is process


def test_it_passes_refusals_on(worker: Worker) -> None:
    for data, code in ((saved(form())[:900], "damaged"), (b"%PDF-1.7", "damaged")):
        with pytest.raises(Refused) as caught:
            worker.identify("pdf", data)
        assert caught.value.code == code
        with pytest.raises(Refused):
            InProcess().identify("pdf", data)


def test_it_carries_the_longest_that_a_reader_says(worker: Worker) -> None:
    pdf = form()
    pdf.attachments["a" * 5000] = b"x"
    field(pdf, "name").V = String("n" * 1_000_001)
    field(pdf, "notes").V = String("n" * 1_000_000)
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name("/" + "S" * 3000), Contents=String("c" * 20_000)))
    raw = worker.extract("pdf", saved(pdf), PLACES)
    assert (cell(raw, "name").state, cell(raw, "name").note) == ("unread", "too_long")
    assert cell(raw, "notes").value == "n" * 1_000_000
    (comment,) = (stray for stray in raw.strays if stray.kind == "comment")
    assert comment.value.endswith("c [... cut here: 20,000 characters]")


def test_it_does_not_mix_up_files(worker: Worker) -> None:
    first, second = saved(form()), saved(form(""))
    worker.identify("pdf", first)
    assert worker.identify("pdf", second).tokens == ()
    assert worker.identify("pdf", first).tokens != ()


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("crash", "crashed"),
        ("exit", "crashed"),
        ("eat", "too_large"),
        ("deep", "damaged"),
        ("bug", "crashed"),
        ("leave", "crashed"),
        ("write", "crashed"),
        ("sleep", "too_slow"),
        ("spin", "too_slow"),
    ],
)
def test_it_outlives_what_a_file_does(trapped: Worker, word: str, code: str) -> None:
    assert refusal(trapped, word) == code
    assert process_of(trapped).isdigit()


def test_it_keeps_what_is_printed_out_of_the_answer(trapped: Worker) -> None:
    assert trapped.identify("trap", b"talk").producer
    assert process_of(trapped).isdigit()


def test_it_is_replaced_after_some_files(trapped: Worker) -> None:
    seen = [trapped.identify("trap", b"who%d" % number).producer.split()[0] for number in range(7)]
    assert seen[0] == seen[1] == seen[2] != seen[3] == seen[4] == seen[5] != seen[6]


def test_it_knows_no_secrets(trapped: Worker) -> None:
    names = trapped.identify("trap", b"who").producer
    assert "FORMWRIGHT_SECRET" not in names
    assert "HOME" not in names


def test_it_is_held_to_its_limits(trapped: Worker) -> None:
    assert trapped.identify("trap", b"limits").producer == "[1073741824, 0, 64, 0]"


@pytest.mark.parametrize(
    ("limit", "told"), [("AS", "memory"), ("FSIZE", "the size of files"), ("CPU", "processor time")]
)
def test_it_reads_nothing_where_a_limit_cannot_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        textwrap.dedent(f"""\
        import resource
        ours = resource.setrlimit
        def refusing(which, limits):
            if which == resource.RLIMIT_{limit}:
                raise ValueError("not allowed here")
            ours(which, limits)
        resource.setrlimit = refusing
    """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    with Worker() as worker:
        for _ in range(2):  # nor the next time
            with pytest.raises(Unusable) as caught:
                worker.identify("pdf", saved(form()))
            assert caught.value.code == "no_limits"
            assert f"({told}: not allowed here), so nothing is read" in caught.value.message
            assert "ulimit -a" in caught.value.fix
        assert worker._process is None


def test_it_checks_that_every_key_comes_back_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(form())
    raw = worker.extract("pdf", data, PLACES)
    fewer = module.wire.dump_return(raw)
    fewer["cells"] = fewer["cells"][1:]
    monkeypatch.setattr(worker, "_ask", lambda message, data: fewer)
    with pytest.raises(Refused) as caught:
        worker.extract("pdf", data, PLACES)
    assert caught.value.code == "crashed"


def test_it_answers_nonsense_with_a_refusal() -> None:
    told = answer(InProcess(), {"verb": "extract", "format": "nothing", "places": []}, b"")
    assert told["refused"][0] == "crashed"


def test_it_works_without_the_resource_module(monkeypatch: pytest.MonkeyPatch) -> None:
    from formwright.intake import limits

    resource = pytest.importorskip("resource")
    before = [resource.getrlimit(which) for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    monkeypatch.setattr(limits, "resource", None)
    limits.apply(Limits())
    limits.allow_seconds(1.0)
    after = [resource.getrlimit(which) for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    assert after == before


def test_it_starts_with_the_first_reader_only() -> None:
    """pypdf, pypdfium2 and zxing are imported where a file needs them."""
    load = "import sys, formwright.intake.worker as w; w._base.load('pdf'); "
    code = load + "print([m for m in sys.modules if m in set(sys.argv)])"
    names = ["pypdf", "pypdfium2", "zxingcpp", "pydantic", "formwright.issue", "formwright.kinds"]
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
