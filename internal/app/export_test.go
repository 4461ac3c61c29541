package app

// TakePasswordSlots lets no password be hashed until release is called.
func (a *App) TakePasswordSlots() (release func()) {
	for range cap(a.passwords.slots) {
		a.passwords.slots <- struct{}{}
	}
	return func() {
		for range cap(a.passwords.slots) {
			<-a.passwords.slots
		}
	}
}
