CREATE TABLE events (
	id TEXT PRIMARY KEY NOT NULL,
	number {{int}} NOT NULL UNIQUE,
	slug TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('fair', 'market_session')),
	level TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
	state TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'announced', 'open', 'closed', 'running', 'ended',
		'reported', 'postponed', 'moved', 'cancelled')),
	state_reason TEXT NOT NULL,
	state_at {{int}} NOT NULL,
	former_opens_on TEXT NOT NULL,
	former_closes_on TEXT NOT NULL,
	former_venue TEXT NOT NULL,
	title TEXT NOT NULL,
	title_fold TEXT NOT NULL,
	summary TEXT NOT NULL,
	body TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	venue TEXT NOT NULL,
	lat_e6 {{int}} NOT NULL,
	lon_e6 {{int}} NOT NULL,
	directions TEXT NOT NULL,
	organiser TEXT NOT NULL,
	co_organisers TEXT NOT NULL,
	phone TEXT NOT NULL,
	registration TEXT NOT NULL CHECK (registration IN ('not_needed', 'to_file', 'filed', 'confirmed', 'refused')),
	legal_number TEXT NOT NULL,
	legal_issued_on TEXT NOT NULL,
	legal_issuer TEXT NOT NULL,
	legal_filed_on TEXT NOT NULL,
	legal_others TEXT NOT NULL,
	programme TEXT NOT NULL,
	opens_on TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	begins_at {{int}} NOT NULL,
	ends_at {{int}} NOT NULL,
	apply_from {{int}} NOT NULL,
	apply_until {{int}} NOT NULL,
	self_pick {{int}} NOT NULL CHECK (self_pick IN (0, 1)),
	self_check {{int}} NOT NULL CHECK (self_check IN (0, 1)),
	joint_check {{int}} NOT NULL CHECK (joint_check IN (0, 1)),
	booths_n {{int}} NOT NULL CHECK (booths_n >= 0),
	staff_passes {{int}} NOT NULL CHECK (staff_passes BETWEEN 0 AND 20),
	capacity {{int}} NOT NULL CHECK (capacity >= 0),
	cover TEXT NOT NULL,
	cloned_from TEXT NOT NULL,
	asked TEXT NOT NULL,
	published_at {{int}} NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (opens_on <= closes_on),
	CHECK (begins_at < ends_at),
	CHECK (apply_from <= apply_until)
) {{strict}};

CREATE INDEX events_opens ON events (opens_on, id);

CREATE INDEX events_state ON events (state, ends_at);

CREATE TABLE event_days (
	event_id TEXT NOT NULL REFERENCES events (id),
	day TEXT NOT NULL,
	opens_at {{int}} NOT NULL CHECK (opens_at BETWEEN 0 AND 1439),
	closes_at {{int}} NOT NULL CHECK (closes_at BETWEEN 1 AND 1440),
	note TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, day),
	CHECK (opens_at < closes_at)
) {{strict}};

CREATE INDEX event_days_day ON event_days (day);

CREATE TABLE event_areas (
	event_id TEXT NOT NULL REFERENCES events (id),
	code TEXT NOT NULL,
	PRIMARY KEY (event_id, code)
) {{strict}};

CREATE INDEX event_areas_code ON event_areas (code);

CREATE TABLE event_quotas (
	event_id TEXT NOT NULL REFERENCES events (id),
	product_group TEXT NOT NULL,
	max_n {{int}} NOT NULL CHECK (max_n >= 0),
	PRIMARY KEY (event_id, product_group)
) {{strict}};

CREATE TABLE programme_items (
	event_id TEXT NOT NULL REFERENCES events (id),
	position {{int}} NOT NULL,
	day TEXT NOT NULL,
	starts_at {{int}} NOT NULL,
	ends_at {{int}} NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	PRIMARY KEY (event_id, position)
) {{strict}};

CREATE TABLE event_reminders (
	event_id TEXT NOT NULL REFERENCES events (id),
	kind TEXT NOT NULL,
	due_on TEXT NOT NULL,
	at {{int}} NOT NULL,
	told_n {{int}} NOT NULL CHECK (told_n >= 0),
	PRIMARY KEY (event_id, kind, due_on)
) {{strict}};
