package campaign

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TaskAttachment is a file of a task as its page shows it.
type TaskAttachment struct {
	committee.Attachment
	Drops bool // the actor may destroy it
}

// taskFiles are the files of a task. Whoever added one may destroy it, and whoever manages
// the plan.
func taskFiles(ctx context.Context, tx *store.Tx, actor registry.Actor, f TaskFile) (files []TaskAttachment, err error) {
	all, err := tx.TaskFiles(ctx, f.ID)
	for _, file := range all {
		files = append(files, TaskAttachment{file, f.Manages || f.Reports && actor.Account != "" && file.By == actor.Account})
	}
	return files, err
}

// prepareFiles checks files that were sent and makes of them files to store. Faults stand
// at "file", with the name of the file.
func prepareFiles(ctx context.Context, sent []core.Upload) (files []registry.File, err error) {
	if len(sent) > committee.MaxFilesAtOnce {
		return nil, registry.Faults{registry.At("file", "task.error.files_at_once", committee.MaxFilesAtOnce)}
	}
	for _, u := range sent {
		f, err := core.PrepareEvidence(ctx, "file", u)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func fileNames(files []registry.File) (names []string) {
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

// addTaskFiles stores files of a task, with a line in its log that names them.
func addTaskFiles(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TaskID, files []registry.File) error {
	if len(files) == 0 {
		return nil
	}
	had, err := tx.TaskFiles(ctx, id)
	if err != nil {
		return err
	}
	if len(had)+len(files) > committee.MaxTaskFiles {
		return registry.Faults{registry.At("file", "task.error.files", committee.MaxTaskFiles)}
	}
	for _, f := range files {
		stored, err := tx.InsertFile(ctx, f)
		if err != nil {
			return err
		}
		if err := tx.AddTaskFile(ctx, id, committee.Attachment{File: stored, Name: f.Name, By: actor.Account, As: actor.Name}); err != nil {
			return err
		}
	}
	entry := committee.TaskEntry{By: actor.Name, Kind: committee.EntryFiled, Text: strings.Join(fileNames(files), "\n")}
	return tx.AddTaskEntry(ctx, id, entry, actor.Account)
}

// File returns a file of a task to whoever may see the task, else NotFound.
func (a *Service) File(ctx context.Context, actor registry.Actor, id registry.TaskID, file registry.FileID) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, _, err := a.seeTask(ctx, tx, actor, id); err != nil {
			return err
		}
		all, err := tx.TaskFiles(ctx, id)
		if err != nil {
			return err
		}
		f, err = attached(ctx, tx, all, file)
		return err
	})
	return f, err
}

// attached reads one of several files under the name that it has there.
func attached(ctx context.Context, tx *store.Tx, all []committee.Attachment, id registry.FileID) (f registry.File, err error) {
	i := slices.IndexFunc(all, func(x committee.Attachment) bool { return x.File == id })
	if i < 0 {
		return f, core.ErrHidden()
	}
	f, err = tx.File(ctx, id, "")
	f.Name = all[i].Name
	return f, err
}

// RemoveFile destroys a file of a task; its log keeps the name. Whoever added the file may,
// and whoever manages the plan; it is Forbidden for others who see the task.
func (a *Service) RemoveFile(ctx context.Context, actor registry.Actor, id registry.TaskID, file registry.FileID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		t, p, err := a.reportable(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		all, err := tx.TaskFiles(ctx, id)
		if err != nil {
			return none, err
		}
		i := slices.IndexFunc(all, func(x committee.Attachment) bool { return x.File == file })
		switch {
		case i < 0:
			return none, core.ErrHidden()
		case all[i].By != actor.Account && !actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area)):
			return none, registry.E(registry.Forbidden, "error.forbidden")
		}
		if err := tx.RemoveTaskFile(ctx, id, file); err != nil {
			return none, err
		}
		entry := committee.TaskEntry{By: actor.Name, Kind: committee.EntryUnfiled, Text: all[i].Name}
		if err := tx.AddTaskEntry(ctx, id, entry, actor.Account); err != nil {
			return none, err
		}
		return a.taskChange("task.remove_file", p, t, fact.Said("task.files", all[i].Name)), nil
	})
}

// PlanFiles returns the signed papers of a plan, the one in force first. NotFound without
// ViewPlan in its area.
func (a *Service) PlanFiles(ctx context.Context, actor registry.Actor, p committee.Plan) (files []committee.Attachment, err error) {
	if !actor.Can(registry.ViewPlan, a.Areas.Scope(p.Area)) {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		files, err = tx.PlanFiles(ctx, p.ID)
		return err
	})
	return files, err
}

// PlanFile returns a signed paper of a plan, in force or replaced. NotFound without ViewPlan
// in the area of the plan.
func (a *Service) PlanFile(ctx context.Context, actor registry.Actor, id registry.PlanID, file registry.FileID) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.planFor(ctx, tx, actor, registry.ViewPlan, id); err != nil {
			return err
		}
		all, err := tx.PlanFiles(ctx, id)
		if err != nil {
			return err
		}
		f, err = attached(ctx, tx, all, file)
		return err
	})
	return f, err
}

// FilePlan keeps the signed paper of a plan; one that it replaces stays beside it. The
// actor needs ManagePlan in the area of the plan. Invalid at "file" for what is no PDF.
func (a *Service) FilePlan(ctx context.Context, actor registry.Actor, id registry.PlanID, u core.Upload) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		p, err := a.planFor(ctx, tx, actor, registry.ManagePlan, id)
		if err != nil {
			return none, err
		}
		if len(u.Data) == 0 {
			return none, registry.Faults{registry.At("file", "error.required")}
		}
		f, err := core.PreparePDF("file", u)
		if err != nil {
			return none, err
		}
		had, err := tx.PlanFiles(ctx, id)
		if err != nil {
			return none, err
		}
		if len(had) >= committee.MaxPlanFiles {
			return none, registry.Faults{registry.At("file", "task.error.files", committee.MaxPlanFiles)}
		}
		stored, err := tx.InsertFile(ctx, f)
		if err != nil {
			return none, err
		}
		return a.planChange("plan.file", p, fact.Said("plan.file", f.Name)),
			tx.AddPlanFile(ctx, id, committee.Attachment{File: stored, Name: f.Name, By: actor.Account, As: actor.Name})
	})
}
