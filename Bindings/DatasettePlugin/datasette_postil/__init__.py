"""Ranked search for every database that Postil has indexed, as a plugin of Datasette."""
from __future__ import annotations

import sqlite3
import urllib.parse
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

import postil
from datasette import Forbidden, NotFound, Response, hookimpl

if TYPE_CHECKING:
    # Datasette imports its plugins while it is being imported.
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_APPLICATION_ID = 0x5073746C  # "Pstl", in the header of every index
_PAGE = 20
_MOST = 1_000
_SEARCH = """
    SELECT rank, score, id, title, author, date, url, snippet, highlights, rowid
    FROM postil_search(:query, :limit, :offset)
"""

_LOADS = hasattr(sqlite3.Connection, "enable_load_extension")
if not _LOADS:
    postil.register()


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    if _LOADS:
        postil.load(conn)


async def _is_index(datasette: Datasette, name: str) -> bool:
    database = datasette.databases.get(name)
    if database is None:
        return False
    found = await database.execute("PRAGMA application_id")
    return bool(found.rows[0][0] == _APPLICATION_ID)


async def _require_view(datasette: Datasette, request: Request, name: str) -> None:
    """Who may not see the database may not search it."""
    if hasattr(datasette, "ensure_permissions"):
        await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    else:
        from datasette.resources import DatabaseResource

        if not await datasette.allowed(action="view-database", resource=DatabaseResource(name), actor=request.actor):
            raise Forbidden("view-database")


def _number(text: Optional[str], default: int, most: int) -> int:
    try:
        return min(most, max(0, int(text or "")))
    except ValueError:
        return default


async def search(request: Request, datasette: Datasette) -> Response:
    """The page and its JSON."""
    name = urllib.parse.unquote(request.url_vars["database"])
    if not await _is_index(datasette, name):
        raise NotFound(f"{name} is no database that Postil has indexed")
    await _require_view(datasette, request, name)
    query = request.args.get("q") or ""
    limit = _number(request.args.get("limit"), _PAGE, _MOST)
    offset = _number(request.args.get("offset"), 0, 1 << 32)
    hits = []
    if query.strip():
        # One more than is shown tells whether there is another page.
        found = await datasette.get_database(name).execute(
            _SEARCH, {"query": query, "limit": limit + 1, "offset": offset}, page_size=limit + 1)
        hits = [postil.Hit.from_row(tuple(row)) for row in found.rows]
    more = len(hits) > limit
    hits = hits[:limit]
    if request.url_vars["format"]:
        return Response.json({"query": query, "offset": offset, "more": more, "hits": [_object(hit) for hit in hits]})

    def page(offset: int) -> str:
        return "?" + urllib.parse.urlencode({"q": query, "limit": limit, "offset": offset})

    return Response.html(
        await datasette.render_template(
            "postil_search.html",
            {
                "database": name,
                "query": query,
                "hits": [_shown(datasette, name, hit) for hit in hits],
                "first": offset + 1,
                "previous": page(max(0, offset - limit)) if offset > 0 else None,
                "next": page(offset + limit) if more else None,
                "json": datasette.urls.database(name) + "/-/search.json" + page(offset),
            },
            request=request,
        )
    )


def _object(hit: postil.Hit) -> Dict[str, Any]:
    names = ("rank", "score", "id", "title", "author", "date", "url", "snippet", "highlights", "rowid")
    return {name: getattr(hit, name) for name in names}


def _shown(datasette: Datasette, name: str, hit: postil.Hit) -> Dict[str, Any]:
    """What the template shows of a hit; the passage is HTML, all else is text."""
    return {
        "rank": hit.rank,
        "score": f"{hit.score:.2f}",
        "title": hit.title or hit.id,
        "about": " · ".join(part for part in (hit.author, hit.date) if part),
        "row": datasette.urls.row(name, "documents", str(hit.rowid)),
        # A document can have any text as its address.
        "url": hit.url if hit.url and hit.url.startswith(("https:", "http:")) else None,
        "snippet": hit.marked("<mark>", "</mark>", escape=True),
    }


@hookimpl
def register_routes() -> List[Tuple[str, Any]]:
    return [(r"^/(?P<database>[^/]+)/-/search(?P<format>\.json)?$", search)]


@hookimpl
def database_actions(datasette: Datasette, actor: Any, database: str) -> Any:
    async def actions() -> List[Dict[str, str]]:
        if await _is_index(datasette, database):
            return [{"href": datasette.urls.database(database) + "/-/search", "label": "Ranked search"}]
        return []

    return actions
