package floorplan

// Relinked joins the booths of a plan with those that the event has now, which are called by codes: one that was
// removed since it was drawn is the one that has its number now, if there is any. What is drawn twice is the event's
// once. The id of a booth that is gone stays, so that it can be told.
func (l Layout) Relinked(codes map[string]string) Layout {
	l = l.Clone()
	drawn := map[string]bool{}
	for i, o := range l.Objects {
		switch {
		case o.Booth == "":
		case drawn[o.Booth]:
			l.Objects[i].Booth = ""
		default:
			drawn[o.Booth] = true
		}
	}
	free := map[string]string{}
	for id, code := range codes {
		if !drawn[id] {
			free[code] = id
		}
	}
	for i, o := range l.Objects {
		if id := free[o.Code]; o.Kind == Booth && codes[o.Booth] == "" && id != "" {
			l.Objects[i].Booth = id
			delete(free, o.Code)
		}
	}
	return l
}
