CREATE TABLE period_reports (
	form TEXT NOT NULL,
	year {{int}} NOT NULL CHECK (year BETWEEN 2009 AND 2100),
	part TEXT NOT NULL CHECK (part IN ('q1', 'q2', 'q3', 'q4', 'h1', 'm9', 'year')),
	unit TEXT NOT NULL CHECK (unit <> ''),
	state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'returned', 'accepted')),
	typed TEXT NOT NULL,
	figures TEXT NOT NULL,
	lines TEXT NOT NULL,
	submitted_at {{int}} NOT NULL,
	submitted_by TEXT NOT NULL,
	submitted_as TEXT NOT NULL,
	decided_at {{int}} NOT NULL,
	decided_by TEXT NOT NULL,
	decided_as TEXT NOT NULL,
	reason TEXT NOT NULL,
	words TEXT NOT NULL,
	said TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (form, year, part, unit),
	CHECK (said = '' OR figures <> ''),
	CHECK ((figures = '') = (submitted_at = 0)),
	CHECK (state = 'open' OR figures <> ''),
	CHECK (state <> 'returned' OR reason <> '')
) {{strict}};

CREATE TABLE period_locks (
	form TEXT NOT NULL,
	year {{int}} NOT NULL,
	part TEXT NOT NULL,
	province TEXT NOT NULL CHECK (province <> ''),
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason TEXT NOT NULL,
	missing_n {{int}} NOT NULL CHECK (missing_n >= 0),
	kept TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (form, year, part, province),
	CHECK (missing_n = 0 OR reason <> '')
) {{strict}};

CREATE TABLE period_exceptions (
	form TEXT NOT NULL,
	year {{int}} NOT NULL,
	part TEXT NOT NULL,
	unit TEXT NOT NULL,
	n {{int}} NOT NULL CHECK (n >= 1),
	reason TEXT NOT NULL CHECK (reason <> ''),
	until_on TEXT NOT NULL CHECK (until_on <> ''),
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	ended_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (form, year, part, unit, n)
) {{strict}};

CREATE TABLE period_addenda (
	form TEXT NOT NULL,
	year {{int}} NOT NULL,
	part TEXT NOT NULL,
	unit TEXT NOT NULL,
	n {{int}} NOT NULL CHECK (n >= 1),
	reason TEXT NOT NULL CHECK (reason <> ''),
	moves TEXT NOT NULL,
	lines TEXT NOT NULL,
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (form, year, part, unit, n)
) {{strict}};

CREATE TABLE period_papers (
	year {{int}} NOT NULL,
	part TEXT NOT NULL,
	unit TEXT NOT NULL CHECK (unit <> ''),
	paper TEXT NOT NULL,
	sent_to TEXT NOT NULL,
	words TEXT NOT NULL,
	saved_at {{int}} NOT NULL,
	saved_by TEXT NOT NULL,
	saved_as TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (year, part, unit)
) {{strict}};

CREATE TABLE paper_templates (
	kind TEXT NOT NULL CHECK (kind IN ('period', 'commune', 'branch', 'series', 'event')),
	owner TEXT NOT NULL CHECK (owner <> ''),
	file_name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	data {{blob}} NOT NULL,
	saved_at {{int}} NOT NULL,
	saved_by TEXT NOT NULL,
	saved_as TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (kind, owner)
) {{strict}};
