package testkit

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// TypedInspection is an inspection of a stall today in which the labels are not as they
// should be: every other item is.
func (k *Kit) TypedInspection(stall registry.PassRow) inspections.HandIn {
	return k.typedRecord(inspection.Inspection, inspections.Subject{Kind: string(inspection.OfBooth), Event: string(stall.Event), Booth: string(stall.Booth),
		Vendor: string(stall.Vendor)}, "label")
}

// TypedSelf is a self-inspection of a body without anything amiss.
func (k *Kit) TypedSelf(body registry.BodyID) inspections.HandIn {
	return k.typedRecord(inspection.Self, inspections.Subject{Kind: string(inspection.OfBody), Body: string(body)})
}

// TypedCheck is what a vendor says of itself before the opening, with what it says is not as
// it should be.
func (k *Kit) TypedCheck(stall registry.PassRow, bad ...string) inspections.HandIn {
	return k.typedRecord(inspection.VendorSelf, inspections.Subject{Kind: string(inspection.OfVendor), Event: string(stall.Event), Vendor: string(stall.Vendor)}, bad...)
}

// TypedJoint is a joint check of a stall, with what holds it.
func (k *Kit) TypedJoint(stall registry.PassRow, bad ...string) inspections.HandIn {
	in := k.TypedInspection(stall)
	return k.typedRecord(inspection.Joint, in.Subject, bad...)
}

func (k *Kit) typedRecord(kind inspection.Kind, subject inspections.Subject, bad ...string) inspections.HandIn {
	k.T.Helper()
	today := k.App.Today()
	list, ok := k.App.Inspections.Lists.On(inspection.SubjectKind(subject.Kind), today)
	if !ok {
		k.T.Fatalf("no checklist for %s on %s", subject.Kind, today)
	}
	in := inspections.HandIn{Client: uuid.NewString(), Device: "may-1", Kind: string(kind), Subject: subject, Checklist: list.ID, On: today,
		BeganAt: k.App.NowMS() - 1_800_000, EndedAt: k.App.NowMS(), People: []inspections.Person{{Name: "Nông Văn A", Body: "Sở Công Thương"}},
		Present: "Nguyễn Thị C"}
	for _, item := range list.Items {
		said := inspections.Said{Item: item.Code, Answer: string(inspection.OK)}
		for _, code := range bad {
			if code == item.Code {
				said.Answer, said.Note = string(inspection.NotOK), "2 túi miến không ghi địa chỉ"
				in.Findings = append(in.Findings, inspections.Found{Item: code, Remedy: "Dán lại nhãn", DueOn: registry.AddDays(today, 1), Holds: kind == inspection.Joint})
			}
		}
		in.Answers = append(in.Answers, said)
	}
	return in
}

// HandedIn hands a record in, as the system.
func (k *Kit) HandedIn(in inspections.HandIn) inspection.Record {
	k.T.Helper()
	got, err := k.App.Inspections.HandIn(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return got.Record
}

// Recorded is an inspection of a new stall of a new event, with a finding.
func (k *Kit) Recorded() inspection.Record {
	k.T.Helper()
	return k.HandedIn(k.TypedInspection(k.Stall(k.Event(InState(registry.Running)), 1)[0]))
}

// HashOf names bytes as a phone does.
func HashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
