CREATE TABLE supervisions (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	content TEXT NOT NULL CHECK (content <> ''),
	by_id TEXT NOT NULL REFERENCES bodies (id),
	held_on TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	subject_id TEXT REFERENCES bodies (id),
	subject TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	recommendation TEXT NOT NULL,
	due_on TEXT NOT NULL,
	paper TEXT NOT NULL,
	evidence TEXT REFERENCES files (id),
	answer TEXT NOT NULL,
	answered_on TEXT NOT NULL,
	answer_paper TEXT NOT NULL,
	answer_file TEXT REFERENCES files (id),
	answered_as TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (subject_id IS NOT NULL OR subject <> '' OR event_id IS NOT NULL),
	CHECK ((recommendation = '') = (due_on = '')),
	CHECK ((answer = '') = (answered_on = '')),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX supervisions_day ON supervisions (held_on, n);

CREATE INDEX supervisions_event ON supervisions (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE supervision_areas (
	supervision_id TEXT NOT NULL REFERENCES supervisions (id),
	code TEXT NOT NULL,
	PRIMARY KEY (supervision_id, code)
) {{strict}};

CREATE INDEX supervision_areas_code ON supervision_areas (code);

CREATE TABLE task_supervisions (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	supervision_id TEXT NOT NULL REFERENCES supervisions (id),
	mark {{blob}},
	PRIMARY KEY (task_id, supervision_id)
) {{strict}};

CREATE INDEX task_supervisions_supervision ON task_supervisions (supervision_id);
