CREATE TABLE reports (
	event_id TEXT PRIMARY KEY NOT NULL REFERENCES events (id),
	authority TEXT NOT NULL,
	issuer TEXT NOT NULL,
	number TEXT NOT NULL,
	place TEXT NOT NULL,
	signed_on TEXT NOT NULL,
	assessment TEXT NOT NULL,
	recipients TEXT NOT NULL,
	signer_title TEXT NOT NULL,
	signer_name TEXT NOT NULL,
	figures TEXT NOT NULL,
	closed_at {{int}} NOT NULL,
	closed_by TEXT NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	CHECK ((closed_at > 0) = (figures <> ''))
) {{strict}};

CREATE INDEX reports_issuer ON reports (issuer, updated_at);
