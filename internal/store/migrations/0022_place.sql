CREATE TABLE places (
	id TEXT PRIMARY KEY NOT NULL,
	slug TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('vietnamese_goods', 'ocop', 'safe_food')),
	name TEXT NOT NULL,
	name_sort TEXT NOT NULL,
	search_fold TEXT NOT NULL,
	address TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	organisation TEXT NOT NULL,
	keeper TEXT NOT NULL,
	phone TEXT NOT NULL,
	agreed_at {{int}} NOT NULL CHECK (agreed_at >= 0),
	product_groups TEXT NOT NULL,
	goods TEXT NOT NULL,
	hours TEXT NOT NULL,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	end_reason TEXT NOT NULL,
	paper TEXT NOT NULL,
	body_id TEXT REFERENCES bodies (id),
	photo TEXT REFERENCES files (id),
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (until_on = '' OR from_on <= until_on),
	CHECK (until_on = '' OR end_reason <> '')
) {{strict}};

CREATE INDEX places_name ON places (name_sort, id);

CREATE TABLE place_areas (
	place_id TEXT NOT NULL REFERENCES places (id),
	code TEXT NOT NULL,
	PRIMARY KEY (place_id, code)
) {{strict}};

CREATE INDEX place_areas_code ON place_areas (code);
