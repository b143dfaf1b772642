"""LibreOffice as the second opinion on our spreadsheets: recalculate, then compare."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice")

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice Calc is not installed (no soffice on the PATH)"
)

# 0 means "always"; by default LibreOffice shows the stored values of a file that Excel could have
# written and would never notice a wrong one.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def recalculated(path: Path, tmp: Path) -> dict[str, Any]:
    """Return every non-empty cell («Sheet!D7» → value) after LibreOffice computed all formulas."""
    profile = tmp / "libreoffice-profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_ALWAYS_RECALCULATE)
    target = tmp / "recalculated"
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(target),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp)},
    )
    return cells((target / path.name).read_bytes(), stored=True)


def cells(xlsx: bytes, *, stored: bool) -> dict[str, Any]:
    """Return every non-empty cell («Sheet!D7»): its stored value, or its formula if it has one."""
    book = load_workbook(BytesIO(xlsx), data_only=stored)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formula_cells(xlsx: bytes) -> set[str]:
    """Return the names of the cells that hold formulas («Sheet!D7»)."""
    book = load_workbook(BytesIO(xlsx))
    return {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def disagreements(xlsx: bytes, tmp: Path) -> dict[str, tuple[Any, Any]]:
    """Return the formula cells whose (stored, computed) values differ.

    Raises AssertionError for a workbook without formulas, where agreement would say nothing.
    """
    path = tmp / "workbook.xlsx"
    path.write_bytes(xlsx)
    formulas = formula_cells(xlsx)
    assert formulas, "no formula to compare"
    stored, computed = cells(xlsx, stored=True), recalculated(path, tmp)
    return {
        name: (stored.get(name), computed.get(name))
        for name in sorted(formulas)
        if stored.get(name) != computed.get(name)
    }
