package frame

import (
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// PassRow is a pass as a table shows it.
type PassRow struct {
	registry.PassRow
	CodeText string
	DaysText string
	Tone     string
	Reason   string
}

// passTone is the colour of a state's chip.
var passTone = map[registry.PassState]string{registry.PassValid: "go", registry.PassBlocked: "wait", registry.PassRevoked: "stop"}

// PassChip is the mark of a state of a pass.
func PassChip(b view.Base, state registry.PassState) view.Chip {
	return view.Chip{Class: passTone[state], Label: b.T("pass.state." + string(state))}
}

// PassReason is why a pass is not valid: told by an officer, or by what happened.
func PassReason(b view.Base, reason string) string {
	switch reason {
	case "booth_released", "booth_moved", registry.KeyKilled, "event_moved", "vendor_blocked", registry.PassHeld:
		return b.T("pass.reason." + reason)
	}
	return reason
}

// ShowPassRows are passes as tables show them.
func ShowPassRows(b view.Base, rows []registry.PassRow) []PassRow {
	out := make([]PassRow, len(rows))
	for i, r := range rows {
		out[i] = PassRow{r, passes.ShowPassCode(r.Code), vn.ShowRange(r.FirstDay, r.LastDay()), passTone[r.State], PassReason(b, r.StateReason)}
	}
	return out
}
