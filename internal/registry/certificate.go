package registry

import "slices"

// CertificateKind is the kind of a paper that a vendor or product holds.
type CertificateKind string

// The kinds of certificate (food safety after NĐ 15/2018/NĐ-CP, licences, labels of
// associations).
const (
	FoodSafety      CertificateKind = "food_cert"        // giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm
	FoodCommitment  CertificateKind = "commitment"       // bản cam kết of small producers (TT 17/2018/TT-BNNPTNT)
	FoodExemption   CertificateKind = "food_exempt"      // exempt from the certificate, with the reason
	SelfDeclaration CertificateKind = "self_declaration" // bản tự công bố sản phẩm
	SpiritLicence   CertificateKind = "spirit_licence"   // sản xuất rượu thủ công nhằm mục đích kinh doanh
	BusinessLicence CertificateKind = "business_licence" // đăng ký kinh doanh
	OriginPaper     CertificateKind = "origin_paper"     // C/O, hợp đồng, ảnh nhãn
	HVNCLC          CertificateKind = "hvnclc"           // Hàng Việt Nam chất lượng cao
	GeoIndication   CertificateKind = "gi"               // chỉ dẫn địa lý
	Trademark       CertificateKind = "trademark"
	OtherPaper      CertificateKind = "other"
)

// CertificateKinds lists the kinds in the order shown to people.
var CertificateKinds = []CertificateKind{FoodSafety, FoodCommitment, FoodExemption, SelfDeclaration, SpiritLicence,
	BusinessLicence, OriginPaper, HVNCLC, GeoIndication, Trademark, OtherPaper}

// Valid reports whether k is a known kind.
func (k CertificateKind) Valid() bool { return slices.Contains(CertificateKinds, k) }

// SpeaksOfOrigin reports whether such a paper says where goods come from, so that
// its scan documents the origin.
func (k CertificateKind) SpeaksOfOrigin() bool {
	return k == OriginPaper || k == GeoIndication || k == SelfDeclaration
}

// Certificate is a paper, most often with an expiry (giấy tờ).
type Certificate struct {
	ID         CertificateID
	Vendor     VendorID
	Product    ProductID // empty: of the vendor as a whole
	Kind       CertificateKind
	Number     string
	Issuer     string
	IssuedOn   string    // YYYY-MM-DD or empty
	ValidTo    string    // YYYY-MM-DD inclusive; empty: no expiry
	Note       string    // the reason of an exemption, what an other paper is
	File       FileID    // optional scan; members and reviewers only
	CheckedBy  AccountID // officer who has compared it with what was typed in
	CheckedAt  int64     // 0 = nobody has
	CreatedAt  int64
	ReplacedAt int64 // 0 = current
}

// Holds reports whether the paper is in force on a day.
func (c Certificate) Holds(day string) bool {
	return c.ReplacedAt == 0 && (c.IssuedOn == "" || c.IssuedOn <= day) && (c.ValidTo == "" || day <= c.ValidTo)
}

// Covers reports whether the paper is of the product or of its vendor as a whole.
func (c Certificate) Covers(p ProductID) bool { return c.Product == "" || c.Product == p }

// Documents reports whether the paper is a current, scanned one that speaks of the
// origin of a product.
func (c Certificate) Documents(p ProductID) bool {
	return c.ReplacedAt == 0 && c.File != "" && c.Kind.SpeaksOfOrigin() && c.Covers(p)
}
