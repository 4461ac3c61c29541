CREATE TABLE personal_requests (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	kind TEXT NOT NULL CHECK (kind IN ('see', 'correct', 'erase', 'stop')),
	state TEXT NOT NULL CHECK (state IN ('received', 'confirmed', 'done', 'refused')),
	code_hash TEXT NOT NULL UNIQUE,
	words TEXT NOT NULL,
	received_at {{int}} NOT NULL,
	confirm_by TEXT NOT NULL,
	due_on TEXT NOT NULL,
	confirmed_at {{int}} NOT NULL,
	confirmed_as TEXT NOT NULL,
	extended_at {{int}} NOT NULL,
	extended_as TEXT NOT NULL,
	extended_why TEXT NOT NULL,
	closed_at {{int}} NOT NULL,
	closed_as TEXT NOT NULL,
	ground TEXT NOT NULL CHECK (ground IN ('', 'legal_duty', 'not_identified', 'not_ours')),
	answer TEXT NOT NULL,
	wiped_at {{int}} NOT NULL,
	account_id TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK ((state = 'refused') = (ground <> '')),
	CHECK ((state IN ('done', 'refused')) = (closed_at > 0)),
	CHECK ((extended_at > 0) = (extended_why <> '') OR wiped_at > 0),
	CHECK ((wiped_at > 0) = (words = ''))
) {{strict}};

CREATE INDEX personal_requests_open ON personal_requests (due_on) WHERE closed_at = 0;

CREATE TABLE keep_runs (
	id TEXT PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL,
	at {{int}} NOT NULL,
	rule_from TEXT NOT NULL,
	days {{int}} NOT NULL CHECK (days >= 1),
	gone_n {{int}} NOT NULL CHECK (gone_n >= 0),
	mark {{blob}}
) {{strict}};

CREATE INDEX keep_runs_at ON keep_runs (at);

CREATE TABLE personal_erasures (
	id TEXT PRIMARY KEY NOT NULL,
	request_id TEXT NOT NULL REFERENCES personal_requests (id),
	account_id TEXT NOT NULL REFERENCES accounts (id),
	state TEXT NOT NULL CHECK (state IN ('waiting', 'put_off', 'taken_back', 'done')),
	due_on TEXT NOT NULL,
	planned_at {{int}} NOT NULL,
	planned_by TEXT NOT NULL,
	planned_as TEXT NOT NULL,
	obstacles TEXT NOT NULL,
	tried_at {{int}} NOT NULL,
	taken_at {{int}} NOT NULL,
	taken_by TEXT NOT NULL,
	taken_as TEXT NOT NULL,
	taken_why TEXT NOT NULL,
	done_at {{int}} NOT NULL,
	effects TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK ((state = 'put_off') = (obstacles <> '')),
	CHECK ((state = 'taken_back') = (taken_at > 0)),
	CHECK ((state = 'done') = (done_at > 0))
) {{strict}};

CREATE UNIQUE INDEX personal_erasures_account ON personal_erasures (account_id) WHERE state IN ('waiting', 'put_off');

CREATE UNIQUE INDEX personal_erasures_request ON personal_erasures (request_id) WHERE state IN ('waiting', 'put_off');

CREATE INDEX personal_erasures_due ON personal_erasures (due_on) WHERE state IN ('waiting', 'put_off');
