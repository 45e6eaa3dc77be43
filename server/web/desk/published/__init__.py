"""Pages that everybody may read, where a server opens its editions."""
