package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// The dates of what concerns all vendors, in the story of the demo.
const (
	registeredOn = "2022-03-07"
	rankedOn     = "2023-01-09" // when the ranks of 2022 were noted
	renamedOn    = "2025-07-14" // when addresses were carried over to the new units
)

// sharedStall is the vendor of those goods whose producer no source names.
const sharedStall = "Gian hàng chung nông sản Bắc Kạn"

// stall is a vendor with what it sells and who fills in its forms.
type stall struct {
	row    map[string]string // of madeup-vendors.csv
	form   vendors.VendorInput
	actor  registry.Actor // an owner, or the organiser who types in paper forms
	vendor registry.Vendor
	goods  []*good
}

// good is a product with what is known and made up about it.
type good struct {
	facts   map[string]string // of ocop-bac-kan.csv; nil for a made-up product
	row     map[string]string // of madeup-products.csv
	product registry.Product
}

// owned reports whether the stall has an account of its own.
func (s *stall) owned() bool { return s.actor.OwnerOf(s.vendor.ID) }

// lists makes the stalls and puts every product on one.
func (f *filler) lists() error {
	f.stalls = map[string]*stall{}
	byFacts := map[[2]string]*stall{}
	for _, row := range f.facts.vendors {
		s := &stall{row: row, form: vendors.VendorInput{Kind: row["kind"], Name: row["name"], TaxCode: row["tax_code"],
			Phone: row["phone"], PhonePublic: row["kind"] != "household", Area: "2025-before:" + row["area"],
			Village: row["village"], About: row["about"]}}
		f.stalls[row["name"]] = s
		f.order = append(f.order, s)
		if row["producer"] != "" {
			byFacts[[2]string{row["producer"], row["place"]}] = s
		}
	}
	published := map[string]map[string]string{}
	for _, row := range f.facts.products {
		published[row["product"]] = row
	}
	for _, row := range f.facts.goods {
		g := &good{facts: published[row["product"]], row: row}
		s := f.stalls[row["vendor"]]
		switch {
		case g.facts == nil:
		case g.facts["producer"] == "":
			s = f.stalls[sharedStall]
		default:
			s = byFacts[[2]string{g.facts["producer"], g.facts["commune"]}]
		}
		if s == nil {
			return fmt.Errorf("nobody sells %q", row["product"])
		}
		s.goods = append(s.goods, g)
	}
	return nil
}

// trade plans what happened to vendors apart from events.
func (f *filler) trade() {
	f.line.add(registeredOn, "8:00", "register vendors", f.register)
	f.line.add(rankedOn, "9:00", "note the ranks of 2022", func(ctx context.Context) error { return f.rank(ctx, rankedOn) })
	f.line.add(renamedOn, "8:30", "carry addresses over", f.carryOver)
	papersOn := f.day(-400)
	f.line.add(max(papersOn, vn.AddDays(renamedOn, 30)), "8:00", "collect papers", f.collectPapers)
	f.line.add(f.day(-330), "14:00", "renew ranks", f.renew)
	f.line.add(f.day(-300), "8:00", "judge evidence", f.judge)
}

// register makes all vendors with their goods, in the units of then.
func (f *filler) register(ctx context.Context) error {
	for _, s := range f.order {
		f.clock.tick()
		if err := f.open(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s.form.Name, err)
		}
		for _, g := range s.goods {
			if err := f.offer(ctx, s, g); err != nil {
				return fmt.Errorf("%s: %w", g.row["product"], err)
			}
		}
		if err := f.publish(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s.form.Name, err)
		}
	}
	return f.rank(ctx, registeredOn)
}

// open registers a vendor: its owner does, or an officer from a paper form.
func (f *filler) open(ctx context.Context, s *stall) (err error) {
	i := slices.IndexFunc(f.facts.madeUp.People, func(p person) bool { return p.Vendor == s.form.Name })
	if i < 0 {
		s.actor = f.officers[registry.Organiser]
		s.vendor, err = f.app.Vendors.RegisterVendor(ctx, s.actor, s.form)
		return err
	}
	if s.actor, err = f.signUp(ctx, f.facts.madeUp.People[i]); err != nil {
		return err
	}
	if s.vendor, err = f.app.Vendors.CreateVendor(ctx, s.actor, s.form); err != nil {
		return err
	}
	s.actor.Members = []registry.Membership{{Vendor: s.vendor.ID, Role: registry.Owner}}
	return nil
}

// publish shows a vendor that registered itself to the public.
func (f *filler) publish(ctx context.Context, s *stall) (err error) {
	if s.vendor.State != registry.VendorNew {
		return nil
	}
	officer := f.officers[registry.Organiser]
	if err = f.app.Vendors.PublishVendor(ctx, officer, s.vendor.ID); err != nil {
		return err
	}
	s.vendor, err = f.app.Vendors.OwnVendor(ctx, officer, s.vendor.ID)
	return err
}

// offer adds a product with its picture.
func (f *filler) offer(ctx context.Context, s *stall, g *good) (err error) {
	in := vendors.ProductInput{Name: g.row["product"], Group: g.row["group"], Description: g.row["description"],
		Origin: string(originOf(g.row["evidence"])), OriginPlace: g.row["origin_place"], GTIN: g.row["gtin"],
		Label: string(labelOf(registry.ProductGroup(g.row["group"]), len(s.form.Name))),
		Price: g.row["price"], PriceUnit: g.row["unit"]}
	if g.row["stars"] != "" || g.row["gtin"] != "" { // what is known under its own name
		in.Brand, _, _ = strings.Cut(s.form.Name, ",")
	}
	if g.product, err = f.app.Vendors.CreateProduct(ctx, s.actor, s.vendor.ID, in); err != nil {
		return err
	}
	picture, err := f.pictures.product(g.row["picture"], g.product.Group)
	if err != nil {
		return err
	}
	return f.app.Vendors.AddProductPhoto(ctx, s.actor, s.ref(g), picture)
}

func (s *stall) ref(g *good) vendors.ProductRef {
	return vendors.ProductRef{Vendor: s.vendor.ID, Product: g.product.ID}
}

// labelOf is what the n-th vendor says of the label on goods of a group.
func labelOf(g registry.ProductGroup, n int) registry.Label {
	switch {
	case g == registry.FreshGroup:
		return registry.LabelFresh
	case g == registry.TourismGroup:
		return registry.LabelService
	case n%4 == 0:
		return registry.LabelOldAddress
	}
	return registry.LabelFull
}

// originOf is what the label says of goods that end on a rung of the ladder.
func originOf(evidence string) registry.Origin {
	switch registry.Evidence(evidence) {
	case registry.Disputed:
		return registry.PackedIn
	case registry.Excluded:
		return registry.OriginOther
	}
	return registry.MadeIn
}

// rank notes the published OCOP ranks that had been given by a date and were not
// noted before.
func (f *filler) rank(ctx context.Context, today string) error {
	for _, s := range f.order {
		for _, g := range s.goods {
			r, ok := rating(g.facts)
			if !ok || r.IssuedOn > today || today == rankedOn && r.IssuedOn <= registeredOn {
				continue
			}
			if err := f.star(ctx, s, g, r); err != nil {
				return fmt.Errorf("%s: %w", g.row["product"], err)
			}
		}
	}
	return nil
}

// star notes a rank as compared with its decision.
func (f *filler) star(ctx context.Context, s *stall, g *good, r registry.Rating) error {
	return f.app.Vendors.AddRating(ctx, f.officers[registry.Reviewer], s.ref(g), vendors.RatingInput{Stars: r.Stars, Decision: r.Decision,
		IssuedOn: vn.ShowDate(r.IssuedOn), ValidTo: vn.ShowDate(r.ValidTo)})
}

// renew gives some goods a rank that is in force today; those decisions are made
// up. One owner has typed in a rank that nobody has compared yet.
func (f *filler) renew(ctx context.Context) error {
	for _, s := range f.order {
		for _, g := range s.goods {
			if g.row["stars"] == "" {
				continue
			}
			r := registry.Rating{Stars: number(g.row["stars"]), Decision: "1188/QĐ-UBND (số giả định)",
				IssuedOn: f.day(-335), ValidTo: threeYears(f.day(-335), 3)}
			if err := f.star(ctx, s, g, r); err != nil {
				return fmt.Errorf("%s: %w", g.row["product"], err)
			}
		}
	}
	s := f.stalls["HTX Yến Dương"]
	return f.app.Vendors.AddRating(ctx, s.actor, s.ref(s.goods[0]), vendors.RatingInput{Stars: 4, Decision: "1190/QĐ-UBND (số giả định)",
		IssuedOn: vn.ShowDate(f.day(-335)), ValidTo: vn.ShowDate(threeYears(f.day(-335), 3))})
}

// carryOver writes today's commune into every address.
func (f *filler) carryOver(ctx context.Context) error {
	for _, s := range f.order {
		f.clock.tick()
		ref := f.app.AreaFor(s.vendor.Area, f.app.Today())
		s.form.Area, s.form.TaxCode = ref.String(), s.vendor.TaxCode.String()
		if err := f.app.Vendors.EditVendor(ctx, s.actor, s.vendor.ID, s.vendor.Version, s.form); err != nil {
			return fmt.Errorf("%s: %w", s.form.Name, err)
		}
		s.vendor.Area = ref
	}
	return nil
}

// judge sets the evidence that an officer has looked into.
func (f *filler) judge(ctx context.Context) error {
	reviewer := f.officers[registry.Reviewer]
	for _, s := range f.order {
		for _, g := range s.goods {
			rung := registry.Evidence(g.row["evidence"])
			if rung == registry.Declared || rung == registry.Documented {
				continue
			}
			f.clock.tick()
			_, p, err := f.app.Vendors.OwnProduct(ctx, reviewer, s.ref(g))
			if err != nil {
				return err
			}
			in := vendors.EvidenceInput{Evidence: string(rung), Note: f.facts.madeUp.Evidence[string(rung)]}
			if rung.Rung() > 2 {
				in.Until = vn.ShowDate(f.day(430))
			}
			if err := f.app.Vendors.DecideEvidence(ctx, reviewer, s.ref(g), p.Version, in); err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
		}
	}
	return nil
}
