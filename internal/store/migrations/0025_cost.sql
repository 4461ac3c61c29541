CREATE TABLE costs (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
	plan_id TEXT REFERENCES plans (id),
	event_id TEXT REFERENCES events (id),
	kind TEXT NOT NULL CHECK (kind IN ('travel', 'meetings', 'papers', 'communication', 'rollout', 'awards', 'stationery', 'other',
		'booths', 'transport', 'fees_waived')),
	source TEXT NOT NULL CHECK (source IN ('budget', 'contribution', 'other')),
	title TEXT NOT NULL,
	estimate_dong {{int}} NOT NULL CHECK (estimate_dong >= 0),
	spent_dong {{int}} CHECK (spent_dong >= 0),
	paper TEXT NOT NULL,
	paper_on TEXT NOT NULL,
	photo TEXT REFERENCES files (id),
	entered_by TEXT NOT NULL,
	entered_as TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	struck_at {{int}} NOT NULL,
	struck_as TEXT NOT NULL,
	struck_why TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	CHECK ((plan_id IS NULL) <> (event_id IS NULL)),
	CHECK (struck_at = 0 OR struck_why <> '')
) {{strict}};

CREATE INDEX costs_plan ON costs (plan_id) WHERE plan_id IS NOT NULL;

CREATE INDEX costs_event ON costs (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE cost_shares (
	cost_id TEXT NOT NULL REFERENCES costs (id),
	event_id TEXT NOT NULL REFERENCES events (id),
	position {{int}} NOT NULL,
	parts {{int}} NOT NULL CHECK (parts >= 1),
	mark {{blob}},
	PRIMARY KEY (cost_id, event_id)
) {{strict}};

CREATE INDEX cost_shares_event ON cost_shares (event_id);
