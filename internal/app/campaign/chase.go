package campaign

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// ChaseLine is a body that is to report: about the task itself, or about a task below it
// that it leads.
type ChaseLine struct {
	Task       registry.TaskID
	Title      string // of the task below; "" of the task itself
	Body       registry.BodyID
	Name       string
	Phone      string
	Addresses  int   // e-mail addresses of the body and of its people
	Sent       bool  // it has reported
	SaidAt     int64 // unix ms of its last word; 0 is none
	Reminded   int   // how often it was urged
	RemindedAt int64 // unix ms; 0 never
}

// Key names a line in a form.
func (l ChaseLine) Key() string { return string(l.Task) + ":" + string(l.Body) }

// chaser is what the lines are made from.
type chaser struct {
	tx     *store.Tx
	bodies map[registry.BodyID]committee.Body
	people map[registry.BodyID][]registry.AccountID
	voices map[registry.TaskID][]committee.Voice
	log    map[registry.TaskID][]committee.TaskEntry
}

// chaseLines are who is to report on a task and on those below it: those missing first,
// the most often urged on top. They are for whoever manages the plan or acts for the body
// that leads; a task that is over has none.
func (a *Service) chaseLines(ctx context.Context, tx *store.Tx, actor registry.Actor, f TaskFile) (lines []ChaseLine, err error) {
	if f.State.Over() {
		return nil, nil
	}
	leads, err := mayActFor(ctx, tx, actor, []registry.BodyID{f.Lead})
	if err != nil || !leads && !f.Manages {
		return nil, err
	}
	c := &chaser{tx: tx, bodies: map[registry.BodyID]committee.Body{}, people: map[registry.BodyID][]registry.AccountID{},
		voices: map[registry.TaskID][]committee.Voice{}, log: map[registry.TaskID][]committee.TaskEntry{}}
	ids := []registry.TaskID{f.ID}
	for _, child := range f.Children {
		ids = append(ids, child.ID)
	}
	if err := c.read(ctx, ids); err != nil {
		return nil, err
	}
	own := f.Supporting
	if !leads {
		own = append([]registry.BodyID{f.Lead}, own...)
	}
	for _, body := range own {
		line, err := c.line(ctx, f.Task, body)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	for _, child := range f.Children {
		if child.State == committee.TaskDropped || leads && child.Lead == f.Lead {
			continue
		}
		line, err := c.line(ctx, child.Task, child.Lead)
		if err != nil {
			return nil, err
		}
		line.Title, line.Sent = child.Title, child.State == committee.TaskDone
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(x, y ChaseLine) int {
		return cmp.Or(boolFirst(!x.Sent, !y.Sent), cmp.Compare(y.Reminded, x.Reminded), cmp.Compare(vn.SortKey(x.Name), vn.SortKey(y.Name)))
	})
	return lines, nil
}

// boolFirst orders what holds before what does not.
func boolFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// read reads the logs of tasks.
func (c *chaser) read(ctx context.Context, ids []registry.TaskID) error {
	voices, err := c.tx.TaskVoices(ctx, ids)
	if err != nil {
		return err
	}
	for _, v := range voices {
		c.voices[v.Task] = append(c.voices[v.Task], v)
	}
	for _, id := range ids {
		if c.log[id], err = c.tx.TaskEntries(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// line is how a body stands to a task: what its people said, how often it was urged.
func (c *chaser) line(ctx context.Context, t committee.Task, id registry.BodyID) (l ChaseLine, err error) {
	if _, known := c.bodies[id]; !known {
		if c.bodies[id], err = c.tx.Body(ctx, id); err != nil {
			return l, err
		}
		if c.people[id], err = c.tx.BodyPeople(ctx, id); err != nil {
			return l, err
		}
	}
	to, err := contactsOf(ctx, c.tx, []registry.BodyID{id})
	if err != nil {
		return l, err
	}
	b := c.bodies[id]
	l = ChaseLine{Task: t.ID, Body: id, Name: b.Name, Phone: b.Phone, Addresses: len(to)}
	for _, v := range c.voices[t.ID] {
		if slices.Contains(c.people[id], v.Account) {
			l.SaidAt = max(l.SaidAt, v.At)
		}
	}
	l.Sent = l.SaidAt > 0
	for _, e := range c.log[t.ID] {
		if e.Kind == committee.EntryChased && slices.Contains(strings.Fields(e.To), string(id)) {
			l.Reminded++
			l.RemindedAt = max(l.RemindedAt, e.At)
		}
	}
	return l, nil
}

// Chased is what came of urging bodies.
type Chased struct {
	Letters int         // that were queued; those that wait in a folder tell nobody
	Urged   []ChaseLine // to whom a letter goes
	Silent  []ChaseLine // no address: they are to be called
	Already []ChaseLine // urged today: once is enough
}

// Chase urges the bodies that were picked, by the keys of their lines: a letter to each of
// their addresses, once a day. Who has no address, and who was urged today, comes back.
// Whoever manages the plan may, and whoever acts for the body that leads; for others who see
// the task it is Forbidden. Invalid at "pick" for no line, and one that is not missing.
func (a *Service) Chase(ctx context.Context, actor registry.Actor, id registry.TaskID, picked []string) (done Chased, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, p, err := a.seeTask(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		f := TaskFile{TaskRow: committee.TaskRow{Task: t}, Manages: actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))}
		if err := a.fillTask(ctx, tx, actor, &f); err != nil {
			return none, err
		}
		leads, err := mayActFor(ctx, tx, actor, []registry.BodyID{t.Lead})
		if err == nil && !leads && !f.Manages {
			err = registry.E(registry.Forbidden, "error.forbidden")
		}
		if err != nil {
			return none, err
		}
		lines, err := pickedLines(f.Chase, picked)
		if err != nil {
			return none, err
		}
		if done, err = a.urge(ctx, tx, actor, p, lines); err != nil {
			return none, err
		}
		var bodies []registry.BodyID
		for _, l := range done.Urged {
			bodies = append(bodies, l.Body)
		}
		return a.taskChange("task.chase", p, t, fact.List("task.bodies", fact.IDs("body"), bodies...), fact.Count("letters", done.Letters)), nil
	})
	return done, err
}

// pickedLines are the missing ones that were picked.
func pickedLines(all []ChaseLine, picked []string) (lines []ChaseLine, err error) {
	for _, key := range picked {
		i := slices.IndexFunc(all, func(l ChaseLine) bool { return l.Key() == key && !l.Sent })
		if i < 0 {
			return nil, registry.Faults{registry.At("pick", "task.error.chase")}
		}
		if !slices.ContainsFunc(lines, func(l ChaseLine) bool { return l.Key() == key }) {
			lines = append(lines, all[i])
		}
	}
	if len(lines) == 0 {
		return nil, registry.Faults{registry.At("pick", "task.error.chase_none")}
	}
	return lines, nil
}

// urge writes to the bodies of lines, and notes it in the log of each line's task.
func (a *Service) urge(ctx context.Context, tx *store.Tx, actor registry.Actor, p committee.Plan, lines []ChaseLine) (done Chased, err error) {
	for _, l := range lines {
		switch {
		case l.RemindedAt > 0 && vn.DateOf(time.UnixMilli(l.RemindedAt)) == a.Today():
			done.Already = append(done.Already, l)
			continue
		case l.Addresses == 0:
			done.Silent = append(done.Silent, l)
			continue
		}
		letters, err := a.writeChase(ctx, tx, p, l)
		if err != nil {
			return done, err
		}
		entry := committee.TaskEntry{By: actor.Name, Kind: committee.EntryChased, From: strconv.Itoa(letters), To: string(l.Body), Text: l.Name}
		if err := tx.AddTaskEntry(ctx, l.Task, entry, actor.Account); err != nil {
			return done, err
		}
		done.Letters += letters
		done.Urged = append(done.Urged, l)
	}
	return done, nil
}

// writeChase writes to the addresses of a body. Args of the message: task, its day, the
// body, the plan, the address.
func (a *Service) writeChase(ctx context.Context, tx *store.Tx, p committee.Plan, l ChaseLine) (int, error) {
	t, err := tx.Task(ctx, l.Task)
	if err != nil {
		return 0, err
	}
	to, err := contactsOf(ctx, tx, []registry.BodyID{l.Body})
	if err != nil {
		return 0, err
	}
	key := "task.mail.chase"
	if t.DueOn == "" {
		key = "task.mail.chase_undue"
	}
	err = core.SendLetters(ctx, tx, to, registry.Message{Key: key, Args: []string{t.Title, vn.ShowDate(t.DueOn), l.Name, p.Title,
		a.BaseURL + "/quan-ly/nhiem-vu/" + string(t.ID)}})
	if a.NoMail {
		return 0, err
	}
	return len(to), err
}
