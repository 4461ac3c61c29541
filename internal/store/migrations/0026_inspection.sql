CREATE TABLE checklists (
	id TEXT PRIMARY KEY NOT NULL,
	items TEXT NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE TABLE inspection_rounds (
	id TEXT PRIMARY KEY NOT NULL,
	number TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	title TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('inspection', 'self_inspection', 'joint_check', 'vendor_check')),
	body_id TEXT REFERENCES bodies (id),
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	task_id TEXT REFERENCES tasks (id),
	note TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (from_on <= until_on),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX inspection_rounds_event ON inspection_rounds (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE inspection_round_people (
	round_id TEXT NOT NULL REFERENCES inspection_rounds (id),
	position {{int}} NOT NULL,
	name TEXT NOT NULL,
	body TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (round_id, position)
) {{strict}};

CREATE TABLE inspection_round_bodies (
	round_id TEXT NOT NULL REFERENCES inspection_rounds (id),
	body_id TEXT NOT NULL REFERENCES bodies (id),
	mark {{blob}},
	PRIMARY KEY (round_id, body_id)
) {{strict}};

CREATE TABLE inspection_round_areas (
	round_id TEXT NOT NULL REFERENCES inspection_rounds (id),
	code TEXT NOT NULL,
	PRIMARY KEY (round_id, code)
) {{strict}};

CREATE INDEX inspection_round_areas_code ON inspection_round_areas (code);

CREATE TABLE inspections (
	id TEXT PRIMARY KEY NOT NULL,
	client TEXT NOT NULL UNIQUE,
	digest TEXT NOT NULL,
	device TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('inspection', 'self_inspection', 'joint_check', 'vendor_check')),
	subject TEXT NOT NULL CHECK (subject IN ('booth', 'vendor', 'goods', 'event', 'body')),
	subject_name TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	booth_id TEXT REFERENCES booths (id),
	vendor_id TEXT REFERENCES vendors (id),
	body_id TEXT REFERENCES bodies (id),
	goods TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	issuer_id TEXT REFERENCES bodies (id),
	series TEXT NOT NULL,
	year {{int}} NOT NULL,
	n {{int}} CHECK (n >= 1),
	round_id TEXT REFERENCES inspection_rounds (id),
	recheck_id TEXT REFERENCES inspections (id),
	day_on TEXT NOT NULL,
	began_at {{int}} NOT NULL,
	ended_at {{int}} NOT NULL,
	place TEXT NOT NULL,
	people TEXT NOT NULL,
	present TEXT NOT NULL,
	opinion TEXT NOT NULL,
	refusal TEXT NOT NULL,
	witnesses TEXT NOT NULL,
	note TEXT NOT NULL,
	on_paper {{int}} NOT NULL CHECK (on_paper IN (0, 1)),
	state TEXT NOT NULL CHECK (state IN ('received', 'handed_in')),
	remarks TEXT NOT NULL,
	bad_n {{int}} NOT NULL,
	missing_n {{int}} NOT NULL,
	lead_id TEXT REFERENCES inspections (id),
	twin TEXT NOT NULL CHECK (twin IN ('', 'open', 'apart')),
	checklist_id TEXT NOT NULL REFERENCES checklists (id),
	received_at {{int}} NOT NULL,
	handed_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (series, year, n),
	CHECK ((n IS NULL) = (state = 'received')),
	CHECK (lead_id <> id)
) {{strict}};

CREATE INDEX inspections_day ON inspections (day_on, received_at);

CREATE INDEX inspections_event ON inspections (event_id, day_on) WHERE event_id IS NOT NULL;

CREATE INDEX inspections_vendor ON inspections (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE INDEX inspections_body ON inspections (body_id) WHERE body_id IS NOT NULL;

CREATE INDEX inspections_round ON inspections (round_id) WHERE round_id IS NOT NULL;

CREATE INDEX inspections_lead ON inspections (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE inspection_areas (
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	code TEXT NOT NULL,
	PRIMARY KEY (inspection_id, code)
) {{strict}};

CREATE INDEX inspection_areas_code ON inspection_areas (code);

CREATE TABLE inspection_answers (
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	n {{int}} NOT NULL,
	item TEXT NOT NULL,
	answer TEXT NOT NULL CHECK (answer IN ('ok', 'not_ok', 'not_applicable')),
	note TEXT NOT NULL,
	at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (inspection_id, n)
) {{strict}};

CREATE TABLE inspection_photos (
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	hash TEXT NOT NULL,
	position {{int}} NOT NULL,
	item TEXT NOT NULL,
	taken_at {{int}} NOT NULL,
	file_id TEXT REFERENCES files (id),
	lost {{int}} NOT NULL CHECK (lost IN (0, 1)),
	mark {{blob}},
	PRIMARY KEY (inspection_id, hash)
) {{strict}};

CREATE TABLE inspection_steps (
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	n {{int}} NOT NULL,
	at {{int}} NOT NULL,
	by_name TEXT NOT NULL,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (inspection_id, n)
) {{strict}};

CREATE TABLE task_inspections (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	mark {{blob}},
	PRIMARY KEY (task_id, inspection_id)
) {{strict}};

CREATE INDEX task_inspections_inspection ON task_inspections (inspection_id);

CREATE TABLE findings (
	id TEXT PRIMARY KEY NOT NULL,
	inspection_id TEXT NOT NULL REFERENCES inspections (id),
	n {{int}} NOT NULL,
	item TEXT NOT NULL,
	words TEXT NOT NULL,
	remedy TEXT NOT NULL,
	due_on TEXT NOT NULL,
	safety {{int}} NOT NULL CHECK (safety IN (0, 1)),
	holds {{int}} NOT NULL CHECK (holds IN (0, 1)),
	state TEXT NOT NULL CHECK (state IN ('open', 'remedied', 'closed', 'escalated', 'handed_over')),
	handed_on TEXT NOT NULL,
	handed_to TEXT NOT NULL,
	dossier TEXT NOT NULL,
	answer_due_on TEXT NOT NULL,
	outcome TEXT NOT NULL,
	moved_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (inspection_id, n),
	CHECK (state <> 'handed_over' OR handed_on <> '')
) {{strict}};

CREATE INDEX findings_state ON findings (state, inspection_id);

CREATE TABLE finding_steps (
	finding_id TEXT NOT NULL REFERENCES findings (id),
	n {{int}} NOT NULL,
	at {{int}} NOT NULL,
	by_name TEXT NOT NULL,
	state TEXT NOT NULL,
	text TEXT NOT NULL,
	inspection_id TEXT REFERENCES inspections (id),
	mark {{blob}},
	PRIMARY KEY (finding_id, n)
) {{strict}};
