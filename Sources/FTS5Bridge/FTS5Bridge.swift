// FTS5Bridge
