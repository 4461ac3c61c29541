CREATE TABLE article_columns (
	code TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	lang TEXT NOT NULL CHECK (lang IN ('vi', 'tyz', 'nut', 'ium', 'en')),
	position {{int}} NOT NULL,
	version {{int}} NOT NULL
) {{strict}};

INSERT INTO article_columns (code, name, lang, position, version) VALUES
	('tin-cuoc-van-dong', 'Tin Cuộc vận động', 'vi', 1, 1),
	('hang-viet-ve-xa', 'Hàng Việt về xã', 'vi', 2, 1),
	('nhan-biet-hang-that', 'Nhận biết hàng thật', 'vi', 3, 1),
	('guong-dien-hinh', 'Gương điển hình', 'vi', 4, 1);

CREATE TABLE articles (
	id TEXT PRIMARY KEY NOT NULL,
	slug TEXT NOT NULL UNIQUE,
	column_code TEXT NOT NULL REFERENCES article_columns (code),
	lang TEXT NOT NULL CHECK (lang IN ('vi', 'tyz', 'nut', 'ium', 'en')),
	original_id TEXT REFERENCES articles (id),
	title TEXT NOT NULL,
	lead TEXT NOT NULL,
	text TEXT NOT NULL,
	author TEXT NOT NULL,
	area_edition TEXT NOT NULL,
	area_code TEXT NOT NULL,
	body_id TEXT REFERENCES bodies (id),
	event_id TEXT REFERENCES events (id),
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	publish_at {{int}} NOT NULL CHECK (publish_at >= 0),
	reason TEXT NOT NULL,
	withdrawn_at {{int}} NOT NULL CHECK (withdrawn_at >= 0),
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (original_id, lang),
	CHECK (state = 'draft' OR publish_at > 0),
	CHECK (state <> 'withdrawn' OR reason <> '' AND withdrawn_at > 0)
) {{strict}};

CREATE INDEX articles_newest ON articles (state, publish_at, id);

CREATE INDEX articles_column ON articles (column_code, state, publish_at);

CREATE INDEX articles_event ON articles (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE article_areas (
	article_id TEXT NOT NULL REFERENCES articles (id),
	code TEXT NOT NULL,
	PRIMARY KEY (article_id, code)
) {{strict}};

CREATE INDEX article_areas_code ON article_areas (code);

CREATE TABLE article_pictures (
	article_id TEXT NOT NULL REFERENCES articles (id),
	position {{int}} NOT NULL,
	file_id TEXT NOT NULL REFERENCES files (id),
	alt TEXT NOT NULL CHECK (alt <> ''),
	caption TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (article_id, position)
) {{strict}};

CREATE TABLE article_vendors (
	article_id TEXT NOT NULL REFERENCES articles (id),
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	mark {{blob}},
	PRIMARY KEY (article_id, vendor_id)
) {{strict}};

CREATE TABLE article_products (
	article_id TEXT NOT NULL REFERENCES articles (id),
	product_id TEXT NOT NULL REFERENCES products (id),
	mark {{blob}},
	PRIMARY KEY (article_id, product_id)
) {{strict}};

CREATE TABLE article_versions (
	article_id TEXT NOT NULL REFERENCES articles (id),
	n {{int}} NOT NULL,
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	title TEXT NOT NULL,
	lead TEXT NOT NULL,
	text TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (article_id, n)
) {{strict}};

CREATE TABLE text_takings (
	event_id TEXT NOT NULL REFERENCES events (id),
	n {{int}} NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('script', 'banner', 'post', 'letter', 'poster_a3', 'poster_a4')),
	account_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at {{int}} NOT NULL,
	said TEXT NOT NULL,
	PRIMARY KEY (event_id, n)
) {{strict}};
