CREATE TABLE reports (
	event_id TEXT PRIMARY KEY NOT NULL REFERENCES events (id),
	style TEXT NOT NULL CHECK (style IN ('decree', 'party')),
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
	mark {{blob}},
	CHECK ((closed_at > 0) = (figures <> ''))
) {{strict}};

CREATE TABLE report_addenda (
	event_id TEXT NOT NULL REFERENCES reports (event_id),
	n {{int}} NOT NULL CHECK (n >= 1),
	reason TEXT NOT NULL,
	number TEXT NOT NULL,
	signed_on TEXT NOT NULL,
	figures TEXT NOT NULL,
	opened_at {{int}} NOT NULL,
	opened_by TEXT NOT NULL,
	closed_at {{int}} NOT NULL,
	closed_by TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, n),
	CHECK ((closed_at > 0) = (figures <> ''))
) {{strict}};

CREATE INDEX reports_issuer ON reports (issuer, updated_at);
