// FTS5Format
