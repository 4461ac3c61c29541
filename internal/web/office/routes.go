package office

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the pages of the office beside those of one event.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		// users and their roles
		frame.Get("/quan-ly/nguoi-dung", frame.Office(registry.ManageUsers), s.showUsers),
		frame.Get("/quan-ly/nguoi-dung/xuat/:form", frame.Office(registry.ManageUsers), s.sendUsers),
		frame.Get("/quan-ly/nguoi-dung/moi", frame.Office(registry.ManageUsers), s.showNewOfficer),
		frame.Post("/quan-ly/nguoi-dung/moi", frame.Office(registry.ManageUsers), s.addOfficer),
		frame.Get("/quan-ly/nguoi-dung/:id", frame.Office(registry.ManageUsers), s.showUser),
		frame.Post("/quan-ly/nguoi-dung/:id/vai-tro", frame.Office(registry.ManageUsers), s.grantRole),
		frame.Post("/quan-ly/nguoi-dung/:id/vai-tro/thu-hoi", frame.Office(registry.ManageUsers), s.revokeRole),
		frame.Post("/quan-ly/nguoi-dung/:id/ma-giay", frame.Office(registry.ManageUsers), s.printPaperCode),
		frame.Post("/quan-ly/nguoi-dung/:id/khoa", frame.Office(registry.ManageUsers), s.changeUser(s.App.Accounts.DisableAccount, "user.disabled")),
		frame.Post("/quan-ly/nguoi-dung/:id/mo", frame.Office(registry.ManageUsers), s.changeUser(s.App.Accounts.EnableAccount, "user.enabled")),
		frame.Post("/quan-ly/nguoi-dung/:id/bo-xac-thuc", frame.Office(registry.ManageUsers), s.changeUser(s.App.Accounts.RemoveTOTP, "user.totp_removed")),
		// what waits
		frame.Get("/quan-ly", frame.Office(registry.EnterOffice), s.showDesk),
		frame.Get("/quan-ly/tim", frame.Office(registry.ViewOffice), s.showFind),
		// the rules of the installation
		frame.Get("/quan-ly/cai-dat", frame.Office(registry.ManageSettings), s.showSettings),
		frame.Post("/quan-ly/cai-dat", frame.Office(registry.ManageSettings), s.saveSettings),
		frame.Post("/quan-ly/cai-dat/tinh", frame.Office(registry.ManageSettings), s.chooseProvince),
		frame.Post("/quan-ly/cai-dat/thu-thu", frame.Office(registry.ManageSettings), s.tryMail),
		// mail that has not gone out
		frame.Get("/quan-ly/thu", frame.Office(registry.ManageSettings), s.showOutbox),
		frame.Get("/quan-ly/thu/xuat/:form", frame.Office(registry.ManageSettings), s.sendLetters),
		frame.Post("/quan-ly/thu/gui-lai", frame.Office(registry.ManageSettings), s.resendMail),
		frame.Post("/quan-ly/thu/:message/gui-lai", frame.Office(registry.ManageSettings), s.resendMail),
		frame.Post("/quan-ly/thu/:message/bo", frame.Office(registry.ManageSettings), s.forgetMail),
		// the log
		frame.Get("/quan-ly/nhat-ky", frame.Office(registry.ViewAudit), s.showAudit),
		frame.Get("/quan-ly/nhat-ky/xuat/:form", frame.Office(registry.ViewAudit), s.sendAudit),
		// vendors and their products
		frame.Get("/quan-ly/co-so", frame.Office(registry.ViewOffice), s.showOfficeVendors),
		frame.Get("/quan-ly/co-so/xuat/:form", frame.Office(registry.ViewOffice), s.sendVendors),
		frame.Get("/quan-ly/co-so/san-pham/xuat/:form", frame.Office(registry.ViewOffice), s.sendProducts),
		frame.Get("/quan-ly/co-so/moi", frame.Office(registry.ManageVendors), s.showRegisterVendor),
		frame.Post("/quan-ly/co-so/moi", frame.Office(registry.ManageVendors), s.registerVendor),
		frame.Get("/quan-ly/co-so/san-pham", frame.Office(registry.ViewOffice), s.showOfficeProducts),
		frame.Get("/quan-ly/co-so/:vendor", frame.Office(registry.ViewOffice), s.showOfficeVendor),
		frame.Post("/quan-ly/co-so/:vendor/chan", frame.Office(registry.ManageVendors), s.blockVendor),
		frame.Post("/quan-ly/co-so/:vendor/cong-khai", frame.Office(registry.ManageVendors), s.publishVendor),
		frame.Post("/quan-ly/co-so/:vendor/mo", frame.Office(registry.ManageVendors), s.unblockVendor),
		frame.Post("/quan-ly/co-so/:vendor/ma", frame.Office(registry.ManageVendors), s.handOver),
		frame.Post("/quan-ly/co-so/:vendor/giay-to/:paper/doi-chieu", frame.Office(registry.ReviewEvidence), s.checkPaper),
		frame.Get("/quan-ly/co-so/:vendor/san-pham/:product", frame.Office(registry.ViewOffice), s.showOfficeProduct),
		frame.Post("/quan-ly/co-so/:vendor/san-pham/:product/xuat-xu", frame.Office(registry.ReviewEvidence), s.decideEvidence),
		frame.Post("/quan-ly/co-so/:vendor/san-pham/:product/sao/:issued", frame.Office(registry.ReviewEvidence), s.confirmRating),
		// the keys that passes are signed with
		frame.Get("/quan-ly/khoa", frame.Office(registry.ManageKeys), s.showKeys),
		frame.Post("/quan-ly/khoa/xoay", frame.Office(registry.ManageKeys), s.rotateKey),
		frame.Post("/quan-ly/khoa/huy", frame.Office(registry.ManageKeys), s.killKey),
		frame.Post("/quan-ly/khoa/bao-tin", frame.Office(registry.ManageKeys), s.renewPushKey),
		// citizens' tips
		frame.Get("/quan-ly/phan-anh", frame.Office(registry.ManageTips), s.showTips),
		frame.Get("/quan-ly/phan-anh/xuat/:form", frame.Office(registry.ManageTips), s.sendTips),
		frame.Get("/quan-ly/phan-anh/:tip", frame.Office(registry.ManageTips), s.showTip),
		frame.Post("/quan-ly/phan-anh/:tip", frame.Office(registry.ManageTips), s.stepTip),
		frame.Post("/quan-ly/phan-anh/:tip/ghep", frame.Office(registry.ManageTips), s.joinTip),
		frame.Post("/quan-ly/phan-anh/:tip/tach", frame.Office(registry.ManageTips), s.splitTip),
		frame.Get("/quan-ly/phan-anh/:tip/phieu-chuyen", frame.Office(registry.ManageTips), s.tipSlip),
		frame.Post("/quan-ly/phan-anh/:tip/lien-he", frame.Office(registry.ManageTips), s.openTipContacts),
		frame.Get("/quan-ly/phan-anh/:tip/anh/:file/:size?", frame.Office(registry.ManageTips), s.tipPhoto),
	}
}
