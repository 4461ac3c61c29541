package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func aRecord(p planned, client string) inspection.Record {
	return inspection.Record{Client: client, Digest: "d", Device: "may-1", Entered: "officer", EnterAs: "Lan", Kind: inspection.Self,
		Subject: inspection.Subject{Kind: inspection.OfBody, Name: p.trade.Name, Body: p.trade.ID}, Area: thaiNguyen, Issuer: p.trade.ID, Series: "s", Year: 2026,
		On: "2026-11-23", BeganAt: 1, EndedAt: 2, Place: "Trụ sở", People: []inspection.Person{{Name: "A", Body: "Sở"}, {Name: "B"}}, Present: "C",
		Opinion: "Nhất trí.\nSẽ sửa.", Refusal: "vắng", Witness: []string{"D", "E"}, Note: "ghi", Paper: true,
		Remarks: []inspection.Remark{inspection.NoPhoto, inspection.OldChecklist}, Bad: 1,
		List:   inspection.Checklist{ID: "body:2009-07-31", Items: []inspection.Item{{Code: "a", VI: "một", EN: "one", Law: registry.Cite("Điều 1", "36/2005/QH11"), Safety: true}}},
		Said:   []inspection.Said{{Item: "a", Answer: inspection.OK, At: 5}, {Item: "a", Answer: inspection.NotOK, Note: "thiếu"}},
		Photos: []inspection.Photo{{Hash: "ff", Item: "a", TakenAt: 3}, {Hash: "aa"}}}
}

func TestInspectionComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			r := aRecord(plannedIn(t, tx), "one")
			must(t, tx.InsertInspection(t.Context(), &r, theProvince))
			got, err := tx.InspectionByClient(t.Context(), "one")
			if diff := cmp.Diff(r, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			file, err := tx.InsertFile(t.Context(), registry.File{ContentType: "image/jpeg", Name: "a.jpg", Data: []byte("x")})
			must(t, err)
			must(t, tx.SaveInspectionPhoto(t.Context(), &r, "ff", file, false))
			must(t, tx.AddInspectionPhotos(t.Context(), &r, []inspection.Photo{{Hash: "bb"}}))
			must(t, tx.SaveInspectionPhoto(t.Context(), &r, "aa", "", true))
			must(t, tx.SaveInspectionPhoto(t.Context(), &r, "bb", "", true))
			if err := tx.SaveInspectionPhoto(t.Context(), &r, "cc", "", true); registry.KindOf(err) != registry.NotFound {
				t.Errorf("a photo that it does not name gives %v", err)
			}
			must(t, tx.HandInInspection(t.Context(), &r))
			if got, err = tx.Inspection(t.Context(), r.ID); err != nil || cmp.Diff(r, got) != "" || r.N != 1 || r.Missing() != 0 {
				t.Errorf("handed in, it came back with %v, differing by\n%s", err, cmp.Diff(r, got))
			}
			if err := tx.HandInInspection(t.Context(), &r); registry.KindOf(err) != registry.Conflict {
				t.Errorf("handing it in again gives %v, want a conflict", err)
			}
			next := aRecord(plannedIn(t, tx), "two")
			next.Photos = nil
			must(t, tx.InsertInspection(t.Context(), &next, theProvince))
			must(t, tx.HandInInspection(t.Context(), &next))
			next.Lead = r.ID
			must(t, tx.JoinInspection(t.Context(), &next))
			again := aRecord(plannedIn(t, tx), "three")
			must(t, tx.InsertInspection(t.Context(), &again, theProvince))
			if n, err := tx.CountInspections(t.Context(), inspection.Filter{Year: 2026, Counts: true}); err != nil || n != 1 || next.N != 2 {
				t.Errorf("%d count, the second has number %d, %v", n, next.N, err)
			}
			rows, err := tx.Inspections(t.Context(), inspection.Filter{Codes: theProvince, Missing: true})
			if err != nil || len(rows) != 1 || rows[0].ID != again.ID {
				t.Errorf("those with missing photos: %+v, %v", rows, err)
			}
			return nil
		})
	})
}

func TestFindingsComeBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			r := aRecord(plannedIn(t, tx), "one")
			must(t, tx.InsertInspection(t.Context(), &r, theProvince))
			found := []inspection.Finding{{Record: r.ID, Item: "a", Words: "thiếu", Remedy: "bổ sung", DueOn: "2026-11-24", Safety: true, Holds: true}, {Record: r.ID, Words: "ngoài"}}
			must(t, tx.InsertFindings(t.Context(), found, "Lan"))
			f := &found[0]
			f.State, f.Handover = inspection.HandedOver, inspection.Handover{On: "2026-11-25", To: "Đội 1", Dossier: "5/HS", DueOn: "2026-12-01", Outcome: "phạt"}
			old := *f
			must(t, tx.StepFinding(t.Context(), f, inspection.FindingStep{By: "Lan", Text: "chuyển", Record: r.ID}))
			got, err := tx.Findings(t.Context(), r.ID)
			if diff := cmp.Diff(found, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			if err := tx.StepFinding(t.Context(), &old, inspection.FindingStep{}); registry.KindOf(err) != registry.Conflict {
				t.Errorf("a step from an old version gives %v, want a conflict", err)
			}
			steps, err := tx.FindingSteps(t.Context(), f.ID)
			if err != nil || len(steps) != 2 || steps[1].State != inspection.HandedOver || steps[1].Text != "chuyển" || steps[1].Record != r.ID {
				t.Errorf("its steps are %+v, %v", steps, err)
			}
			for name, c := range map[string]struct {
				f    inspection.Filter
				want int
			}{
				"handed over": {inspection.Filter{Finding: inspection.HandedOver}, 1}, "closed": {inspection.Filter{Finding: inspection.Closed}, 0},
				"late, at once was asked": {inspection.Filter{Late: "2026-11-24"}, 1}, "not late yet": {inspection.Filter{Late: "2026-11-23"}, 0},
				"of the body": {inspection.Filter{Bodies: []registry.BodyID{r.Subject.Body}}, 1}, "of no body": {inspection.Filter{Bodies: []registry.BodyID{}}, 0},
			} {
				if n, err := tx.CountInspections(t.Context(), c.f); err != nil || n != c.want {
					t.Errorf("%s: %d, want %d, %v", name, n, c.want, err)
				}
			}
			by, err := tx.CountFindings(t.Context(), inspection.Filter{})
			if err != nil || by[inspection.HandedOver] != 1 || by[inspection.Open] != 1 {
				t.Errorf("by state %v, %v", by, err)
			}
			return nil
		})
	})
}

func TestRoundComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			r := inspection.Round{Number: "88/QĐ", IssuedOn: "2026-11-10", Title: "Đợt", Kind: inspection.Self, Body: p.trade.ID, Area: thaiNguyen, From: "2026-11-20",
				Until: "2026-11-25", Note: "ghi", Team: []inspection.Person{{Name: "A", Body: "Sở"}, {Name: "B"}}, Bodies: []registry.BodyID{p.front.ID}, Entered: "officer", EnterAs: "Lan"}
			must(t, tx.InsertRound(t.Context(), &r, theProvince))
			got, err := tx.Round(t.Context(), r.ID)
			if diff := cmp.Diff(r, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			r.Team, r.Bodies, r.Title = r.Team[:1], nil, "Đợt 2"
			must(t, tx.SaveRound(t.Context(), &r, theProvince))
			if on, err := tx.Rounds(t.Context(), inspection.RoundFilter{Codes: theProvince, On: "2026-11-25", Year: 2026}); err != nil || len(on) != 1 {
				t.Errorf("on its last day %+v, %v", on, err)
			}
			r.StruckAs, r.StruckBy = "Lan", "nhầm"
			must(t, tx.StrikeRound(t.Context(), &r))
			if got, err = tx.Round(t.Context(), r.ID); err != nil || cmp.Diff(r, got) != "" {
				t.Errorf("struck out, it came back with %v, differing by\n%s", err, cmp.Diff(r, got))
			}
			if on, err := tx.Rounds(t.Context(), inspection.RoundFilter{On: "2026-11-25"}); err != nil || len(on) != 0 {
				t.Errorf("struck out it goes on: %+v, %v", on, err)
			}
			return nil
		})
	})
}
