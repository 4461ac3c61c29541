CREATE TABLE push_keys (
	id TEXT PRIMARY KEY NOT NULL,
	public TEXT NOT NULL,
	sealed TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	retired_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE UNIQUE INDEX push_keys_active ON push_keys (retired_at) WHERE retired_at = 0;

CREATE TABLE push_subscriptions (
	id TEXT PRIMARY KEY NOT NULL,
	account_id TEXT NOT NULL REFERENCES accounts (id),
	session_id TEXT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	sealed TEXT NOT NULL,
	service TEXT NOT NULL,
	device TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	used_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX push_subscriptions_account ON push_subscriptions (account_id);

CREATE INDEX push_subscriptions_session ON push_subscriptions (session_id);
