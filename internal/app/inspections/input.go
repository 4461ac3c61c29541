package inspections

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"

	"github.com/google/uuid"

	"hoicho/internal/app/core"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// HandIn is a record as a phone or a form hands it in. Days are as people type them or
// YYYY-MM-DD, instants unix ms by the clock of the phone.
type HandIn struct {
	Client    string    `json:"client"` // UUID, made where the record was begun
	Device    string    `json:"device"` // that it belongs to; "" a form of the office
	Kind      string    `json:"kind"`
	Subject   Subject   `json:"subject"`
	Issuer    string    `json:"issuer"`    // id of the body whose number it bears; "" its round's, or the unit's
	Round     string    `json:"round"`     // id; "" belongs to none
	Recheck   string    `json:"recheck"`   // id of the record that it looks at again
	Checklist string    `json:"checklist"` // id of the one that was answered; "" that of the day
	On        string    `json:"on"`
	BeganAt   int64     `json:"began_at"`
	EndedAt   int64     `json:"ended_at"`
	Place     string    `json:"place"`
	People    []Person  `json:"people,omitempty"`
	Present   string    `json:"present"`
	Opinion   string    `json:"opinion"`
	Refusal   string    `json:"refusal"`
	Witnesses []string  `json:"witnesses,omitempty"`
	Note      string    `json:"note"`
	Answers   []Said    `json:"answers,omitempty"`  // in the order given; an item may be answered again
	Findings  []Found   `json:"findings,omitempty"` // what is to be done about what is not as it should be
	Rechecked []Checked `json:"rechecked,omitempty"`
	Tasks     []string  `json:"tasks,omitempty"`
	Photos    []Photo   `json:"photos,omitempty"`
	Lost      []string  `json:"lost,omitempty"` // hashes of photos named before that cannot be sent

	Paper bool `json:"-"` // typed from paper by the office
}

// Subject is what is looked at: the ids that belong to its kind.
type Subject struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"` // as the phone showed it; kept where the thing is gone by now
	Event  string `json:"event"`
	Booth  string `json:"booth"`
	Vendor string `json:"vendor"`
	Body   string `json:"body"`
	Goods  string `json:"goods"`
	Area   string `json:"area"` // text form of the unit, of a group of products
}

// Person is somebody of the team.
type Person struct {
	Name string `json:"name"`
	Body string `json:"body"`
}

// Said is an answer to an item.
type Said struct {
	Item   string `json:"item"`
	Answer string `json:"answer"`
	Note   string `json:"note"`
	At     int64  `json:"at"`
}

// Found says what is to be done. With an item it belongs to the answer to it, without one it
// stands beside the checklist.
type Found struct {
	Item   string `json:"item"`
	Words  string `json:"words"`  // "" what the answer notes
	Remedy string `json:"remedy"` // what is to be done
	DueOn  string `json:"due_on"` // "" at once
	Safety bool   `json:"safety"`
	Holds  bool   `json:"holds"` // of a joint check: the booth does not open before
}

// Checked is what a re-check says of a finding.
type Checked struct {
	Finding string `json:"finding"`
	Done    bool   `json:"done"`
	Note    string `json:"note"`
	DueOn   string `json:"due_on"` // a new day, where it is not done
}

// Photo names a photo by the SHA-256 of its bytes, hexadecimal.
type Photo struct {
	Hash    string `json:"hash"`
	Item    string `json:"item"`
	TakenAt int64  `json:"taken_at"`
}

// digest tells what was handed in apart from anything else, without the photos, which may
// follow.
func (in HandIn) digest() string {
	in.Photos, in.Lost = nil, nil
	text, _ := json.Marshal(in) // texts, numbers and ticks: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

var isHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// reading is a record on its way from what was sent.
type reading struct {
	core.Input
	in      HandIn
	rec     inspection.Record
	found   []inspection.Finding
	checked []inspection.FindingStep
}

// read checks what can be checked by itself. Malformed where the id is none, Invalid with
// all faults at their fields.
func (a *Service) read(in HandIn) (*reading, error) {
	if id, err := uuid.Parse(in.Client); err != nil || id.String() != in.Client {
		return nil, registry.E(registry.Malformed, "error.malformed")
	}
	r := &reading{Input: core.Input{Today: a.Today()}, in: in}
	rec := &r.rec
	rec.Client, rec.Digest, rec.Paper = in.Client, in.digest(), in.Paper
	rec.Kind = inspection.Kind(in.Kind)
	rec.Subject.Kind = inspection.SubjectKind(in.Subject.Kind)
	r.Faults.Check(rec.Kind.Valid(), "kind", "error.choose")
	r.Faults.Check(rec.Subject.Kind.Valid() && (!rec.Kind.Valid() || rec.Kind.About(rec.Subject.Kind)), "subject", "inspection.error.subject")
	rec.Device = r.Line("device", in.Device, inspection.MaxLine)
	rec.On = r.Date("day", in.On)
	r.Faults.Check(in.On != "", "day", "error.required")
	r.Faults.Check(rec.On <= registry.AddDays(r.Today, 1), "day", "inspection.error.future")
	rec.BeganAt, rec.EndedAt = max(in.BeganAt, 0), max(in.EndedAt, 0)
	if len(rec.On) >= 4 {
		rec.Year = yearOf(rec.On)
	}
	r.words()
	r.photos()
	if !r.checklist(a.Lists) {
		return nil, r.Faults.Err()
	}
	r.answers()
	r.findings()
	r.rechecked()
	return r, r.Faults.Err()
}

func yearOf(day string) (year int) {
	for _, d := range day[:4] {
		year = year*10 + int(d-'0')
	}
	return year
}

// words reads what was typed by hand.
func (r *reading) words() {
	rec, in := &r.rec, r.in
	rec.Subject.Name = r.Line("subject", in.Subject.Name, inspection.MaxLine)
	rec.Place = r.Line("place", in.Place, inspection.MaxLine)
	rec.Present = r.Line("present", in.Present, inspection.MaxLine)
	rec.Opinion = r.Text("opinion", in.Opinion, inspection.MaxText)
	rec.Refusal = r.Line("refusal", in.Refusal, inspection.MaxLine)
	rec.Note = r.Text("note", in.Note, inspection.MaxText)
	r.Faults.Check(len(in.People) <= inspection.MaxPeople, "people", "inspection.error.many", inspection.MaxPeople)
	for _, p := range in.People[:min(len(in.People), inspection.MaxPeople)] {
		if name := r.Line("people", p.Name, inspection.MaxLine); name != "" {
			rec.People = append(rec.People, inspection.Person{Name: name, Body: r.Line("people", p.Body, inspection.MaxLine)})
		}
	}
	r.Faults.Check(len(in.Witnesses) <= inspection.MaxWitness, "witnesses", "inspection.error.many", inspection.MaxWitness)
	for _, w := range in.Witnesses[:min(len(in.Witnesses), inspection.MaxWitness)] {
		if w = r.Line("witnesses", w, inspection.MaxLine); w != "" {
			rec.Witness = append(rec.Witness, w)
		}
	}
}

// photos reads the photos that are named: each hash once.
func (r *reading) photos() {
	r.Faults.Check(len(r.in.Photos) <= inspection.MaxPhotos, "photos", "inspection.error.many", inspection.MaxPhotos)
	seen := map[string]bool{}
	for _, p := range r.in.Photos[:min(len(r.in.Photos), inspection.MaxPhotos)] {
		r.Faults.Check(isHash.MatchString(p.Hash), "photos", "inspection.error.hash")
		if !seen[p.Hash] {
			r.rec.Photos = append(r.rec.Photos, inspection.Photo{Hash: p.Hash, Item: r.Line("photos", p.Item, inspection.MaxLine), TakenAt: max(p.TakenAt, 0)})
		}
		seen[p.Hash] = true
	}
}

// checklist finds the checklist that was answered, which is frozen into the record; false if
// there is none to go on with.
func (r *reading) checklist(lists inspection.Checklists) bool {
	rec := &r.rec
	if !rec.Subject.Kind.Valid() || rec.On == "" {
		return false
	}
	today, ok := lists.On(rec.Subject.Kind, rec.On)
	if r.in.Checklist == "" || r.in.Checklist == today.ID {
		rec.List = today
		r.Faults.Check(ok, "checklist", "inspection.error.checklist")
		return ok
	}
	if rec.List, ok = lists.ByID(r.in.Checklist); !ok {
		r.Faults.Add("checklist", "inspection.error.checklist")
		return false
	}
	rec.Remarks = append(rec.Remarks, inspection.OldChecklist)
	return true
}

// answers reads the answers: every item of the checklist has one.
func (r *reading) answers() {
	rec := &r.rec
	r.Faults.Check(len(r.in.Answers) <= inspection.MaxSaid, "answers", "inspection.error.many", inspection.MaxSaid)
	for _, s := range r.in.Answers[:min(len(r.in.Answers), inspection.MaxSaid)] {
		_, known := rec.List.Item(s.Item)
		field := "item." + s.Item
		r.Faults.Check(known, "answers", "inspection.error.item")
		r.Faults.Check(!known || inspection.Answer(s.Answer).Valid(), field, "error.choose")
		rec.Said = append(rec.Said, inspection.Said{Item: s.Item, Answer: inspection.Answer(s.Answer), Note: r.Line(field, s.Note, inspection.MaxText), At: max(s.At, 0)})
	}
	last := inspection.Last(rec.List, rec.Said)
	for _, item := range rec.List.Items {
		said := slices.ContainsFunc(last, func(s inspection.Said) bool { return s.Item == item.Code })
		r.Faults.Check(said, "item."+item.Code, "inspection.error.unanswered")
	}
	for _, s := range last {
		if s.Answer == inspection.NotOK {
			rec.Bad++
		}
	}
}

// findings makes a finding of each item that is not as it should be, and of what stands
// beside the checklist.
func (r *reading) findings() {
	rec := &r.rec
	if !rec.Kind.Finds() {
		return
	}
	r.Faults.Check(len(r.in.Findings) <= inspection.MaxFound, "findings", "inspection.error.many", inspection.MaxFound)
	typed := r.in.Findings[:min(len(r.in.Findings), inspection.MaxFound)]
	shown := false
	for _, s := range inspection.Last(rec.List, rec.Said) {
		if s.Answer != inspection.NotOK {
			continue
		}
		item, _ := rec.List.Item(s.Item)
		f := Found{Item: s.Item, Safety: item.Safety, Holds: item.Safety}
		if i := slices.IndexFunc(typed, func(f Found) bool { return f.Item == s.Item }); i >= 0 {
			f = typed[i]
			f.Safety = f.Safety || item.Safety
		}
		if f.Words == "" {
			f.Words = s.Note
		}
		r.finding("item."+s.Item, f)
		shown = true
	}
	for _, f := range typed {
		if f.Item == "" && (f.Words != "" || f.Remedy != "") {
			r.finding("findings", f)
			shown = true
		}
	}
	if shown && !slices.ContainsFunc(rec.Photos, func(p inspection.Photo) bool { return p.Item != inspection.Signature }) {
		rec.Remarks = append(rec.Remarks, inspection.NoPhoto)
	}
}

func (r *reading) finding(field string, f Found) {
	due := r.Date(field, f.DueOn)
	r.Faults.Check(due == "" || due >= r.rec.On, field, "inspection.error.due")
	r.found = append(r.found, inspection.Finding{Item: f.Item, Words: r.Needed(field, f.Words, inspection.MaxText),
		Remedy: r.Line(field, f.Remedy, inspection.MaxText), DueOn: due, Safety: f.Safety, Holds: f.Holds && r.rec.Kind == inspection.Joint})
}

// rechecked reads what a re-check says of findings.
func (r *reading) rechecked() {
	r.Faults.Check(r.in.Recheck != "" || len(r.in.Rechecked) == 0, "rechecked", "inspection.error.recheck")
	for _, c := range r.in.Rechecked {
		due := r.Date("rechecked", c.DueOn)
		r.Faults.Check(due == "" || due >= r.rec.On, "rechecked", "inspection.error.due")
		state := inspection.Open
		if c.Done {
			state = inspection.Closed
		}
		r.checked = append(r.checked, inspection.FindingStep{State: state, Text: r.Line("rechecked", c.Note, inspection.MaxText)})
	}
}
