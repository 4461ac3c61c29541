package intake

// VendorHolds are the tables that hold a vendor.
func VendorHolds() []string { return vendorHolds }
