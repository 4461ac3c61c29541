package registry

// VendorFilter says which vendors a list shows. Zero fields do not filter.
type VendorFilter struct {
	Text   string // words of the name or village
	Kind   VendorKind
	State  VendorState
	Open   bool         // may apply: not blocked
	Group  ProductGroup // sells something of it that the public sees
	Areas  []string     // codes of today's units: vendors in any of them
	Reach  []string     // codes within which the reader may look; nil = everywhere
	Public bool         // only what the public sees
	After  string       // slug of the last one already shown
	Limit  int          // 0: 30
}

// ProductFilter says which products a list shows. Zero fields do not filter.
type ProductFilter struct {
	Vendor   VendorID
	IDs      []ProductID
	Text     string // words of the name or the place of origin
	GTIN     string // with this barcode
	Group    ProductGroup
	Nature   Nature // goods or services
	Branded  bool   // has a brand
	Evidence Evidence
	Areas    []string // codes of today's units: products of vendors in any of them
	Reach    []string // codes within which the reader may look; nil = everywhere
	Stars    int      // at least so many in force on Day
	Day      string   // YYYY-MM-DD, for Stars
	Claimed  bool     // with a rank that nobody has compared yet
	Public   bool     // only what lists show to the public: not hidden, not excluded, of an active vendor
	After    string   // slug of the last one already shown
	Limit    int      // 0: 30
}

// ProductCount is how many products of a vendor the public sees, and how many of
// them have stars in force.
type ProductCount struct {
	Shown   int
	Starred int
}

// AreaCount is how many vendors that the public sees lie in a commune of today.
type AreaCount struct {
	Code string
	N    int
}
