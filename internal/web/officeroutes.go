package web

import "hoicho/internal/registry"

// officeRoutes are the pages of the office beside those of one event.
func (s *Server) officeRoutes() []route {
	return []route{
		// users and their roles
		get("/quan-ly/nguoi-dung", office(registry.ManageUsers), s.showUsers),
		get("/quan-ly/nguoi-dung/moi", office(registry.ManageUsers), s.showNewOfficer),
		post("/quan-ly/nguoi-dung/moi", office(registry.ManageUsers), s.addOfficer),
		get("/quan-ly/nguoi-dung/:id", office(registry.ManageUsers), s.showUser),
		post("/quan-ly/nguoi-dung/:id/vai-tro", office(registry.ManageUsers), s.grantRole),
		post("/quan-ly/nguoi-dung/:id/vai-tro/thu-hoi", office(registry.ManageUsers), s.revokeRole),
		post("/quan-ly/nguoi-dung/:id/ma-giay", office(registry.ManageUsers), s.printPaperCode),
		post("/quan-ly/nguoi-dung/:id/khoa", office(registry.ManageUsers), s.changeUser(s.app.Accounts.DisableAccount, "user.disabled")),
		post("/quan-ly/nguoi-dung/:id/mo", office(registry.ManageUsers), s.changeUser(s.app.Accounts.EnableAccount, "user.enabled")),
		post("/quan-ly/nguoi-dung/:id/bo-xac-thuc", office(registry.ManageUsers), s.changeUser(s.app.Accounts.RemoveTOTP, "user.totp_removed")),
		// what waits
		get("/quan-ly", office(registry.ViewOffice), s.showDesk),
		// the rules of the installation
		get("/quan-ly/cai-dat", office(registry.ManageSettings), s.showSettings),
		post("/quan-ly/cai-dat", office(registry.ManageSettings), s.saveSettings),
		post("/quan-ly/cai-dat/tinh", office(registry.ManageSettings), s.chooseProvince),
		post("/quan-ly/cai-dat/thu-thu", office(registry.ManageSettings), s.tryMail),
		// mail that has not gone out
		get("/quan-ly/thu", office(registry.ManageSettings), s.showOutbox),
		post("/quan-ly/thu/gui-lai", office(registry.ManageSettings), s.resendMail),
		post("/quan-ly/thu/:message/gui-lai", office(registry.ManageSettings), s.resendMail),
		post("/quan-ly/thu/:message/bo", office(registry.ManageSettings), s.forgetMail),
		// the log
		get("/quan-ly/nhat-ky", office(registry.ViewAudit), s.showAudit),
		// vendors and their products
		get("/quan-ly/co-so", office(registry.ViewOffice), s.showOfficeVendors),
		get("/quan-ly/co-so/moi", office(registry.ManageVendors), s.showRegisterVendor),
		post("/quan-ly/co-so/moi", office(registry.ManageVendors), s.registerVendor),
		get("/quan-ly/co-so/san-pham", office(registry.ViewOffice), s.showOfficeProducts),
		get("/quan-ly/co-so/:vendor", office(registry.ViewOffice), s.showOfficeVendor),
		post("/quan-ly/co-so/:vendor/chan", office(registry.ManageVendors), s.blockVendor),
		post("/quan-ly/co-so/:vendor/cong-khai", office(registry.ManageVendors), s.publishVendor),
		post("/quan-ly/co-so/:vendor/mo", office(registry.ManageVendors), s.unblockVendor),
		post("/quan-ly/co-so/:vendor/ma", office(registry.ManageVendors), s.handOver),
		post("/quan-ly/co-so/:vendor/giay-to/:paper/doi-chieu", office(registry.ReviewEvidence), s.checkPaper),
		get("/quan-ly/co-so/:vendor/san-pham/:product", office(registry.ViewOffice), s.showOfficeProduct),
		post("/quan-ly/co-so/:vendor/san-pham/:product/xuat-xu", office(registry.ReviewEvidence), s.decideEvidence),
		post("/quan-ly/co-so/:vendor/san-pham/:product/sao/:issued", office(registry.ReviewEvidence), s.confirmRating),
		// the keys that passes are signed with
		get("/quan-ly/khoa", office(registry.ManageKeys), s.showKeys),
		post("/quan-ly/khoa/xoay", office(registry.ManageKeys), s.rotateKey),
		post("/quan-ly/khoa/huy", office(registry.ManageKeys), s.killKey),
		// citizens' tips
		get("/quan-ly/phan-anh", office(registry.ManageTips), s.showTips),
		get("/quan-ly/phan-anh/:tip", office(registry.ManageTips), s.showTip),
		post("/quan-ly/phan-anh/:tip", office(registry.ManageTips), s.stepTip),
		post("/quan-ly/phan-anh/:tip/lien-he", office(registry.ManageTips), s.openTipContacts),
		get("/quan-ly/phan-anh/:tip/anh/:file/:size?", office(registry.ManageTips), s.tipPhoto),
	}
}
