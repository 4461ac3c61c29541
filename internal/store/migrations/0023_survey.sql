CREATE TABLE surveys (
	id TEXT PRIMARY KEY NOT NULL,
	title TEXT NOT NULL,
	question TEXT NOT NULL,
	method TEXT NOT NULL CHECK (method IN ('interview', 'phone', 'online', 'experts', 'paper')),
	method_note TEXT NOT NULL,
	sample {{int}} NOT NULL CHECK (sample >= 1),
	population TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	carried_by TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source <> ''),
	link TEXT NOT NULL,
	share {{int}} NOT NULL CHECK (share BETWEEN 0 AND 1000),
	issued_on TEXT NOT NULL,
	public {{int}} NOT NULL CHECK (public IN (0, 1)),
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (from_on <= until_on),
	CHECK (struck_at = 0 OR struck_why <> ''),
	CHECK (public = 0 OR issued_on <> '')
) {{strict}};

CREATE INDEX surveys_day ON surveys (until_on, id);

CREATE TABLE survey_areas (
	survey_id TEXT NOT NULL REFERENCES surveys (id),
	code TEXT NOT NULL,
	PRIMARY KEY (survey_id, code)
) {{strict}};

CREATE INDEX survey_areas_code ON survey_areas (code);
