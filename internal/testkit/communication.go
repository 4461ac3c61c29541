package testkit

import (
	"hoicho/internal/app/communications"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Communication writes a village meeting of 45 people at Ba Bể into the register.
func (k *Kit) Communication() registry.CommunicationID {
	k.T.Helper()
	in := communications.EntryInput{Client: "8c7f1f5e-6f0e-4b8a-9f43-0c6a5f7b1d21", Channel: "village_meeting", Times: "1", People: "45", Area: BaBe.String(),
		Day: vn.ShowDate(k.App.Today())}
	done, asked, err := k.App.Communications.Enter(k.T.Context(), registry.SystemActor("test"), []communications.EntryInput{in})
	if err != nil || len(asked) > 0 {
		k.T.Fatalf("%v, %v", err, asked)
	}
	return done[0].ID
}
