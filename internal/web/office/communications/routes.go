package communications

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the pages of the register. Its first page is also for whoever acts for a
// body, who has no right to plans: the room shows what the own bodies did.
func (s *Door) Routes() []frame.Route {
	reads, enters := frame.Office(registry.ViewTasks), frame.Office(registry.Communicate)
	return []frame.Route{
		frame.Get(root, reads, s.showRegister),
		frame.Get(enterRoot, enters, s.showEnter),
		frame.Post(enterRoot, enters, s.enter),
		frame.Post(sendRoot, enters, s.send),
		frame.Get(severalRoot, enters, s.showSeveral),
		frame.Post(severalRoot, enters, s.enterSeveral),
		frame.Get(channelRoot, enters, s.showChannels),
		frame.Post(channelRoot, enters, s.addChannel),
		frame.Post(channelRoot+"/:channel/thoi", enters, s.retireChannel(true)),
		frame.Post(channelRoot+"/:channel/dung-lai", enters, s.retireChannel(false)),
		frame.Get(goalRoot+":plan", frame.Office(registry.ManagePlan), s.showGoals),
		frame.Post(goalRoot+":plan", frame.Office(registry.ManagePlan), s.saveGoals),
		frame.Get(root+"/phieu.pdf", enters, s.sheet),
		frame.Get(root+"/xuat/:form", reads, s.export),
		frame.Get(root+"/:entry", reads, s.showEntry),
		frame.Get(root+"/:entry/sua", enters, s.showEdit),
		frame.Post(root+"/:entry/sua", enters, s.saveEntry),
		frame.Post(root+"/:entry/gach", enters, s.strike),
		frame.Post(root+"/:entry/tinh-lai", enters, s.restore),
		frame.Post(root+"/:entry/anh", enters, s.addPhoto),
		frame.Post(root+"/:entry/anh/:file/bo", enters, s.removePhoto),
		frame.Get(root+"/:entry/anh/:file/:size?", reads, s.photo),
	}
}
