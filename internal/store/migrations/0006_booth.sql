CREATE TABLE booths (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	code TEXT NOT NULL,
	zone TEXT NOT NULL,
	row_n {{int}} NOT NULL,
	col_n {{int}} NOT NULL,
	width_cm {{int}} NOT NULL CHECK (width_cm BETWEEN 50 AND 10000),
	depth_cm {{int}} NOT NULL CHECK (depth_cm BETWEEN 50 AND 10000),
	kind TEXT NOT NULL,
	power {{int}} NOT NULL CHECK (power IN (0, 1)),
	fee_dong {{int}} NOT NULL CHECK (fee_dong >= 0),
	state TEXT NOT NULL CHECK (state IN ('free', 'held', 'assigned', 'blocked')),
	application_id TEXT REFERENCES applications (id),
	held_until {{int}} NOT NULL,
	assigned_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (event_id, code),
	UNIQUE (event_id, zone, row_n, col_n),
	CHECK ((state IN ('held', 'assigned')) = (application_id IS NOT NULL))
) {{strict}};

CREATE INDEX booths_application ON booths (application_id) WHERE application_id IS NOT NULL;

CREATE UNIQUE INDEX booths_hold ON booths (application_id) WHERE state = 'held';

CREATE TABLE booth_days (
	booth_id TEXT NOT NULL REFERENCES booths (id),
	day TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('occupied', 'no_show')),
	seen_at {{int}} NOT NULL,
	seen_by TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (booth_id, day)
) {{strict}};

CREATE TABLE placings (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	items TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made_at {{int}} NOT NULL,
	undone_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX placings_event ON placings (event_id, made_at);

CREATE TABLE draws (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	n {{int}} NOT NULL CHECK (n >= 1),
	state TEXT NOT NULL CHECK (state IN ('prepared', 'locked', 'revealed', 'void')),
	place TEXT NOT NULL,
	callers_n {{int}} NOT NULL CHECK (callers_n BETWEEN 3 AND 9),
	source TEXT NOT NULL,
	again TEXT NOT NULL,
	log TEXT NOT NULL,
	sealed TEXT NOT NULL,
	reason TEXT NOT NULL,
	changes TEXT NOT NULL,
	prepared_at {{int}} NOT NULL,
	prepared_by TEXT NOT NULL,
	locked_at {{int}} NOT NULL,
	ended_at {{int}} NOT NULL,
	ended_by TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (event_id, n),
	CHECK ((state = 'prepared') = (log = '')),
	CHECK ((state = 'locked') = (sealed <> '')),
	CHECK ((state = 'void') = (reason <> '')),
	CHECK (n > 1 OR again = ''),
	CHECK ((state IN ('revealed', 'void')) = (ended_at > 0))
) {{strict}};

CREATE UNIQUE INDEX draws_open ON draws (event_id) WHERE state IN ('prepared', 'locked');

CREATE TABLE floor_plans (
	event_id TEXT NOT NULL REFERENCES events (id),
	n {{int}} NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'published', 'past')),
	layout TEXT NOT NULL,
	version {{int}} NOT NULL,
	saved_by TEXT NOT NULL,
	saved_as TEXT NOT NULL,
	saved_at {{int}} NOT NULL,
	published_at {{int}} NOT NULL,
	removed TEXT NOT NULL,
	PRIMARY KEY (event_id, n)
) {{strict}};

CREATE UNIQUE INDEX floor_plans_draft ON floor_plans (event_id) WHERE state IN ('draft', 'checked');

CREATE UNIQUE INDEX floor_plans_published ON floor_plans (event_id) WHERE state = 'published';

-- undo_of is the change that taking back takes back, undo_to the one to which that leads; 0 and 0
-- where nothing can be. Version 0 is what a draft began from.
CREATE TABLE floor_plan_saves (
	event_id TEXT NOT NULL REFERENCES events (id),
	n {{int}} NOT NULL,
	version {{int}} NOT NULL,
	layout TEXT NOT NULL,
	saved_by TEXT NOT NULL,
	saved_as TEXT NOT NULL,
	undo_of {{int}} NOT NULL,
	undo_to {{int}} NOT NULL,
	PRIMARY KEY (event_id, n, version)
) {{strict}};
