package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// pdf is a file as it is sent.
func pdf(name string) core.Upload {
	return core.Upload{Name: name, Data: []byte("%PDF-1.7\n" + name + "\n%%EOF\n")}
}

// withFile is a task of the trade department on which somebody of it reported with a PDF
// and a photo, and another one.
func withFile(t *testing.T) (o *office, own, other committee.Task) {
	o = newOffice(t)
	in := o.taskInput()
	in.Source, in.Measure, in.Goal = "none", "", ""
	own, other = o.task(in), o.task(campaign.TaskInput{Strand: "steering", Kind: "guide", Title: "Họp", Lead: string(o.front.ID), Source: "none"})
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(o.branch)))
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Version: own.Version,
		Files: []core.Upload{pdf("Báo cáo.pdf"), {Name: "anh.png", Data: testkit.PhotoPNG(t)}}}))
	return o, own, other
}

func (o *office) file(id registry.TaskID) campaign.TaskFile {
	o.t.Helper()
	f, err := o.App.Campaign.Task(o.t.Context(), o.organiser, id)
	testkit.Works(o.t, err)
	return f
}

func TestAReportBringsFilesThatTheTaskLists(t *testing.T) {
	o, own, _ := withFile(t)
	f := o.file(own.ID)
	if len(f.Files) != 2 || f.Files[0].By != o.branch.Account || f.Files[0].Size == 0 {
		t.Fatalf("the task lists %+v", f.Files)
	}
	if e := f.Entries[0]; e.Kind != committee.EntryFiled || e.Text != "Báo cáo.pdf\nanh.jpg" {
		t.Errorf("its log says %+v", e)
	}
	for _, file := range f.Files {
		got, err := o.App.Campaign.File(t.Context(), o.branch, own.ID, file.File)
		if err != nil || got.Name != file.Name || int64(len(got.Data)) != file.Size {
			t.Errorf("%s comes as %q, %d bytes of %d, %v", file.Name, got.Name, len(got.Data), file.Size, err)
		}
	}
	if line := o.Audited("task.report"); len(line) != 1 || !strings.Contains(line[0].Detail, "Báo cáo.pdf") {
		t.Errorf("the audit log says %v", line)
	}
}

func TestFilesOfATaskAreForWhoeverSeesTheTask(t *testing.T) {
	o, own, other := withFile(t)
	id := o.file(own.ID).Files[0].File
	stranger, _ := o.Officer(registry.Branch, "19")
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.front.ID, o.login(stranger)))
	commune, _ := o.Officer(registry.Organiser, testkit.BaBe.Code)
	watcher := stranger // the front watches the task of the trade department
	for who, c := range map[string]struct {
		actor registry.Actor
		task  registry.TaskID
		may   bool
	}{
		"whoever reads plans":              {o.viewer, own.ID, true},
		"somebody of the body that leads":  {o.branch, own.ID, true},
		"somebody of a body that watches":  {watcher, own.ID, true},
		"by the address of another task":   {o.viewer, other.ID, false},
		"an organiser of another province": {o.elsewhere, own.ID, false},
		"an organiser of a commune":        {commune, own.ID, false},
		"nobody":                           {registry.Actor{}, own.ID, false},
	} {
		if _, err := o.App.Campaign.File(t.Context(), c.actor, c.task, id); (err == nil) != c.may {
			t.Errorf("%s reads the file: %v", who, err)
		}
	}
	for who, actor := range map[string]registry.Actor{"the admin": o.organiser, "whoever added it": o.branch, "nobody": {}} {
		if _, err := o.App.File(t.Context(), actor, id, ""); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s reads it by the address of any file: %v", who, err)
		}
	}
	for who, actor := range map[string]registry.Actor{"whoever only reads": o.viewer, "somebody of a body that watches": watcher, "another province": o.elsewhere} {
		if err := o.App.Campaign.RemoveFile(t.Context(), actor, own.ID, id); err == nil {
			t.Errorf("%s destroys the file", who)
		}
	}
}

func TestAFileThatIsDestroyedLeavesItsName(t *testing.T) {
	o, own, other := withFile(t)
	files := o.file(own.ID).Files
	if err := o.App.Campaign.RemoveFile(t.Context(), o.organiser, other.ID, files[0].File); registry.KindOf(err) != registry.NotFound {
		t.Errorf("by the address of another task: %v", err)
	}
	testkit.Works(t, o.App.Campaign.RemoveFile(t.Context(), o.branch, own.ID, files[0].File))
	testkit.Works(t, o.App.Campaign.RemoveFile(t.Context(), o.organiser, own.ID, files[1].File))
	f := o.file(own.ID)
	if len(f.Files) != 0 || f.Entries[0].Kind != committee.EntryUnfiled || f.Entries[0].Text != files[1].Name {
		t.Errorf("left are %v, the log says %+v", f.Files, f.Entries[0])
	}
	if _, err := o.App.Campaign.File(t.Context(), o.organiser, own.ID, files[0].File); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the file is still there: %v", err)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	o, own, _ := withFile(t)
	version := o.file(own.ID).Version
	for name, files := range map[string][]core.Upload{
		"a page":          {{Name: "x.pdf", Data: []byte("<html>")}},
		"one of two":      {pdf("a.pdf"), {Name: "x.xlsx", Data: []byte("PK")}},
		"a sixth at once": slices.Repeat([]core.Upload{pdf("a.pdf")}, committee.MaxFilesAtOnce+1),
	} {
		err := o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Text: "Đã làm", Version: version, Files: files})
		if !slices.Equal(at(err), []string{"file"}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range (committee.MaxTaskFiles - 2) / 4 {
		testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Version: version, Files: slices.Repeat([]core.Upload{pdf("a.pdf")}, 4)}))
		version++
	}
	err := o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Version: version, Files: []core.Upload{pdf("a.pdf")}})
	if n := len(o.file(own.ID).Files); !slices.Equal(at(err), []string{"file"}) || n != committee.MaxTaskFiles {
		t.Errorf("one too many: %v, %d files", err, n)
	}
	if err := o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Version: version}); !slices.Equal(at(err), []string{"text"}) {
		t.Errorf("neither words nor files: %v", err)
	}
}

func TestTheSignedPaperOfAPlanIsReplacedAndKept(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"cũ.pdf", "mới.pdf"} {
		testkit.Works(t, o.App.Campaign.FilePlan(t.Context(), o.organiser, o.plan.ID, pdf(name)))
	}
	files, err := o.App.Campaign.PlanFiles(t.Context(), o.viewer, o.plan)
	if err != nil || len(files) != 2 || files[0].Name != "mới.pdf" || files[1].Name != "cũ.pdf" {
		t.Fatalf("the plan has %+v, %v", files, err)
	}
	for _, file := range files {
		if got, err := o.App.Campaign.PlanFile(t.Context(), o.viewer, o.plan.ID, file.File); err != nil || got.Name != file.Name {
			t.Errorf("%s comes as %q, %v", file.Name, got.Name, err)
		}
		for who, actor := range map[string]registry.Actor{"another province": o.elsewhere, "somebody of a body": o.branch, "nobody": {}} {
			if _, err := o.App.Campaign.PlanFile(t.Context(), actor, o.plan.ID, file.File); err == nil {
				t.Errorf("%s reads it", who)
			}
		}
	}
	for who, actor := range map[string]registry.Actor{"whoever only reads": o.viewer, "another province": o.elsewhere} {
		if err := o.App.Campaign.FilePlan(t.Context(), actor, o.plan.ID, pdf("x.pdf")); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s files it: %v", who, err)
		}
	}
	for name, u := range map[string]core.Upload{"nothing": {}, "a photo": {Name: "a.png", Data: testkit.PhotoPNG(t)}} {
		if err := o.App.Campaign.FilePlan(t.Context(), o.organiser, o.plan.ID, u); !slices.Equal(at(err), []string{"file"}) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoeverAddedAFileMayDestroyIt(t *testing.T) {
	o, own, _ := withFile(t)
	colleague, _ := o.Officer(registry.Branch, "19")
	testkit.Works(t, o.App.Campaign.AddBodyPerson(t.Context(), o.organiser, o.trade.ID, o.login(colleague)))
	for name, c := range map[string]struct {
		actor registry.Actor
		drops bool
	}{"whoever added it": {o.branch, true}, "a colleague": {colleague, false}, "whoever manages the plan": {o.organiser, true}, "a viewer": {o.viewer, false}} {
		t.Run(name, func(t *testing.T) {
			f, err := o.App.Campaign.Task(t.Context(), c.actor, own.ID)
			if err != nil || len(f.Files) != 2 || f.Files[0].Drops != c.drops {
				t.Errorf("destroys %+v, %v", f.Files, err)
			}
		})
	}
	t.Run("as many at once as there may be", func(t *testing.T) {
		in := campaign.ReportInput{Version: o.file(own.ID).Version, Files: slices.Repeat([]core.Upload{pdf("a.pdf")}, committee.MaxFilesAtOnce)}
		testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, own.ID, in))
	})
	t.Run("each step is a line of the log", func(t *testing.T) {
		testkit.Works(t, o.App.Campaign.RemoveFile(t.Context(), o.organiser, own.ID, o.file(own.ID).Files[0].File))
		if reported, removed := o.Audited("task.report"), o.Audited("task.remove_file"); len(reported) != 2 || len(removed) != 1 {
			t.Errorf("%d reports, %d removals", len(reported), len(removed))
		}
	})
	t.Run("words without a step are words in the log of the task", func(t *testing.T) {
		testkit.Works(t, o.App.Campaign.Report(t.Context(), o.branch, own.ID, campaign.ReportInput{Text: "Đã gọi", Version: o.file(own.ID).Version}))
		if e := o.file(own.ID).Entries[0]; e.Kind != committee.EntryWords || e.From+e.To != "" {
			t.Errorf("it is %+v", e)
		}
	})
}

func TestAPercentThatWasToldStaysWhenTheTaskIsEdited(t *testing.T) {
	o := newOffice(t)
	in := campaign.TaskInput{Strand: "steering", Kind: "urge", Title: "Đôn đốc", Lead: string(o.trade.ID), Source: "none"}
	task := o.task(in)
	testkit.Works(t, o.App.Campaign.Report(t.Context(), o.organiser, task.ID, campaign.ReportInput{Percent: "40", Version: task.Version}))
	in.Title, in.Version = "Đôn đốc các xã", o.file(task.ID).Version
	testkit.Works(t, o.App.Campaign.EditTask(t.Context(), o.organiser, task.ID, in))
	if f := o.file(task.ID); f.Percent != 40 || f.Title != in.Title {
		t.Errorf("it has %d percent", f.Percent)
	}
}
