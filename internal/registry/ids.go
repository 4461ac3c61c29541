package registry

// Ids are text made in Go: UUIDv7 unless said otherwise. Each concept has a
// type of its own, so that one cannot stand in for another.
type (
	// AccountID names a person who signs in.
	AccountID string
	// SessionID names a signed-in browser to its owner; it opens nothing.
	SessionID string
	// EventID names a fair or market session.
	EventID string
	// VendorID names a vendor.
	VendorID string
	// ProductID names a product of a vendor.
	ProductID string
	// CertificateID names a certificate of a vendor or product.
	CertificateID string
	// ApplicationID names a vendor's application to an event.
	ApplicationID string
	// BoothID names a booth at an event.
	BoothID string
	// PassID names a printed pass; its public identity is its code.
	PassID string
	// DeviceID names a paired gate phone.
	DeviceID string
	// FileID names stored bytes: a photo, a certificate, a finished PDF.
	FileID string
	// JobID names a long piece of work.
	JobID string
	// TipID names a citizen's report of goods.
	TipID string
	// MessageID names a letter in the outbox.
	MessageID string
	// NoticeID names something that a vendor is to know.
	NoticeID string
	// CallID names a call to a vendor.
	CallID string
	// PushID names a browser that an account lets the server notify.
	PushID string
	// BodyID names a body of the campaign.
	BodyID string
	// PlanID names the plan of a year.
	PlanID string
	// TaskID names a task of a plan.
	TaskID string
	// CommunicationID names something done to spread the campaign.
	CommunicationID string
	// ArticleID names an article of the special page.
	ArticleID string
	// PlaceID names a place where Vietnamese goods are sold all the year.
	PlaceID string
	// SurveyID names a survey of people.
	SurveyID string
	// ProcurementID names what a body bought in a period.
	ProcurementID string
	// SupervisionID names a supervision of the campaign.
	SupervisionID string
	// SupportID names support given to a producer.
	SupportID string
	// MatchingID names a buyer and a producer brought together.
	MatchingID string
	// InspectionID names an inspection that was handed in.
	InspectionID string
	// FindingID names something that an inspection found.
	FindingID string
	// RoundID names a round of inspections with its team.
	RoundID string
	// CostID names a line of cost of a plan or an event.
	CostID string
	// OfferID names what a vendor offers at an event.
	OfferID string
	// MeasureID names what an organiser does at an event so that people come and buy.
	MeasureID string
)
