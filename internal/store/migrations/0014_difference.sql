CREATE INDEX scans_differing ON scans (event_id, corrected_at)
WHERE training = 0 AND (forced_by <> '' OR void_of <> '' OR verdict IN ('forged', 'malformed', 'unknown')
	OR device_verdict <> '' AND (verdict <> 'already_inside'
		AND (device_verdict IN ('ok', 'ok_again', 'exit_ok', 'checked')) <> (verdict IN ('ok', 'ok_again', 'exit_ok', 'checked'))
		OR device_verdict NOT IN ('ok', 'ok_again', 'exit_ok', 'checked') AND verdict IN ('already_inside', 'already_used', 'too_many_inside'))
	OR relay_verdict <> '' AND (verdict <> 'already_inside'
		AND (relay_verdict IN ('ok', 'ok_again', 'exit_ok', 'checked')) <> (verdict IN ('ok', 'ok_again', 'exit_ok', 'checked'))
		OR relay_verdict NOT IN ('ok', 'ok_again', 'exit_ok', 'checked') AND verdict IN ('already_inside', 'already_used', 'too_many_inside')));

CREATE INDEX scans_alone ON scans (event_id, pass_id)
WHERE moves = 1 AND (device_verdict <> '' OR relay_verdict <> '') AND direction = 'in';

CREATE INDEX scans_skewed ON scans (event_id, device_id, day, corrected_at, at)
WHERE corrected_at - at > 120000 OR at - corrected_at > 120000;

CREATE TABLE difference_closings (
	event_id TEXT NOT NULL REFERENCES events (id),
	line TEXT NOT NULL,
	open {{int}} NOT NULL CHECK (open IN (0, 1)),
	word TEXT NOT NULL CHECK (word IN ('right_person', 'wrongly_let_in', 'wrongly_kept_out', 'handled', 'wrong_clock', 'phone_lost', 'other')),
	note TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, line)
) {{strict}};

CREATE TABLE device_tellings (
	device_id TEXT PRIMARY KEY NOT NULL REFERENCES devices (id),
	app TEXT NOT NULL,
	queue_n {{int}} NOT NULL,
	battery {{int}} NOT NULL CHECK (battery BETWEEN -1 AND 100),
	at {{int}} NOT NULL
) {{strict}};
