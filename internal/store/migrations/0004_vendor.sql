CREATE TABLE vendors (
	id TEXT PRIMARY KEY NOT NULL,
	slug TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('household', 'cooperative', 'coop_group', 'enterprise', 'producer', 'agency')),
	state TEXT NOT NULL CHECK (state IN ('new', 'active', 'blocked')),
	state_reason TEXT NOT NULL,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	search_fold TEXT NOT NULL,
	name_sort TEXT NOT NULL,
	tax_code TEXT UNIQUE,
	representative TEXT NOT NULL,
	phone TEXT NOT NULL,
	phone_public {{int}} NOT NULL CHECK (phone_public IN (0, 1)),
	email TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	village TEXT NOT NULL,
	about TEXT NOT NULL,
	logo TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX vendors_sort ON vendors (name_sort, id);

CREATE TABLE vendor_areas (
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	code TEXT NOT NULL,
	PRIMARY KEY (vendor_id, code)
) {{strict}};

CREATE INDEX vendor_areas_code ON vendor_areas (code);

CREATE TABLE vendor_members (
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	account_id TEXT NOT NULL REFERENCES accounts (id),
	role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
	added_by TEXT NOT NULL,
	added_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (vendor_id, account_id)
) {{strict}};

CREATE INDEX vendor_members_account ON vendor_members (account_id);

CREATE TABLE join_codes (
	code_hash TEXT PRIMARY KEY NOT NULL,
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
	issued_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX join_codes_vendor ON join_codes (vendor_id);

CREATE TABLE products (
	id TEXT PRIMARY KEY NOT NULL,
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	search_fold TEXT NOT NULL,
	name_sort TEXT NOT NULL,
	product_group TEXT NOT NULL,
	brand TEXT NOT NULL,
	description TEXT NOT NULL,
	origin TEXT NOT NULL CHECK (origin IN ('made_in', 'assembled_in', 'packed_in', 'other')),
	origin_place TEXT NOT NULL,
	label TEXT NOT NULL,
	gtin TEXT NOT NULL,
	price_dong {{int}} NOT NULL CHECK (price_dong >= 0),
	price_unit TEXT NOT NULL,
	evidence TEXT NOT NULL CHECK (evidence IN ('declared', 'documented', 'checked', 'confirmed', 'disputed', 'excluded')),
	evidence_by TEXT NOT NULL,
	evidence_at {{int}} NOT NULL,
	evidence_until TEXT NOT NULL,
	evidence_note TEXT NOT NULL,
	hidden {{int}} NOT NULL CHECK (hidden IN (0, 1)),
	created_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX products_vendor ON products (vendor_id);

CREATE INDEX products_sort ON products (name_sort, id);

CREATE TABLE product_photos (
	product_id TEXT NOT NULL REFERENCES products (id),
	position {{int}} NOT NULL,
	file_id TEXT NOT NULL REFERENCES files (id),
	PRIMARY KEY (product_id, position)
) {{strict}};

CREATE TABLE product_ratings (
	product_id TEXT NOT NULL REFERENCES products (id),
	issued_on TEXT NOT NULL,
	stars {{int}} NOT NULL CHECK (stars BETWEEN 3 AND 5),
	decision TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	claimed {{int}} NOT NULL CHECK (claimed IN (0, 1)),
	mark {{blob}},
	PRIMARY KEY (product_id, issued_on),
	CHECK (issued_on <= valid_to)
) {{strict}};

CREATE TABLE certificates (
	id TEXT PRIMARY KEY NOT NULL,
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	product_id TEXT REFERENCES products (id),
	kind TEXT NOT NULL,
	number TEXT NOT NULL,
	issuer TEXT NOT NULL,
	issued_on TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	note TEXT NOT NULL,
	file_id TEXT NOT NULL,
	checked_by TEXT NOT NULL,
	checked_at {{int}} NOT NULL,
	created_at {{int}} NOT NULL,
	replaced_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX certificates_vendor ON certificates (vendor_id);
