package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/registry"
)

// route is one line of the table: who may do what where.
type route struct {
	method  string
	path    string
	policy  policy
	handler fiber.Handler
}

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

// routes is the one table of routes. A test walks the app's routes and fails on
// one that is not here.
func (s *Server) routes() []route {
	table := []route{
		// health and files
		{get, "/healthz", public, s.healthz},
		{get, "/readyz", public, s.readyz},
		{get, "/static/+", public, s.staticFile},
		{get, "/tep/:id/:size?", public, s.storedFile},
		{get, "/ngon-ngu/:lang", public, s.switchLanguage},

		// accounts: the way in
		{get, "/dang-ky", public, s.showSignUp},
		{post, "/dang-ky", public, s.signUp},
		{get, "/dang-nhap", public, s.showSignIn},
		{post, "/dang-nhap", public, s.signIn},
		{post, "/dang-xuat", public, s.signOut},
		{get, "/di-tiep", account, s.goOn},
		{get, "/quen-mat-khau", public, s.showForgot},
		{post, "/quen-mat-khau", public, s.askReset},
		{get, "/dat-lai-mat-khau", public, s.showPaperReset},
		{post, "/dat-lai-mat-khau", public, s.paperReset},
		{get, "/dat-lai-mat-khau/:token", public, s.showLinkReset},
		{post, "/dat-lai-mat-khau/:token", public, s.linkReset},
		{get, "/thiet-lap/:token", public, s.showSetUp},
		{post, "/thiet-lap/:token", public, s.setUp},
		{get, "/xac-thuc", entering, s.showSecondStep},
		{post, "/xac-thuc", entering, s.passSecondStep},
		{get, "/xac-thuc/thiet-lap", entering, s.showTOTP},
		{post, "/xac-thuc/thiet-lap", entering, s.confirmTOTP},
		{post, "/xac-thuc/ma-du-phong", account, s.renewRecovery},

		// accounts: one's own
		{get, "/tai-khoan", account, s.showAccount},
		{post, "/tai-khoan", account, s.saveProfile},
		{post, "/tai-khoan/mat-khau", account, s.changePassword},
		{post, "/tai-khoan/email", account, s.askEmail},
		{get, "/tai-khoan/email/:token", account, s.showEmailLink},
		{post, "/tai-khoan/email/:token", account, s.confirmEmail},
		{post, "/tai-khoan/phien/ket-thuc-khac", account, s.endOtherSessions},
		{post, "/tai-khoan/phien/:id/ket-thuc", account, s.endSession},

		// accounts: users and roles
		{get, "/quan-ly/nguoi-dung", office(registry.ManageUsers), s.showUsers},
		{get, "/quan-ly/nguoi-dung/moi", office(registry.ManageUsers), s.showNewOfficer},
		{post, "/quan-ly/nguoi-dung/moi", office(registry.ManageUsers), s.addOfficer},
		{get, "/quan-ly/nguoi-dung/:id", office(registry.ManageUsers), s.showUser},
		{post, "/quan-ly/nguoi-dung/:id/vai-tro", office(registry.ManageUsers), s.grantRole},
		{post, "/quan-ly/nguoi-dung/:id/vai-tro/thu-hoi", office(registry.ManageUsers), s.revokeRole},
		{post, "/quan-ly/nguoi-dung/:id/ma-giay", office(registry.ManageUsers), s.printPaperCode},
		{post, "/quan-ly/nguoi-dung/:id/khoa", office(registry.ManageUsers), s.changeUser(s.app.DisableAccount, "user.disabled")},
		{post, "/quan-ly/nguoi-dung/:id/mo", office(registry.ManageUsers), s.changeUser(s.app.EnableAccount, "user.enabled")},
		{post, "/quan-ly/nguoi-dung/:id/bo-xac-thuc", office(registry.ManageUsers), s.changeUser(s.app.RemoveTOTP, "user.totp_removed")},

		// events for the public
		{get, "/", cached, s.showHome},
		{get, "/su-kien", cached, s.showEvents},
		{get, "/su-kien/:slug.ics", cached, s.eventICS},
		{get, "/su-kien/:slug", cached, s.showEvent},
		{get, "/lich.ics", cached, s.allICS},
		{get, "/lich/:area.ics", cached, s.areaICS},
		{get, "/ban-do", cached, s.showMap},
		{get, "/tro-giup", cached, s.showHelp},
		{get, "/tro-giup/:topic", cached, s.showHelpTopic},

		// events for the office
		{get, "/quan-ly", office(registry.ViewOffice), s.showDesk},
		{get, "/quan-ly/su-kien", office(registry.ViewOffice), s.showOfficeEvents},
		{get, "/quan-ly/su-kien/moi", office(registry.ManageEvents), s.showNewEvent},
		{post, "/quan-ly/su-kien/moi", office(registry.ManageEvents), s.createEvent},
		{get, "/quan-ly/su-kien/:id", office(registry.ViewOffice), s.showEventHub},
		{get, "/quan-ly/su-kien/:id/sua", office(registry.ManageEvents), s.showEditEvent},
		{post, "/quan-ly/su-kien/:id/sua", office(registry.ManageEvents), s.editEvent},
		{get, "/quan-ly/su-kien/:id/buoc", office(registry.ManageEvents), s.showEventStep},
		{post, "/quan-ly/su-kien/:id/buoc", office(registry.ManageEvents), s.stepEvent},
		{get, "/quan-ly/su-kien/:id/doi", office(registry.ManageEvents), s.showMoveEvent},
		{post, "/quan-ly/su-kien/:id/doi", office(registry.ManageEvents), s.moveEvent},
		{get, "/quan-ly/su-kien/:id/nhan-ban", office(registry.ManageEvents), s.showCloneEvent},
		{get, "/quan-ly/su-kien/:id/xoa", office(registry.ManageEvents), s.showDeleteEvent},
		{post, "/quan-ly/su-kien/:id/xoa", office(registry.ManageEvents), s.deleteEvent},
		{post, "/quan-ly/su-kien/:id/nhan-ban", office(registry.ManageEvents), s.cloneEvent},

		// gates: the app, visitors, the office
		{get, "/cong", public, s.showGateApp},
		{get, "/cong/sw.js", public, s.gateWorker},
		{get, "/cong/app.webmanifest", public, s.showGateManifest},
		{get, "/c/:code", public, s.showArrival},
		{post, "/c/:code", public, s.countVisit},
		{get, "/quan-ly/su-kien/:id/cong", office(registry.ViewFigures), s.showGates},
		{post, "/quan-ly/su-kien/:id/cong", office(registry.ManageGate), s.addGate},
		{get, "/quan-ly/su-kien/:id/cong/khach", office(registry.ViewFigures), s.showVisits},
		{post, "/quan-ly/su-kien/:id/cong/phieu", office(registry.ManageGate), s.addTally},
		{post, "/quan-ly/su-kien/:id/cong/phieu/:tally/bo", office(registry.ManageGate), s.dropTally},
		{get, "/quan-ly/su-kien/:id/cong/truc-tiep", office(registry.ViewFigures), s.showGateLive},
		{get, "/quan-ly/su-kien/:id/cong/so-tan", office(registry.ViewFigures), s.showEvacuation},
		{get, "/quan-ly/su-kien/:id/cong/doi-chieu", office(registry.ViewFigures), s.showDifferences},
		{post, "/quan-ly/su-kien/:id/cong/doi-chieu", office(registry.ManageGate), s.closeDifference},
		{post, "/quan-ly/su-kien/:id/cong/doi-chieu/mo-lai", office(registry.ManageGate), s.reopenDifference},
		{get, "/quan-ly/su-kien/:id/cong/quy-dinh", office(registry.ManageGate), s.showGateRules},
		{post, "/quan-ly/su-kien/:id/cong/quy-dinh", office(registry.ManageGate), s.saveGateRules},
		{post, "/quan-ly/su-kien/:id/cong/ma-to-truong", office(registry.ManageGate), s.saveGatePin},
		{get, "/quan-ly/su-kien/:id/cong/ap-phich", office(registry.ManageGate), s.gatePosters},
		{get, "/quan-ly/su-kien/:id/cong/danh-sach", office(registry.ManageGate), s.showTicked},
		{post, "/quan-ly/su-kien/:id/cong/danh-sach", office(registry.ManageGate), s.enterTicked},
		{post, "/quan-ly/su-kien/:id/cong/danh-sach/:scan/bo", office(registry.ManageGate), s.dropTicked},
		{get, "/quan-ly/su-kien/:id/cong/danh-sach.pdf", office(registry.ManageGate), s.sendPaper(s.app.GateListPaper)},
		{get, "/quan-ly/su-kien/:id/cong/phieu-dem", office(registry.ManageGate), s.showTallySheet},
		{post, "/quan-ly/su-kien/:id/cong/phieu-dem", office(registry.ManageGate), s.saveTallySheet},
		{get, "/quan-ly/su-kien/:id/cong/phieu-dem.pdf", office(registry.ManageGate), s.sendPaper(s.app.TallyPaper)},
		{post, "/quan-ly/su-kien/:id/cong/ghep", office(registry.ManageGate), s.pairPhone},
		{post, "/quan-ly/su-kien/:id/cong/may/:device/go", office(registry.ManageGate), s.revokePhone},
		{post, "/quan-ly/su-kien/:id/cong/:number", office(registry.ManageGate), s.editGate},

		// the rules of the installation
		{get, "/quan-ly/cai-dat", office(registry.ManageSettings), s.showSettings},
		{post, "/quan-ly/cai-dat", office(registry.ManageSettings), s.saveSettings},
		{post, "/quan-ly/cai-dat/tinh", office(registry.ManageSettings), s.chooseProvince},
		{post, "/quan-ly/cai-dat/thu-thu", office(registry.ManageSettings), s.tryMail},

		// mail that has not gone out
		{get, "/quan-ly/thu", office(registry.ManageSettings), s.showOutbox},
		{post, "/quan-ly/thu/gui-lai", office(registry.ManageSettings), s.resendMail},
		{post, "/quan-ly/thu/:message/gui-lai", office(registry.ManageSettings), s.resendMail},
		{post, "/quan-ly/thu/:message/bo", office(registry.ManageSettings), s.forgetMail},

		// audit log and long work
		{get, "/quan-ly/nhat-ky", office(registry.ViewAudit), s.showAudit},
		{get, "/quan-ly/viec/:job", office(registry.ViewOffice), s.showJob},

		// vendors and products, public
		{get, "/doanh-nghiep", cached, s.showVendors},
		{get, "/doanh-nghiep/:slug", cached, s.showVendor},
		{get, "/san-pham", cached, s.showProducts},
		{get, "/san-pham/:slug", cached, s.showProduct},
		{get, "/tim", public, s.showSearch},

		// vendors and products: their own pages
		{get, "/gian-hang", account, s.showOwnVendors},
		{get, "/gian-hang/moi", account, s.showNewVendor},
		{post, "/gian-hang/moi", account, s.saveNewVendor},
		{get, "/gian-hang/tham-gia", account, s.showJoin},
		{post, "/gian-hang/tham-gia", account, s.join},
		{get, "/gian-hang/:vendor", account, s.showOwnDesk},
		{get, "/gian-hang/:vendor/ho-so", account, s.showProfile},
		{post, "/gian-hang/:vendor/ho-so", account, s.saveVendorProfile},
		{post, "/gian-hang/:vendor/ho-so/anh", account, s.setVendorPhoto},
		{post, "/gian-hang/:vendor/ho-so/anh/xoa", account, s.removeVendorPhoto},
		{get, "/gian-hang/:vendor/thanh-vien", account, s.showMembers},
		{post, "/gian-hang/:vendor/thanh-vien", account, s.addMember},
		{post, "/gian-hang/:vendor/thanh-vien/ma", account, s.issueCode},
		{post, "/gian-hang/:vendor/thanh-vien/:account/vai-tro", account, s.setMemberRole},
		{post, "/gian-hang/:vendor/thanh-vien/:account/xoa", account, s.removeMember},
		{get, "/gian-hang/:vendor/san-pham", account, s.showOwnProducts},
		{get, "/gian-hang/:vendor/san-pham/moi", account, s.showNewProduct},
		{post, "/gian-hang/:vendor/san-pham/moi", account, s.addProduct},
		{get, "/gian-hang/:vendor/san-pham/:product", account, s.showOwnProduct},
		{post, "/gian-hang/:vendor/san-pham/:product", account, s.saveProduct},
		{post, "/gian-hang/:vendor/san-pham/:product/anh", account, s.addProductPhoto},
		{post, "/gian-hang/:vendor/san-pham/:product/anh/:file/dau", account, s.leadProductPhoto},
		{post, "/gian-hang/:vendor/san-pham/:product/anh/:file/xoa", account, s.removeProductPhoto},
		{post, "/gian-hang/:vendor/san-pham/:product/sao", account, s.addRating},
		{post, "/gian-hang/:vendor/san-pham/:product/sao/:issued/xoa", account, s.removeRating},
		{get, "/gian-hang/:vendor/giay-to", account, s.showPapers},
		{get, "/gian-hang/:vendor/giay-to/moi", account, s.showNewPaper},
		{post, "/gian-hang/:vendor/giay-to/moi", account, s.addPaper},
		{post, "/gian-hang/:vendor/giay-to/:paper/rut", account, s.withdrawPaper},

		// vendors and products: the office
		{get, "/quan-ly/co-so", office(registry.ViewOffice), s.showOfficeVendors},
		{get, "/quan-ly/co-so/moi", office(registry.ManageVendors), s.showRegisterVendor},
		{post, "/quan-ly/co-so/moi", office(registry.ManageVendors), s.registerVendor},
		{get, "/quan-ly/co-so/san-pham", office(registry.ViewOffice), s.showOfficeProducts},
		{get, "/quan-ly/co-so/:vendor", office(registry.ViewOffice), s.showOfficeVendor},
		{post, "/quan-ly/co-so/:vendor/chan", office(registry.ManageVendors), s.blockVendor},
		{post, "/quan-ly/co-so/:vendor/cong-khai", office(registry.ManageVendors), s.publishVendor},
		{post, "/quan-ly/co-so/:vendor/mo", office(registry.ManageVendors), s.unblockVendor},
		{post, "/quan-ly/co-so/:vendor/ma", office(registry.ManageVendors), s.handOver},
		{post, "/quan-ly/co-so/:vendor/giay-to/:paper/doi-chieu", office(registry.ReviewEvidence), s.checkPaper},
		{get, "/quan-ly/co-so/:vendor/san-pham/:product", office(registry.ViewOffice), s.showOfficeProduct},
		{post, "/quan-ly/co-so/:vendor/san-pham/:product/xuat-xu", office(registry.ReviewEvidence), s.decideEvidence},
		{post, "/quan-ly/co-so/:vendor/san-pham/:product/sao/:issued", office(registry.ReviewEvidence), s.confirmRating},

		// passes: what a phone opens from one, office, vendor, keys
		{get, "/t/:code", cached, s.showStall},
		{get, "/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.showPasses},
		{post, "/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.issuePasses},
		{post, "/quan-ly/su-kien/:id/the/in", office(registry.ManagePasses), s.printPasses},
		{post, "/quan-ly/su-kien/:id/the/cap-lai", office(registry.ManagePasses), s.reissueKilled},
		{post, "/quan-ly/su-kien/:id/the/:pass", office(registry.ManagePasses), s.stepPass},
		{get, "/gian-hang/:vendor/the", account, s.showVendorPasses},
		{get, "/gian-hang/:vendor/the/:event", account, s.vendorPaper},
		{get, "/tai-khoan/ma-api", account, s.showAPITokens},
		{post, "/tai-khoan/ma-api", account, s.createAPIToken},
		{post, "/tai-khoan/ma-api/:token/huy", account, s.revokeAPIToken},
		{get, "/quan-ly/khoa", office(registry.ManageKeys), s.showKeys},
		{post, "/quan-ly/khoa/xoay", office(registry.ManageKeys), s.rotateKey},
		{post, "/quan-ly/khoa/huy", office(registry.ManageKeys), s.killKey},

		// citizens' tips: from anybody, and the office's desk
		{get, "/phan-anh", cached, s.showTipForm},
		{post, "/phan-anh", public, s.sendTip},
		{get, "/phan-anh/tra-cuu", public, s.findTip},
		{get, "/phan-anh/:code", public, s.followTip},
		{post, "/phan-anh/:code/anh", public, s.addTipPhoto},
		{get, "/quan-ly/phan-anh", office(registry.ManageTips), s.showTips},
		{get, "/quan-ly/phan-anh/:tip", office(registry.ManageTips), s.showTip},
		{post, "/quan-ly/phan-anh/:tip", office(registry.ManageTips), s.stepTip},
		{post, "/quan-ly/phan-anh/:tip/lien-he", office(registry.ManageTips), s.openTipContacts},
		{get, "/quan-ly/phan-anh/:tip/anh/:file/:size?", office(registry.ManageTips), s.tipPhoto},

		// sales: the vendor's return, and the office that chases and types in
		{get, "/gian-hang/:vendor/doanh-thu/:event", account, s.showOwnSales},
		{post, "/gian-hang/:vendor/doanh-thu/:event", account, s.fileOwnSales},
		{get, "/quan-ly/su-kien/:id/doanh-thu", office(registry.FileSales), s.showSalesDesk},
		{get, "/quan-ly/su-kien/:id/doanh-thu/can-goi", office(registry.FileSales), s.showSalesChase},
		{post, "/quan-ly/su-kien/:id/doanh-thu/nhac", office(registry.FileSales), s.remindSales},
		{get, "/quan-ly/su-kien/:id/doanh-thu/:vendor", office(registry.FileSales), s.showPaperSales},
		{post, "/quan-ly/su-kien/:id/doanh-thu/:vendor", office(registry.FileSales), s.filePaperSales},

		// the result report of an event
		{get, "/quan-ly/su-kien/:id/bao-cao", office(registry.ViewFigures), s.showReport},
		{get, "/quan-ly/su-kien/:id/bao-cao/tep/:form", office(registry.ViewFigures), s.reportFile},
		{post, "/quan-ly/su-kien/:id/bao-cao/van-ban", office(registry.ManageEvents), s.saveReportPaper},
		{post, "/quan-ly/su-kien/:id/bao-cao/so", office(registry.ManageEvents), s.numberReport},
		{post, "/quan-ly/su-kien/:id/bao-cao/chot", office(registry.ManageEvents), s.closeReport},
	}
	table = append(table, s.applicationRoutes()...)
	table = append(table, s.callRoutes()...)
	table = append(table, s.boothRoutes()...)
	for _, r := range api.Routes(s.app, s.clientNet) {
		p := map[api.Access]policy{api.Public: public, api.Token: token, api.Device: device}[r.Access]
		table = append(table, route{r.Method, r.Path, p, r.Handler})
	}
	if s.relay != nil {
		return s.relayRoutes(table)
	}
	return table
}

// install registers the middleware and every route.
func (s *Server) install() {
	s.fiber.Use(s.plainBodies, s.serveCached, s.measure, s.requestID, s.wellFormed, s.headers, s.takeBody, s.deadline, s.noCrossSite, s.session)
	for _, r := range s.routes() {
		h := s.guard(r.policy, r.handler)
		s.fiber.Add(r.method, r.path, h)
		if r.method == get {
			s.fiber.Add(fiber.MethodHead, r.path, h) // the engine leaves out the body
		}
	}
	s.fiber.Use(s.notFound)
}

// applicationRoutes are the pages of applications: the vendor's door and the
// office's.
func (s *Server) applicationRoutes() []route {
	const own, desk = "/gian-hang/:vendor/don/:application", "/quan-ly/don/:application"
	reviews := office(registry.ReviewApplications)
	return []route{
		// applications: the vendor's
		{get, "/su-kien/:slug/dang-ky", account, s.showDoorway},
		{post, "/su-kien/:slug/dang-ky", account, s.startApplication},
		{get, "/gian-hang/:vendor/don", account, s.showApplications},
		{get, own, account, s.showApplication},
		{get, own + "/sua", account, s.showApplicationForm},
		{post, own + "/sua", account, s.saveApplication},
		{get, own + "/kiem-tra", account, s.showCheck},
		{post, own + "/kiem-tra", account, s.submitApplication},
		{post, own + "/rut", account, s.withdrawApplication},
		{post, own + "/nhan", account, s.acceptOffer},
		{get, own + "/gian", account, s.showPick},
		{post, own + "/gian/giu", account, s.pickBooth("booth.flash.held", "/gian", s.holdBooth)},
		{post, own + "/gian/nhan", account, s.pickBooth("booth.flash.taken", "", s.takeBooth)},
		{post, own + "/gian/bo", account, s.pickBooth("booth.flash.dropped", "/gian", s.dropHold)},

		// applications: the reviewer's
		{get, "/quan-ly/don", reviews, s.showQueue},
		{post, "/quan-ly/don/duyet", reviews, s.approveMany},
		{get, "/quan-ly/su-kien/:id/don", reviews, s.showQueue},
		{post, "/quan-ly/su-kien/:id/don/duyet", reviews, s.approveMany},
		{get, "/quan-ly/don/moi", reviews, s.showPaper},
		{post, "/quan-ly/don/moi", reviews, s.startPaper},
		{get, desk, reviews, s.showReview},
		{post, desk + "/duyet", reviews, s.decide("duyet", s.app.ApproveApplication)},
		{post, desk + "/hoi-them", reviews, s.decide("hoi-them", s.app.AskForMore)},
		{post, desk + "/cho", reviews, s.decide("cho", s.app.WaitlistApplication)},
		{post, desk + "/tu-choi", reviews, s.decide("tu-choi", s.app.DeclineApplication)},
		{get, desk + "/tra-lai", reviews, s.showReturn},
		{post, desk + "/tra-lai", reviews, s.returnApplication},
		{post, desk + "/ghi-chu", reviews, s.noteApplication},
		{get, desk + "/sua", reviews, s.showApplicationForm},
		{post, desk + "/sua", reviews, s.saveApplication},
		{get, desk + "/kiem-tra", reviews, s.showCheck},
		{post, desk + "/kiem-tra", reviews, s.submitApplication},
	}
}
