package admission

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/admission/known"
	"hoicho/internal/registry"
)

// What a book does not ask the database for, because it is remembered, and what it gives
// back to be remembered: see package known.

// remember gives back what this book knows, once it is committed.
func (b *book) remember() {
	for _, p := range b.byPass {
		if e := b.known[p.Event]; e != nil {
			e.KeepPass(p)
		}
	}
	for booth, staff := range b.byBooth {
		if e := b.known[staff[0].Event]; e != nil {
			e.KeepBooth(booth, staff)
		}
	}
	for s, clocks := range b.clocks {
		if p := b.devices[s.device]; p != nil {
			p.KeepClocks(s.boot, storedClocks(clocks))
		}
	}
	for _, p := range b.devices {
		if e := b.known[p.Event]; e != nil {
			e.KeepPhone(p)
		}
	}
	b.app.known.Keep(b.known)
}

func storedClocks(clocks []*phoneClock) []registry.PhoneClock {
	stored := make([]registry.PhoneClock, len(clocks))
	for i, c := range clocks {
		stored[i] = c.PhoneClock
	}
	return stored
}

// openPhones finds the phones of works as they are now: much may have become of them since
// they were let in.
func (b *book) openPhones(ctx context.Context, works []*gateWork) error {
	ids := map[registry.DeviceID]bool{}
	for _, w := range works {
		if w.device.ID != "" {
			ids[w.device.ID] = true
		}
	}
	return b.findPhones(ctx, ids)
}

// openVoiders finds the phones whose voids wait.
func (b *book) openVoiders(ctx context.Context) error {
	ids := map[registry.DeviceID]bool{}
	for _, voids := range b.voids {
		for _, v := range voids {
			ids[v.Device] = true
		}
	}
	return b.findPhones(ctx, ids)
}

// findPhones takes the phones that are remembered into the book, and reads the others.
func (b *book) findPhones(ctx context.Context, ids map[registry.DeviceID]bool) error {
	for id := range ids {
		for _, e := range b.known {
			if p := e.Phone(id); p != nil && b.devices[id] == nil {
				b.devices[id] = p
			}
		}
		if b.devices[id] != nil {
			delete(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	others := slices.Sorted(maps.Keys(ids))
	newest, err := b.tx.NewestSeqs(ctx, others)
	if err != nil {
		return err
	}
	rows, err := b.tx.DevicesByID(ctx, others)
	for _, d := range rows {
		b.devices[d.ID] = &known.Phone{Device: d, Newest: newest[d.ID]}
	}
	return err
}

// remembered takes the passes that are remembered into the book, and returns the
// other codes.
func (b *book) remembered(codes map[string]bool) (others []string) {
	for _, e := range b.known {
		for code := range codes {
			if p := e.Pass(code); p != nil {
				b.list(p)
				delete(codes, code)
			}
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

// openBooths reads who is inside of the staff of the booths whose passes were
// scanned.
func (b *book) openBooths(ctx context.Context) error {
	booths := map[registry.BoothID]bool{}
	for _, p := range b.byPass {
		if p.Kind == registry.StaffPass && p.Booth != "" {
			booths[p.Booth] = true
		}
	}
	for _, e := range b.known {
		for booth := range booths {
			staff, remembered := e.Booth(booth)
			if !remembered {
				continue
			}
			for _, p := range staff {
				b.list(p)
			}
			delete(booths, booth)
		}
	}
	if len(booths) == 0 {
		return nil
	}
	inside, err := b.tx.StaffInside(ctx, slices.Sorted(maps.Keys(booths)))
	b.listAll(inside)
	return err
}
