CREATE TABLE api_tokens (
	id TEXT PRIMARY KEY NOT NULL,
	token_hash TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL REFERENCES accounts (id),
	name TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	used_at {{int}} NOT NULL,
	revoked_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX api_tokens_account ON api_tokens (account_id);
