package registry

import "testing"

func TestWhatAPersonSignsInWith(t *testing.T) {
	t.Parallel()
	both := Account{Phone: "0912345678", Email: "lan@example.vn"}
	claims(t, map[string]bool{
		"the phone comes first":       both.Login() == "0912345678",
		"without one it is the mail":  Account{Email: "lan@example.vn"}.Login() == "lan@example.vn",
		"whoever has neither cannot":  Account{Name: "Lan"}.Login() == "",
		"a phone needs no mail by it": Account{Phone: "0912345678"}.Login() == "0912345678",
	})
}
