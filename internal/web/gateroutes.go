package web

import "hoicho/internal/registry"

// gateRoutes are the office's pages of the gates of an event.
func (s *Server) gateRoutes() []route {
	return []route{
		get("/quan-ly/su-kien/:id/cong", office(registry.ViewFigures), s.showGates),
		post("/quan-ly/su-kien/:id/cong", office(registry.ManageGate), s.addGate),
		get("/quan-ly/su-kien/:id/cong/khach", office(registry.ViewFigures), s.showVisits),
		post("/quan-ly/su-kien/:id/cong/phieu", office(registry.ManageGate), s.addTally),
		post("/quan-ly/su-kien/:id/cong/phieu/:tally/bo", office(registry.ManageGate), s.dropTally),
		get("/quan-ly/su-kien/:id/cong/truc-tiep", office(registry.ViewFigures), s.showGateLive),
		get("/quan-ly/su-kien/:id/cong/so-tan", office(registry.ViewFigures), s.showEvacuation),
		get("/quan-ly/su-kien/:id/cong/doi-chieu", office(registry.ViewFigures), s.showDifferences),
		post("/quan-ly/su-kien/:id/cong/doi-chieu", office(registry.ManageGate), s.closeDifference),
		post("/quan-ly/su-kien/:id/cong/doi-chieu/mo-lai", office(registry.ManageGate), s.reopenDifference),
		get("/quan-ly/su-kien/:id/cong/quy-dinh", office(registry.ManageGate), s.showGateRules),
		post("/quan-ly/su-kien/:id/cong/quy-dinh", office(registry.ManageGate), s.saveGateRules),
		post("/quan-ly/su-kien/:id/cong/ma-to-truong", office(registry.ManageGate), s.saveGatePin),
		get("/quan-ly/su-kien/:id/cong/ap-phich", office(registry.ManageGate), s.gatePosters),
		get("/quan-ly/su-kien/:id/cong/danh-sach", office(registry.ManageGate), s.showTicked),
		post("/quan-ly/su-kien/:id/cong/danh-sach", office(registry.ManageGate), s.enterTicked),
		post("/quan-ly/su-kien/:id/cong/danh-sach/:scan/bo", office(registry.ManageGate), s.dropTicked),
		get("/quan-ly/su-kien/:id/cong/danh-sach.pdf", office(registry.ManageGate), s.sendPDF(s.app.Admission.GateListPaper)),
		get("/quan-ly/su-kien/:id/cong/phieu-dem", office(registry.ManageGate), s.showTallySheet),
		post("/quan-ly/su-kien/:id/cong/phieu-dem", office(registry.ManageGate), s.saveTallySheet),
		get("/quan-ly/su-kien/:id/cong/phieu-dem.pdf", office(registry.ManageGate), s.sendPDF(s.app.Admission.TallyPaper)),
		post("/quan-ly/su-kien/:id/cong/ghep", office(registry.ManageGate), s.pairPhone),
		post("/quan-ly/su-kien/:id/cong/may/:device/go", office(registry.ManageGate), s.revokePhone),
		post("/quan-ly/su-kien/:id/cong/:number", office(registry.ManageGate), s.editGate),
	}
}
