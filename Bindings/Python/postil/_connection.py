"""Connections on which Postil's SQL functions are known."""
from __future__ import annotations

import ctypes
import os
import sqlite3
import threading
from typing import Any, Union

from ._errors import PostilError
from ._native import extension_path

PathLike = Union[str, "os.PathLike[str]"]

_registering = threading.Lock()
_is_registered = False


def connect(path: PathLike, *, read_only: bool = False, **options: Any) -> sqlite3.Connection:
    """Opens a database with Postil's functions.

    Args:
        path: The file, or `:memory:`.
        read_only: Whether the connection can only read; a file that is not there is an error then.
        options: What `sqlite3.connect` takes besides.

    Returns:
        An ordinary connection. `postil_search(query, limit, offset, options)` is a table of hits, `postil_snippet`,
        `postil_explain` and `postil_version` are functions, and `MATCH` works on the index whatever its analyzer.

    Raises:
        PostilError: The extension is not there or cannot be loaded.
        sqlite3.Error: The file cannot be opened.
    """
    name: str = os.fspath(path)
    if read_only:
        name = "file:" + name.replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=ro"
        options["uri"] = True
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        connection: sqlite3.Connection = sqlite3.connect(name, **options)
        try:
            load(connection)
        except BaseException:
            connection.close()
            raise
        return connection
    with _registering:
        # SQLite asks for it only when a connection is opened; others that open one at the same moment have it, too.
        _call("sqlite3_auto_extension")
        try:
            opened: sqlite3.Connection = sqlite3.connect(name, **options)
            return opened
        finally:
            if not _is_registered:
                _call("sqlite3_cancel_auto_extension")


def load(connection: sqlite3.Connection) -> None:
    """Makes Postil's functions known to a connection that is open.

    Raises:
        PostilError: This Python cannot load extensions into a connection, or the extension cannot be loaded.
    """
    if not hasattr(connection, "enable_load_extension"):
        raise PostilError("this Python was built without enable_load_extension; open the database with postil.connect")
    connection.enable_load_extension(True)
    try:
        connection.load_extension(os.fspath(extension_path()))
    except sqlite3.Error as error:
        raise PostilError(f"{extension_path()}: {error}") from error
    finally:
        connection.enable_load_extension(False)


def register() -> None:
    """Has every connection that this process opens from now on with Python's SQLite know Postil's functions.

    For Pythons that were built without `enable_load_extension`: SQLite itself can load extensions all the same.

    Raises:
        PostilError: Python's SQLite cannot be reached.
    """
    global _is_registered
    with _registering:
        _call("sqlite3_auto_extension")
        _is_registered = True


def _call(function: str) -> None:
    try:
        import _sqlite3

        # SQLite is linked into that module, or a library that it needs; a handle of it finds both.
        library = ctypes.CDLL(_sqlite3.__file__)
        entry = ctypes.cast(ctypes.CDLL(os.fspath(extension_path())).sqlite3_postil_init, ctypes.c_void_p)
        call = getattr(library, function)
    except (AttributeError, ImportError, OSError) as error:
        raise PostilError(f"the SQLite that this Python uses cannot load extensions ({error})") from error
    call.argtypes = [ctypes.c_void_p]
    call(entry)
