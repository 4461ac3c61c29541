CREATE TABLE accounts (
	id TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	name_sort TEXT NOT NULL,
	phone TEXT UNIQUE,
	email TEXT UNIQUE,
	state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'erased')),
	password_hash TEXT NOT NULL,
	totp_secret TEXT NOT NULL,
	totp_step {{int}} NOT NULL,
	lang TEXT NOT NULL,
	consent_version TEXT NOT NULL,
	consent_at {{int}} NOT NULL,
	created_at {{int}} NOT NULL,
	entered_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK ((state = 'erased') = (phone IS NULL AND email IS NULL)),
	CHECK (state <> 'erased' OR password_hash = '' AND totp_secret = '')
) {{strict}};

CREATE INDEX accounts_sort ON accounts (name_sort, id);

CREATE TABLE grants (
	account_id TEXT NOT NULL REFERENCES accounts (id),
	role TEXT NOT NULL,
	area TEXT NOT NULL,
	granted_by TEXT NOT NULL,
	granted_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (account_id, role, area)
) {{strict}};

CREATE INDEX grants_area ON grants (area);

CREATE TABLE sessions (
	token_hash TEXT PRIMARY KEY NOT NULL,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL REFERENCES accounts (id),
	created_at {{int}} NOT NULL,
	seen_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	second_step {{int}} NOT NULL CHECK (second_step IN (0, 1)),
	device TEXT NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX sessions_account ON sessions (account_id);

CREATE TABLE reset_codes (
	code_hash TEXT PRIMARY KEY NOT NULL,
	account_id TEXT REFERENCES accounts (id),
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'paper', 'setup', 'email')),
	email TEXT NOT NULL,
	issued_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	used_at {{int}},
	mark {{blob}}
) {{strict}};

CREATE INDEX reset_codes_account ON reset_codes (account_id);

CREATE TABLE recovery_codes (
	code_hash TEXT PRIMARY KEY NOT NULL,
	account_id TEXT NOT NULL REFERENCES accounts (id),
	created_at {{int}} NOT NULL,
	used_at {{int}},
	mark {{blob}}
) {{strict}};

CREATE INDEX recovery_codes_account ON recovery_codes (account_id);

CREATE TABLE sign_in_tries (
	key TEXT PRIMARY KEY NOT NULL,
	failed_n {{int}} NOT NULL,
	retry_at {{int}} NOT NULL,
	seen_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX sign_in_tries_seen ON sign_in_tries (seen_at);
