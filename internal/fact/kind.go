package fact

import "strings"

// Kind says what the values of a fact are, and so how people read them.
type Kind string

// The kinds of fact. A code is written as it is stored, and read as the text that its
// kind begins and the code ends: "event.state." and "open".
const (
	Text       Kind = "text"    // as somebody typed it, or a name
	Unquoted   Kind = "changed" // the field changed; its value is not for the log
	Day        Kind = "date"    // YYYY-MM-DD
	Span       Kind = "days"    // two of them, with a slash
	UnixMS     Kind = "instant" // unix ms
	Quantity   Kind = "count"
	Numeral    Kind = "number"      // of a gate, a key, a booth in its row: no thousands
	Dong       Kind = "amount"      // đồng
	Tick       Kind = "yes"         // "yes" or "no"
	Unit       Kind = "area"        // text form of a registry.AreaRef
	Period     Kind = "period"      // two instants, with a slash
	Passage    Kind = "passage"     // code of a pass, direction, instant
	HourTally  Kind = "hour_tally"  // hour of the day, adults, children
	DayHours   Kind = "day_hours"   // day, minutes after midnight of opening and closing, note
	GroupCount Kind = "group_count" // product group, number
	DatedRule  Kind = "dated_rule"  // day from which it holds, and its text
	Finding    Kind = "finding"     // registry.Finding as JSON
	Asked      Kind = "asked"       // registry.Asked as JSON, without how it stood
	EventField Kind = "event_field" // name of a field of its form
	Opaque     Kind = "opaque"      // a mark that tells things apart and is read by programs alone
	hidden     Kind = "hidden"      // a value that is compared and never written
	refPrefix       = "id:"         // and the object that has the id
	codePrefix      = "code:"       // and the beginning of its texts
)

// The kinds of code.
const (
	APIScope          Kind = codePrefix + "apitoken.scope."
	AccountRole       Kind = codePrefix + "role."
	ApplicationState  Kind = codePrefix + "application.state."
	ArticleLang       Kind = codePrefix + "article.lang."
	ArticleState      Kind = codePrefix + "article.state."
	Audience          Kind = codePrefix + "communication.audience."
	BodyKind          Kind = codePrefix + "body.kind."
	BoothKind         Kind = codePrefix + "booth.kind."
	BoothSeen         Kind = codePrefix + "booth.seen."
	CallOutcome       Kind = codePrefix + "call.outcome."
	CertificateKind   Kind = codePrefix + "certificate.kind."
	Channel           Kind = codePrefix + "channel.name." // one built in
	CostKind          Kind = codePrefix + "cost.kind."
	CostSource        Kind = codePrefix + "cost.source."
	DifferenceKind    Kind = codePrefix + "difference.kind."
	DifferenceWord    Kind = codePrefix + "difference.word."
	EventKind         Kind = codePrefix + "event.kind."
	EventLevel        Kind = codePrefix + "event.level."
	EventState        Kind = codePrefix + "event.state."
	Evidence          Kind = codePrefix + "product.evidence."
	FindingState      Kind = codePrefix + "inspection.finding_state."
	FindingsShown     Kind = codePrefix + "setting.findings_shown."
	InspectionKind    Kind = codePrefix + "inspection.kind."
	InspectionSubject Kind = codePrefix + "inspection.subject."
	GateRole          Kind = codePrefix + "gate.role."
	GoodsGroup        Kind = codePrefix + "goods_group.name." // one built in
	KitText           Kind = codePrefix + "kit.kind."
	KeepKind          Kind = codePrefix + "keep.kind."
	Hindrance         Kind = codePrefix + "erase.hindrance."
	Label             Kind = codePrefix + "product.label."
	MeasureKind       Kind = codePrefix + "measure.kind."
	MailTrial         Kind = codePrefix + "setting.trial."
	ImportKind        Kind = codePrefix + "import.kind."
	MemberRole        Kind = codePrefix + "vendor.role."
	OfferState        Kind = codePrefix + "offer.state."
	Origin            Kind = codePrefix + "product.origin."
	PackScope         Kind = codePrefix + "voucher.scope."
	Outcome           Kind = codePrefix + "matching.outcome."
	AlarmWord         Kind = codePrefix + "pass.alarm.word."
	PassAlarm         Kind = codePrefix + "pass.alarm.kind."
	PassKind          Kind = codePrefix + "pass.kind."
	PassPaper         Kind = codePrefix + "audit.paper."
	PaperKind         Kind = codePrefix + "template.kind."
	PassState         Kind = codePrefix + "pass.state."
	PlaceKind         Kind = codePrefix + "place.kind."
	ProductGroup      Kind = codePrefix + "product.group."
	PlanState         Kind = codePrefix + "plan.state."
	PromotionBasis    Kind = codePrefix + "application.promo."
	Registration      Kind = codePrefix + "event.registration."
	Reminder          Kind = codePrefix + "event.reminder."
	Strand            Kind = codePrefix + "plan.strand."
	SurveyMethod      Kind = codePrefix + "survey.method."
	SupportKind       Kind = codePrefix + "support.kind."
	TaskKind          Kind = codePrefix + "task.kind."
	TaskSource        Kind = codePrefix + "task.source."
	TaskState         Kind = codePrefix + "task.state."
	TipKind           Kind = codePrefix + "tip.kind."
	TipState          Kind = codePrefix + "tip.state."
	VendorKind        Kind = codePrefix + "vendor.kind."
	VisitMethod       Kind = codePrefix + "visit.by."
	VisitorRule       Kind = codePrefix + "gate.rules.visitor."
	YearPart          Kind = codePrefix + "period.part."
	WholeCountry      Kind = codePrefix + "account."
)

// IDs is the kind of ids of an object, for lists of them.
func IDs(object string) Kind { return Kind(refPrefix + object) }

// Object returns the object whose ids are the values; "" for every other kind.
func (k Kind) Object() string { return k.after(refPrefix) }

// Texts returns what the keys of the texts of a code begin with; "" for every other
// kind.
func (k Kind) Texts() string { return k.after(codePrefix) }

func (k Kind) after(prefix string) string {
	if rest, ok := strings.CutPrefix(string(k), prefix); ok {
		return rest
	}
	return ""
}
