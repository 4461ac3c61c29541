package web

// stallRoutes are the pages of a vendor's own people.
func (s *Server) stallRoutes() []route {
	const own = "/gian-hang/:vendor/don/:application"
	return []route{
		get("/gian-hang", account, s.showOwnVendors),
		get("/gian-hang/moi", account, s.showNewVendor),
		post("/gian-hang/moi", account, s.saveNewVendor),
		get("/gian-hang/tham-gia", account, s.showJoin),
		post("/gian-hang/tham-gia", account, s.join),
		get("/gian-hang/:vendor", account, s.showOwnDesk),
		get("/gian-hang/:vendor/ho-so", account, s.showProfile),
		post("/gian-hang/:vendor/ho-so", account, s.saveVendorProfile),
		post("/gian-hang/:vendor/ho-so/anh", account, s.setVendorPhoto),
		post("/gian-hang/:vendor/ho-so/anh/xoa", account, s.removeVendorPhoto),
		get("/gian-hang/:vendor/thanh-vien", account, s.showMembers),
		post("/gian-hang/:vendor/thanh-vien", account, s.addMember),
		post("/gian-hang/:vendor/thanh-vien/ma", account, s.issueCode),
		post("/gian-hang/:vendor/thanh-vien/:account/vai-tro", account, s.setMemberRole),
		post("/gian-hang/:vendor/thanh-vien/:account/xoa", account, s.removeMember),
		get("/gian-hang/:vendor/san-pham", account, s.showOwnProducts),
		get("/gian-hang/:vendor/san-pham/moi", account, s.showNewProduct),
		post("/gian-hang/:vendor/san-pham/moi", account, s.addProduct),
		get("/gian-hang/:vendor/san-pham/:product", account, s.showOwnProduct),
		post("/gian-hang/:vendor/san-pham/:product", account, s.saveProduct),
		post("/gian-hang/:vendor/san-pham/:product/anh", account, s.addProductPhoto),
		post("/gian-hang/:vendor/san-pham/:product/anh/:file/dau", account, s.leadProductPhoto),
		post("/gian-hang/:vendor/san-pham/:product/anh/:file/xoa", account, s.removeProductPhoto),
		post("/gian-hang/:vendor/san-pham/:product/sao", account, s.addRating),
		post("/gian-hang/:vendor/san-pham/:product/sao/:issued/xoa", account, s.removeRating),
		get("/gian-hang/:vendor/giay-to", account, s.showPapers),
		get("/gian-hang/:vendor/giay-to/moi", account, s.showNewPaper),
		post("/gian-hang/:vendor/giay-to/moi", account, s.addPaper),
		post("/gian-hang/:vendor/giay-to/:paper/rut", account, s.withdrawPaper),
		// passes
		get("/gian-hang/:vendor/the", account, s.showVendorPasses),
		get("/gian-hang/:vendor/the/:event", account, s.vendorPaper),
		// sales
		get("/gian-hang/:vendor/doanh-thu/:event", account, s.showOwnSales),
		post("/gian-hang/:vendor/doanh-thu/:event", account, s.fileOwnSales),
		// applications
		get("/su-kien/:slug/dang-ky", account, s.showDoorway),
		post("/su-kien/:slug/dang-ky", account, s.startApplication),
		get("/gian-hang/:vendor/don", account, s.showApplications),
		get(own, account, s.showApplication),
		get(own+"/sua", account, s.showApplicationForm(byVendor)),
		post(own+"/sua", account, s.saveApplication(byVendor)),
		get(own+"/kiem-tra", account, s.showCheck(byVendor)),
		post(own+"/kiem-tra", account, s.submitApplication(byVendor)),
		post(own+"/rut", account, s.withdrawApplication),
		post(own+"/nhan", account, s.acceptOffer),
		get(own+"/gian", account, s.showPick),
		post(own+"/gian/giu", account, s.pickBooth("booth.flash.held", "/gian", s.holdBooth)),
		post(own+"/gian/nhan", account, s.pickBooth("booth.flash.taken", "", s.takeBooth)),
		post(own+"/gian/bo", account, s.pickBooth("booth.flash.dropped", "/gian", s.dropHold)),
	}
}
