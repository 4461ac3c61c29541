package vendors

import (
	"context"
	"slices"
	"unicode/utf8"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// ground is the evidence that papers alone give a product: documented where a
// current paper that speaks of origin has been scanned, else declared.
func ground(ctx context.Context, tx *store.Tx, p registry.Product) (registry.Evidence, error) {
	papers, err := tx.Certificates(ctx, p.Vendor)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(papers, func(c registry.Certificate) bool { return c.Documents(p.ID) }) {
		return registry.Documented, nil
	}
	return registry.Declared, nil
}

// EvidenceInput is an officer's decision on a product's evidence of origin. Field
// names of faults: evidence, note, until.
type EvidenceInput struct {
	Evidence string
	Note     string // shown to the public; why
	Until    string // as typed; only for checked and confirmed, empty: no end
}

// maxRatings is how many OCOP ranks a product may have.
const maxRatings = 10

// minNote is how short a public reason may be, in runes.
const minNote = 10

// checkEvidence reads a decision. What an officer has done or objects to needs a
// reason in public; what only says that papers are there or not does not.
func (a *Service) checkEvidence(in EvidenceInput) (e registry.Evidence, until string, err error) {
	read := core.Input{Today: a.Today()}
	f := &read.Faults
	e = registry.Evidence(in.Evidence)
	f.Check(e.Valid(), "evidence", "error.choose")
	if e != registry.Declared && e != registry.Documented {
		f.Check(utf8.RuneCountInString(in.Note) >= minNote, "note", "error.evidence.note", minNote)
	}
	read.Text("note", in.Note, maxReason)
	if in.Until != "" && e.Rung() > 2 {
		until = read.Date("until", in.Until)
		f.Check(until == "" || until >= a.Today(), "until", "error.evidence.until")
	}
	return e, until, f.Err()
}

// DecideEvidence sets a product's place on the ladder of proof, or throws it off,
// with a reason that the public reads. It needs ReviewEvidence in the vendor's
// area; a member of the vendor cannot judge its own goods. It is a Conflict if the
// product is no longer at the version that the officer saw.
func (a *Service) DecideEvidence(ctx context.Context, actor registry.Actor, ref ProductRef, version int64, in EvidenceInput) error {
	e, until, inputFault := a.checkEvidence(in)
	return a.judgeProduct(ctx, actor, ref, func(tx *store.Tx, p *registry.Product) (verdict, error) {
		if inputFault != nil {
			return verdict{}, inputFault
		}
		if e == registry.Documented {
			if base, err := ground(ctx, tx, *p); err != nil || base != registry.Documented {
				return verdict{}, orElse(err, registry.At("evidence", "error.evidence.no_papers"))
			}
		}
		before := p.Evidence
		p.Version, p.Evidence, p.EvidenceUntil, p.EvidenceNote = version, e, until, in.Note
		p.EvidenceBy, p.EvidenceAt = actor.Account, tx.NowMS()
		return verdict{action: "product.evidence", notice: string(e),
			facts: fact.Facts{fact.Moved("evidence", fact.Evidence, before, e), fact.Date("until", until), fact.Said("note", in.Note)}}, nil
	})
}

// orElse returns err, or other where there is none.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// verdict is a decision of the office on a product: what the audit log and what the
// members are told.
type verdict struct {
	action string
	notice string // the end of the key of the message
	facts  fact.Facts
}

// judgeProduct changes a product by decision of the office and tells its members.
func (a *Service) judgeProduct(ctx context.Context, actor registry.Actor, ref ProductRef, judge func(*store.Tx, *registry.Product) (verdict, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.officeVendorFor(ctx, tx, actor, registry.ReviewEvidence, ref.Vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if actor.Owns(ref.Vendor) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.vendor.own")
		}
		p, err := productOf(ctx, tx, ref)
		if err != nil {
			return registry.Change{}, err
		}
		said, err := judge(tx, &p)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.SaveProduct(ctx, &p); err != nil {
			return registry.Change{}, err
		}
		return a.productChange(said.action, v, p, said.facts),
			a.Tell(ctx, tx, core.News{Vendor: v.ID, Topic: said.action + " " + string(p.ID), Key: "product.mail." + said.notice,
				Args: []string{p.Name, p.EvidenceNote, a.BaseURL + "/gian-hang/" + string(v.ID) + "/san-pham/" + string(p.ID)}})
	})
}

// RatingInput is an OCOP rank as a form holds it. Field names of faults: stars,
// decision, issued_on, valid_to.
type RatingInput struct {
	Stars    int
	Decision string
	IssuedOn string // as typed
	ValidTo  string // as typed
}

// checkRating reads a rank. Ranks last about three years (registry.OCOPRules), so
// one over five years is taken for a slip.
func (a *Service) checkRating(in RatingInput) (registry.Rating, error) {
	read := core.Input{Today: a.Today()}
	f := &read.Faults
	f.Check(in.Stars >= 3 && in.Stars <= 5, "stars", "error.rating.stars")
	r := registry.Rating{Stars: in.Stars, Decision: read.Needed("decision", in.Decision, maxLine),
		IssuedOn: neededDate(&read, "issued_on", in.IssuedOn), ValidTo: neededDate(&read, "valid_to", in.ValidTo)}
	if r.IssuedOn != "" && r.ValidTo != "" {
		f.Check(r.IssuedOn <= a.Today(), "issued_on", "error.rating.future")
		f.Check(r.IssuedOn <= r.ValidTo, "valid_to", "error.date_order")
		f.Check(r.ValidTo <= vn.AddDays(r.IssuedOn, 5*366), "valid_to", "error.rating.too_long")
	}
	return r, f.Err()
}

// neededDate reads a date that must be there.
func neededDate(read *core.Input, field, text string) string {
	read.Faults.Check(text != "", field, "error.required")
	return read.Date(field, text)
}

// AddRating notes an OCOP rank of a product. Typed in by a member it is claimed
// only, and no star is shown until an officer has compared it with the decision;
// an officer with ReviewEvidence in the area notes it as compared.
func (a *Service) AddRating(ctx context.Context, actor registry.Actor, ref ProductRef, in RatingInput) error {
	r, inputFault := a.checkRating(in)
	return a.editProduct(ctx, actor, ref, func(tx *store.Tx, p *registry.Product) (registry.Change, error) {
		if inputFault != nil {
			return registry.Change{}, inputFault
		}
		v, err := tx.Vendor(ctx, ref.Vendor)
		if err != nil {
			return registry.Change{}, err
		}
		r.Claimed = actor.Owns(ref.Vendor) || !actor.Can(registry.ReviewEvidence, a.Areas.Scope(v.Area))
		switch {
		case len(p.Ratings) >= maxRatings:
			return registry.Change{}, registry.E(registry.Conflict, "error.rating.too_many", maxRatings)
		case ratingOf(p, r.IssuedOn) >= 0:
			return registry.Change{}, &registry.Error{Kind: registry.Conflict, Key: "error.rating.twice", Field: "issued_on"}
		}
		p.Ratings = append(p.Ratings, r)
		return registry.Change{Action: "product.rating_add", Detail: ratingFacts(r)}, nil
	})
}

func ratingFacts(r registry.Rating) fact.Facts {
	return fact.Facts{fact.Count("stars", r.Stars), fact.Said("decision", r.Decision), fact.Date("issued_on", r.IssuedOn),
		fact.Date("valid_to", r.ValidTo), fact.Yes("claimed", r.Claimed)}
}

// ratingOf finds the rank issued on a day; at most one is.
func ratingOf(p *registry.Product, issuedOn string) int {
	return slices.IndexFunc(p.Ratings, func(r registry.Rating) bool { return r.IssuedOn == issuedOn })
}

// RemoveRating takes an OCOP rank off a product, as a member or an officer of its
// area; the audit log keeps it.
func (a *Service) RemoveRating(ctx context.Context, actor registry.Actor, ref ProductRef, issuedOn string) error {
	return a.editProduct(ctx, actor, ref, func(_ *store.Tx, p *registry.Product) (registry.Change, error) {
		i := ratingOf(p, issuedOn)
		if i < 0 {
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		old := p.Ratings[i]
		p.Ratings = slices.Delete(p.Ratings, i, i+1)
		return registry.Change{Action: "product.rating_remove", Detail: ratingFacts(old)}, nil
	})
}

// ConfirmRating notes that an officer has compared a claimed rank with its
// decision: from now on its stars are shown. It needs ReviewEvidence in the
// vendor's area. A rank that is confirmed already is a Conflict.
func (a *Service) ConfirmRating(ctx context.Context, actor registry.Actor, ref ProductRef, issuedOn string) error {
	return a.judgeProduct(ctx, actor, ref, func(_ *store.Tx, p *registry.Product) (verdict, error) {
		i := ratingOf(p, issuedOn)
		if i < 0 {
			return verdict{}, registry.E(registry.NotFound, "error.not_found")
		}
		if !p.Ratings[i].Claimed {
			return verdict{}, registry.E(registry.Conflict, "error.stale")
		}
		p.Ratings[i].Claimed = false
		return verdict{action: "product.rating_confirm", notice: "stars", facts: ratingFacts(p.Ratings[i])}, nil
	})
}
