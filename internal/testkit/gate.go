package testkit

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// chief acts for the kit where somebody has to.
var chief = registry.SystemActor("testkit")

// GateSnapshot is the list that a phone gets, as a phone reads it; nil where nothing changed.
func (k *Kit) GateSnapshot(device registry.Device, since, etag string) (*gate.Snapshot, string, error) {
	raw, tag, err := k.App.Admission.GateSnapshot(k.T.Context(), device, since, etag)
	if err != nil || raw == nil {
		return nil, tag, err
	}
	var s gate.Snapshot
	return &s, tag, json.Unmarshal(raw, &s)
}

// Gates gives an event n more gates for every kind of pass: "Cổng A", "Cổng B".
func (k *Kit) Gates(event registry.EventID, n int) []registry.Gate {
	k.T.Helper()
	for i := range n {
		if err := k.App.Admission.AddGate(k.T.Context(), chief, event, admission.GateInput{Name: "Cổng " + string(rune('A'+i))}); err != nil {
			k.T.Fatal(err)
		}
	}
	office, err := k.App.Admission.GateOffice(k.T.Context(), chief, event)
	if err != nil {
		k.T.Fatal(err)
	}
	return office.Gates
}

// Stall gives a new vendor booth number n of zone A of an event, with a lorry, and
// returns its passes: one for the booth, one for each of the staff, one for the
// lorry.
func (k *Kit) Stall(event registry.Event, n int) []registry.PassRow {
	k.T.Helper()
	vendor := k.Vendor()
	application := k.Application(event, vendor.ID, Standing(registry.AppApproved), func(a *registry.Application) {
		a.StaffN, a.Vehicles = 6, []string{fmt.Sprintf("97C-%03d.45", n)}
	})
	booth := registry.Booth{ID: store.NewID[registry.BoothID](), Event: event.ID, Code: fmt.Sprintf("A%02d", n), Zone: "A", Row: 1, Col: n,
		WidthCM: 300, DepthCM: 300, Kind: registry.StandardBooth, State: registry.BoothFree, Version: 1}
	k.Write(func(tx *store.Tx) error { return tx.InsertBooths(k.T.Context(), []registry.Booth{booth}) })
	if err := k.App.Booths.AssignBooth(k.T.Context(), chief, booths.BoothRef{Event: event.ID, Booth: booth.ID}, application.ID); err != nil {
		k.T.Fatal(err)
	}
	var rows []registry.PassRow
	k.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(k.T.Context(), registry.PassFilter{Event: event.ID, Vendor: vendor.ID})
		return err
	})
	return rows
}

// Issued issues n official or visitor passes of an event for all of its days.
func (k *Kit) Issued(event registry.Event, kind registry.PassKind, n int) []registry.PassRow {
	k.T.Helper()
	in := passes.IssueInput{Kind: kind, Count: n, FirstDay: event.OpensOn, Days: len(event.Days)}
	if err := k.App.Passes.IssuePasses(k.T.Context(), chief, event.ID, in); err != nil {
		k.T.Fatal(err)
	}
	var rows []registry.PassRow
	k.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(k.T.Context(), registry.PassFilter{Event: event.ID, Kind: kind})
		return err
	})
	return rows
}

// PassesOfKind picks passes of a kind.
func PassesOfKind(rows []registry.PassRow, kind registry.PassKind) (picked []registry.PassRow) {
	for _, r := range rows {
		if r.Kind == kind {
			picked = append(picked, r)
		}
	}
	return picked
}

// Phone is a paired gate phone that counts its scans as ours do.
type Phone struct {
	k        *Kit
	Device   registry.Device
	Token    string
	Seq      int64 // of its last scan
	CountSeq int64 // of its last press
	Boot     string
	Ahead    int64 // ms that its clock is ahead of the server's
	began    int64 // when its app started, unix ms by the server's clock
}

// Phone pairs a phone with gates of an event.
func (k *Kit) Phone(event registry.EventID, role registry.DeviceRole, gates ...int) *Phone {
	k.T.Helper()
	invited, err := k.App.Admission.NewPairing(k.T.Context(), chief, event, admission.PairInput{Gates: gates, Role: role})
	if err != nil {
		k.T.Fatal(err)
	}
	return k.paired(invited.Token)
}

// paired is the phone that spends a token.
func (k *Kit) paired(token string) *Phone {
	k.T.Helper()
	paired, err := k.App.Admission.Pair(k.T.Context(), "test", gate.PairRequest{Token: token, Name: "Máy của Lan"})
	if err != nil {
		k.T.Fatal(err)
	}
	p := &Phone{k: k, Token: paired.Token, Boot: "boot", began: k.App.NowMS() - 1}
	p.Device, err = k.App.Admission.GateDevice(k.T.Context(), paired.Token)
	if err != nil {
		k.T.Fatal(err)
	}
	return p
}

// Start starts the phone's app anew, with its clock so many ms ahead of the server's.
func (p *Phone) Start(ahead int64) {
	p.Boot, p.Ahead, p.began = uuid.Must(uuid.NewV7()).String(), ahead, p.k.App.NowMS()-1
}

// now is what the phone's clocks show.
func (p *Phone) now() (at, mono int64) { return p.k.App.NowMS() + p.Ahead, p.k.App.NowMS() - p.began }

// Scan makes the next scan of a pass at the phone's first gate, now and online.
// Options change it.
func (p *Phone) Scan(row registry.PassRow, options ...func(*gate.SentScan)) gate.SentScan {
	p.Seq++
	at, mono := p.now()
	s := gate.SentScan{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: p.Seq,
		QR: pass.Text(p.k.App.BaseURL, row.Code, row.Proof), Direction: registry.In, At: at, MonoMS: mono, Mode: registry.Online}
	if len(p.Device.Gates) > 0 { // a seller's has none
		s.Gate = p.Device.Gates[0]
	}
	for _, change := range options {
		change(&s)
	}
	return s
}

// Batch is what the phone sends these scans in.
func (p *Phone) Batch(scans ...gate.SentScan) gate.ScanBatch {
	at, _ := p.now()
	b := gate.ScanBatch{DeviceSeqFrom: scans[0].Seq, Boot: p.Boot, SentAt: at, Scans: scans}
	for _, s := range scans {
		b.DeviceSeqFrom = min(b.DeviceSeqFrom, s.Seq)
	}
	return b
}

// Going turns a scan into one of the way out.
func Going(s *gate.SentScan) { s.Direction = registry.Out }

// Offline turns a scan into one that the phone decided by itself.
func Offline(verdict registry.VerdictCode) func(*gate.SentScan) {
	return func(s *gate.SentScan) { s.Mode, s.Verdict = registry.Offline, verdict }
}

// Presses makes the next n presses of the phone's clicker at its first gate, one
// person each.
func (p *Phone) Presses(n int) gate.CountBatch {
	at, mono := p.now()
	b := gate.CountBatch{Boot: p.Boot, SentAt: at}
	for range n {
		p.CountSeq++
		b.Counts = append(b.Counts, gate.SentCount{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: p.CountSeq,
			Gate: p.Device.Gates[0], N: 1, Who: registry.Person, At: at, MonoMS: mono})
	}
	return b
}
