CREATE TABLE year_pastes (
	id TEXT PRIMARY KEY NOT NULL,
	form_key TEXT NOT NULL UNIQUE,
	pattern_id TEXT NOT NULL,
	event_ids TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('made', 'undone')),
	created_by TEXT NOT NULL REFERENCES accounts (id),
	created_at {{int}} NOT NULL,
	version {{int}} NOT NULL
) {{strict}};
CREATE INDEX year_pastes_by ON year_pastes (created_by, created_at);
