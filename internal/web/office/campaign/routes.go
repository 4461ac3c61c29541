package campaign

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Routes are the pages of plans, tasks and bodies.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		// plans
		frame.Get("/quan-ly/ke-hoach", frame.Office(registry.ViewPlan), s.toPlan),
		frame.Get("/quan-ly/ke-hoach/tat-ca", frame.Office(registry.ViewPlan), s.showPlans),
		frame.Get("/quan-ly/ke-hoach/moi", frame.Office(registry.ManagePlan), s.showNewPlan),
		frame.Post("/quan-ly/ke-hoach/moi", frame.Office(registry.ManagePlan), s.createPlan),
		frame.Get("/quan-ly/ke-hoach/:plan", frame.Office(registry.ViewPlan), s.showBoard),
		frame.Get("/quan-ly/ke-hoach/:plan/su-kien", frame.Office(registry.ViewPlan), s.showPlanEvents),
		frame.Get("/quan-ly/ke-hoach/:plan/sua", frame.Office(registry.ManagePlan), s.showPlanForm),
		frame.Post("/quan-ly/ke-hoach/:plan/sua", frame.Office(registry.ManagePlan), s.savePlan),
		frame.Post("/quan-ly/ke-hoach/:plan/tep", frame.Office(registry.ManagePlan), s.filePlan),
		frame.Get("/quan-ly/ke-hoach/:plan/tep/:file", frame.Office(registry.ViewPlan), s.planFile),
		frame.Post("/quan-ly/ke-hoach/:plan/buoc", frame.Office(registry.ManagePlan), s.stepPlan),
		frame.Get("/quan-ly/ke-hoach/:plan/chep", frame.Office(registry.ManagePlan), s.askClone),
		frame.Post("/quan-ly/ke-hoach/:plan/chep", frame.Office(registry.ManagePlan), s.clonePlan),
		frame.Get("/quan-ly/ke-hoach/:plan/nhiem-vu/moi", frame.Office(registry.ManagePlan), s.showNewTask),
		frame.Post("/quan-ly/ke-hoach/:plan/nhiem-vu/moi", frame.Office(registry.ManagePlan), s.createTask),
		// tasks
		frame.Get("/quan-ly/nhiem-vu", frame.Office(registry.ViewTasks), s.showTasks),
		frame.Get("/quan-ly/nhiem-vu/xuat/:form", frame.Office(registry.ViewTasks), s.sendTasks),
		frame.Get("/quan-ly/nhiem-vu/:task", frame.Office(registry.ViewTasks), s.showTask),
		frame.Post("/quan-ly/nhiem-vu/:task/cap-nhat", frame.Office(registry.ViewTasks), s.reportTask),
		frame.Post("/quan-ly/nhiem-vu/:task/nhac", frame.Office(registry.ViewTasks), s.chaseTask),
		frame.Get("/quan-ly/nhiem-vu/:task/tep/:file", frame.Office(registry.ViewTasks), s.taskFile),
		frame.Post("/quan-ly/nhiem-vu/:task/tep/:file/bo", frame.Office(registry.ViewTasks), s.removeTaskFile),
		frame.Get("/quan-ly/nhiem-vu/:task/sua", frame.Office(registry.ManagePlan), s.showTaskForm),
		frame.Post("/quan-ly/nhiem-vu/:task/sua", frame.Office(registry.ManagePlan), s.saveTask),
		frame.Post("/quan-ly/nhiem-vu/:task/su-kien", frame.Office(registry.ManagePlan), s.tieEvent),
		frame.Post("/quan-ly/nhiem-vu/:task/su-kien/:event/bo", frame.Office(registry.ManagePlan), s.untieEvent),
		// bodies
		frame.Get("/quan-ly/co-quan", frame.Office(registry.ViewPlan), s.showBodies),
		frame.Get("/quan-ly/co-quan/xuat/:form", frame.Office(registry.ViewPlan), s.sendBodies),
		frame.Get("/quan-ly/co-quan/moi", frame.Office(registry.ManagePlan), s.showNewBody),
		frame.Post("/quan-ly/co-quan/moi", frame.Office(registry.ManagePlan), s.createBody),
		frame.Get("/quan-ly/co-quan/:body", frame.Office(registry.ViewPlan), s.showBody),
		frame.Post("/quan-ly/co-quan/:body", frame.Office(registry.ManagePlan), s.saveBody),
		frame.Post("/quan-ly/co-quan/:body/nguoi", frame.Office(registry.ManagePlan), s.addBodyPerson),
		frame.Post("/quan-ly/co-quan/:body/nguoi/:account/bo", frame.Office(registry.ManagePlan), s.removeBodyPerson),
	}
}
