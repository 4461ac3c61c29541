package accounts

import "hoicho/internal/registry"

// TakePasswordSlots lets no password be hashed until release is called.
func (a *Service) TakePasswordSlots() (release func()) {
	for range cap(a.passwords.slots) {
		a.passwords.slots <- struct{}{}
	}
	return func() {
		for range cap(a.passwords.slots) {
			<-a.passwords.slots
		}
	}
}

// PaperHash is the form in which a code from paper is stored.
func (a *Service) PaperHash(id registry.AccountID, code string) string {
	return a.paperHashOf(id, code)
}
