package web

import "hoicho/internal/registry"

// boothRoutes are the office's pages of applications, booths and passes.
func (s *Server) boothRoutes() []route {
	const application = "/quan-ly/don/:application"
	reviews := office(registry.ReviewApplications)
	table := []route{
		// booths
		get(boothsPath, office(registry.ViewOffice), s.showBooths),
		get(boothsPath+"/them", office(registry.ManageBooths), s.showGrid),
		post(boothsPath+"/them", office(registry.ManageBooths), s.addBooths),
		post(boothsPath+"/xoa", office(registry.ManageBooths), s.deleteBooths),
		// passes
		get("/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.showPasses),
		post("/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.issuePasses),
		post("/quan-ly/su-kien/:id/the/in", office(registry.ManagePasses), s.printPasses),
		post("/quan-ly/su-kien/:id/the/cap-lai", office(registry.ManagePasses), s.reissueKilled),
		post("/quan-ly/su-kien/:id/the/:pass", office(registry.ManagePasses), s.stepPass),
		// applications
		get("/quan-ly/don", reviews, s.showQueue),
		post("/quan-ly/don/duyet", reviews, s.approveMany),
		get("/quan-ly/su-kien/:id/don", reviews, s.showQueue),
		post("/quan-ly/su-kien/:id/don/duyet", reviews, s.approveMany),
		get("/quan-ly/don/moi", reviews, s.showPaper),
		post("/quan-ly/don/moi", reviews, s.startPaper),
		get(application, reviews, s.showReview),
		post(application+"/duyet", reviews, s.decide("duyet", s.app.Booths.ApproveApplication)),
		post(application+"/hoi-them", reviews, s.decide("hoi-them", s.app.Booths.AskForMore)),
		post(application+"/cho", reviews, s.decide("cho", s.app.Booths.WaitlistApplication)),
		post(application+"/tu-choi", reviews, s.decide("tu-choi", s.app.Booths.DeclineApplication)),
		get(application+"/tra-lai", reviews, s.showReturn),
		post(application+"/tra-lai", reviews, s.returnApplication),
		post(application+"/ghi-chu", reviews, s.noteApplication),
		get(application+"/sua", reviews, s.showApplicationForm(byOffice)),
		post(application+"/sua", reviews, s.saveApplication(byOffice)),
		get(application+"/kiem-tra", reviews, s.showCheck(byOffice)),
		post(application+"/kiem-tra", reviews, s.submitApplication(byOffice)),
	}
	return append(table, s.boothChanges()...)
}
