package demo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Manifest is what a script needs to drive the demo from outside.
type Manifest struct {
	BaseURL        string          `json:"base_url"`
	MetricsURL     string          `json:"metrics_url"`
	Users          []ManifestUser  `json:"users"`
	Events         []ManifestEvent `json:"events"`
	Passes         []ManifestPass  `json:"passes"`
	GatePairTokens []string        `json:"gate_pair_tokens"` // one for each gate, unspent
	GateCodes      []string        `json:"gate_codes"`
	APIToken       string          `json:"api_token"`
}

// VendorRole stands in the manifest for owners of vendors, who hold no role.
const VendorRole = "vendor"

// ManifestUser is somebody who can sign in.
type ManifestUser struct {
	Role     string `json:"role"` // or VendorRole
	Login    string `json:"login"`
	Password string `json:"password"`
	Of       string `json:"-"` // the vendor's name, or the unit in which the role is held; empty: the country
}

// ManifestEvent is an event.
type ManifestEvent struct {
	Slug   string `json:"slug"`
	State  string `json:"state"`
	Number uint32 `json:"number"`
}

// ManifestPass is a valid pass of the running event, which it names by its slug.
type ManifestPass struct {
	Code   string `json:"code"`
	QRText string `json:"qr_text"`
	Kind   string `json:"kind"`
	Event  string `json:"event"`
}

// Running is the slug of the event that takes place today.
func (m Manifest) Running() string {
	i := slices.IndexFunc(m.Events, func(e ManifestEvent) bool { return e.State == string(registry.Running) })
	if i < 0 {
		return ""
	}
	return m.Events[i].Slug
}

// manifest gathers what scripts need.
func (f *filler) manifest(ctx context.Context) (m Manifest, err error) {
	m = Manifest{BaseURL: f.app.BaseURL, Users: f.users()}
	for _, s := range f.sessions {
		e, err := f.app.Events.Event(ctx, f.admin, s.event.ID)
		if err != nil {
			return m, err
		}
		m.Events = append(m.Events, ManifestEvent{Slug: e.Slug, State: string(e.State), Number: e.Number})
		if e.State != registry.Running {
			continue
		}
		if m.Passes, err = f.passes(ctx, e); err != nil {
			return m, err
		}
		if err := f.entrances(ctx, s, &m); err != nil {
			return m, err
		}
	}
	if m.Running() == "" {
		return m, errors.New("no session is running")
	}
	m.APIToken, err = f.app.Accounts.CreateAPIToken(ctx, f.admin, accounts.NewAPIToken{Name: "demo", Days: 30, Scopes: registry.APIScopes})
	return m, err
}

// users lists everybody who can sign in.
func (f *filler) users() (users []ManifestUser) {
	for _, p := range f.facts.madeUp.People {
		u := ManifestUser{Role: string(p.Role), Login: p.Login, Password: Password, Of: p.Vendor}
		if p.Vendor != "" {
			u.Role = VendorRole
		}
		if a, ok := f.app.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: p.Area}); ok {
			u.Of = a.FullName()
		}
		users = append(users, u)
	}
	return users
}

// passes lists the valid passes of an event, those first that no gate has seen.
func (f *filler) passes(ctx context.Context, e registry.Event) (fresh []ManifestPass, err error) {
	_, rows, _, err := f.app.Passes.EventPasses(ctx, f.admin, registry.PassFilter{Event: e.ID, State: registry.PassValid})
	if err != nil {
		return nil, err
	}
	used, err := f.usedPasses(ctx, e.ID)
	var later []ManifestPass
	for _, p := range rows {
		line := ManifestPass{Code: p.Code, QRText: pass.Text(f.app.BaseURL, p.Code, p.Proof), Kind: string(p.Kind), Event: e.Slug}
		if used[p.Code] {
			later = append(later, line)
		} else {
			fresh = append(fresh, line)
		}
	}
	return append(fresh, later...), err
}

// usedPasses are the codes of the passes that a gate has seen.
func (f *filler) usedPasses(ctx context.Context, e registry.EventID) (used map[string]bool, err error) {
	err = f.app.DB.Read(ctx, func(tx *store.Tx) error {
		passes, err := tx.GatePassesSince(ctx, e, -1)
		used = make(map[string]bool, len(passes))
		for _, p := range passes {
			used[p.Code] = len(p.Presence.Used) > 0
		}
		return err
	})
	return used, err
}

// pairingFor is how long the pairing tokens of the manifest can be spent: scripts
// take their time.
const pairingFor = 24 * time.Hour

// entrances gives each gate of a session an unspent pairing token.
func (f *filler) entrances(ctx context.Context, s *session, m *Manifest) error {
	office, err := f.app.Admission.GateOffice(ctx, f.admin, s.event.ID)
	if err != nil {
		return err
	}
	for _, g := range office.Gates {
		p, err := f.app.Admission.NewPairing(ctx, f.admin, s.event.ID, admission.PairInput{Gates: []int{g.Number}, Role: registry.Steward, For: pairingFor})
		if err != nil {
			return err
		}
		m.GateCodes = append(m.GateCodes, g.Code)
		m.GatePairTokens = append(m.GatePairTokens, strings.ReplaceAll(p.Token, " ", ""))
	}
	return nil
}
