package booths

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// grounds is what an officer may ask a vendor about: its application, its profile, the
// goods that it brings, and the papers that it has handed in.
type grounds struct {
	app      registry.Application
	vendor   registry.Vendor
	products []registry.Product // that the application brings
	papers   []registry.Certificate
	lastDay  string // on which it comes
}

// groundsOf reads what the vendor of an application may be asked about.
func groundsOf(ctx context.Context, tx *store.Tx, app registry.Application, e registry.Event) (g grounds, err error) {
	g.app, g.lastDay = app, comesUntil(app, e)
	if g.vendor, err = tx.Vendor(ctx, app.Vendor); err != nil {
		return g, err
	}
	if g.products, err = tx.ProductsByID(ctx, app.Products); err != nil {
		return g, err
	}
	g.papers, err = tx.Certificates(ctx, app.Vendor)
	return g, err
}

// lacking is what the program finds missing or over.
func (g grounds) lacking() []registry.Finding {
	return registry.Lacking(registry.FindingsOf(&g.app, g.products, g.papers, g.lastDay))
}

// asked is what a decision asks for, Invalid at ask or at reason if it asks for nothing.
func (g grounds) asked(d Decision) ([]registry.Asked, error) {
	var f registry.Faults
	keys := d.Asks
	if d.Found {
		for _, lacks := range g.lacking() {
			keys = append(slices.Clip(keys), registry.AskOf(lacks, g.products).Key())
		}
	}
	asks := g.read(&f, keys)
	f.Check(len(keys) > 0 || d.Reason != "", "reason", map[bool]string{true: "ask.error.complete", false: "ask.error.nothing"}[d.Found])
	return asks, f.Err()
}

// askedFacts writes what is asked for as the audit log keeps it: without how it stood.
func askedFacts(asks []registry.Asked) []string {
	lines := make([]string, len(asks))
	for i, a := range asks {
		a.Was = nil
		line, _ := json.Marshal(a) // of texts: cannot fail
		lines[i] = string(line)
	}
	return lines
}

// AskChange is a field that differs from how it stood when the vendor was asked.
type AskChange struct {
	Field    string // key of its label; "" for papers
	Texts    string // what the keys of the values begin with; "" where they stand for themselves
	Was, Now string // "" where the value is personal, long, or none
}

// AskState is a thing that was asked for, and what has become of it since.
type AskState struct {
	registry.Asked
	Done    bool // the vendor has changed it, or brings the product no longer
	Gone    bool // the application brings the product no longer
	Changes []AskChange
	Paper   registry.CertificateID // the newest in force of what is asked for; "" none
}

// Answered counts what has been changed.
func Answered(asked []AskState) (n int) {
	for _, s := range asked {
		if s.Done {
			n++
		}
	}
	return n
}

// product finds a product that the application brings.
func (g grounds) product(id registry.ProductID) (registry.Product, bool) {
	i := slices.IndexFunc(g.products, func(p registry.Product) bool { return p.ID == id })
	if i < 0 {
		return registry.Product{}, false
	}
	return g.products[i], true
}

// read reads what is asked for by keys, each once, and notes how it stands now. A key
// that is none, or of something else than this application, is at fault.
func (g grounds) read(f *registry.Faults, keys []string) (asks []registry.Asked) {
	for _, key := range keys {
		a, ok := registry.ParseAsk(key)
		if fault := g.fault(a); !ok || fault != "" {
			if fault == "" {
				fault = "ask.error.unknown"
			}
			f.Add("ask", fault, shortText(key))
			return nil
		}
		if slices.ContainsFunc(asks, func(b registry.Asked) bool { return b.Key() == key }) {
			continue
		}
		p, _ := g.product(a.Product)
		a.Goods, a.Was = p.Name, g.stands(a)
		asks = append(asks, a)
	}
	f.Check(len(asks) <= registry.MaxAsks, "ask", "ask.error.many", registry.MaxAsks)
	return asks
}

// fault says what is wrong with a thing asked for, "" if the vendor can mend it.
func (g grounds) fault(a registry.Asked) string {
	_, brought := g.product(a.Product)
	switch {
	case a.About == registry.AskField && !slices.Contains(registry.ApplicationFields, a.Name),
		a.About == registry.AskVendor && !slices.Contains(vendors.Fields.Names(), a.Name):
		return "ask.error.unknown"
	case a.Product != "" && !brought:
		return "ask.error.elsewhere"
	}
	return ""
}

// stands is how a thing stands now, for Asked.Was; nil if there is no such thing.
func (g grounds) stands(a registry.Asked) map[string]string {
	switch a.About {
	case registry.AskField:
		return map[string]string{a.Name: g.app.Field(a.Name)}
	case registry.AskVendor:
		if a.Name == "tax_code" { // its form shows it masked
			return map[string]string{a.Name: unquoted(string(g.vendor.TaxCode))}
		}
		return map[string]string{a.Name: values(vendors.Fields, g.vendor)[a.Name]}
	case registry.AskProduct:
		p, brought := g.product(a.Product)
		if !brought {
			return nil
		}
		now := values(vendors.ProductFields, p)
		now["photos"] = unquoted(strings.Join(field.Codes(p.Photos), " "))
		return now
	}
	now := map[string]string{}
	for _, c := range g.held(a) {
		now[string(c.ID)] = c.ValidTo + " " + string(c.File)
	}
	return now
}

// held are the papers in force that do for the one asked for, the newest last.
func (g grounds) held(a registry.Asked) (held []registry.Certificate) {
	kinds := registry.CertificateKind(a.Name).Alternatives()
	for _, c := range g.papers {
		if c.ReplacedAt == 0 && slices.Contains(kinds, c.Kind) && (a.Product == "" || c.Covers(a.Product)) {
			held = append(held, c)
		}
	}
	slices.SortStableFunc(held, func(b, c registry.Certificate) int { return int(b.CreatedAt - c.CreatedAt) })
	return held
}

// values are fields of a subject, by name; of what the audit log does not quote there is
// a digest, which shows a change and nothing else.
func values[In, S any](list field.List[In, S], s S) map[string]string {
	in, now := list.Input(s), map[string]string{}
	for _, f := range list {
		if now[f.Name] = f.Typed(in); !f.Quoted {
			now[f.Name] = unquoted(now[f.Name])
		}
	}
	return now
}

// unquoted is a short digest of a text: it differs when the text does, but for once in
// 65,536 times, and many texts share it, so that no number is found from it by trying.
func unquoted(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:2])
}

// state says what has become of a thing that was asked for.
func (g grounds) state(a registry.Asked) AskState {
	s := AskState{Asked: a}
	if _, brought := g.product(a.Product); a.Product != "" && !brought {
		s.Done, s.Gone = true, true
		return s
	}
	if a.About == registry.AskPaper {
		return g.paperState(s)
	}
	now := g.stands(a)
	for _, name := range slices.Sorted(maps.Keys(a.Was)) {
		if now, known := now[name]; known && now != a.Was[name] {
			s.Changes = append(s.Changes, change(a, name, now))
		}
	}
	s.Done = len(s.Changes) > 0
	return s
}

// paperState looks for a paper that was not there: one that lasts until the last day if
// none was there or it would have lapsed, one with a scan if it could not be read.
func (g grounds) paperState(s AskState) AskState {
	now := g.stands(s.Asked)
	for _, c := range g.held(s.Asked) {
		s.Paper = c.ID
		fresh := s.Was[string(c.ID)] != now[string(c.ID)]
		lasts := c.ValidTo == "" || c.ValidTo >= g.lastDay
		if fresh && (s.Why == registry.PaperUnreadable && c.File != "" || s.Why != registry.PaperUnreadable && lasts) {
			s.Done, s.Changes = true, []AskChange{{Was: s.lapsed(), Now: c.ValidTo}}
		}
	}
	return s
}

// lapsed is how long the paper was in force that was asked about, "" if there was none or
// no end.
func (s AskState) lapsed() (day string) {
	for _, was := range s.Was {
		until, _, _ := strings.Cut(was, " ")
		day = max(day, until)
	}
	return day
}

// change tells a field that has changed, with its values where they are quoted.
func change(a registry.Asked, name, now string) AskChange {
	switch a.About {
	case registry.AskVendor:
		return fieldChange(vendors.Fields, "vendor", name, a.Was[name], now)
	case registry.AskProduct:
		return fieldChange(vendors.ProductFields, "product", name, a.Was[name], now)
	}
	return AskChange{Field: "application.label." + name, Was: a.Was[name], Now: now}
}

func fieldChange[In, S any](list field.List[In, S], concept, name, was, now string) AskChange {
	c := AskChange{Field: concept + ".field." + name}
	i := slices.Index(list.Names(), name)
	if i < 0 {
		return AskChange{Field: "ask.photos"}
	}
	if !list[i].Quoted || slices.Contains([]field.Kind{field.Tick, field.Area, field.Tax}, list[i].Kind) {
		return c
	}
	c.Texts, c.Was, c.Now = list[i].Texts.Texts(), was, now
	return c
}

// AskOption is a thing that an officer may ask for.
type AskOption struct {
	registry.Asked
	Found *registry.Finding // why the program proposes it; nil if it does not
	Known bool              // the law asks for it, so that it is proposed as ticked
}

// options lists what can be asked for: first what the program itself found, then papers,
// goods, and the fields of the application and the profile.
func (g grounds) options(findings []registry.Finding) (all []AskOption) {
	for _, f := range findings {
		all = append(all, AskOption{registry.AskOf(f, g.products), &f, f.Kind != registry.Weak})
	}
	add := func(a registry.Asked) {
		if p, ok := g.product(a.Product); ok {
			a.Goods = p.Name
		}
		if !slices.ContainsFunc(all, func(o AskOption) bool { return o.Key() == a.Key() }) {
			all = append(all, AskOption{Asked: a})
		}
	}
	for _, a := range g.papersToAsk() {
		add(a)
	}
	for _, p := range g.products {
		add(registry.Asked{About: registry.AskProduct, Product: p.ID})
	}
	for _, a := range FieldsToAsk() {
		add(a)
	}
	return all
}

// papersToAsk are the papers that were handed in, which may lapse or be unreadable, and
// the kinds that were not.
func (g grounds) papersToAsk() (asks []registry.Asked) {
	var held []registry.CertificateKind
	for _, c := range g.papers {
		if _, brought := g.product(c.Product); c.ReplacedAt != 0 || c.Product != "" && !brought {
			continue
		}
		for _, why := range []registry.AskWhy{registry.PaperUnreadable, registry.PaperLapses} {
			asks = append(asks, registry.Asked{About: registry.AskPaper, Name: string(c.Kind), Why: why, Product: c.Product})
		}
		held = append(held, c.Kind)
	}
	for _, k := range registry.CertificateKinds {
		if !slices.Contains(held, k) {
			asks = append(asks, registry.Asked{About: registry.AskPaper, Name: string(k), Why: registry.PaperMissing})
		}
	}
	return asks
}

// FieldsToAsk are the fields of an application and of a profile, which every vendor has.
func FieldsToAsk() (asks []registry.Asked) {
	for _, name := range registry.ApplicationFields {
		asks = append(asks, registry.Asked{About: registry.AskField, Name: name})
	}
	for _, name := range vendors.Fields.Names() {
		asks = append(asks, registry.Asked{About: registry.AskVendor, Name: name})
	}
	return asks
}

// PapersToAsk are the kinds of paper, each as missing, for vendors that are asked together.
func PapersToAsk() (asks []registry.Asked) {
	for _, k := range registry.CertificateKinds {
		asks = append(asks, registry.Asked{About: registry.AskPaper, Name: string(k), Why: registry.PaperMissing})
	}
	return asks
}
