package booths

import (
	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
)

// Routes are the office's pages of applications, booths and passes.
func (s *Door) Routes() []frame.Route {
	const application = "/quan-ly/don/:application"
	reviews := frame.Office(registry.ReviewApplications)
	table := []frame.Route{
		// booths
		frame.Get(boothsPath, frame.Office(registry.ViewOffice), s.showBooths),
		frame.Get(boothsPath+"/xuat/:form", frame.Office(registry.ViewOffice), s.sendBooths),
		frame.Get(boothsPath+"/them", frame.Office(registry.ManageBooths), s.showGrid),
		frame.Post(boothsPath+"/them", frame.Office(registry.ManageBooths), s.addBooths),
		frame.Post(boothsPath+"/xoa", frame.Office(registry.ManageBooths), s.deleteBooths),
		frame.Post(boothsPath+"/nhieu", frame.Office(registry.ManageBooths), s.changeMany),
		frame.Get(boothsPath+"/tu-xep", frame.Office(registry.ManageBooths), s.showPlacing),
		frame.Post(boothsPath+"/tu-xep", frame.Office(registry.ManageBooths), s.placeAll),
		frame.Get(boothsPath+"/hoan-tac", frame.Office(registry.ManageBooths), s.askUndo),
		frame.Post(boothsPath+"/hoan-tac", frame.Office(registry.ManageBooths), s.undoPlacing),
		frame.Get(boothsPath+"/in/"+booths.PaperPlan, frame.Office(registry.ViewOffice), s.boothPaper(booths.PaperPlan)),
		frame.Get(boothsPath+"/in/"+booths.PaperPlanA3, frame.Office(registry.ViewOffice), s.boothPaper(booths.PaperPlanA3)),
		frame.Get(boothsPath+"/in/"+booths.PaperBooths, frame.Office(registry.ViewOffice), s.boothPaper(booths.PaperBooths)),
		frame.Get(boothsPath+"/in/"+booths.PaperLoadIn, frame.Office(registry.ManageBooths), s.boothPaper(booths.PaperLoadIn)),
		// passes
		frame.Get("/quan-ly/su-kien/:id/the", frame.Office(registry.ManagePasses), s.showPasses),
		frame.Get("/quan-ly/su-kien/:id/the/xuat/:form", frame.Office(registry.ManagePasses), s.sendPasses),
		frame.Post("/quan-ly/su-kien/:id/the", frame.Office(registry.ManagePasses), s.issuePasses),
		frame.Post("/quan-ly/su-kien/:id/the/in", frame.Office(registry.ManagePasses), s.printPasses),
		frame.Post("/quan-ly/su-kien/:id/the/cap-thieu", frame.Office(registry.ManagePasses), s.issueMissing),
		frame.Post("/quan-ly/su-kien/:id/the/cap-lai", frame.Office(registry.ManagePasses), s.reissueKilled),
		frame.Post("/quan-ly/su-kien/:id/the/:pass/canh-bao", frame.Office(registry.ManagePasses), s.seeAlarm),
		frame.Post("/quan-ly/su-kien/:id/the/:pass", frame.Office(registry.ManagePasses), s.stepPass),
		// applications
		frame.Get("/quan-ly/don", reviews, s.showQueue),
		frame.Get("/quan-ly/don/xuat/:form", reviews, s.sendApplications),
		frame.Get("/quan-ly/su-kien/:id/don/xuat/:form", reviews, s.sendApplications),
		frame.Post("/quan-ly/don/loat", reviews, s.decideMany),
		frame.Get(batchUndoPath, reviews, s.askBatchUndo),
		frame.Post(batchUndoPath, reviews, s.undoBatch),
		frame.Get("/quan-ly/su-kien/:id/don", reviews, s.showQueue),
		frame.Post("/quan-ly/su-kien/:id/don/loat", reviews, s.decideMany),
		frame.Get("/quan-ly/don/moi", reviews, s.showPaper),
		frame.Post("/quan-ly/don/moi", reviews, s.startPaper),
		frame.Get(application, reviews, s.showReview),
		frame.Post(application+"/quyet-dinh", reviews, s.takeDecision),
		frame.Post(application+"/hoan-tac", reviews, s.undoDecision),
		frame.Post(application+"/giay-to/:paper/doi-chieu", frame.Office(registry.ReviewEvidence), s.checkPaper),
		frame.Get(application+"/tra-lai", reviews, s.showReturn),
		frame.Post(application+"/tra-lai", reviews, s.returnApplication),
		frame.Post(application+"/ghi-chu", reviews, s.noteApplication),
		frame.Get(application+"/sua", reviews, s.stall.ShowApplicationForm(stall.ByOffice)),
		frame.Post(application+"/sua", reviews, s.stall.SaveApplication(stall.ByOffice)),
		frame.Get(application+"/kiem-tra", reviews, s.stall.ShowCheck(stall.ByOffice)),
		frame.Post(application+"/kiem-tra", reviews, s.stall.SubmitApplication(stall.ByOffice)),
	}
	return append(table, s.boothChanges()...)
}
