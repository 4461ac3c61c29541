package gate

import "hoicho/internal/registry"

// Reason says more about a verdict, where its code alone does not tell the
// steward what to do.
type Reason string

// The reasons.
const (
	// ReasonVersion: malformed, because the pass is of a newer version. Update the app.
	ReasonVersion Reason = "version"
	// ReasonKeyDead: revoked, because the key that signed the pass was killed.
	ReasonKeyDead Reason = "key_dead"
	// ReasonKeyUnknown: unknown, because this phone has no such key yet.
	ReasonKeyUnknown Reason = "key_unknown"
	// ReasonNotListed: unknown, because the pass is genuine by its proof but not on the list.
	ReasonNotListed Reason = "not_listed"
	// ReasonTyped: unknown or needs_supervisor, because a typed code has no proof.
	ReasonTyped Reason = "typed"
	// ReasonClock: needs_supervisor, because this phone's clock cannot be right.
	ReasonClock Reason = "clock"
	// ReasonNotInside: exit_ok of a pass that was not inside.
	ReasonNotInside Reason = "not_inside"
	// ReasonBlocked: exit_ok of a blocked pass.
	ReasonBlocked Reason = "blocked"
	// ReasonRevoked: exit_ok of a revoked pass.
	ReasonRevoked Reason = "revoked"
	// ReasonAtBooth: wrong_gate of a voucher: it is spent at a booth.
	ReasonAtBooth Reason = "at_booth"
	// ReasonNotVoucher: wrong_gate of a pass at a booth: it is no voucher.
	ReasonNotVoucher Reason = "not_voucher"
	// ReasonTraining: admitted only because the phone is in training mode.
	ReasonTraining Reason = "training"
)

// Verdict is the answer to a scan. The phone makes the sentence of it.
type Verdict struct {
	Code   registry.VerdictCode  `json:"code"`
	Group  registry.VerdictGroup `json:"group"`
	Detail Detail                `json:"detail"`
}

// Detail is what the sentence of a verdict needs, as data. Empty fields do not
// belong to the verdict.
type Detail struct {
	Reason   Reason            `json:"reason,omitempty"`
	Kind     registry.PassKind `json:"kind,omitempty"`
	Booth    string            `json:"booth,omitempty"`
	Label    string            `json:"label,omitempty"`
	Vendor   string            `json:"vendor,omitempty"`
	First    *First            `json:"first,omitempty"`     // already_inside: the entry; already_used, ok_again: the first one
	Inside   int               `json:"inside,omitempty"`    // too_many_inside: how many of the booth are
	Limit    int               `json:"limit,omitempty"`     // too_many_inside: how many may be
	FirstDay string            `json:"first_day,omitempty"` // not_yet, expired: the pass's days
	LastDay  string            `json:"last_day,omitempty"`
	FromAt   int64             `json:"from_at,omitempty"` // wrong_hours: the next window, if there is one
	UntilAt  int64             `json:"until_at,omitempty"`
	Gates    []int             `json:"gates,omitempty"`  // wrong_gate: the gates that take this kind
	Event    uint32            `json:"event,omitempty"`  // wrong_event: the number of the pass's event
	AgeMS    int64             `json:"age_ms,omitempty"` // unknown: how old the list is
	Pack     int               `json:"pack,omitempty"`   // of a voucher: its pack, its number there, the village or group, đồng
	Serial   int               `json:"serial,omitempty"`
	Title    string            `json:"title,omitempty"`
	Value    int64             `json:"value,omitempty"`
	Booths   []string          `json:"booths,omitempty"` // wrong_booth: some of those that take the voucher
}

// First is when and where a pass came in before, or a voucher was spent.
type First struct {
	At    int64  `json:"at"` // unix ms
	Gate  int    `json:"gate"`
	Booth string `json:"booth,omitempty"` // code
}

// verdict makes a verdict with the group of its code.
func verdict(code registry.VerdictCode, detail Detail) Verdict {
	return Verdict{Code: code, Group: code.Group(), Detail: detail}
}

// seen begins the detail of a verdict on a pass of the list.
func seen(p *Pass) Detail {
	return Detail{Kind: p.Kind, Booth: p.Booth, Label: p.Label, Vendor: p.Vendor}
}
