"""Where the extension and the program are."""
from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ._errors import PostilError

_FOLDER = Path(__file__).resolve().parent / "native"
_EXTENSION = "postil0.dylib" if sys.platform == "darwin" else "postil0.so"


def extension_path() -> Path:
    """The file that SQLite loads: `$POSTIL_EXTENSION`, or the one in the package.

    Raises:
        PostilError: It is not there.
    """
    chosen = os.environ.get("POSTIL_EXTENSION")
    path = Path(chosen) if chosen else _FOLDER / _EXTENSION
    if not path.is_file():
        raise PostilError(f"{path}: no such extension; Scripts/build-extension builds it, $POSTIL_EXTENSION names one")
    return path


def program_path() -> Path:
    """The program `postil`: `$POSTIL_PROGRAM`, the one in the package, or the one on `PATH`.

    Raises:
        PostilError: There is none.
    """
    chosen = os.environ.get("POSTIL_PROGRAM")
    if chosen:
        return Path(chosen)
    own = _FOLDER / "postil"
    if own.is_file():
        return own
    found = shutil.which("postil")
    if found is None:
        raise PostilError("the program postil is not on PATH; Scripts/build builds it, $POSTIL_PROGRAM names one")
    return Path(found)
