package demo_test

// eventQueries count each figure of the result report of an event anew; $1 is the event. They
// share nothing with the report: it reads rows and counts them by rules, these are a statement
// each.
var eventQueries = map[string]string{
	"booths":          `SELECT COUNT(*) - COUNT(CASE WHEN state = 'blocked' THEN 1 END) FROM booths WHERE event_id = $1`,
	"booths_standard": `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND kind = 'standard' AND state IN ('free', 'held', 'assigned')`,
	"booths_special":  `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND kind = 'special' AND state IN ('free', 'held', 'assigned')`,
	"booths_common":   `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND kind = 'common' AND state IN ('free', 'held', 'assigned')`,
	"booths_no_fee":   `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND fee_dong = 0 AND NOT state = 'blocked'`,
	"booths_given":    `SELECT COUNT(application_id) FROM booths WHERE event_id = $1 AND state = 'assigned'`,
	"booths_empty":    `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state IN ('free', 'held')`,
	"booths_no_show": `SELECT COUNT(DISTINCT d.booth_id) FROM booth_days d, booths b WHERE b.id = d.booth_id AND b.event_id = $1 AND d.state = 'no_show'
		AND b.state <> 'blocked'`,
	"vendors": `SELECT COUNT(DISTINCT vendor_id) FROM applications WHERE event_id = $1 AND state = 'approved'`,
	"vendors_in": `SELECT COUNT(*) FROM applications a WHERE event_id = $1 AND state = 'approved' AND EXISTS (SELECT 1 FROM vendor_areas v, event_areas e
		WHERE v.vendor_id = a.vendor_id AND e.event_id = a.event_id AND v.code = e.code AND LENGTH(v.code) = 2)`,
	"vendors_out": `SELECT COUNT(*) FROM applications a WHERE event_id = $1 AND state = 'approved' AND a.vendor_id NOT IN (SELECT v.vendor_id FROM vendor_areas v
		WHERE LENGTH(v.code) = 2 AND v.code IN (SELECT code FROM event_areas WHERE event_id = $1))`,
	"products":         `SELECT COUNT(*) FROM (` + broughtGoods + `) g`,
	"ocop":             `SELECT COUNT(*) FROM (` + steadyStars + `) g WHERE stars > 0`,
	"ocop_5":           `SELECT COUNT(*) FROM (` + steadyStars + `) g WHERE stars = 5`,
	"ocop_4":           `SELECT COUNT(*) FROM (` + steadyStars + `) g WHERE stars = 4`,
	"ocop_3":           `SELECT COUNT(*) FROM (` + steadyStars + `) g WHERE stars = 3`,
	"visits":           `SELECT (` + scanned + ` AND first % 4 <> 2) + (` + tapped + `) + (` + clicked + `) + (` + scanned + ` AND first % 4 = 2) + (` + tallied + `)`,
	"visits_scan":      scanned + ` AND first % 4 <> 2`,
	"visits_tap":       tapped,
	"visits_clicker":   clicked,
	"visits_paper":     `SELECT (` + scanned + ` AND first % 4 = 2) + (` + tallied + ` AND method = 'paper')`,
	"visits_estimated": tallied + ` AND method = 'estimated'`,
	"measures":         `SELECT COUNT(*) FROM measures WHERE event_id = $1 AND NOT dropped_at > 0`,
	"measures_dong":    `SELECT COALESCE(SUM(value_dong), 0) FROM measures WHERE event_id = $1 AND NOT dropped_at > 0`,
	"offers":           `SELECT COUNT(*) FROM offers WHERE event_id = $1 AND state = 'accepted'`,
	"offer_vendors": `SELECT COUNT(DISTINCT o.vendor_id) FROM offers o JOIN applications a ON a.event_id = o.event_id AND a.vendor_id = o.vendor_id
		WHERE o.event_id = $1 AND o.state = 'accepted' AND a.state = 'approved'`,
	"vouchers":       `SELECT COALESCE(SUM(count_n), 0) FROM voucher_packs WHERE event_id = $1 AND test = 0`,
	"vouchers_spent": `SELECT COUNT(*) FROM (` + spentVouchers + `) g`,
	"vouchers_dong":  `SELECT COALESCE(SUM(value_dong), 0) FROM (` + spentVouchers + `) g`,
	"sales_filed":    `SELECT COUNT(*) FROM sales_returns WHERE event_id = $1 AND vendor_id IN (` + takingPart + `)`,
	"sales_missing": `SELECT COUNT(*) FROM applications WHERE event_id = $1 AND state = 'approved' AND vendor_id NOT IN
		(SELECT vendor_id FROM sales_returns WHERE event_id = $1)`,
	"sales_dong":     `SELECT COALESCE(SUM(dong), 0) FROM sales_days WHERE event_id = $1 AND vendor_id IN (` + takingPart + `)`,
	"sales_banded":   `SELECT COALESCE(SUM(CASE WHEN band = '' THEN 0 ELSE dong END), 0) FROM sales_days WHERE event_id = $1 AND vendor_id IN (` + takingPart + `)`,
	"contracts":      `SELECT COALESCE(SUM(contracts_n), 0) FROM sales_returns WHERE event_id = $1 AND vendor_id IN (` + takingPart + `)`,
	"contracts_dong": `SELECT COALESCE(SUM(contracts_dong), 0) FROM sales_returns WHERE event_id = $1 AND vendor_id IN (` + takingPart + `)`,
	"tips":           `SELECT COUNT(*) FROM tips WHERE event_id = $1`,
	"tips_open": `SELECT COUNT(*) FROM tips t WHERE event_id = $1 AND 'closed' <>
		CASE WHEN lead_id IS NULL THEN state ELSE (SELECT l.state FROM tips l WHERE l.id = t.lead_id) END`,
	"passes":         `SELECT COUNT(*) FROM passes WHERE event_id = $1 AND test = 0 AND kind <> 'voucher'`,
	"passes_revoked": `SELECT COUNT(*) FROM passes WHERE event_id = $1 AND test = 0 AND kind <> 'voucher' AND state = 'revoked'`,
}

// Parts of the queries of events.
const (
	takingPart   = `SELECT vendor_id FROM applications WHERE event_id = $1 AND state = 'approved'`
	broughtGoods = `SELECT DISTINCT p.product_id FROM application_products p, applications a WHERE a.id = p.application_id AND a.event_id = $1 AND a.state = 'approved'`

	// steadyStars are the goods that were brought, with the rank that they had on each of the days.
	steadyStars = `SELECT g.product_id, (SELECT MIN(COALESCE((SELECT MAX(r.stars) FROM product_ratings r WHERE r.product_id = g.product_id AND r.claimed = 0
		AND d.day BETWEEN r.issued_on AND r.valid_to), 0)) FROM event_days d WHERE d.event_id = $1) AS stars FROM (` + broughtGoods + `) g`

	// scanned are the first entries of visitors' passes, one a pass and day; first ends in how it
	// was made: 2 is a tick on paper. A pass that replaced another goes on from it.
	scanned = `SELECT COUNT(*) FROM (SELECT s.pass_n, s.day, MIN(s.corrected_at * 4 + s.mode) AS first FROM scans s, passes p
		WHERE p.n = s.pass_n AND p.kind = 'visitor' AND p.event_id = $1 AND s.moves = 1 AND s.direction = 0 GROUP BY s.pass_n, s.day) g WHERE 1 = 1`
	tapped  = `SELECT COUNT(*) FROM taps WHERE event_id = $1`
	clicked = `SELECT COALESCE(SUM(n), 0) FROM counts c WHERE event_id = $1 AND void_of = '' AND NOT EXISTS
		(SELECT 1 FROM counts v WHERE v.void_of = c.id AND v.device_id = c.device_id)`
	tallied = `SELECT COALESCE(SUM(n), 0) FROM tallies WHERE event_id = $1 AND NOT dropped_at > 0`

	// spentVouchers are those that a stall has taken, each once.
	spentVouchers = `SELECT DISTINCT s.pass_n, k.value_dong FROM scans s, passes p, voucher_packs k WHERE p.n = s.pass_n AND p.event_id = $1 AND s.direction = 2
		AND s.moves = 1 AND k.event_id = p.event_id AND k.number = p.pack_n AND k.test = 0`
)

// ofEvents are the figures of periods that are sums over the events of a unit, with the query
// of an event.
var ofEvents = map[string]string{
	"sessions":   `SELECT COUNT(*) FROM events WHERE id = $1 AND kind = 'market_session'`,
	"fairs":      `SELECT COUNT(*) FROM events WHERE id = $1 AND kind = 'fair'`,
	"event_days": `SELECT COUNT(DISTINCT day) FROM event_days WHERE event_id = $1`,
	"stimulus": `SELECT CASE WHEN (` + `SELECT COUNT(*) FROM measures WHERE event_id = $1 AND NOT dropped_at > 0` + `) +
		(SELECT COUNT(*) FROM offers WHERE event_id = $1 AND state = 'accepted') > 0 THEN 1 ELSE 0 END`,
	"booths": eventQueries["booths"], "booths_taken": eventQueries["booths_given"], "vendors": eventQueries["vendors"], "products": eventQueries["products"],
	"measures": eventQueries["measures"], "offers": eventQueries["offers"],
	"visits": eventQueries["visits"], "visits_scan": eventQueries["visits_scan"], "visits_tap": eventQueries["visits_tap"],
	"visits_clicker": eventQueries["visits_clicker"], "visits_paper": eventQueries["visits_paper"], "visits_estimated": eventQueries["visits_estimated"],
	"sales_filed": eventQueries["sales_filed"], "sales_dong": eventQueries["sales_dong"], "sales_banded": eventQueries["sales_banded"],
	"contracts": eventQueries["contracts"], "contracts_dong": eventQueries["contracts_dong"],
	"costs_dong": `SELECT COALESCE(SUM(spent_dong), 0) FROM costs WHERE event_id = $1 AND NOT struck_at > 0`,
}

// heldIn are the events of a period; the unit and the day are asked for of the event itself.
const heldIn = `SELECT id, area_edition, area_code FROM events WHERE opens_on >= '{from}' AND opens_on <= '{until}' AND state IN ('running', 'ended', 'reported')`

// ofRows are the figures of periods that are sums over rows of a register: edition and code of
// the unit, or "" and the body, and what the row adds.
var ofRows = map[string]struct{ table, commune, body, adds string }{
	"communications":       {live("communications", "from_on"), placed, "body_id", "times"},
	"comm_people":          {live("communications", "from_on"), placed, "body_id", "COALESCE(people, 0)"},
	"inspections":          {inspected + " AND kind IN ('inspection', 'joint_check')", placed, "issuer_id", "1"},
	"self_checks":          {inspected + " AND kind NOT IN ('inspection', 'joint_check')", placed, "issuer_id", "1"},
	"findings":             {inspected, placed, "issuer_id", "(SELECT COUNT(*) FROM findings f WHERE f.inspection_id = r.id)"},
	"findings_open":        {inspected, placed, "issuer_id", "(SELECT COUNT(*) FROM findings f WHERE f.inspection_id = r.id AND f.state NOT IN ('remedied', 'handed_over', 'closed'))"},
	"tips":                 {reported, tipPlaced, "", "1"},
	"tips_closed":          {reported + " AND state = 'closed'", tipPlaced, "", "1"},
	"supervisions":         {live("supervisions", "held_on"), placed, "by_id", "1"},
	"recommendations":      {live("supervisions", "held_on") + " AND recommendation <> ''", placed, "by_id", "1"},
	"answered":             {live("supervisions", "held_on") + " AND answered_on <> ''", placed, "by_id", "1"},
	"supports":             {live("supports", "from_on"), placed, "body_id", "1"},
	"support_dong":         {live("supports", "from_on"), placed, "body_id", "amount_dong"},
	"matchings":            {live("matchings", "held_on"), placed, "", "1"},
	"memos":                {live("matchings", "held_on") + " AND memo_number <> ''", placed, "", "1"},
	"procurement_total":    {bought, bodyPlaced, "body_id", "total_dong"},
	"procurement_domestic": {bought, bodyPlaced, "body_id", "domestic_dong"},
	"outlets":              {"places r WHERE from_on <= '{until}' AND (until_on >= '{until}' OR until_on = '')", placed, "", "1"},
	"tasks_due":            {due, "", led, "1"},
	"tasks_done":           {due + " AND state = 'done'", "", led, "1"},
}

const (
	placed     = "area_edition, area_code"
	tipPlaced  = "'2025', COALESCE((SELECT MIN(code) FROM tip_areas a WHERE a.tip_id = r.id AND LENGTH(code) = 5), '19')"
	bodyPlaced = "(SELECT area_edition FROM bodies b WHERE b.id = r.body_id), (SELECT area_code FROM bodies b WHERE b.id = r.body_id)"
	led        = "(SELECT b.body_id FROM task_bodies b WHERE b.task_id = r.id AND b.part = 'lead')"
	inspected  = "inspections r WHERE state = 'handed_in' AND lead_id IS NULL AND day_on >= '{from}' AND day_on <= '{until}'"
	reported   = "tips r WHERE lead_id IS NULL AND received_at >= {from_ms} AND received_at < {after_ms}"
	bought     = "procurements r WHERE struck_at = 0 AND year = {year} AND part IN ({parts})"
	due        = "tasks r WHERE state <> 'dropped' AND due_on >= '{from}' AND due_on <= '{until}'"
)

// live are the rows of a register on a day of the period that were not struck.
func live(table, day string) string {
	return table + " r WHERE NOT struck_at > 0 AND " + day + " >= '{from}' AND " + day + " <= '{until}'"
}

// boughtIn are the parts of a year whose reports on what was bought lie in a period.
var boughtIn = map[string]string{
	"q1": "'q1'", "q2": "'q2'", "q3": "'q3'", "q4": "'q4'", "h1": "'q1', 'q2', 'h1'", "m9": "'q1', 'q2', 'q3', 'h1'",
	"year": "'q1', 'q2', 'q3', 'q4', 'h1', 'h2', 'year'",
}
