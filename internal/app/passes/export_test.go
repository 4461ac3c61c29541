package passes

// Watched tells the tests how much is held of the passes that are watched: codes, the most
// networks of one, and readings at gates.
func (a *Service) Watched() (codes, nets, read int) {
	for _, o := range a.watch.opened {
		nets = max(nets, len(o.nets))
	}
	return len(a.watch.opened), nets, len(a.watch.read)
}
