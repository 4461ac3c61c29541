package lists

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Sort is what sort of thing a search looks through.
type Sort string

// The sorts, in the order shown.
const (
	Events       Sort = "events"
	Vendors      Sort = "vendors"
	Products     Sort = "products"
	Applications Sort = "applications"
	Passes       Sort = "passes"
	Tips         Sort = "tips"
)

// sortRights are the rights that let an actor look through the sorts.
var sortRights = []struct {
	sort  Sort
	right registry.Right
}{
	{Events, registry.ViewOffice}, {Vendors, registry.ViewOffice}, {Products, registry.ViewOffice},
	{Applications, registry.ReviewApplications}, {Passes, registry.ManagePasses}, {Tips, registry.ManageTips},
}

// Why is what of a thing a text fits.
type Why string

// The reasons.
const (
	ByTitle   Why = "title"
	ByName    Why = "name"
	ByArea    Why = "area"    // Found.Where names it
	ByVillage Why = "village" // its name and village together
	ByPhone   Why = "phone"
	ByTaxCode Why = "tax_code"
	ByWords   Why = "words" // name, origin and maker of a product together
	ByGTIN    Why = "gtin"
	ByNumber  Why = "number"
	ByVendor  Why = "vendor"
	ByCodeEnd Why = "code_end"
	ByCode    Why = "code"
)

// Found is a thing that a search found.
type Found[T any] struct {
	Thing T
	Why   Why
	Where string // the unit, where that is why
}

// Findings are what an office keeps of a text: of each sort the first few, and how many there
// are in N.
type Findings struct {
	Sorts        []Sort // that the actor may look through
	Events       []Found[registry.Event]
	Vendors      []Found[registry.Vendor] // masked as the register shows them
	Products     []Found[registry.ProductCard]
	Applications []Found[registry.ApplicationRow]
	Passes       []Found[registry.FoundPass] // their codes cut to the end
	Tips         []Found[registry.TipRow]
	N            map[Sort]int
}

// Empty reports whether nothing was found.
func (f Findings) Empty() bool {
	for _, n := range f.N {
		if n > 0 {
			return false
		}
	}
	return true
}

// findHits is how many things of each sort a search shows.
const findHits = 6

// TooShort reports whether a text says too little to look for: a letter. A digit is a number.
func TooShort(text string) bool { return len(vn.Fold(text)) < 2 && digitsOf(text) == "" }

// Find looks for a text in all that the actor may see of the office: without regard to case
// and diacritics in names, by whole numbers, and by the last four digits of passes. It is
// NotFound for whoever may look through nothing.
func (a *Service) Find(ctx context.Context, actor registry.Actor, text string) (f Findings, err error) {
	f.N = map[Sort]int{}
	for _, s := range sortRights {
		if actor.CanSomewhere(s.right) {
			f.Sorts = append(f.Sorts, s.sort)
		}
	}
	if len(f.Sorts) == 0 {
		return f, registry.E(registry.NotFound, "error.not_found")
	}
	if TooShort(text) {
		return f, nil
	}
	q := seek{a, actor, text, digitsOf(text)}
	for _, s := range f.Sorts {
		look := map[Sort]func(context.Context, *Findings) error{Events: q.events, Vendors: q.vendors, Products: q.products,
			Applications: q.applications, Passes: q.passes, Tips: q.tips}[s]
		if err := look(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// seek is one question to the office.
type seek struct {
	*Service
	actor  registry.Actor
	text   string
	digits string // the text as a number; "" where it is none
}

// digitsOf reads a number as people group it; "" for what is none.
func digitsOf(text string) string {
	digits := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(strings.TrimSpace(text))
	if strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits
}

// countedEvents is how many events a search counts one by one.
const countedEvents = 200

// events finds events by their titles, then those of the units that the text names.
func (q seek) events(ctx context.Context, f *Findings) error {
	seen := map[registry.EventID]bool{}
	add := func(filter registry.EventFilter, why Why, where string) (more bool, err error) {
		filter.Latest, filter.Limit = true, countedEvents
		found, more, err := q.Events.OfficeEvents(ctx, q.actor, filter)
		for _, e := range found {
			if !seen[e.ID] {
				seen[e.ID] = true
				f.Events = append(f.Events, Found[registry.Event]{e, why, where})
			}
		}
		return more, err
	}
	named := registry.EventFilter{Text: q.text}
	more, err := add(named, ByTitle, "")
	if err != nil {
		return err
	}
	const units = 2
	for _, unit := range q.Areas.Search(q.text, q.Today(), units) {
		if _, err := add(registry.EventFilter{Area: unit.Ref.Code}, ByArea, unit.FullName()); err != nil {
			return err
		}
	}
	f.N[Events] = len(f.Events)
	if more {
		f.N[Events], err = q.countEvents(ctx, named)
	}
	f.Events = f.Events[:min(len(f.Events), findHits)]
	return err
}

// countEvents counts the events of the actor's areas that a filter chooses.
func (q seek) countEvents(ctx context.Context, filter registry.EventFilter) (n int, err error) {
	codes, all := q.actor.Reach(registry.ViewOffice)
	filter.Reach, filter.Limited = codes, !all
	err = q.DB.Read(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.CountEvents(ctx, filter)
		return err
	})
	return n, err
}

// vendors finds vendors by name and village, and by a whole telephone number or tax code. A
// number that is personal finds only for whoever may see it.
func (q seek) vendors(ctx context.Context, f *Findings) error {
	if q.digits != "" {
		if err := q.vendorsByNumber(ctx, f); err != nil {
			return err
		}
	}
	l, err := q.Vendors.OfficeVendors(ctx, q.actor, registry.VendorFilter{Text: q.text, Limit: findHits})
	if err != nil {
		return err
	}
	for _, v := range l.Vendors {
		f.Vendors = append(f.Vendors, Found[registry.Vendor]{v, q.named(v.Name, ByName, ByVillage), ""})
	}
	f.N[Vendors] += l.Total
	f.Vendors = f.Vendors[:min(len(f.Vendors), findHits)]
	return nil
}

func (q seek) vendorsByNumber(ctx context.Context, f *Findings) error {
	var reach []string
	if codes, all := q.actor.Reach(registry.ViewOffice); !all {
		reach = append([]string{}, codes...)
	}
	return q.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.VendorsByNumber(ctx, q.digits, reach)
		f.Vendors = nil // the transaction may run again
		for _, v := range found {
			sees, why := q.SeesPersonal(q.actor, v), ByTaxCode
			if v.Phone == q.digits {
				why = ByPhone
			}
			if why == ByPhone && !sees && !v.PhonePublic || why == ByTaxCode && v.TaxCode.Personal() && !sees {
				continue
			}
			f.Vendors = append(f.Vendors, Found[registry.Vendor]{registry.Vendor{ID: v.ID, Name: v.Name, Kind: v.Kind, State: v.State, Area: v.Area, Village: v.Village}, why, ""})
		}
		f.N[Vendors] = len(f.Vendors)
		return err
	})
}

// named is first where every word of the text stands in a name, else second.
func (q seek) named(name string, first, second Why) Why {
	folded := vn.Fold(name)
	for word := range strings.FieldsSeq(vn.Fold(q.text)) {
		if !strings.Contains(folded, word) {
			return second
		}
	}
	return first
}

// products finds products by their words, and by a whole barcode.
func (q seek) products(ctx context.Context, f *Findings) error {
	filters := []registry.ProductFilter{{Text: q.text}}
	if gtin, err := vn.ParseGTIN(q.digits); err == nil && gtin != "" {
		filters = append([]registry.ProductFilter{{GTIN: gtin}}, filters...)
	}
	for _, filter := range filters {
		filter.Limit = findHits
		l, err := q.Vendors.OfficeProducts(ctx, q.actor, filter)
		if err != nil {
			return err
		}
		for _, p := range l.Products {
			why := ByGTIN
			if filter.GTIN == "" {
				why = q.named(p.Name, ByName, ByWords)
			}
			f.Products = append(f.Products, Found[registry.ProductCard]{p, why, ""})
		}
		f.N[Products] += l.Total
	}
	f.Products = f.Products[:min(len(f.Products), findHits)]
	return nil
}

// applications finds applications by their number and by the name of the vendor, the latest
// first.
func (q seek) applications(ctx context.Context, f *Findings) error {
	filters := []registry.ApplicationFilter{{VendorName: q.text}}
	if n, err := strconv.ParseInt(q.digits, 10, 32); err == nil && n > 0 {
		filters = append([]registry.ApplicationFilter{{Number: n}}, filters...)
	}
	return q.DB.Read(ctx, func(tx *store.Tx) error {
		f.Applications, f.N[Applications] = nil, 0 // the transaction may run again
		for _, filter := range filters {
			filter.Office, filter.Latest, filter.Limit = true, true, findHits
			if codes, all := q.actor.Reach(registry.ReviewApplications); !all {
				filter.Areas = append([]string{}, codes...)
			}
			n, err := tx.CountApplications(ctx, filter)
			if err != nil {
				return err
			}
			rows, err := tx.ApplicationRows(ctx, filter)
			if err != nil {
				return err
			}
			why := ByVendor
			if filter.Number > 0 {
				why = ByNumber
			}
			for _, r := range rows {
				f.Applications = append(f.Applications, Found[registry.ApplicationRow]{r, why, ""})
			}
			f.N[Applications] += n
		}
		f.Applications = f.Applications[:min(len(f.Applications), findHits)]
		return nil
	})
}

// How many digits of the code of a pass are asked for: the last ones that stand on lists, or
// all of them, as the pass has them.
const (
	codeEnd   = 4
	codeWhole = 12
)

// passes finds passes by the last four digits of their codes, or all.
func (q seek) passes(ctx context.Context, f *Findings) error {
	if !slices.Contains([]int{codeEnd, codeWhole}, len(q.digits)) {
		return nil
	}
	var areas []string
	if codes, all := q.actor.Reach(registry.ManagePasses); !all {
		areas = append([]string{}, codes...)
	}
	return q.DB.Read(ctx, func(tx *store.Tx) error {
		rows, n, err := tx.PassesEnding(ctx, q.digits, areas, findHits)
		f.Passes, f.N[Passes] = nil, n // the transaction may run again
		for _, r := range rows {
			why := ByCodeEnd
			if len(q.digits) == codeWhole {
				why = ByCode
			}
			r.Code = r.Code[len(r.Code)-codeEnd:]
			f.Passes = append(f.Passes, Found[registry.FoundPass]{r, why, ""})
		}
		return err
	})
}

// tips finds a tip by its number, or by the code of its sender.
func (q seek) tips(ctx context.Context, f *Findings) error {
	t, err := q.Tips.FindTip(ctx, q.actor, q.text)
	if registry.KindOf(err) == registry.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	why := ByNumber
	if len(q.digits) > codeEnd*2 {
		why = ByCode
	}
	f.Tips, f.N[Tips] = []Found[registry.TipRow]{{t, why, ""}}, 1
	return nil
}
