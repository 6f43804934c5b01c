"""Making an index and bringing it up to date."""
from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Optional, Tuple, Union

from ._connection import PathLike
from ._errors import PostilError
from ._native import program_path


@dataclass(frozen=True)
class IndexingReport:
    """What an index run did."""

    added: int
    """Documents that are new."""
    updated: int
    """Documents whose text or data have changed."""
    unchanged: int
    """Documents that are as they were."""
    removed: int
    """Documents whose file, or whose row in it, is gone."""
    documents: int
    """Documents that are in the index now."""
    skipped: Tuple[Dict[str, Any], ...]
    """Files and rows that could not be read, each with its path, its line and the reason."""


def index(
    paths: Union[PathLike, Iterable[PathLike]] = (),
    into: PathLike = "postil.db",
    *,
    profile: Optional[str] = None,
    analyzer: Optional[str] = None,
    rebuild: bool = False,
) -> IndexingReport:
    """Indexes folders and files, or what has changed in them.

    Args:
        paths: Folders, files and globs; none for those that the index remembers.
        into: The index, which is made where there is none.
        profile: How the texts are read.
        analyzer: How words are compared, for a new index.
        rebuild: Whether a new index is built in the place of the old one.

    Raises:
        PostilError: Nothing could be indexed. A file that cannot be read is no error, but is in the report.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    command: List[str] = [os.fspath(program_path()), "index", "--index", os.fspath(into), "--format", "json"]
    for flag, value in (("--profile", profile), ("--analyzer", analyzer)):
        if value is not None:
            command += [flag, value]
    if rebuild:
        command.append("--rebuild")
    command += ["--", *(os.fspath(path) for path in paths)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    # With status 2 something was skipped, which the report says, or all failed, and there is none.
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise PostilError(done.stderr.strip() or f"postil ended with status {done.returncode}") from None
    return IndexingReport(
        added=report["added"], updated=report["updated"], unchanged=report["unchanged"], removed=report["removed"],
        documents=report["documents"], skipped=tuple(report["skipped"]))
