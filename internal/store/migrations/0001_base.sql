CREATE TABLE settings (
	key TEXT PRIMARY KEY NOT NULL,
	value TEXT NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE TABLE counters (
	name TEXT PRIMARY KEY NOT NULL,
	value {{int}} NOT NULL
) {{strict}};

CREATE TABLE audit (
	seq {{int}} PRIMARY KEY NOT NULL,
	at {{int}} NOT NULL,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	action TEXT NOT NULL,
	object TEXT NOT NULL,
	object_id TEXT NOT NULL,
	area TEXT NOT NULL,
	detail TEXT NOT NULL,
	prev TEXT NOT NULL,
	hash TEXT NOT NULL
) {{strict}};

CREATE INDEX audit_object ON audit (object, object_id, seq);

CREATE INDEX audit_account ON audit (account_id, seq);

CREATE TABLE audit_head (
	id {{int}} PRIMARY KEY NOT NULL CHECK (id = 1),
	sealed {{blob}}
) {{strict}};

INSERT INTO audit_head (id) VALUES (1);

CREATE TABLE files (
	id TEXT PRIMARY KEY NOT NULL,
	content_type TEXT NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	data {{blob}} NOT NULL,
	small {{blob}},
	stamp {{blob}},
	vendor_id TEXT NOT NULL,
	event_id TEXT NOT NULL,
	public {{int}} NOT NULL CHECK (public IN (0, 1)),
	created_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE outbox (
	id TEXT PRIMARY KEY NOT NULL,
	notice_id TEXT NOT NULL,
	channel TEXT NOT NULL,
	address TEXT NOT NULL,
	lang TEXT NOT NULL,
	key TEXT NOT NULL,
	args TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	queued_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	lease_until {{int}} NOT NULL,
	attempts {{int}} NOT NULL,
	last_error TEXT NOT NULL,
	device TEXT NOT NULL,
	answer TEXT NOT NULL,
	opened_at {{int}} NOT NULL,
	sent_at {{int}},
	failed_at {{int}}
) {{strict}};

CREATE INDEX outbox_due ON outbox (channel, lease_until) WHERE sent_at IS NULL AND failed_at IS NULL;

CREATE INDEX outbox_unsent ON outbox (created_at) WHERE sent_at IS NULL;

CREATE INDEX outbox_notice ON outbox (notice_id);

CREATE TABLE jobs (
	id TEXT PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL,
	payload TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
	done_n {{int}} NOT NULL,
	total_n {{int}} NOT NULL,
	result TEXT NOT NULL,
	error TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	lease_owner TEXT NOT NULL,
	lease_until {{int}} NOT NULL,
	finished_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX jobs_due ON jobs (lease_until) WHERE state IN ('queued', 'running');
