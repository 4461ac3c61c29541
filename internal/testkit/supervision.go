package testkit

import (
	"hoicho/internal/app/campaign"
	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Front makes a body that supervises: the Fatherland Front of the province.
func (k *Kit) Front() committee.Body {
	k.T.Helper()
	return k.Body(func(in *campaign.BodyInput) {
		in.Kind, in.Name, in.Area = string(committee.StandingBody), "Ban Thường trực UBMTTQ Việt Nam tỉnh", "2025:19"
	})
}

// TypedSupervision is a supervision of ten days ago whose recommendation waits for an answer,
// typed in full.
func (k *Kit) TypedSupervision(by registry.BodyID) supervision.Input {
	return supervision.Input{Content: "Việc niêm yết giá và ghi nhãn tại phiên chợ.", By: string(by), HeldOn: vn.ShowDate(vn.AddDays(k.App.Today(), -10)),
		Area: BaBe.String(), SubjectName: "Ban tổ chức phiên chợ", Recommendation: "Niêm yết giá ở mọi gian.", DueOn: vn.ShowDate(vn.AddDays(k.App.Today(), 20)),
		Paper: "Thông báo giám sát số 4"}
}

// Supervised enters TypedSupervision of the Front, changed as the test likes.
func (k *Kit) Supervised(changes ...func(*supervision.Input)) committee.SupervisionHeld {
	k.T.Helper()
	in := k.TypedSupervision(k.Front().ID)
	for _, change := range changes {
		change(&in)
	}
	s, err := k.App.Supervision.Enter(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return s
}
