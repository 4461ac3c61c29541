package gates

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the office's pages of the gates of an event.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		frame.Get("/quan-ly/su-kien/:id/cong", frame.Office(registry.ViewFigures), s.showGates),
		frame.Get("/quan-ly/su-kien/:id/cong/xuat/:form", frame.Office(registry.ManageGate), s.sendPhones),
		frame.Post("/quan-ly/su-kien/:id/cong", frame.Office(registry.ManageGate), s.addGate),
		frame.Get("/quan-ly/su-kien/:id/cong/khach", frame.Office(registry.ViewFigures), s.showVisits),
		frame.Get("/quan-ly/su-kien/:id/cong/khach/xuat/:form", frame.Office(registry.ViewFigures), s.sendVisits),
		frame.Post("/quan-ly/su-kien/:id/cong/phieu", frame.Office(registry.ManageGate), s.addTally),
		frame.Post("/quan-ly/su-kien/:id/cong/phieu/:tally/bo", frame.Office(registry.ManageGate), s.dropTally),
		frame.Get("/quan-ly/su-kien/:id/cong/truc-tiep", frame.Office(registry.ViewFigures), s.showGateLive),
		frame.Get("/quan-ly/su-kien/:id/cong/so-tan", frame.Office(registry.ViewFigures), s.showEvacuation),
		frame.Get("/quan-ly/su-kien/:id/cong/doi-chieu", frame.Office(registry.ViewFigures), s.showDifferences),
		frame.Post("/quan-ly/su-kien/:id/cong/doi-chieu", frame.Office(registry.ManageGate), s.closeDifference),
		frame.Post("/quan-ly/su-kien/:id/cong/doi-chieu/mo-lai", frame.Office(registry.ManageGate), s.reopenDifference),
		frame.Get("/quan-ly/su-kien/:id/cong/quy-dinh", frame.Office(registry.ManageGate), s.showGateRules),
		frame.Post("/quan-ly/su-kien/:id/cong/quy-dinh", frame.Office(registry.ManageGate), s.saveGateRules),
		frame.Post("/quan-ly/su-kien/:id/cong/ma-to-truong", frame.Office(registry.ManageGate), s.saveGatePin),
		frame.Get("/quan-ly/su-kien/:id/cong/ap-phich", frame.Office(registry.ManageGate), s.gatePosters),
		frame.Get("/quan-ly/su-kien/:id/cong/danh-sach", frame.Office(registry.ManageGate), s.showTicked),
		frame.Post("/quan-ly/su-kien/:id/cong/danh-sach", frame.Office(registry.ManageGate), s.enterTicked),
		frame.Post("/quan-ly/su-kien/:id/cong/danh-sach/:scan/bo", frame.Office(registry.ManageGate), s.dropTicked),
		frame.Get("/quan-ly/su-kien/:id/cong/danh-sach.pdf", frame.Office(registry.ManageGate), s.sendPDF(s.App.Admission.GateListPaper)),
		frame.Get("/quan-ly/su-kien/:id/cong/phieu-dem", frame.Office(registry.ManageGate), s.showTallySheet),
		frame.Post("/quan-ly/su-kien/:id/cong/phieu-dem", frame.Office(registry.ManageGate), s.saveTallySheet),
		frame.Get("/quan-ly/su-kien/:id/cong/phieu-dem.pdf", frame.Office(registry.ManageGate), s.sendPDF(s.App.Admission.TallyPaper)),
		frame.Post("/quan-ly/su-kien/:id/cong/ghep", frame.Office(registry.ManageGate), s.pairPhone),
		frame.Post("/quan-ly/su-kien/:id/cong/may/:device/go", frame.Office(registry.ManageGate), s.revokePhone),
		frame.Post("/quan-ly/su-kien/:id/cong/:number", frame.Office(registry.ManageGate), s.editGate),
	}
}
