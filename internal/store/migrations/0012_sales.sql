CREATE TABLE sales_returns (
	event_id TEXT NOT NULL REFERENCES events (id),
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	contracts_n {{int}} NOT NULL CHECK (contracts_n >= 0),
	contracts_dong {{int}} NOT NULL CHECK (contracts_dong >= 0),
	on_paper {{int}} NOT NULL CHECK (on_paper IN (0, 1)),
	filed_by TEXT NOT NULL,
	filed_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, vendor_id)
) {{strict}};

CREATE INDEX sales_returns_vendor ON sales_returns (vendor_id);

CREATE TABLE sales_days (
	event_id TEXT NOT NULL,
	vendor_id TEXT NOT NULL,
	day TEXT NOT NULL,
	dong {{int}} NOT NULL CHECK (dong >= 0),
	band TEXT NOT NULL,
	typed_by TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, vendor_id, day),
	FOREIGN KEY (event_id, vendor_id) REFERENCES sales_returns (event_id, vendor_id)
) {{strict}};

CREATE TABLE sales_best (
	event_id TEXT NOT NULL,
	vendor_id TEXT NOT NULL,
	position {{int}} NOT NULL CHECK (position BETWEEN 1 AND 3),
	product_id TEXT NOT NULL REFERENCES products (id),
	PRIMARY KEY (event_id, vendor_id, position),
	UNIQUE (event_id, vendor_id, product_id),
	FOREIGN KEY (event_id, vendor_id) REFERENCES sales_returns (event_id, vendor_id)
) {{strict}};

CREATE TABLE sales_reminders (
	event_id TEXT NOT NULL REFERENCES events (id),
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	at {{int}} NOT NULL,
	mails_n {{int}} NOT NULL CHECK (mails_n >= 1),
	PRIMARY KEY (event_id, vendor_id)
) {{strict}};
