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
)
