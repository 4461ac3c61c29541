CREATE TABLE imports (
	id TEXT PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('read', 'running', 'done', 'undoing', 'undone')),
	file_name TEXT NOT NULL,
	data {{blob}},
	mapping TEXT NOT NULL,
	shown TEXT NOT NULL,
	fault TEXT NOT NULL,
	total_n {{int}} NOT NULL,
	done_n {{int}} NOT NULL,
	added_n {{int}} NOT NULL,
	changed_n {{int}} NOT NULL,
	same_n {{int}} NOT NULL,
	kept_n {{int}} NOT NULL,
	stop {{int}} NOT NULL CHECK (stop IN (0, 1)),
	worker TEXT NOT NULL,
	created_by TEXT NOT NULL REFERENCES accounts (id),
	created_as TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	moved_at {{int}} NOT NULL,
	version {{int}} NOT NULL
) {{strict}};

CREATE INDEX imports_owner ON imports (created_by, created_at);

CREATE INDEX imports_moved ON imports (moved_at) WHERE data IS NOT NULL;

CREATE TABLE import_parts (
	import_id TEXT NOT NULL REFERENCES imports (id),
	n {{int}} NOT NULL,
	rows TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (import_id, n)
) {{strict}};

CREATE TABLE import_habits (
	account_id TEXT NOT NULL REFERENCES accounts (id),
	kind TEXT NOT NULL,
	columns TEXT NOT NULL,
	PRIMARY KEY (account_id, kind)
) {{strict}};
