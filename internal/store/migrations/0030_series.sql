CREATE TABLE series (
	id TEXT PRIMARY KEY NOT NULL,
	pattern_id TEXT NOT NULL REFERENCES events (id),
	rule TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX series_pattern ON series (pattern_id);

CREATE TABLE series_events (
	series_id TEXT NOT NULL REFERENCES series (id),
	key_on TEXT NOT NULL,
	event_id TEXT NOT NULL UNIQUE REFERENCES events (id),
	mark {{blob}},
	PRIMARY KEY (series_id, key_on)
) {{strict}};
