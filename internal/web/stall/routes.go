package stall

import (
	"slices"

	"hoicho/internal/web/frame"
)

// ownApplication is the page of an application of a vendor's own.
const ownApplication = "/gian-hang/:vendor/don/:application"

// Routes are the pages of a vendor's own people.
func (s *Door) Routes() []frame.Route {
	return slices.Concat(s.vendorRoutes(), s.marketRoutes(), s.applicationRoutes())
}

// vendorRoutes are a vendor's profile, people, goods and papers.
func (s *Door) vendorRoutes() []frame.Route {
	return []frame.Route{
		frame.Get("/gian-hang", frame.Account, s.showOwnVendors),
		frame.Get("/gian-hang/moi", frame.Account, s.showNewVendor),
		frame.Post("/gian-hang/moi", frame.Account, s.saveNewVendor),
		frame.Get("/gian-hang/tham-gia", frame.Account, s.showJoin),
		frame.Post("/gian-hang/tham-gia", frame.Account, s.join),
		frame.Get("/gian-hang/:vendor", frame.Account, s.showOwnDesk),
		frame.Get("/gian-hang/:vendor/ho-so", frame.Account, s.showProfile),
		frame.Post("/gian-hang/:vendor/ho-so", frame.Account, s.saveVendorProfile),
		frame.Post("/gian-hang/:vendor/ho-so/anh", frame.Account, s.setVendorPhoto),
		frame.Post("/gian-hang/:vendor/ho-so/anh/xoa", frame.Account, s.removeVendorPhoto),
		frame.Get("/gian-hang/:vendor/thanh-vien", frame.Account, s.showMembers),
		frame.Post("/gian-hang/:vendor/thanh-vien", frame.Account, s.addMember),
		frame.Post("/gian-hang/:vendor/thanh-vien/ma", frame.Account, s.issueCode),
		frame.Post("/gian-hang/:vendor/thanh-vien/:account/vai-tro", frame.Account, s.setMemberRole),
		frame.Post("/gian-hang/:vendor/thanh-vien/:account/xoa", frame.Account, s.removeMember),
		frame.Get("/gian-hang/:vendor/san-pham", frame.Account, s.showOwnProducts),
		frame.Get("/gian-hang/:vendor/san-pham/moi", frame.Account, s.showNewProduct),
		frame.Post("/gian-hang/:vendor/san-pham/moi", frame.Account, s.addProduct),
		frame.Get("/gian-hang/:vendor/san-pham/:product", frame.Account, s.showOwnProduct),
		frame.Post("/gian-hang/:vendor/san-pham/:product", frame.Account, s.saveProduct),
		frame.Post("/gian-hang/:vendor/san-pham/:product/anh", frame.Account, s.addProductPhoto),
		frame.Post("/gian-hang/:vendor/san-pham/:product/anh/:file/dau", frame.Account, s.leadProductPhoto),
		frame.Post("/gian-hang/:vendor/san-pham/:product/anh/:file/xoa", frame.Account, s.removeProductPhoto),
		frame.Post("/gian-hang/:vendor/san-pham/:product/sao", frame.Account, s.addRating),
		frame.Post("/gian-hang/:vendor/san-pham/:product/sao/:issued/xoa", frame.Account, s.removeRating),
		frame.Get("/gian-hang/:vendor/giay-to", frame.Account, s.showPapers),
		frame.Get("/gian-hang/:vendor/giay-to/moi", frame.Account, s.showNewPaper),
		frame.Post("/gian-hang/:vendor/giay-to/moi", frame.Account, s.addPaper),
		frame.Post("/gian-hang/:vendor/giay-to/:paper/rut", frame.Account, s.withdrawPaper),
	}
}

// marketRoutes are what a vendor has to do with at an event: passes, vouchers, sales, offers
// and inspections.
func (s *Door) marketRoutes() []frame.Route {
	return []frame.Route{
		// passes
		frame.Get("/gian-hang/:vendor/the", frame.Account, s.showVendorPasses),
		frame.Get("/gian-hang/:vendor/the/:event", frame.Account, s.vendorPaper),
		frame.Get("/gian-hang/:vendor/the/:event/:pass", frame.Account, s.showPassScreen),
		frame.Get("/gian-hang/:vendor/the/:event/:pass/anh.png", frame.Account, s.passPicture),
		// vouchers
		frame.Get("/gian-hang/:vendor/phieu/:event", frame.Account, s.showOwnVouchers),
		frame.Post("/gian-hang/:vendor/phieu/:event", frame.Account, s.pairOwnPhone),
		frame.Get("/gian-hang/:vendor/phieu/:event/quyet-toan.pdf", frame.Account, s.ownVoucherPaper),
		// sales
		frame.Get("/gian-hang/:vendor/doanh-thu/:event", frame.Account, s.showOwnSales),
		frame.Post("/gian-hang/:vendor/doanh-thu/:event", frame.Account, s.fileOwnSales),
		frame.Get("/gian-hang/:vendor/lich-su", frame.Account, s.showHistory),
		frame.Get("/gian-hang/:vendor/lich-su/xuat/:form", frame.Account, s.sendHistory),
		// offers
		frame.Get("/gian-hang/:vendor/uu-dai", frame.Account, s.showOffers),
		frame.Get("/gian-hang/:vendor/uu-dai/moi/:event", frame.Account, s.showOffer),
		frame.Post("/gian-hang/:vendor/uu-dai/moi/:event", frame.Account, s.saveOwnOffer),
		frame.Get("/gian-hang/:vendor/uu-dai/bien-gia/:event", frame.Account, s.ownSigns),
		frame.Get("/gian-hang/:vendor/uu-dai/:offer", frame.Account, s.showOffer),
		frame.Post("/gian-hang/:vendor/uu-dai/:offer", frame.Account, s.saveOwnOffer),
		frame.Post("/gian-hang/:vendor/uu-dai/:offer/rut", frame.Account, s.dropOffer),
		frame.Get(ownApplication+"/tu-kiem-tra", frame.Account, s.showSelfCheck),
		frame.Post(ownApplication+"/tu-kiem-tra", frame.Account, s.saveSelfCheck),
		frame.Get("/gian-hang/:vendor/bien-ban/:record", frame.Account, s.showRecord),
		frame.Get("/gian-hang/:vendor/bien-ban/:record/bien-ban.pdf", frame.Account, s.recordMinutes),
		frame.Get("/gian-hang/:vendor/bien-ban/:record/anh/:hash/:size?", frame.Account, s.showRecordPhoto),
	}
}

// applicationRoutes are a vendor's applications and the booths that they get.
func (s *Door) applicationRoutes() []frame.Route {
	return []frame.Route{
		frame.Get("/su-kien/:slug/dang-ky", frame.Public, s.showDoorway),
		frame.Post("/su-kien/:slug/dang-ky", frame.Account, s.startApplication),
		frame.Get("/gian-hang/:vendor/don", frame.Account, s.showApplications),
		frame.Get(ownApplication, frame.Account, s.showApplication),
		frame.Get(ownApplication+"/sua", frame.Account, s.ShowApplicationForm(byVendor)),
		frame.Post(ownApplication+"/sua", frame.Account, s.SaveApplication(byVendor)),
		frame.Get(ownApplication+"/kiem-tra", frame.Account, s.ShowCheck(byVendor)),
		frame.Post(ownApplication+"/kiem-tra", frame.Account, s.SubmitApplication(byVendor)),
		frame.Post(ownApplication+"/rut", frame.Account, s.withdrawApplication),
		frame.Post(ownApplication+"/nhan", frame.Account, s.acceptOffer),
		frame.Get(ownApplication+"/gian", frame.Account, s.showPick),
		frame.Post(ownApplication+"/gian/giu", frame.Account, s.pickBooth("booth.flash.held", "/gian", s.holdBooth)),
		frame.Post(ownApplication+"/gian/nhan", frame.Account, s.pickBooth("booth.flash.taken", "", s.takeBooth)),
		frame.Post(ownApplication+"/gian/bo", frame.Account, s.pickBooth("booth.flash.dropped", "/gian", s.dropHold)),
	}
}
