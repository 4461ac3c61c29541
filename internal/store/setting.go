package store

import "context"

// Settings returns every setting that was ever set, and how often they were changed by a
// person.
func (tx *Tx) Settings(ctx context.Context) (all map[string]string, version int64, err error) {
	all = map[string]string{}
	err = each(ctx, tx, func(row scanner) error {
		var key, value string
		var n int64
		err := row.Scan(&key, &value, &n)
		if key == "" {
			version = n
		} else {
			all[key] = value
		}
		return err
	}, `
		SELECT key, value, 0 FROM settings
		UNION ALL
		SELECT '', '', value FROM counters WHERE name = $1`, settingsCounter)
	return all, version, err
}

// Setting returns the value of a setting, or "" if it was never set.
func (tx *Tx) Setting(ctx context.Context, key string) (string, error) {
	v, err := one(ctx, tx, orZero(column[string]), `SELECT value FROM settings WHERE key = $1`, key)
	return v, err
}

// SaveSetting sets a setting.
func (tx *Tx) SaveSetting(ctx context.Context, key, value string) error {
	_, err := tx.exec(ctx, `
		INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// settingsCounter counts how often the settings were changed by a person.
const settingsCounter = "settings"

// StepSettings counts up the version of the settings, as it was read. It is a
// Conflict if somebody else has changed them since.
func (tx *Tx) StepSettings(ctx context.Context, version int64) error {
	_, err := tx.exec(ctx, `INSERT INTO counters (name, value) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING`, settingsCounter)
	if err != nil {
		return err
	}
	return tx.must(ctx, errStale(), `UPDATE counters SET value = value + 1 WHERE name = $1 AND value = $2`, settingsCounter, version)
}

// NextNumber counts up a counter and returns its new value, 1 at first. A number
// is never given twice, but one may be lost with a transaction.
func (tx *Tx) NextNumber(ctx context.Context, counter string) (int64, error) {
	return one(ctx, tx, orZero(column[int64]), `
		INSERT INTO counters (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
		RETURNING value`, counter)
}
