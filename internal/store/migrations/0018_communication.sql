CREATE TABLE channels (
	id TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	unit TEXT NOT NULL,
	counts {{int}} NOT NULL CHECK (counts IN (0, 1)),
	hangs {{int}} NOT NULL CHECK (hangs IN (0, 1)),
	added_by TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	retired_at {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (name_fold)
) {{strict}};

CREATE TABLE channel_goals (
	plan_id TEXT NOT NULL REFERENCES plans (id),
	channel TEXT NOT NULL,
	goal {{int}} NOT NULL CHECK (goal >= 1),
	mark {{blob}},
	PRIMARY KEY (plan_id, channel)
) {{strict}};

CREATE TABLE communications (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	client TEXT NOT NULL,
	channel TEXT NOT NULL,
	times {{int}} NOT NULL CHECK (times >= 1),
	people {{int}} CHECK (people >= 0),
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	place TEXT NOT NULL,
	village TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	quantity {{int}} NOT NULL CHECK (quantity >= 0),
	minutes {{int}} NOT NULL CHECK (minutes >= 0),
	cost_dong {{int}} NOT NULL CHECK (cost_dong >= 0),
	topic TEXT NOT NULL,
	quality TEXT NOT NULL,
	link TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	body_id TEXT REFERENCES bodies (id),
	movements TEXT NOT NULL,
	asked {{int}} NOT NULL CHECK (asked IN (0, 1)),
	photos_n {{int}} NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (entered_by, client),
	CHECK (until_on = '' OR from_on <= until_on),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX communications_day ON communications (from_on, n);

CREATE INDEX communications_event ON communications (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX communications_body ON communications (body_id) WHERE body_id IS NOT NULL;

CREATE TABLE communication_areas (
	communication_id TEXT NOT NULL REFERENCES communications (id),
	code TEXT NOT NULL,
	PRIMARY KEY (communication_id, code)
) {{strict}};

CREATE INDEX communication_areas_code ON communication_areas (code);

CREATE TABLE communication_audiences (
	communication_id TEXT NOT NULL REFERENCES communications (id),
	audience TEXT NOT NULL CHECK (audience IN ('party_members', 'officials', 'civil_servants', 'public_employees',
		'union_members', 'org_members', 'people')),
	mark {{blob}},
	PRIMARY KEY (communication_id, audience)
) {{strict}};

CREATE TABLE communication_photos (
	communication_id TEXT NOT NULL REFERENCES communications (id),
	file_id TEXT NOT NULL REFERENCES files (id),
	PRIMARY KEY (communication_id, file_id)
) {{strict}};

CREATE TABLE task_communications (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	communication_id TEXT NOT NULL REFERENCES communications (id),
	mark {{blob}},
	PRIMARY KEY (task_id, communication_id)
) {{strict}};

CREATE INDEX task_communications_communication ON task_communications (communication_id);
