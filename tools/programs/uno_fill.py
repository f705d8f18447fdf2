"""Fill in a Word form with LibreOffice: run by the Python that has `uno`, with a job file (JSON) as its argument.

A script of its own, since LibreOffice's Python is not ours. `word_filling.py` runs it.

Job: {"source", "targets": [[path, filter], ...], "typed": [null | text | true | false, ...], "profile", "soffice"};
typed: one for each content control in the order of the document, null to leave it. LibreOffice 7.4 knows no tags, so
the order is all there is to go by. Prints how many controls it saw.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def connected(job):
    """Start LibreOffice and return its desktop, with the process."""
    pipe = f"formwright{os.getpid()}"
    command = [job["soffice"], f"-env:UserInstallation={Path(job['profile']).as_uri()}", "--headless", "--norestore"]
    command.append(f"--accept=pipe,name={pipe};urp")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context), process
        except Exception:  # not up yet
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not start")


def controls(text):
    """Yield the content controls of a text in order, those in tables where they stand."""
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.getCellNames():
                yield from controls(block.getCellByName(name))
        elif block.supportsService("com.sun.star.text.Paragraph"):
            yield from of_paragraph(block)


def of_paragraph(block):
    portions = block.createEnumeration()
    while portions.hasMoreElements():
        portion = portions.nextElement()
        if portion.TextPortionType == "ContentControl":
            yield portion.ContentControl


def put(control, typed):
    """Type into a control over what stands in it, or tick it, as a hand does."""
    if isinstance(typed, bool):
        if control.Checked != typed:
            replace(control, control.CheckedState if typed else control.UncheckedState)
            control.Checked = typed
        return
    control.ShowingPlaceHolder = False
    replace(control, typed)


def replace(control, typed):
    portions = control.createEnumeration()
    found = []
    while portions.hasMoreElements():
        found.append(portions.nextElement())
    for portion in found:
        portion.setString("")
    cursor = control.createTextCursor()
    for number, line in enumerate(typed.split("\n")):
        if number:
            control.insertControlCharacter(cursor, 1, False)  # LINE_BREAK
        control.insertString(cursor, line, False)


def main():
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    desktop, process = connected(job)
    try:
        hidden = PropertyValue("Hidden", 0, True, 0)
        document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (hidden,))
        found = list(controls(document.getText()))
        print(len(found))
        if job["typed"]:
            for control, typed in zip(found, job["typed"], strict=True):
                if typed is not None:
                    put(control, typed)
        for path, name in job["targets"]:
            document.storeToURL(Path(path).as_uri(), (PropertyValue("FilterName", 0, name, 0),))
        document.close(True)
    finally:
        with suppress(Exception):  # it may be gone already
            desktop.terminate()
        process.wait(timeout=60)


main()
