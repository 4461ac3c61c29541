package web

import "hoicho/internal/registry"

// eventRoutes are the office's pages of events: plan, calls, sales and report.
func (s *Server) eventRoutes() []route {
	const calls, vendorCalls = "/quan-ly/su-kien/:id/goi", "/quan-ly/co-so/:vendor/goi"
	return []route{
		// from plan to report
		get("/quan-ly/su-kien", office(registry.ViewOffice), s.showOfficeEvents),
		get("/quan-ly/su-kien/moi", office(registry.ManageEvents), s.showNewEvent),
		post("/quan-ly/su-kien/moi", office(registry.ManageEvents), s.createEvent),
		get("/quan-ly/su-kien/:id", office(registry.ViewOffice), s.showEventHub),
		get("/quan-ly/su-kien/:id/sua", office(registry.ManageEvents), s.showEditEvent),
		post("/quan-ly/su-kien/:id/sua", office(registry.ManageEvents), s.editEvent),
		get("/quan-ly/su-kien/:id/buoc", office(registry.ManageEvents), s.showEventStep),
		post("/quan-ly/su-kien/:id/buoc", office(registry.ManageEvents), s.stepEvent),
		get("/quan-ly/su-kien/:id/doi", office(registry.ManageEvents), s.showMoveEvent),
		post("/quan-ly/su-kien/:id/doi", office(registry.ManageEvents), s.moveEvent),
		get("/quan-ly/su-kien/:id/nhan-ban", office(registry.ManageEvents), s.showCloneEvent),
		get("/quan-ly/su-kien/:id/xoa", office(registry.ManageEvents), s.showDeleteEvent),
		post("/quan-ly/su-kien/:id/xoa", office(registry.ManageEvents), s.deleteEvent),
		post("/quan-ly/su-kien/:id/nhan-ban", office(registry.ManageEvents), s.cloneEvent),
		// whom to call
		get(calls, office(registry.ReviewApplications), s.showCallList),
		post(calls, office(registry.ReviewApplications), s.noteCall),
		post(calls+"/:call/bo", office(registry.ReviewApplications), s.undoCall),
		post(vendorCalls, office(registry.ViewPersonal), s.noteVendorCall),
		post(vendorCalls+"/:call/bo", office(registry.ViewPersonal), s.undoVendorCall),
		// sales: who has not told them, and those typed in from paper
		get("/quan-ly/su-kien/:id/doanh-thu", office(registry.FileSales), s.showSalesDesk),
		get("/quan-ly/su-kien/:id/doanh-thu/can-goi", office(registry.FileSales), s.showSalesChase),
		post("/quan-ly/su-kien/:id/doanh-thu/nhac", office(registry.FileSales), s.remindSales),
		get("/quan-ly/su-kien/:id/doanh-thu/:vendor", office(registry.FileSales), s.showPaperSales),
		post("/quan-ly/su-kien/:id/doanh-thu/:vendor", office(registry.FileSales), s.filePaperSales),
		// the result report
		get("/quan-ly/su-kien/:id/bao-cao", office(registry.ViewFigures), s.showReport),
		get("/quan-ly/su-kien/:id/bao-cao/tep/:form", office(registry.ViewFigures), s.reportFile),
		post("/quan-ly/su-kien/:id/bao-cao/van-ban", office(registry.ManageEvents), s.saveReportPaper),
		post("/quan-ly/su-kien/:id/bao-cao/so", office(registry.ManageEvents), s.numberReport),
		post("/quan-ly/su-kien/:id/bao-cao/chot", office(registry.ManageEvents), s.closeReport),
	}
}
