package events

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the office's pages of events: plan, calls, sales and report.
func (s *Door) Routes() []frame.Route {
	const stimulus = "/quan-ly/su-kien/:id/kich-cau"
	const calls, vendorCalls = "/quan-ly/su-kien/:id/goi", "/quan-ly/co-so/:vendor/goi"
	return []frame.Route{
		// from plan to report
		frame.Get("/quan-ly/su-kien", frame.Office(registry.ViewOffice), s.showOfficeEvents),
		frame.Get("/quan-ly/su-kien/xuat/:form", frame.Office(registry.ViewOffice), s.sendEvents),
		frame.Get("/quan-ly/su-kien/moi", frame.Office(registry.ManageEvents), s.showNewEvent),
		frame.Post("/quan-ly/su-kien/moi", frame.Office(registry.ManageEvents), s.createEvent),
		frame.Get("/quan-ly/su-kien/:id", frame.Office(registry.ViewOffice), s.showEventHub),
		frame.Get("/quan-ly/su-kien/:id/sua", frame.Office(registry.ManageEvents), s.showEditEvent),
		frame.Post("/quan-ly/su-kien/:id/sua", frame.Office(registry.ManageEvents), s.editEvent),
		frame.Get("/quan-ly/su-kien/:id/buoc", frame.Office(registry.ManageEvents), s.showEventStep),
		frame.Post("/quan-ly/su-kien/:id/buoc", frame.Office(registry.ManageEvents), s.stepEvent),
		frame.Get("/quan-ly/su-kien/:id/doi", frame.Office(registry.ManageEvents), s.showMoveEvent),
		frame.Post("/quan-ly/su-kien/:id/doi", frame.Office(registry.ManageEvents), s.moveEvent),
		frame.Get("/quan-ly/su-kien/:id/nhan-ban", frame.Office(registry.ManageEvents), s.showCloneEvent),
		frame.Get("/quan-ly/su-kien/:id/xoa", frame.Office(registry.ManageEvents), s.showDeleteEvent),
		frame.Post("/quan-ly/su-kien/:id/xoa", frame.Office(registry.ManageEvents), s.deleteEvent),
		frame.Post("/quan-ly/su-kien/:id/nhan-ban", frame.Office(registry.ManageEvents), s.cloneEvent),
		// whom to call
		frame.Get(calls+"/nhat-ky", frame.Office(registry.ReviewApplications), s.showDeliveries),
		frame.Get(calls, frame.Office(registry.ReviewApplications), s.showCallList),
		frame.Get(calls+"/xuat/:form", frame.Office(registry.ReviewApplications), s.sendCalls),
		frame.Post(calls, frame.Office(registry.ReviewApplications), s.noteCall),
		frame.Post(calls+"/:call/bo", frame.Office(registry.ReviewApplications), s.undoCall),
		frame.Post(vendorCalls, frame.Office(registry.ViewPersonal), s.noteVendorCall),
		frame.Post(vendorCalls+"/:call/bo", frame.Office(registry.ViewPersonal), s.undoVendorCall),
		// sales: who has not told them, and those typed in from paper
		frame.Get("/quan-ly/su-kien/:id/doanh-thu", frame.Office(registry.FileSales), s.showSalesDesk),
		frame.Get("/quan-ly/su-kien/:id/doanh-thu/xuat/:form", frame.Office(registry.FileSales), s.sendSales),
		frame.Get("/quan-ly/su-kien/:id/doanh-thu/can-goi", frame.Office(registry.FileSales), s.showSalesChase),
		frame.Post("/quan-ly/su-kien/:id/doanh-thu/nhac", frame.Office(registry.FileSales), s.remindSales),
		frame.Get("/quan-ly/su-kien/:id/doanh-thu/:vendor", frame.Office(registry.FileSales), s.stall.ShowPaperSales),
		frame.Post("/quan-ly/su-kien/:id/doanh-thu/:vendor", frame.Office(registry.FileSales), s.stall.FilePaperSales),
		// measures and offers of a stimulus session
		frame.Get(stimulus, frame.Office(registry.ViewOffice), s.showStimulus),
		frame.Get(stimulus+"/xuat/:form", frame.Office(registry.ViewOffice), s.sendOffers),
		frame.Get(stimulus+"/bien-gia", frame.Office(registry.ViewOffice), s.stall.OfficeSigns),
		frame.Get(stimulus+"/bien-phap/moi", frame.Office(registry.ManageEvents), s.showNewMeasure),
		frame.Post(stimulus+"/bien-phap/moi", frame.Office(registry.ManageEvents), s.saveMeasure),
		frame.Get(stimulus+"/bien-phap/:measure", frame.Office(registry.ManageEvents), s.showMeasure),
		frame.Post(stimulus+"/bien-phap/:measure", frame.Office(registry.ManageEvents), s.saveMeasure),
		frame.Post(stimulus+"/bien-phap/:measure/bo", frame.Office(registry.ManageEvents), s.dropMeasure),
		frame.Get(stimulus+"/nhap", frame.Office(registry.ManageVendors), s.chooseOfferVendor),
		frame.Get(stimulus+"/nhap/:vendor", frame.Office(registry.ManageVendors), s.stall.ShowPaperOffer),
		frame.Post(stimulus+"/nhap/:vendor", frame.Office(registry.ManageVendors), s.stall.SavePaperOffer),
		frame.Get(stimulus+"/uu-dai/:offer", frame.Office(registry.ViewOffice), s.showOfferFile),
		frame.Post(stimulus+"/uu-dai/:offer", frame.Office(registry.ReviewApplications), s.decideOffer),
		frame.Get(stimulus+"/uu-dai/:offer/sua", frame.Office(registry.ManageVendors), s.stall.ShowPaperOffer),
		frame.Post(stimulus+"/uu-dai/:offer/sua", frame.Office(registry.ManageVendors), s.stall.SavePaperOffer),
		// the result report
		frame.Get("/quan-ly/su-kien/:id/bao-cao", frame.Office(registry.ViewFigures), s.showReport),
		frame.Get("/quan-ly/su-kien/:id/bao-cao/tep/:form", frame.Office(registry.ViewFigures), s.reportFile),
		frame.Post("/quan-ly/su-kien/:id/bao-cao/van-ban", frame.Office(registry.ManageEvents), s.saveReportPaper),
		frame.Post("/quan-ly/su-kien/:id/bao-cao/so", frame.Office(registry.ManageEvents), s.numberReport),
		frame.Post("/quan-ly/su-kien/:id/bao-cao/chot", frame.Office(registry.ManageEvents), s.closeReport),
	}
}
