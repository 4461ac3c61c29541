package vouchers

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the office's pages of the vouchers of an event.
func (s *Door) Routes() []frame.Route {
	const root = "/quan-ly/su-kien/:id/phieu"
	return []frame.Route{
		frame.Get(root, frame.Office(registry.ViewFigures), s.showPacks),
		frame.Get(root+"/xuat/:form", frame.Office(registry.ViewFigures), s.sendPacks),
		frame.Get(root+"/moi", frame.Office(registry.ManageEvents), s.showNewPack),
		frame.Post(root+"/moi", frame.Office(registry.ManageEvents), s.makePack),
		frame.Get(root+"/quyet-toan", frame.Office(registry.ViewFigures), s.showSettlement),
		frame.Get(root+"/quyet-toan.pdf", frame.Office(registry.ViewFigures), s.settlementPaper),
		frame.Get(root+"/quyet-toan/xuat/:form", frame.Office(registry.ViewFigures), s.sendTakings),
		frame.Get(root+"/:number", frame.Office(registry.ViewFigures), s.showPack),
		frame.Get(root+"/:number/xuat/:form", frame.Office(registry.ViewFigures), s.sendVouchers),
		frame.Get(root+"/:number/phat.pdf", frame.Office(registry.ViewFigures), s.handoutPaper),
		frame.Post(root+"/:number/in", frame.Office(registry.ManageEvents), s.printPack),
		frame.Post(root+"/:number/phat", frame.Office(registry.ManageEvents), s.sayHanded),
		frame.Post(root+"/:number/trang-thai", frame.Office(registry.ManageEvents), s.stepPack),
		frame.Post(root+"/:number/khoang", frame.Office(registry.ManageEvents), s.stepRange),
	}
}
