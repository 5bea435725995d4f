"""LibreOffice that really recalculates: by default it keeps stored values, so a comparison would prove
nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_ITEM = (
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{mode}</value></prop></item>'
)
ALWAYS, NEVER = 0, 1


def settings(mode: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(_ITEM.format(name=name, mode=mode) for name in ("OOXMLRecalcMode", "ODFRecalcMode"))
        + "</oor:items>"
    )


def recalculated(source: Path, folder: Path) -> Path:
    """The workbook recalculated from its formulas, under the same name in `folder`."""
    return recalculate([source], folder)[0]


def recalculate(sources: list[Path], folder: Path) -> list[Path]:
    """Several workbooks in one run of the program."""
    return converted(sources, folder, calculate=True)


def converted(sources: list[Path], folder: Path, *, calculate: bool) -> list[Path]:
    """Workbooks or ODS files as XLSX in `folder`, every formula computed anew, or each with the value that
    was stored."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    content = settings(ALWAYS if calculate else NEVER)
    (profile / "user" / "registrymodifications.xcu").write_text(content, encoding="utf-8")
    program = shutil.which("soffice")
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, sources)]
    for _ in range(2):  # the first run on a fresh profile may exit 81
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode == 0:
            break
    targets = [folder / f"{source.stem}.xlsx" for source in sources]
    assert all(target.exists() for target in targets), done.stderr
    return targets
