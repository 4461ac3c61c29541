CREATE TABLE goods_groups (
	id TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	retired_at {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (name_fold)
) {{strict}};

CREATE TABLE procurements (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	body_id TEXT NOT NULL REFERENCES bodies (id),
	year {{int}} NOT NULL CHECK (year BETWEEN 2009 AND 2100),
	part TEXT NOT NULL CHECK (part IN ('q1', 'q2', 'q3', 'q4', 'h1', 'h2', 'year')),
	goods_group TEXT NOT NULL,
	total_dong {{int}} NOT NULL CHECK (total_dong >= 0),
	domestic_dong {{int}} NOT NULL CHECK (domestic_dong >= 0),
	paper TEXT NOT NULL,
	photo TEXT REFERENCES files (id),
	note TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (domestic_dong <= total_dong),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE UNIQUE INDEX procurements_once ON procurements (year, body_id, goods_group, part) WHERE struck_at = 0;

CREATE INDEX procurements_year ON procurements (year, n);

CREATE INDEX procurements_body ON procurements (body_id);

CREATE TABLE procurement_fixes (
	procurement_id TEXT NOT NULL REFERENCES procurements (id),
	n {{int}} NOT NULL,
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	total_dong {{int}} NOT NULL,
	domestic_dong {{int}} NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	mark {{blob}},
	PRIMARY KEY (procurement_id, n)
) {{strict}};

CREATE TABLE procurement_closings (
	area_code TEXT NOT NULL,
	year {{int}} NOT NULL CHECK (year BETWEEN 2009 AND 2100),
	part TEXT NOT NULL CHECK (part IN ('q1', 'q2', 'q3', 'q4', 'h1', 'h2', 'year')),
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	mark {{blob}},
	PRIMARY KEY (area_code, year, part)
) {{strict}};

CREATE TABLE supports (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	kind TEXT NOT NULL CHECK (kind IN ('awareness', 'technology', 'science', 'production', 'quality', 'brand', 'price', 'market')),
	vendor_id TEXT REFERENCES vendors (id),
	producer TEXT NOT NULL CHECK (producer <> ''),
	producer_fold TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	body_id TEXT REFERENCES bodies (id),
	provider TEXT NOT NULL,
	what TEXT NOT NULL,
	amount_dong {{int}} NOT NULL CHECK (amount_dong >= 0),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	result TEXT NOT NULL,
	paper TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (until_on = '' OR from_on <= until_on),
	CHECK (body_id IS NOT NULL OR provider <> ''),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX supports_day ON supports (from_on, n);

CREATE INDEX supports_vendor ON supports (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE TABLE support_areas (
	support_id TEXT NOT NULL REFERENCES supports (id),
	code TEXT NOT NULL,
	PRIMARY KEY (support_id, code)
) {{strict}};

CREATE INDEX support_areas_code ON support_areas (code);

CREATE TABLE matchings (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	held_on TEXT NOT NULL,
	meeting TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	buyer TEXT NOT NULL CHECK (buyer <> ''),
	vendor_id TEXT REFERENCES vendors (id),
	producer TEXT NOT NULL CHECK (producer <> ''),
	product TEXT NOT NULL CHECK (product <> ''),
	volume TEXT NOT NULL,
	memo_number TEXT NOT NULL,
	memo_on TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX matchings_day ON matchings (held_on, n);

CREATE INDEX matchings_event ON matchings (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE matching_areas (
	matching_id TEXT NOT NULL REFERENCES matchings (id),
	code TEXT NOT NULL,
	PRIMARY KEY (matching_id, code)
) {{strict}};

CREATE INDEX matching_areas_code ON matching_areas (code);

CREATE TABLE matching_follow_ups (
	matching_id TEXT NOT NULL REFERENCES matchings (id),
	months {{int}} NOT NULL CHECK (months IN (3, 6)),
	due_on TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('', 'trading', 'partly', 'nothing')),
	result TEXT NOT NULL,
	done_on TEXT NOT NULL,
	by_name TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (matching_id, months)
) {{strict}};

CREATE INDEX matching_follow_ups_due ON matching_follow_ups (due_on) WHERE outcome = '';
