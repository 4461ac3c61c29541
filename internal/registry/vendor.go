package registry

// VendorKind is the legal shape of a vendor.
type VendorKind string

// The kinds of vendor. A co-operative group has no tax code of its own.
const (
	Enterprise  VendorKind = "enterprise"
	Cooperative VendorKind = "cooperative"
	CoopGroup   VendorKind = "coop_group"
	Household   VendorKind = "household"
	Producer    VendorKind = "producer"
	Agency      VendorKind = "agency" // a body or district with a booth of its own
)

// VendorKinds lists the kinds in the order shown to people.
var VendorKinds = []VendorKind{Household, Cooperative, CoopGroup, Enterprise, Producer, Agency}

// VendorState says whether a vendor takes part.
type VendorState string

// The states of a vendor.
const (
	VendorActive  VendorState = "active"
	VendorBlocked VendorState = "blocked" // may not apply; hidden from the public
)

// Vendor is whoever sells at a booth.
type Vendor struct {
	ID             VendorID
	Slug           string
	Kind           VendorKind
	State          VendorState
	Name           string
	TaxCode        string // optional; 12 digits are personal data and shown masked everywhere
	Representative string // optional; personal data of households, office and members only
	Phone          string // 0xxxxxxxxx; office and members only unless PhonePublic
	PhonePublic    bool
	Email          string
	Area           AreaRef
	Village        string // thôn, bản, tổ; free text
	About          string
	Logo           FileID
	CreatedBy      AccountID
	CreatedAt      int64
	UpdatedAt      int64
	Version        int64
}

// CertificateKind is the kind of a paper that a vendor or product holds.
type CertificateKind string

// The kinds of certificate (domain: food safety after NĐ 15/2018, licences,
// labels of associations).
const (
	FoodSafety      CertificateKind = "food_cert"        // giấy chứng nhận đủ điều kiện ATTP
	FoodCommitment  CertificateKind = "commitment"       // bản cam kết (TT 17/2018/TT-BNNPTNT)
	SelfDeclaration CertificateKind = "self_declaration" // bản tự công bố sản phẩm
	SpiritLicence   CertificateKind = "spirit_licence"   // sản xuất rượu thủ công nhằm mục đích kinh doanh
	BusinessLicence CertificateKind = "business_licence" // đăng ký kinh doanh
	HVNCLC          CertificateKind = "hvnclc"           // Hàng Việt Nam chất lượng cao
	GeoIndication   CertificateKind = "gi"               // chỉ dẫn địa lý
	Trademark       CertificateKind = "trademark"
	OriginPaper     CertificateKind = "origin_paper" // C/O, hợp đồng, ảnh nhãn
	OtherPaper      CertificateKind = "other"
)

// CertificateKinds lists the kinds in the order shown to people.
var CertificateKinds = []CertificateKind{FoodSafety, FoodCommitment, SelfDeclaration, SpiritLicence, BusinessLicence, HVNCLC, GeoIndication, Trademark, OriginPaper, OtherPaper}

// Certificate is a paper with an expiry.
type Certificate struct {
	ID        CertificateID
	Vendor    VendorID
	Product   ProductID // empty: of the vendor as a whole
	Kind      CertificateKind
	Number    string
	Issuer    string
	IssuedOn  string // YYYY-MM-DD or empty
	ValidTo   string // YYYY-MM-DD inclusive; empty: no expiry
	File      FileID // optional scan
	CreatedAt int64
}

// InForce reports whether the certificate covers the day (YYYY-MM-DD).
func (c *Certificate) InForce(day string) bool {
	return (c.IssuedOn == "" || c.IssuedOn <= day) && (c.ValidTo == "" || day <= c.ValidTo)
}
