CREATE TABLE relay_log (
	n {{int}} PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('scan', 'count')),
	device_id TEXT NOT NULL REFERENCES devices (id),
	seq {{int}} NOT NULL,
	amends {{int}} NOT NULL CHECK (amends IN (0, 1)),
	payload TEXT NOT NULL
) {{strict}};

CREATE TABLE foreign_presences (
	pass_id TEXT PRIMARY KEY NOT NULL REFERENCES passes (id),
	newest TEXT NOT NULL,
	used TEXT NOT NULL
) {{strict}};
