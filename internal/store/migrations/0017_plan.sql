CREATE TABLE bodies (
	id TEXT PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('steering_committee', 'standing_body', 'member_branch', 'member_org', 'budget_agency')),
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	name TEXT NOT NULL,
	name_sort TEXT NOT NULL,
	parent_id TEXT REFERENCES bodies (id),
	phone TEXT NOT NULL,
	email TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	successor_id TEXT REFERENCES bodies (id),
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (until_on = '' OR from_on <= until_on),
	CHECK (successor_id IS NULL OR until_on <> '')
) {{strict}};

CREATE INDEX bodies_name ON bodies (name_sort, id);

CREATE TABLE body_areas (
	body_id TEXT NOT NULL REFERENCES bodies (id),
	code TEXT NOT NULL,
	PRIMARY KEY (body_id, code)
) {{strict}};

CREATE INDEX body_areas_code ON body_areas (code);

CREATE TABLE body_people (
	body_id TEXT NOT NULL REFERENCES bodies (id),
	account_id TEXT NOT NULL REFERENCES accounts (id),
	added_by TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (body_id, account_id)
) {{strict}};

CREATE INDEX body_people_account ON body_people (account_id);

CREATE TABLE plans (
	id TEXT PRIMARY KEY NOT NULL,
	year {{int}} NOT NULL CHECK (year BETWEEN 2009 AND 2100),
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	number TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	issuer_id TEXT NOT NULL REFERENCES bodies (id),
	standing_id TEXT REFERENCES bodies (id),
	title TEXT NOT NULL,
	objectives TEXT NOT NULL,
	parent_id TEXT REFERENCES plans (id),
	state TEXT NOT NULL CHECK (state IN ('draft', 'in_force', 'closed')),
	cloned_from TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (year, issuer_id)
) {{strict}};

CREATE TABLE plan_areas (
	plan_id TEXT NOT NULL REFERENCES plans (id),
	code TEXT NOT NULL,
	PRIMARY KEY (plan_id, code)
) {{strict}};

CREATE INDEX plan_areas_code ON plan_areas (code);

CREATE TABLE plan_targets (
	plan_id TEXT NOT NULL REFERENCES plans (id),
	strand TEXT NOT NULL CHECK (strand IN ('steering', 'communications', 'fairs', 'sessions', 'inspection', 'supervision',
		'procurement', 'support', 'outlets')),
	measure TEXT NOT NULL,
	goal {{int}} NOT NULL CHECK (goal >= 1),
	mark {{blob}},
	PRIMARY KEY (plan_id, strand)
) {{strict}};

CREATE TABLE plan_papers (
	plan_id TEXT NOT NULL REFERENCES plans (id),
	position {{int}} NOT NULL,
	number TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	issuer TEXT NOT NULL,
	title TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (plan_id, position)
) {{strict}};

CREATE TABLE tasks (
	id TEXT PRIMARY KEY NOT NULL,
	plan_id TEXT NOT NULL REFERENCES plans (id),
	n {{int}} NOT NULL CHECK (n >= 1),
	strand TEXT NOT NULL CHECK (strand IN ('steering', 'communications', 'fairs', 'sessions', 'inspection', 'supervision',
		'procurement', 'support', 'outlets')),
	kind TEXT NOT NULL CHECK (kind IN ('guide', 'urge', 'inspect', 'carry')),
	title TEXT NOT NULL,
	content TEXT NOT NULL,
	parent_id TEXT REFERENCES tasks (id),
	assigned_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('none', 'events', 'communications', 'procurement', 'support', 'children', 'stimulus', 'offers', 'inspections', 'supervisions')),
	measure TEXT NOT NULL,
	goal {{int}} NOT NULL CHECK (goal >= 0),
	state TEXT NOT NULL CHECK (state IN ('open', 'in_progress', 'done', 'dropped')),
	percent {{int}} NOT NULL CHECK (percent BETWEEN 0 AND 100),
	result TEXT NOT NULL,
	movements TEXT NOT NULL,
	updated_at {{int}} NOT NULL,
	entered_by TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (plan_id, n),
	CHECK (percent = 0 OR source = 'none')
) {{strict}};

CREATE INDEX tasks_due ON tasks (state, due_on);

CREATE INDEX tasks_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE task_bodies (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	body_id TEXT NOT NULL REFERENCES bodies (id),
	part TEXT NOT NULL CHECK (part IN ('lead', 'support', 'watch')),
	position {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (task_id, body_id)
) {{strict}};

CREATE INDEX task_bodies_body ON task_bodies (body_id);

CREATE TABLE task_entries (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	n {{int}} NOT NULL,
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('assigned', 'words', 'state', 'due', 'remind', 'edited', 'file',
		'unfile', 'chase')),
	from_value TEXT NOT NULL,
	to_value TEXT NOT NULL,
	text TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (task_id, n)
) {{strict}};

CREATE TABLE task_events (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	event_id TEXT NOT NULL REFERENCES events (id),
	mark {{blob}},
	PRIMARY KEY (task_id, event_id)
) {{strict}};

CREATE INDEX task_events_event ON task_events (event_id);

CREATE TABLE task_files (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	file_id TEXT NOT NULL REFERENCES files (id),
	name TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_as TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (task_id, file_id)
) {{strict}};

CREATE TABLE plan_files (
	plan_id TEXT NOT NULL REFERENCES plans (id),
	n {{int}} NOT NULL CHECK (n >= 1),
	file_id TEXT NOT NULL REFERENCES files (id),
	name TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_as TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (plan_id, n)
) {{strict}};
