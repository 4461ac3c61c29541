CREATE TABLE measures (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	kind TEXT NOT NULL CHECK (kind IN ('free_booths', 'supported_booths', 'transport', 'gifts', 'price_commitment', 'voucher')),
	text TEXT NOT NULL CHECK (text <> ''),
	quantity {{int}} NOT NULL CHECK (quantity >= 0),
	value_dong {{int}} NOT NULL CHECK (value_dong >= 0),
	provider TEXT NOT NULL,
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	dropped_at {{int}} NOT NULL CHECK (dropped_at >= 0),
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (from_on <= to_on)
) {{strict}};

CREATE INDEX measures_event ON measures (event_id);

CREATE TABLE offers (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	product_id TEXT NOT NULL REFERENCES products (id),
	state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'returned', 'withdrawn')),
	before_dong {{int}} NOT NULL CHECK (before_dong > here_dong),
	here_dong {{int}} NOT NULL CHECK (here_dong > 0),
	unit TEXT NOT NULL CHECK (unit <> ''),
	from_on TEXT NOT NULL,
	to_on TEXT NOT NULL,
	quantity {{int}} NOT NULL CHECK (quantity >= 0),
	conditions TEXT NOT NULL,
	basis TEXT NOT NULL,
	explained TEXT NOT NULL,
	reason TEXT NOT NULL,
	on_paper {{int}} NOT NULL CHECK (on_paper IN (0, 1)),
	submitted_by TEXT NOT NULL,
	submitted_at {{int}} NOT NULL,
	decided_by TEXT NOT NULL,
	decided_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK (from_on <= to_on),
	CHECK (state <> 'returned' OR reason <> ''),
	CHECK (state NOT IN ('accepted', 'returned') OR decided_at > 0)
) {{strict}};

CREATE INDEX offers_event ON offers (event_id, state);

CREATE INDEX offers_vendor ON offers (vendor_id);

CREATE INDEX offers_product ON offers (product_id);

CREATE TABLE regular_prices (
	product_id TEXT NOT NULL REFERENCES products (id),
	n {{int}} NOT NULL,
	dong {{int}} NOT NULL CHECK (dong > 0),
	unit TEXT NOT NULL,
	listed {{int}} NOT NULL CHECK (listed IN (0, 1)),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (product_id, n)
) {{strict}};
